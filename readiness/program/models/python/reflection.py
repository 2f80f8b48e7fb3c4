"""What asks objects for their attributes, and makes them by name."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import metaclasses
from readiness.program.interpreter.choices import guarded
from readiness.program.interpreter.consulting import alike, consult
from readiness.program.interpreter.endings import Ending
from readiness.program.interpreter.equalities import equality
from readiness.program.interpreter.truths import guard
from readiness.program.models.lifting import arg, replaced
from readiness.program.models.python.handing import note_members
from readiness.program.models.python.instances import undecided
from readiness.program.models.python.kinds import type_of
from readiness.program.models.table import FunctionModel, Table
from readiness.program.values import (
    FALSE,
    MISSING,
    NONE,
    TRUE,
    Arguments,
    Bound,
    Choice,
    Class,
    Constant,
    Dict,
    External,
    Function,
    Host,
    Instance,
    List,
    Module,
    Text,
    Tuple,
    Unknown,
    Value,
    Wrapped,
    alternatives,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

MOST_MEMBERS = 8


def _type(machine: "Machine", arguments: Arguments) -> Value:
    if len(arguments.positional) == 1:
        return machine.each(arguments.positional[0], type_of)
    bases = arguments.positional[1] if len(arguments.positional) > 1 else NONE
    own = (metaclasses.metaclass_of(one) for one in getattr(bases, "items", ())
           if isinstance(one, Class))  # fmt: skip
    meta = next((one for one in own if one is not None), None)
    if meta is not None:
        return metaclasses.called(machine, meta, arguments)
    whole = (External("builtins.type"), *arguments.positional)
    return metaclasses.make(machine, Arguments(whole, arguments.keywords, arguments.at))


def _getattr(machine: "Machine", arguments: Arguments) -> Value:
    receiver, name = arg(arguments, 0), arg(arguments, 1)
    known = getattr(name, "known", None)
    if isinstance(name, Choice):
        return machine.each(name, lambda one: _getattr(machine, replaced(arguments, 1, one)))
    if known is None:
        note_members(machine, receiver)
        return _any_member(machine, receiver, name, arguments)
    consult(machine, receiver, alike(name, _members(receiver)))
    if len(arguments.positional) < 3:  # noqa: PLR2004 - object, name, default
        return machine.attribute(receiver, known, arguments.at)
    default = arguments.positional[2]
    return with_fallback(
        machine, "AttributeError",
        lambda: machine.attribute(receiver, known, arguments.at), lambda: default,
    )  # fmt: skip


def _members(value: Value) -> list[tuple[object, Value]]:
    """The names that a module, a class or an object has of the code, and what they stand for."""
    owner = value.cls if isinstance(value, Instance) else value
    owners = owner.order if isinstance(owner, Class) else (owner,)
    return [pair for one in owners if isinstance(one, Class | Module)
            for pair in one.slots.values.items()]  # fmt: skip


def _any_member(machine: "Machine", receiver: Value, name: Value, arguments: Arguments) -> Value:
    """What an unknown name takes: each function that a small module defines may be it."""
    found: Value = Unknown("an attribute whose name is not known", arguments.at, name.trace)
    if not isinstance(receiver, Module) or receiver.stands_in:
        return found
    own = {str(key): one for key, one in receiver.slots.values.items()
           if isinstance(one, Function) and one.path == receiver.path}  # fmt: skip
    for spelled, one in reversed(own.items()) if len(own) <= MOST_MEMBERS else ():
        same = equality(machine, name, text(spelled), arguments.at, "the name")
        found = guarded(guard(machine, same, arguments.at, "the name"), one, found)
    return found


def with_fallback(
    machine: "Machine", error: str, action: Callable[[], Value], instead: Callable[[], Value]
) -> Value:
    """Do something; where it raises this error of the language, do something else."""
    kind = External(f"builtins.{error}")

    def finish(ending: Ending) -> Ending:
        raised = ending.value
        if ending.kind != "raise" or not isinstance(raised, Instance):
            return ending
        if not machine.library.is_kind(machine, raised.cls, kind):
            return ending
        return machine.state.onwards(ending, instead)

    return machine.state.enclose_apart(action, ("raise",), finish)


def _hasattr(machine: "Machine", arguments: Arguments) -> Value:
    receiver, known = arg(arguments, 0), getattr(arg(arguments, 1), "known", None)
    if known is None:
        return Unknown("whether there is an attribute", arguments.at)

    def one(value: Value) -> Value:
        if isinstance(value, (Unknown, External)):
            return undecided(Unknown(f"whether there is an attribute {known}"), NONE, arguments)

        def probe() -> Value:
            found = machine.attribute(value, known, arguments.at)
            return Unknown("whether it has it") if isinstance(found, Unknown) else TRUE

        return with_fallback(machine, "AttributeError", probe, lambda: FALSE)

    return machine.each(receiver, one)


def _setattr(machine: "Machine", arguments: Arguments) -> Value:
    return _set(machine, arguments, arg(arguments, 2))


def _delattr(machine: "Machine", arguments: Arguments) -> Value:
    return _set(machine, arguments, MISSING)


def _set(machine: "Machine", arguments: Arguments, new: Value) -> Value:
    """``setattr`` and ``delattr``, of each object and by each name that may be meant."""

    def one(receiver: Value, name: Value) -> Value:
        known = getattr(name, "known", None)
        if known is not None:
            machine.set_attribute(receiver, known, new, arguments.at)
        elif isinstance(receiver, Instance):
            _set_any(machine, receiver, name, new, arguments.at)
        return NONE

    return machine.each(arg(arguments, 0), lambda receiver: machine.each(
        arg(arguments, 1), lambda name: one(receiver, name)))  # fmt: skip


def _set_any(machine: "Machine", receiver: Instance, name: Value, new: Value, at: Place) -> None:
    """Set an attribute whose name is not known: it may be any of those that are there."""
    machine.limits.walk(len(receiver.slots.values))
    for held, old in list(receiver.slots.values.items()):
        if isinstance(held, str) and not held.startswith("\0"):
            same = equality(machine, name, text(held), at, "the name")
            changed = guarded(guard(machine, same, at, "the name"), new, old)
            machine.state.write(receiver.slots, held, changed)


def _property(machine: "Machine", arguments: Arguments) -> Value:
    return Wrapped(
        "property", arg(arguments, 0), _given(arguments.get("fset", 1)),
        _given(arguments.get("fdel", 2)),
    )  # fmt: skip


def _given(value: Value | None) -> Value | None:
    none = isinstance(value, Constant) and value.value is None
    return None if none else value


def _wrap(kind: str) -> FunctionModel:
    return lambda machine, arguments: Wrapped(kind, arg(arguments, 0))


def _callable(machine: "Machine", arguments: Arguments) -> Value:
    value = arg(arguments, 0)
    if isinstance(value, (Function, Class, Bound, Host, External, Wrapped)):
        return TRUE
    if isinstance(value, (Text, Constant, Tuple, List, Dict)):
        return FALSE
    method = machine.library.find_method(machine, value, "__call__", arguments.at)
    if method is not None:
        return TRUE
    model = machine.library.class_of(value)
    if model is not None and model.recorded:  # nothing that is judged can be called
        return FALSE
    return Unknown("whether a value can be called", arguments.at)


def _vars(machine: "Machine", arguments: Arguments) -> Value:
    if not arguments.positional:
        return machine.call(External("builtins.locals"), arguments)
    value = arguments.positional[0]
    if isinstance(value, Instance):
        return machine.attribute(value, "__dict__", arguments.at)
    if isinstance(value, (Class,)) or hasattr(value, "slots"):
        view = Dict(None, {key: text(str(key)) for key in value.slots.values})
        view.slots = value.slots
        view.names = True
        return view
    return Unknown("the names of a value", arguments.at)


def _dir(machine: "Machine", arguments: Arguments) -> Value:
    """The names of an object but for those of the language, in order."""
    value = arguments.positional[0] if arguments.positional else NONE
    own = machine.library.find_method(machine, value, "__dir__", arguments.at)
    if own is not None:
        return machine.invoke(External("builtins.sorted"), arguments.at,
                              machine.invoke(own, arguments.at))  # fmt: skip
    owners: list[Value] = [value]
    if isinstance(value, (Class, Instance)):
        cls = value if isinstance(value, Class) else value.cls
        owners += cls.order if isinstance(cls, Class) else (cls,)
    found: set[str] = set()
    for owner in owners:
        if owner == External("builtins.object"):
            continue
        if not isinstance(owner, (Class, Instance, Module)) or "*" in owner.slots.values:
            return Unknown("the names of a value", arguments.at)
        held = {name: one for name, one in owner.slots.values.items() if isinstance(name, str)}
        if any(isinstance(one, Choice) and MISSING in alternatives(one) for one in held.values()):
            return Unknown("the names of a value", arguments.at)
        found.update(name for name, one in held.items() if one is not MISSING)
    return List(tuple(text(name) for name in sorted(found) if not name.startswith("__")))


TABLE = Table(functions={
    "builtins.type": _type, "builtins.getattr": _getattr, "builtins.hasattr": _hasattr,
    "builtins.setattr": _setattr, "builtins.delattr": _delattr, "builtins.vars": _vars,
    "builtins.dir": _dir,
    "builtins.property": _property, "builtins.classmethod": _wrap("classmethod"),
    "builtins.staticmethod": _wrap("staticmethod"), "builtins.callable": _callable,
})  # fmt: skip
