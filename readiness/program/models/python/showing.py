"""Containers as the language shows them, where an object in them is shown as its class does."""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.formatting import concatenated
from readiness.program.values import (
    Dict,
    External,
    List,
    Slots,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

DEEPEST = 5
MOST = 200


def shown(machine: "Machine", value: Value, at: Place, depth: int = 0) -> Value:
    """``repr(value)`` of a list, tuple or dictionary, item by item."""
    machine.limits.step()
    if depth > DEEPEST:
        return Unknown("how a deep container is shown", at)

    def one(item: Value) -> Value:
        if isinstance(item, (Tuple, List, Dict)):
            return shown(machine, item, at, depth + 1)
        return machine.invoke(External("builtins.repr"), at, item)

    pairs = _pairs(value)
    if pairs is None or len(pairs) > MOST:
        return Unknown("how a container is shown", at)
    pieces: list[Value] = []
    for key, item in pairs:
        pieces += [text(", ")] if pieces else []
        pieces += [] if key is None else [one(key), text(": ")]
        pieces.append(one(item))
    first, last = _BRACKETS[type(value)]
    alone = isinstance(value, Tuple) and len(pairs) == 1
    ends = text("," + last if alone else last)
    return concatenated(machine, [text(first), *pieces, ends], at)


_BRACKETS: dict[type[Value], tuple[str, str]] = {
    Tuple: ("(", ")"), List: ("[", "]"), Dict: ("{", "}"),
}  # fmt: skip


def _pairs(value: Value) -> list[tuple[Value | None, Value]] | None:
    """The items, with their keys in a dictionary; None where they are not known."""
    match value:
        case Tuple():
            return [(None, item) for item in value.items]
        case List(kind="list"):
            content = value.slots.values["items"]
            return _pairs(content) if isinstance(content, Tuple) else None
        case Dict(kind="dict", rest=None, slots=Slots(shuffled=False, values=held)):
            known = all(key in value.keys for key in held)
            return [(value.keys[key], item) for key, item in held.items()] if known else None
    return None
