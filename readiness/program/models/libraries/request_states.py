"""What a framework keeps for a request or a visitor: empty until the code puts something in."""

from functools import partial
from typing import TYPE_CHECKING

from readiness.program.models.lifting import given
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    External,
    Instance,
    Text,
    Unknown,
    Value,
    boolean,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

KEPT = "__readiness__.kept"
CURRENT = "__readiness__.current_app"
STATES = ("flask.g", "quart.g", "streamlit.session_state")
APPLICATIONS = ("flask.current_app",)
_UNSURE = "a name that is not known"


def _state(name: str, machine: "Machine") -> Value:
    made = Instance(External(KEPT))
    made.slots.born = 0  # it is there on every way, whoever asks for it first
    return machine.singletons.setdefault(f"\0{name}", made)


def _held(receiver: Value, key: Value) -> Value:
    """What stands under a name, `MISSING` if nothing does."""
    if not isinstance(receiver, Instance) or not isinstance(key, Text) or key.known is None:
        return Unknown(_UNSURE)
    return receiver.slots.values.get(key.known, MISSING)


def _needed(error: str, machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    def there(one: Value) -> Value:
        if one is MISSING:
            raise machine.error(error, "it is not there yet", arguments.at)
        return one

    return machine.each(_held(receiver, given(arguments, 0)), there)


def _contains(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    def there(one: Value) -> Value:
        return one if isinstance(one, Unknown) and one.reason == _UNSURE else boolean(
            value=one is not MISSING)  # fmt: skip

    return machine.each(_held(receiver, given(arguments, 0)), there)


def _get(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    default = arguments.get("default", 1) or NONE
    return machine.each(_held(receiver, given(arguments, 0)),
                        lambda one: default if one is MISSING else one)  # fmt: skip


def _put(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    key = getattr(given(arguments, 0), "known", None)
    if key is not None and isinstance(receiver, Instance):
        machine.state.write(receiver.slots, key, given(arguments, 1))
    return NONE


def _setdefault(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    found = _get(machine, receiver, arguments)
    _put(machine, receiver, Arguments((given(arguments, 0), found), {}, arguments.at))
    return found


def _pop(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    found = _get(machine, receiver, arguments)
    _put(machine, receiver, Arguments((given(arguments, 0), MISSING), {}, arguments.at))
    return found


def note_application(machine: "Machine", application: Instance) -> None:
    """The application that ``current_app`` stands for, where there is one only."""
    known = machine.singletons.get(CURRENT)
    several = Unknown("which of several applications is asked")
    machine.singletons[CURRENT] = application if known is None else several


def _of_current(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    _ = receiver
    name = getattr(given(arguments, 0), "known", None) or ""
    current = machine.singletons.get(CURRENT, Unknown("the application that is asked"))
    return machine.attribute(current, name, arguments.at)


TABLE = Table(
    classes={
        KEPT: LibraryClass(methods={
            "__getattr__": partial(_needed, "AttributeError"),
            "__getitem__": partial(_needed, "KeyError"), "__setitem__": _put,
            "__contains__": _contains, "get": _get, "pop": _pop, "setdefault": _setdefault}),
        CURRENT: LibraryClass(methods={"__getattr__": _of_current}),
    },
    values={
        **{name: partial(_state, name) for name in STATES},
        **dict.fromkeys(APPLICATIONS, lambda machine: Instance(External(CURRENT))),
    },
)  # fmt: skip
