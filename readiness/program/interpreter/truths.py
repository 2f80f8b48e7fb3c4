"""Whether a value counts as true."""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.choices import choose, literal, restrict
from readiness.program.interpreter.inheritance import find
from readiness.program.interpreter.plain import is_data
from readiness.program.values import (
    FALSE,
    ROUNDS,
    TRUE,
    Choice,
    Class,
    Condition,
    Constant,
    Dict,
    External,
    Instance,
    List,
    Text,
    Tuple,
    Typed,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def guard(machine: "Machine", value: Value, at: Place, what: str) -> Value:  # noqa: C901, PLR0911 - one answer for each kind of value
    """The truth of a value as a guard: true, false, or by conditions."""
    value = restrict(value, machine.state.assumed)
    match value:
        case Choice():
            then = guard(machine, value.then, at, what)
            return choose(value.condition, then, guard(machine, value.otherwise, at, what))
        case Constant():
            return TRUE if value.value else FALSE
        case Text():
            return _text(value)
        case Tuple():
            return TRUE if value.items else FALSE
        case List():
            return guard(machine, value.slots.values["items"], at, what)
        case Dict():
            return _dictionary(value, what, at)
        case Instance():
            return _instance(machine, value, at, what)
        case Typed() if value.is_true:
            return TRUE
        case Unknown():
            return literal(condition_of(value, at, what), truth=True)
        case External():
            opened = plainly(machine, value)
            return TRUE if opened is value else guard(machine, opened, at, what)
    return TRUE


def plainly(machine: "Machine", value: Value) -> Value:
    """A library's name that may stand for any text or switch, as a value that is not known."""
    if not isinstance(value, External) or not value.may_be_plain:
        return value
    if machine.library.knows(value.name):
        return value
    name = f"the value of {value.name}"
    return machine.singletons.setdefault(name, Unknown(name, trace=value.trace))


def some_rounds(found: Unknown, what: str, at: Place) -> Condition:
    """Whether something that is not known has items at all."""
    return Condition((ROUNDS, found), f"{what} has items ({found.reason})", at, found)


def condition_of(value: Unknown, at: Place, what: str) -> Condition:
    """The condition that an unknown value is true."""
    return Condition(("true", value), f"{what} ({value.reason})", at, value)


def _text(value: Text) -> Value:
    return FALSE if value.known == "" else TRUE


def _dictionary(value: Dict, what: str, at: Place) -> Value:
    certain = [item for item in value.slots.values.values() if not isinstance(item, Choice)]
    if certain:
        return TRUE
    if value.rest is not None:
        return literal(condition_of(value.rest, at, what), truth=True)
    return TRUE if value.slots.values else FALSE


def _instance(machine: "Machine", value: Instance, at: Place, what: str) -> Value:
    for name, kind in (("__bool__", bool), ("__len__", int)):
        if is_data(value) and not _has_own(value, name):
            return guard(machine, value.data, at, what)
        method = machine.library.find_method(machine, value, name, at)
        if method is not None:
            told = machine.each(
                machine.invoke(method, at),
                lambda one: _told(machine, one, kind, at),  # noqa: B023 - called at once
            )
            return guard(machine, told, at, what)
    return TRUE


def _has_own(value: Instance, name: str) -> bool:
    found = find(value.cls, name) if isinstance(value.cls, Class) else None
    return found is not None and isinstance(found[1], Class)


def _told(machine: "Machine", value: Value, kind: type[int], at: Place) -> Value:
    """What a class says of the truth of its objects, unless the language refuses that."""
    if isinstance(value, Constant) and isinstance(value.value, kind):
        if value.value < 0:
            raise machine.error("ValueError", "__len__() should return >= 0", at)
        return value
    if isinstance(value, (Constant, Text, Tuple, List, Dict)):
        raise machine.error("TypeError", "the truth of an object is a bool", at)
    return value


def subject_key(value: Value) -> tuple[str, object] | None:
    """What identifies an unknown value in conditions."""
    match value:
        case Unknown():
            return ("unknown", value)
        case Text():
            return ("text", tuple((part.key,) if part.text is None else part.text
                                  for part in value.parts))  # fmt: skip
        case List() | Dict() | Instance():
            return ("object", value.slots)
    return None
