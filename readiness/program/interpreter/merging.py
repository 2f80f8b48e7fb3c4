"""Dictionaries put over one another."""

from typing import TYPE_CHECKING, Any

from readiness.program.interpreter.choices import choose
from readiness.program.values import MISSING, Choice, Condition, Dict, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

OVER = "over"
"""What the conditions ask by which an entry of a dictionary may be replaced."""


def merge(machine: "Machine", into: Dict, other: Dict) -> None:
    """Put the entries of a dictionary over those of another."""
    for name, item in other.slots.values.items():
        old = into.slots.values.get(name, MISSING)
        machine.state.write(into.slots, name, over(item, old))
    into.keys.update(other.keys)
    into.slots.shuffled = into.slots.shuffled or other.slots.shuffled
    if other.rest is not None:
        cover(machine, into, other.rest, set(other.slots.values))
    into.process = into.process or other.process


def over(new: Value, old: Value) -> Value:
    """An entry that is put over another; where on some path it is missing, the old one stays."""
    if isinstance(new, Choice):
        return choose(new.condition, over(new.then, old), over(new.otherwise, old))
    return old if new is MISSING else new


def _may_be_anything(entry: Value) -> bool:
    """Whether an entry is not known already: to be replaced once more adds nothing to that."""
    if isinstance(entry, Choice) and isinstance(entry.then, Unknown):
        key = entry.condition.key
        return isinstance(key, tuple) and key[:1] == (OVER,)
    return isinstance(entry, Unknown)


def cover(machine: "Machine", into: Dict, rest: Unknown, but: "set[Any] | None" = None) -> None:
    """Put entries that are not known over a dictionary: each of its own may be replaced."""
    for name, old in list(into.slots.values.items()):
        if name in (but or ()) or str(name).startswith("\0"):
            continue
        if _may_be_anything(old):
            continue
        condition = Condition((OVER, rest, name), f"{name} is in it ({rest.reason})",
                              rest.at, rest)  # fmt: skip
        entry = Unknown(f"an entry of a dictionary ({rest.reason})", rest.at, free=rest.free)
        machine.state.write(into.slots, name, choose(condition, entry, old))
    into.rest = rest
    if into.names:  # who asks the module itself for a name may find it too
        machine.state.write(into.slots, "*", rest)
