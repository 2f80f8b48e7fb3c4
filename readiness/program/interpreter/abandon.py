"""Code that was given up: what it may have changed is not known any more."""

import ast
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import merging
from readiness.program.interpreter.effects import ANY, Effects
from readiness.program.interpreter.frame import Frame
from readiness.program.values import (
    Bound,
    Choice,
    Class,
    Constant,
    Dict,
    External,
    Function,
    Instance,
    List,
    Slots,
    Text,
    Tuple,
    Unknown,
    Value,
    Wrapped,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

MOST_REACHED = 20_000
# What nothing can be changed in, and most of all that there is.
_LEAVES = frozenset({Constant, Text, External, Unknown})


def abandon(
    machine: "Machine",
    pieces: Sequence[ast.AST],
    frame: Frame,
    why: str,
    since: int | None = None,
    *,
    calls: bool = True,
) -> None:
    """Go on behind pieces of code that were not run to their end.

    ``since`` is how many events there were when the code began: what it built is reached
    by it, whatever the name. Without ``calls``, what it calls has run as often as it may.
    """
    at = frame.at(pieces[0]) if pieces else Place(frame.path)
    _lose(machine, machine.effects_of(pieces, frame, calls=calls), [frame], at, why, since)


def abandon_all(machine: "Machine", pieces: Sequence[tuple[ast.AST, Frame]], why: str) -> None:
    """Go on where so much is given up that only all of it together can be looked through."""
    owners: dict[str, list[tuple[ast.AST, Frame]]] = {}
    for node, frame in pieces:
        owners.setdefault(frame.owner.name if frame.owner else "", []).append((node, frame))
    effects = Effects()
    for several in owners.values():
        effects.add(machine.effects_of([node for node, _ in several], several[0][1]))
    if pieces:
        first, around = pieces[0]
        _lose(machine, effects, [frame for _, frame in pieces], around.at(first), why, None)


def abandon_files(machine: "Machine", words: set[str], at: Place, why: str) -> None:
    """Go on where files are not run, nor parsed: they may do anything with what they name."""
    effects = Effects(words=set(words)).anything()
    _lose(machine, effects, [], at, why, None)
    for slots in _scopes(machine, []):
        for name in words & {name for name in slots.values if isinstance(name, str)}:
            machine.state.write(slots, name, Unknown(_reason(why), at))


def _reason(why: str) -> str:
    return f"code that is not understood ({why}) may have changed it"


def _lose(  # noqa: PLR0917 - of one piece of code all that is known
    machine: "Machine", effects: Effects, frames: Sequence[Frame], at: Place, why: str,
    since: int | None,
) -> None:  # fmt: skip
    """Make what some effects may have changed unknown."""
    if effects.none:
        return
    reason = _reason(why)
    if effects.environ:
        machine.variables.write_unknown(reason, at)
    for slots in _scopes(machine, frames):
        for name in effects.globals & slots.values.keys():
            machine.state.write(slots, name, Unknown(reason, at))
    for thing, held_as in _reached(machine, effects, frames, since):
        _spoil(machine, thing, held_as, effects, Unknown(reason, at))


def _scopes(machine: "Machine", frames: Iterable[Frame]) -> Iterator[Slots]:
    """What the names of the code may stand in: every module, and the frames around."""
    yield from {id(m): m.slots for m in (*machine.by_path.values(), *machine.modules.values())
                }.values()  # fmt: skip
    for one in machine.stack:
        yield one.slots
    around: dict[int, Slots] = {}
    for one in frames:
        frame: Frame | None = one
        while frame is not None and id(frame.slots) not in around:
            around[id(frame.slots)] = frame.slots
            frame = frame.parent
    yield from around.values()


def _reached(
    machine: "Machine", effects: Effects, frames: Sequence[Frame], since: int | None
) -> Iterator[tuple[Value, str]]:
    """Every object that the names of the code lead to, with the name that holds it."""
    pending: list[tuple[Value, str]] = [
        (value, str(name)) for slots in _scopes(machine, frames)
        for name, value in slots.values.items() if name in effects.words
    ]  # fmt: skip
    if since is not None:
        made = (event.instance for event in machine.records.events[since:])
        pending += [(one, ANY) for one in made if one is not None]
    seen: set[int] = set()
    while pending and len(seen) < MOST_REACHED:
        value, held_as = pending.pop()
        if type(value) in _LEAVES or id(value) in seen:
            continue
        seen.add(id(value))
        yield value, held_as
        if isinstance(value, Function):
            if id(value.closure) in seen:
                continue
            seen.add(id(value.closure))
        pending += _inside(value, held_as, effects)


def _inside(value: Value, held_as: str, effects: Effects) -> Iterable[tuple[Value, str]]:  # noqa: PLR0911 - one answer for each kind of value
    match value:
        case Choice():
            return [(value.then, held_as), (value.otherwise, held_as)]
        case Tuple():
            return [(one, held_as) for one in value.items]
        case List() | Dict():
            return [(one, held_as) for one in value.slots.values.values()]
        case Instance(data=List() | Dict() as kept):
            # A dictionary or list of a class of its own: nobody can tell under which name.
            attributes = [(one, str(name)) for name, one in value.slots.values.items()]
            return [(kept, next(iter(effects.changed), "")), *attributes]
        case Instance() | Class():
            return [
                (one, str(name))
                for name, one in value.slots.values.items()
                if type(one) not in _LEAVES
            ]
        case Bound():
            return [(value.function, ""), (value.receiver, "")]
        case Wrapped():
            return [(value.function, "")]
        case Function():
            return [
                (one, str(name))
                for name, one in value.closure.slots.values.items()
                if name in effects.words and type(one) not in _LEAVES
            ]
    return []


def _spoil(
    machine: "Machine", value: Value, held_as: str, effects: Effects, unknown: Unknown
) -> None:
    match value:
        case Instance():
            for name in _attributes(machine, value, effects):
                machine.state.write(value.slots, name, unknown)
        case Class():
            for name in effects.stored & value.slots.values.keys():
                machine.state.write(value.slots, name, unknown)
        case List() if held_as in effects.changed or ANY in effects.changed:
            machine.state.write(value.slots, "items", unknown)
        case Dict() if held_as in effects.changed or ANY in effects.changed:
            merging.cover(machine, value, unknown)


def _attributes(machine: "Machine", value: Instance, effects: Effects) -> set[str]:
    """The attributes of an object that the code may have set."""
    if effects.dynamic:
        cls = machine.library.class_of(value)
        return {*map(str, value.slots.values), *(cls.parameters if cls else ())}
    names = {one.name for one in value.cls.order if isinstance(one, Class)} if isinstance(
        value.cls, Class) else set()  # fmt: skip
    return effects.stored | {name for owner, name in effects.own if owner in names}
