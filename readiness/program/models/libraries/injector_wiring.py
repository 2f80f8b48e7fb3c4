"""Wiring of ``dependency_injector``: ``Provide[…]`` in place of an argument, and ``@inject``."""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.entering import annotation_of
from readiness.program.models.libraries.injector_providers import handed_on
from readiness.program.models.python.object_members import ANNOTATED
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Class,
    External,
    Function,
    Host,
    Instance,
    Text,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_ROOT = "dependency_injector.wiring"
MARKER = f"{_ROOT}.Provide"
_ITSELF = f"{_ROOT}.Provider"
_CONTAINERS = "\0containers of dependency_injector"


def note_container(machine: "Machine", container: Instance) -> None:
    """Remember a container, which names in texts may mean: ``Provide["db"]``."""
    held = machine.singletons.get(_CONTAINERS)
    machine.singletons[_CONTAINERS] = Tuple((*getattr(held, "items", ()), container))


def _marked(name: str) -> LibraryClass:
    """What makes a marker of what stands in brackets."""

    def marker(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        _ = machine, receiver
        return Instance(External(name), {"provider": arguments.positional[0]}, arguments.at)

    return LibraryClass(methods={"__getitem__": marker})


def _inside(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``Closing[Provide[…]]``: the same, ended when the call is over."""
    _ = machine, receiver
    return arguments.positional[0]


def _named(machine: "Machine", name: str, at: Place) -> Value:
    """The provider that a path of names leads to, where one container has it."""
    first, *others = name.split(".")
    held = [one for one in getattr(machine.singletons.get(_CONTAINERS), "items", ())
            if isinstance(one, Instance) and isinstance(one.cls, Class)
            and any(first in cls.slots.values for cls in one.cls.order
                    if isinstance(cls, Class))]  # fmt: skip
    if len(held) != 1:
        return Unknown(f"which container has {name}", at)
    found = machine.attribute(held[0], first, at)
    for part in others:
        found = machine.attribute(found, part, at)
    return found


def _given(machine: "Machine", marker: Instance, at: Place) -> Value:
    """What a marker stands for: what the provider gives, or the provider itself."""
    provider = marker.slots.values.get("provider", NONE)
    if isinstance(provider, Text) and provider.known is not None:
        provider = _named(machine, provider.known, at)
    if marker.cls == External(_ITSELF):
        return provider
    return handed_on(machine, provider, at)


def _called(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """A marker in ``Depends(…)``, which calls it."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    return _given(machine, receiver, arguments.at)


def _inject(machine: "Machine", arguments: Arguments) -> Value:
    """A function whose parameters' default is ``Provide[…]`` is given what that provides."""
    function = arguments.positional[0] if arguments.positional else NONE
    if not isinstance(function, Function):
        return function

    def run(inner: "Machine", given: Arguments) -> Value:
        keywords = dict(given.keywords)
        for name, marker in _markers(inner, function).items():
            if name not in keywords and _position(function, name) >= len(given.positional):
                keywords[name] = _given(inner, marker, given.at)
        return inner.call(function, Arguments(given.positional, keywords, given.at, given.open))

    _ = machine
    return Host(function.name, run, attributes={"func": function})


def _markers(machine: "Machine", function: Function) -> dict[str, Instance]:
    """The markers of a function's parameters: as defaults, or in their annotations."""
    spec, found = function.node.args, dict[str, Instance]()
    defaults = _defaults(function)
    for one in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs):
        annotation = annotation_of(machine, function, one.arg)
        told = _kind(annotation) == ANNOTATED and getattr(annotation, "data", None)
        for value in (*(told or ()), defaults.get(one.arg)):
            if isinstance(value, Instance) and _kind(value) in {MARKER, _ITSELF}:
                found[one.arg] = value
    return found


def _kind(value: Value | None) -> str:
    """The name of the library's class that something is an object of."""
    return getattr(value.cls, "name", "") if isinstance(value, Instance) else ""


def _defaults(function: Function) -> dict[str, Value]:
    spec = function.node.args
    names = [one.arg for one in (*spec.posonlyargs, *spec.args)]
    found = dict(zip(reversed(names), reversed(function.defaults), strict=False))
    return {**found, **function.keyword_defaults}


def _position(function: Function, name: str) -> int:
    spec = function.node.args
    names = [one.arg for one in (*spec.posonlyargs, *spec.args)]
    return names.index(name) if name in names else len(names) + 1_000


TABLE = Table(
    functions={f"{_ROOT}.inject": _inject},
    classes={
        **{name: LibraryClass(methods={"__call__": _called}, injected=_given)
           for name in (MARKER, _ITSELF)},
        f"{_ROOT}._Marker": _marked(MARKER), f"{_ROOT}._Itself": _marked(_ITSELF),
        f"{_ROOT}._Closing": LibraryClass(methods={"__getitem__": _inside}),
    },
    values={
        MARKER: lambda machine: Instance(External(f"{_ROOT}._Marker")),
        _ITSELF: lambda machine: Instance(External(f"{_ROOT}._Itself")),
        f"{_ROOT}.Closing": lambda machine: Instance(External(f"{_ROOT}._Closing")),
    },
)  # fmt: skip
