"""What a function is called with that nobody in the project calls."""

import ast

from msgspec.structs import replace

from readiness.model.place import Place
from readiness.program.interpreter.entering import arguments_of
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.outcomes import Raised
from readiness.program.models.library import Library
from readiness.program.values import (
    OWN,
    Arguments,
    Bound,
    Class,
    External,
    Function,
    Instance,
    Value,
)


def needs_nothing(function: Function) -> bool:
    """Whether a function can be called without an argument."""
    spec = function.node.args
    needed = len(spec.posonlyargs) + len(spec.args) - len(function.defaults)
    return needed <= 0 and len(spec.kwonlyargs) == len(function.keyword_defaults)


def _is_static(function: Function) -> bool:
    """Whether a method is called without an object."""
    decorators = getattr(function.node, "decorator_list", ())
    return any(isinstance(one, ast.Name) and one.id == "staticmethod" for one in decorators)


def _takes_object(function: Function) -> bool:
    """Whether a function of a class body is a method, which is called on an object.

    What takes nothing is none; a lambda is one only where the class holds it under a name.
    """
    owner, spec = function.owner, function.node.args
    if owner is None or _is_static(function):
        return False
    if not (spec.posonlyargs or spec.args or spec.vararg):
        return False
    held = owner.slots.values.values()
    return not isinstance(function.node, ast.Lambda) or any(
        function in (one, getattr(one, "function", None)) for one in held
    )


def is_framework(library: Library, owner: Class) -> bool:
    """Whether a class has a base of which nothing is known: it may call any method."""
    bases = (one for one in owner.order if not isinstance(one, Class))
    return any(not isinstance(one, External) or (
               library.canonical(one.name) not in library.classes
               and one.name.partition(".")[0] not in OWN) for one in bases)  # fmt: skip


def unknown_arguments(
    machine: Machine, function: Function, receiver: Value | None = None
) -> Arguments:
    """Arguments for a function that nobody in the project calls; of a method its object first."""
    if not _takes_object(function):
        return arguments_of(machine, function, others=True)
    at = Place(function.path, getattr(function.node, "lineno", None))
    given = arguments_of(machine, function, after=1, others=True)
    first = receiver or _receiver(machine, function, at)
    return replace(given, positional=(first, *given.positional))


def _receiver(machine: Machine, function: Function, at: Place) -> Value:
    """An object to call a method on: made by its class if that can be, else a bare one."""
    owner = function.owner
    assert owner is not None  # noqa: S101 - asked for methods only
    known = machine.receivers.get(id(owner))
    if known is not None:
        return known
    making = function is owner.slots.values.get("__init__")
    made = Instance(owner, None, at) if making else _construct(machine, owner, at)
    machine.receivers[id(owner)] = made
    return made


def _construct(machine: Machine, owner: Class, at: Place) -> Value:
    bare = Instance(owner, None, at)
    found = owner.slots.values.get("__init__")
    if not isinstance(found, Function):
        return _built(machine, owner) or _constructed(machine, owner, at) or bare
    arguments = arguments_of(machine, found, after=1)
    try:
        machine.call(Bound(found, bare), arguments)
    except Raised:
        return bare
    return bare


def _built(machine: Machine, owner: Class) -> Value | None:
    """An object of a class that the code itself built, of those that a library makes."""
    return next((one.instance for one in machine.records.events
                 if one.instance is not None and one.instance.cls is owner), None)  # fmt: skip


def _constructed(machine: Machine, owner: Class, at: Place) -> Value | None:
    """An object that nobody but us builds: it is no answer itself."""
    before = len(machine.records.events)
    try:
        made = machine.call(owner, Arguments((), {}, at))
    except Raised:
        return None
    machine.records.drop(before, made)
    return made
