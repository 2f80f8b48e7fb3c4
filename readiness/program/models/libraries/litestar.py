"""Litestar's dependencies: a handler's parameter is filled by the provider of its name."""

from functools import partial
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import inheritance
from readiness.program.models.libraries.fastapi import provided
from readiness.program.models.lifting import given
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    TRUE,
    Arguments,
    Dict,
    Function,
    Host,
    Instance,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_HANDLERS = ("get", "post", "put", "patch", "delete", "head", "route", "websocket",
             "websocket_listener", "asgi")  # fmt: skip
_GROUPS = ("Litestar", "Router", "app.Litestar", "router.Router", "testing.create_test_client")
_SCOPE = "\0dependencies of litestar"
_SHARED = "\0dependencies of all of litestar"
PROVIDE = "litestar.di.Provide"


def _handler(name: str, machine: "Machine", arguments: Arguments) -> Value:
    """``@get("/", dependencies={…})``: the function, which requests call."""
    told = arguments.keywords.get("dependencies", Dict())

    def wrap(inner: "Machine", called: Arguments) -> Value:
        value = given(called, 0)
        if isinstance(value, Function):
            inner.state.write(value.attributes, _SCOPE, told)
        inner.library.escape(inner, called, f"litestar.{name}")
        return value

    _ = machine
    return Host(name, wrap)


def _group(name: str, machine: "Machine", arguments: Arguments) -> Value:
    """An application or a router: what it is told counts for the handlers below it."""
    machine.library.escape(machine, arguments, name)
    held = machine.singletons.get(_SHARED)
    told = arguments.keywords.get("dependencies")
    if isinstance(told, Dict):
        machine.singletons[_SHARED] = Tuple((*getattr(held, "items", ()), told))
    return Unknown(f"what {name}() gives", arguments.at)


def _provide(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    provider = arguments.keywords.get("dependency")
    if provider is not None:
        instance.slots.values["dependency"] = provider
    if isinstance(provider, Function):
        machine.state.write(provider.attributes, _SCOPE, TRUE)


def _filled(machine: "Machine", function: Function, name: str, position: int) -> Value | None:
    """What stands for a parameter of a handler or provider: the nearest provider of its name."""
    _ = position
    scope = function.attributes.values.get(_SCOPE)
    if scope is None:
        return None
    at = Place(function.path, getattr(function.node, "lineno", None))
    controller = inheritance.find(function.owner, "dependencies") if function.owner else None
    for level in (scope, controller[0] if controller else None):
        if isinstance(level, Dict) and name in level.slots.values:
            return _value(machine, level.slots.values[name], at)
    shared = getattr(machine.singletons.get(_SHARED), "items", ())
    found = [one.slots.values[name] for one in shared if name in one.slots.values]
    if len(found) > 1:
        return Unknown(f"which of several dependencies {name} is", at)
    return _value(machine, found[0], at) if found else None


def _value(machine: "Machine", provider: Value, at: Place) -> Value:
    held = provider.slots.values.get("dependency") if isinstance(provider, Instance) else provider
    if held is None:
        return Unknown("what a dependency gives", at)
    return machine.each(held, lambda one: provided(machine, one, at))


TABLE = Table(
    functions={
        **{f"litestar{module}.{name}": partial(_handler, name) for name in _HANDLERS
           for module in ("", ".handlers")},
        **{f"litestar.{name}": partial(_group, f"litestar.{name}") for name in _GROUPS},
    },
    classes={PROVIDE: LibraryClass(("dependency", "use_cache", "sync_to_thread"), build=_provide)},
    aliases={"litestar.Provide": PROVIDE},
    supplies=(_filled,),
)  # fmt: skip
