"""The language's protocols: iterating, mappings, context managers."""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import drawing, stepping
from readiness.program.interpreter.limits import LONGEST_GROWN
from readiness.program.interpreter.outcomes import Raised
from readiness.program.interpreter.plain import is_data
from readiness.program.models.python.awaiting import awaited
from readiness.program.models.python.kinds import type_of
from readiness.program.models.python.reflection import with_fallback
from readiness.program.values import (
    FALSE,
    MISSING,
    NONE,
    TRUE,
    Choice,
    Class,
    Constant,
    External,
    Instance,
    List,
    Text,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


MANAGER = "contextlib._GeneratorContextManager"


def mapping_of(machine: "Machine", value: Value, at: Place) -> dict[str, Value] | None:
    """The entries of a mapping, for ``**value``."""
    if not isinstance(value, Instance):
        return None
    method = machine.library.find_method(machine, value, "keys", at)
    if method is None:
        return None
    found = machine.iterate(machine.invoke(method, at), at)
    if isinstance(found, Unknown):
        return None
    names = [getattr(key, "known", None) for key in found]
    return {name: machine.item(value, text(name), at) for name in names if name is not None}


def iterate(machine: "Machine", value: Value, at: Place) -> "list[Value] | Unknown":  # noqa: PLR0911 - one answer for each protocol
    """The items of an object or class."""
    if isinstance(value, Class) and "members" in value.traits:
        return list(value.traits["members"])
    if isinstance(value, Instance) and isinstance(value.data, Text) and is_data(value):
        return machine.iterate(value.data, at)
    method = machine.library.find_method(machine, value, "__iter__", at)
    if method is not None:
        found = machine.invoke(method, at)
        return _stepped(machine, found, at) if found is value else machine.iterate(found, at)
    if machine.library.find_method(machine, value, "__next__", at) is not None:
        return _stepped(machine, value, at)
    own = isinstance(value, Instance) and isinstance(value.cls, Class)
    if own and (awaited_ones := _awaited_items(machine, value, at)) is not None:
        return awaited_ones
    if own and machine.library.find_method(machine, value, "__getitem__", at) is not None:
        return _numbered(machine, value, at)
    return Unknown("the items of an object", at)


def _awaited_items(machine: "Machine", value: Value, at: Place) -> "list[Value] | Unknown | None":
    """What ``async for`` goes through; None of an object that is nothing for it."""
    if machine.library.find_method(machine, value, "__anext__", at) is not None:
        return _stepped(machine, value, at, "anext")
    method = machine.library.find_method(machine, value, "__aiter__", at)
    if method is None:
        return None
    given = machine.invoke(method, at)
    return Unknown(_ITSELF, at) if given is value else machine.iterate(given, at)


def _numbered(machine: "Machine", value: Value, at: Place) -> "list[Value] | Unknown":
    """The items that ``__getitem__`` gives for 0, 1, 2 …, until it raises IndexError."""
    found: list[Value] = []
    for number in range(LONGEST_GROWN):
        item = with_fallback(
            machine, "IndexError",
            lambda: machine.item(value, Constant(number), at), lambda: MISSING,  # noqa: B023 - called at once
        )  # fmt: skip
        if item is MISSING:
            return found
        if isinstance(item, (Choice, Unknown)):
            return Unknown("the items of an object, whose end is not decided", at)
        found.append(item)
    return Unknown("the items of an object without an end", at)


_ITSELF = "the items of an object that gives itself"


def _stepped(
    machine: "Machine", value: Value, at: Place, ask: str = "next"
) -> "list[Value] | Unknown":
    """The items that ``__next__``, or ``__anext__``, gives until it stops."""
    done = Constant(value=None)
    found: list[Value] = []
    for _ in range(LONGEST_GROWN):
        item = machine.invoke(External(f"builtins.{ask}"), at, value, done)
        if item is done:
            return found
        if isinstance(item, Choice):
            return Unknown("the items of an iterator, whose end is not decided", at)
        found.append(item)
    return Unknown("the items of an iterator without an end", at)


def managing(machine: "Machine", manager: Value, at: Place) -> List | None:
    """The generator that a ``contextmanager`` runs."""
    if isinstance(manager, Instance) and manager.cls == External(MANAGER):
        manager = awaited(machine, manager.data, at)
    return manager if isinstance(manager, List) and manager.start is not None else None


def enter(machine: "Machine", manager: Value, at: Place) -> Value:
    """``__enter__`` or ``__aenter__``."""
    manager = awaited(machine, manager, at)
    generator = managing(machine, manager, at)
    if generator is not None:
        step = _step(machine, generator, at, None)
        return drawing.first(machine, generator, at) if step is None else step.value
    for name in ("__enter__", "__aenter__"):
        method = machine.library.find_method(machine, manager, name, at)
        if method is not None:
            return awaited(machine, machine.invoke(method, at), at)
    if isinstance(manager, Instance):
        return manager
    machine.may_fail("entering a context", at)
    return manager if not isinstance(manager, Unknown) else Unknown(manager.reason, manager.at)


def _step(
    machine: "Machine", generator: List, at: Place, thrown: Raised | None
) -> stepping.Step | None:
    if generator.stepper is None:
        return None
    return stepping.advance(machine, generator, at, NONE, thrown)


def _left(machine: "Machine", generator: List, error: Value, at: Place) -> Value:
    """Go on with the code of a ``contextmanager`` where it yielded; true if it swallows."""
    thrown = None if error is NONE else Raised(error)
    step = _step(machine, generator, at, thrown) if stepping.has_begun(generator) else None
    if step is None or step.unclear:
        unknown = Unknown("whether a manager swallows an error", at)
        return FALSE if thrown is None else unknown
    if not step.over:
        raise machine.error("RuntimeError", "generator didn't stop", at)
    return TRUE if thrown is not None else FALSE


def leave(machine: "Machine", manager: Value, error: Value, at: Place) -> Value:
    """``__exit__`` or ``__aexit__``: true where it swallows the error."""
    generator = managing(machine, manager, at) if isinstance(manager, Instance) else None
    if generator is not None:
        return _left(machine, generator, error, at)
    for name in ("__exit__", "__aexit__"):
        method = machine.library.find_method(machine, manager, name, at)
        if method is not None:
            kind = error if error is NONE else type_of(error)
            trace = NONE if error is NONE else Unknown("a traceback", at)
            return awaited(machine, machine.invoke(method, at, kind, error, trace), at)
    if isinstance(manager, Unknown) and error is not NONE:
        return Unknown(f"whether {manager.reason} swallows an error", at)
    return FALSE
