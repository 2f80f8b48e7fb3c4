"""Values as options of an object: each that one may be is a case."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from readiness.model.secret import Secret
from readiness.program.interpreter.choices import restrict
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event
from readiness.program.options import ABSENT, Case, Option
from readiness.program.provenance import variables_of
from readiness.program.values import (
    MISSING,
    Bound,
    Choice,
    Class,
    Condition,
    Constant,
    External,
    Function,
    Host,
    Instance,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
    alternatives,
)

if TYPE_CHECKING:
    from readiness.program.built import Built

DEEPEST = 6
"""How far lists may lie in lists."""


class Cases(Struct, frozen=True):
    """Makes options of values; ``built`` makes an object of the event that built it first."""

    machine: Machine
    built: "Callable[[Event], Built]"

    def option(self, value: Value, path: tuple[tuple[Condition, bool], ...]) -> Option:
        """A value as an option under some conditions, each of its alternatives a case."""
        return _option(self, restrict(value, dict(path)), 0)


def _option(cases: Cases, value: Value, depth: int) -> Option:
    if value is MISSING:
        return Option()
    found = (replace(_case(cases, one, depth), trace=one.trace) for one in alternatives(value))
    under = value.condition.text if isinstance(value, Choice) else ""
    return Option(tuple(dict.fromkeys(found)), under, free=_is_free(value))


def _case(cases: Cases, value: Value, depth: int) -> Case:  # noqa: PLR0911 - one for each kind of value
    match value:
        case _ if value is MISSING:
            return ABSENT
        case Constant(value=None | bool() | int() | float() as plain):
            return Case("plain", plain, variables=variables_of(value.trace))
        case Text():
            return _text(value)
        case Instance() | External():
            return _object(cases, value)
        case List() | Tuple() if depth < DEEPEST:
            return _several(cases, value, depth)
        case Function() | Bound() | Host() | Class():
            return Case("code", at=getattr(value, "at", None))
        case Unknown() if (made := _made(cases, value)) is not None:
            return Case("object", names=(made.name,), built=cases.built(made), at=made.at)
        case Unknown():
            return Case("unknown", reason=value.reason, at=value.at,
                        variables=variables_of(value.trace))  # fmt: skip
    return Case("code")


def _made(cases: Cases, value: Unknown) -> Event | None:
    """The call of a class that has no model; what a function gives may be anything."""
    event = cases.machine.records.results.get(value.number)
    short = event.name.rpartition(".")[2].lstrip("_") if event is not None else ""
    return event if short[:1].isupper() else None


def _text(value: Text) -> Case:
    known = value.known
    late = any(part.text is None and part.variable is None for part in value.parts)
    return Case(
        "text", text=None if known is None else Secret(known),
        reason="a part of it is only known when it runs" if late else "",
        at=next((part.at for part in value.parts if part.at), None),
        literal=all(part.literal for part in value.parts), variables=variables_of(value.trace),
    )  # fmt: skip


def _object(cases: Cases, value: Instance | External) -> Case:
    if isinstance(value, External):
        return Case("code", names=(value.name,))
    event = cases.machine.records.birth(value)
    return Case(
        "object", names=tuple(cases.machine.library.names_of(value.cls)), at=value.at,
        built=None if event is None else cases.built(event),
    )  # fmt: skip


def _several(cases: Cases, value: List | Tuple, depth: int) -> Case:
    content = value.slots.values.get("items") if isinstance(value, List) else value
    if not isinstance(content, Tuple):
        why = content.reason if isinstance(content, Unknown) else "what it holds is not known"
        known = getattr(content, "items", ())
        items = tuple(_option(cases, one, depth + 1) for one in known)
        if not items:
            return Case("unknown", reason=why)
        return Case("several", items=items, more=True, reason=why)
    return Case("several", items=tuple(
        _option(cases, one, depth + 1) for one in content.items))  # fmt: skip


def _is_free(value: Value) -> bool:
    """Whether every condition of a value is chosen anew with each request."""
    if not isinstance(value, Choice):
        return True
    free = isinstance(value.condition.subject, Unknown) and value.condition.subject.free
    return free and _is_free(value.then) and _is_free(value.otherwise)
