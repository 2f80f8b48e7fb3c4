"""Names: what they stand for, and what it means that one stands for nothing."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.bindings import bindings_of
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.module_names import own_name
from readiness.program.interpreter.outcomes import Raised
from readiness.program.values import MISSING, Choice, External, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def found(machine: "Machine", node: ast.Name, frame: Frame) -> Value:
    """The value of a name, as it is seen from a frame."""
    value = frame.find(node.id)
    if isinstance(value, Choice):
        return machine.each(
            value, lambda one: missing_name(machine, node, frame) if one is MISSING else one
        )
    if value is not None:
        return value
    own = own_name(machine, frame.module, node.id) if node.id.startswith("__") else None
    if own is not None:
        return own
    if node.id in machine.library.builtins:
        known = machine.library.values.get(f"builtins.{node.id}")
        return External(f"builtins.{node.id}") if known is None else known(machine)
    if node.id == "__class__":
        owner = method_of(frame)
        if owner is not None and owner.owner is not None:
            return owner.owner
    return _absent(machine, node, frame)


def _absent(machine: "Machine", node: ast.Name, frame: Frame) -> Value:
    """A name without a value; one that start-up did not come to gets it before it is used."""
    if not _is_bound_somewhere(machine, node.id, frame):
        return missing_name(machine, node, frame)
    return set_by_then(machine, f"the name {node.id}", frame.at(node),
                       lambda: missing_name(machine, node, frame))  # fmt: skip


def _is_bound_somewhere(machine: "Machine", name: str, frame: Frame) -> bool:
    """Whether the module gives a name a value, though it may not have come to that."""
    tree = machine.sources.tree(frame.module.path)
    return tree is not None and name in bindings_of(tree).local


def missing_name(machine: "Machine", node: ast.Name, frame: Frame) -> Value:
    """What a name that is not bound here means: an error, or something from a star import."""
    rest = frame.module.slots.values.get("*")
    if isinstance(rest, Unknown):
        return Unknown(f"the name {node.id} ({rest.reason})", frame.at(node))
    local = frame.bindings is not None and node.id in frame.bindings.local
    kind = "UnboundLocalError" if local else "NameError"
    raise machine.error(kind, f"name '{node.id}' is not defined", frame.at(node))


def set_by_then(machine: "Machine", what: str, at: Place, find: Callable[[], Value]) -> Value:
    """What is found; not known, where a function that runs later would find nothing.

    Deployed code works: until somebody calls it, something sets what it needs.
    """
    depth, assumed = len(machine.stack), machine.state.depth
    try:
        return find()
    except Raised as raised:
        if machine.starting or machine.state.path or machine.state.catching():
            raise
        if machine.is_meant(raised.value):
            raise
        del machine.stack[depth:]
        machine.state.forget(assumed)
        return Unknown(f"{what}, which nothing has set when start-up is over", at)


def method_of(frame: Frame) -> Frame | None:
    """The frame of the method that code stands in."""
    method: Frame | None = frame
    while method is not None and method.owner is None:
        method = method.parent
    return method
