"""Documents that the code reads, as values that know where they stand."""

from typing import TYPE_CHECKING

from readiness.document.node import Node
from readiness.program.values import (
    Arguments,
    Constant,
    Dict,
    List,
    Part,
    Text,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

HOOKS = ("object_hook", "object_pairs_hook")
"""What makes something else of each object of a document, inner ones first."""


def valued(node: Node, given: Text, *, whole: bool) -> Value:
    """A node as a value, its texts placed where they stand."""
    children = node.children
    if isinstance(children, dict):
        entries = {key: valued(one, given, whole=whole) for key, one in children.items()}
        return Dict(entries, {key: text(str(key)) if isinstance(key, str) else Constant(key)
                              for key in entries}, given.trace)  # fmt: skip
    if isinstance(children, (list, tuple)):
        items = (valued(one, given, whole=whole) for one in children)
        return List(tuple(items), given.trace)
    if isinstance(node.value, str):
        return placed(node, node.value, given, whole=whole)
    if node.value is None or isinstance(node.value, bool | int | float):
        return Constant(node.value, given.trace)
    return Unknown("a value of a document", node.at, given.trace)


def placed(node: Node, content: str, given: Text, *, whole: bool) -> Text:
    """A text of a document; of a ``whole`` file it knows its line."""
    first = given.parts[0]
    at = node.at if whole else first.at
    return Text((Part(content, at, first.variable, first.literal),), given.trace)


def hooked(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    """A document, its objects as a function of the code makes them."""
    given = [(name, arguments.keywords[name]) for name in HOOKS if name in arguments.keywords]
    given = [pair for pair in given if not isinstance(pair[1], Constant)]
    return value if not given else _made(machine, value, *given[-1], arguments)


def _made(machine: "Machine", value: Value, name: str, hook: Value, arguments: Arguments) -> Value:
    machine.limits.step()
    if isinstance(value, List):
        content = value.slots.values["items"]
        items = content.items if isinstance(content, Tuple) else ()
        return List(
            tuple(_made(machine, one, name, hook, arguments) for one in items), value.trace
        )
    if not isinstance(value, Dict):
        return value
    entries = {key: _made(machine, one, name, hook, arguments)
               for key, one in value.slots.values.items()}  # fmt: skip
    if name == HOOKS[0]:
        return machine.invoke(hook, arguments.at, Dict(entries, dict(value.keys), value.trace))
    pairs = (Tuple((value.keys[key], one)) for key, one in entries.items())
    return machine.invoke(hook, arguments.at, List(tuple(pairs)))
