"""FastAPI's dependencies: functions that each request calls for its arguments."""

from typing import TYPE_CHECKING, TypeGuard

from msgspec.structs import replace

from readiness.model.place import Place
from readiness.program.interpreter import drawing, entering
from readiness.program.interpreter.choices import choose
from readiness.program.models.libraries.applications import OVERRIDES
from readiness.program.models.python.awaiting import awaited
from readiness.program.models.python.protocols import managing
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    Bound,
    Choice,
    Class,
    Condition,
    Dict,
    Function,
    Instance,
    List,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _injected(machine: "Machine", depends: Instance, at: Place) -> Value | None:
    """What a dependency gives: what it returns, or what it yields first."""
    provider = depends.slots.values.get("dependency")
    if provider is None:
        return None
    return machine.each(_in_place_of(machine, provider), lambda one: provided(machine, one, at))


def provided(machine: "Machine", provider: Value, at: Place) -> Value:
    """What calling a dependency gives: what it returns, or what it yields first."""
    value = awaited(machine, machine.call(provider, _requested(machine, provider, at)), at)
    value = managing(machine, value, at) or value
    return drawing.first(machine, value, at) if _is_generator(value) else value


def _in_place_of(machine: "Machine", provider: Value) -> Value:
    """What ``app.dependency_overrides`` has for a dependency, or else itself."""
    applications, made = machine.records.applications, provider
    for application, _ in applications:
        held = application.memo.get(OVERRIDES)
        found = held.slots.values.get(provider, MISSING) if isinstance(held, Dict) else MISSING
        instead = _filled(found, made)
        if len(applications) > 1:
            what = "the request is one of the application that replaces a dependency"
            condition = Condition(("overrides of", application.at), what, application.at)
            instead = choose(condition, instead, made)
        made = instead
    return made


def _filled(found: Value, otherwise: Value) -> Value:
    if isinstance(found, Choice):
        then, other = _filled(found.then, otherwise), _filled(found.otherwise, otherwise)
        return choose(found.condition, then, other)
    return otherwise if found is MISSING else found


def _is_generator(value: Value) -> TypeGuard[List]:
    return isinstance(value, List) and value.kind == "generator"


def _requested(machine: "Machine", provider: Value, at: Place) -> Arguments:
    """What a framework passes to a dependency: its own dependencies, and parts of a request."""
    owner = provider
    if isinstance(provider, Class):
        makers = (cls.slots.values.get("__init__") for cls in provider.order
                  if isinstance(cls, Class))  # fmt: skip
        owner = next((maker for maker in makers if maker is not None), NONE)
    elif isinstance(provider, Instance) and isinstance(provider.cls, Class):
        owner = provider.cls.slots.values.get("__call__", NONE)
    function = owner.function if isinstance(owner, Bound) else owner
    if not isinstance(function, Function):
        return Arguments((), {}, at)
    after = 0 if owner is provider and function is owner else 1
    return replace(entering.arguments_of(machine, function, after=after, requested=True), at=at)


DEPENDS = "fastapi.Depends"
TABLE = Table(
    classes={DEPENDS: LibraryClass(("dependency",), injected=_injected)},
    aliases={"fastapi.params.Depends": DEPENDS, "fastapi.Security": DEPENDS},
)
