"""What can be asked of a function: its name, its text, what was set on it."""

import ast
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.values import (
    NONE,
    Constant,
    Dict,
    External,
    Function,
    Instance,
    Tuple,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def get(machine: "Machine", value: Function, name: str, at: Place) -> Value:
    """The attribute of a function; raises the AttributeError that the code would see."""
    found = value.attributes.values.get(name)
    if found is not None:
        return found
    if name in {"__name__", "__qualname__"}:
        return text(value.name if name == "__name__" else value.qualified)
    told = _told(machine, value, name, at)
    if told is not None:
        return told
    if not name.startswith("__"):
        raise machine.error("AttributeError", f"no attribute '{name}'", at)
    return machine.library.method(machine, value, name, at)


def _told(machine: "Machine", value: Function, name: str, at: Place) -> Value | None:  # noqa: PLR0911 - one answer for each name
    """What the text of a function tells of it."""
    match name:
        case "__defaults__":
            return Tuple(value.defaults) if value.defaults else NONE
        case "__kwdefaults__":
            held = value.keyword_defaults
            return Dict(held, {key: text(key) for key in held}) if held else NONE
        case "__doc__":
            node = value.node
            words = None if isinstance(node, ast.Lambda) else ast.get_docstring(node, clean=False)
            return NONE if words is None else text(words)
        case "__annotations__":
            return machine.invoke(External("inspect.get_annotations"), at, value)
        case "__module__":
            return text(value.closure.module.name)
        case "__code__":
            spec = value.node.args
            held = {"co_name": text(value.qualified.rpartition(".")[2]),
                    "co_argcount": Constant(len(spec.posonlyargs) + len(spec.args))}  # fmt: skip
            return Instance(External("types.CodeType"), held, at)
        case "__dict__":
            view = Dict(None, {key: text(str(key)) for key in value.attributes.values})
            view.slots = value.attributes
            return view
    return None
