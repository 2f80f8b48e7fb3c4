"""Documents that the code reads, as values that know where they stand."""

from readiness.document.node import Node
from readiness.program.values import Constant, Dict, List, Part, Text, Unknown, Value, text


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
