"""``dependency_injector``: containers of providers that make what is asked for."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.program.models.libraries.injector_providers import (
    KINDS,
    PROVIDER,
    Make,
    given_by,
    handed_on,
    is_provider,
    put_back,
    put_over,
)
from readiness.program.models.libraries.injector_wiring import note_container
from readiness.program.models.table import FunctionModel, LibraryClass, MethodModel, Table
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    Class,
    Dict,
    External,
    Host,
    Instance,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine
OPTION = "dependency_injector.providers.ConfigurationOption"
CONTAINER = "dependency_injector.providers.Container"
_PARENT, _NAME = "\0parent", "\0name"


def _provider(name: str, kind: Callable[[Arguments], Make]) -> FunctionModel:
    def made(machine: "Machine", arguments: Arguments) -> Value:
        found = Instance(External(f"dependency_injector.providers.{name}"), None, arguments.at)
        found.data = kind(arguments)
        if name.endswith("Aggregate"):
            found.slots.values.update(arguments.keywords)
        return found

    return made


# Configuration: a tree of options, filled by the code or from variables.


def _option(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``config.name``, made when it is first looked up."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    name = str(getattr(arguments.positional[0], "known", ""))
    found = receiver.slots.values.get(f"option {name}")
    if found is None:
        found = _new_option(receiver, name)
        machine.state.write(receiver.slots, f"option {name}", found)
    return found


def _new_option(parent: Instance | None = None, name: str = "") -> Instance:
    made = Instance(External(OPTION))
    if parent is not None:
        made.slots.values |= {_PARENT: parent, _NAME: text(name)}
    made.data = _held
    return made


def _held(machine: "Machine", receiver: Instance, given: Arguments) -> Value:
    """What an option has, or what stands in its place where it or those above are overridden."""
    found = _standing_for(machine, receiver, given.at)
    if isinstance(found, Instance) and found.cls == External(OPTION):
        return found.slots.values.get("value", NONE)
    return handed_on(machine, found, given.at)


def _standing_for(machine: "Machine", option: Instance, at: Any) -> Value:
    """The option, provider or value to which an option leads."""
    other = option.slots.values.get("override", MISSING)
    if isinstance(other, Instance) and other.cls == External(OPTION):
        return _standing_for(machine, other, at)
    if other is not MISSING:
        return other
    parent, name = (option.slots.values.get(key) for key in (_PARENT, _NAME))
    if not isinstance(parent, Instance) or name is None:
        return option
    above = _standing_for(machine, parent, at)
    if above is parent:
        return option
    if isinstance(above, Instance) and above.cls == External(OPTION):
        inner = _option(machine, above, Arguments((name,), {}, at))
        return _standing_for(machine, inner, at) if isinstance(inner, Instance) else inner
    return machine.attribute(above, getattr(name, "known", None) or "", at)


def _from_value(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``from_value`` and ``from_dict``: what is given, each entry its own option."""
    value = arguments.positional[0] if arguments.positional else NONE
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    machine.state.write(receiver.slots, "value", value)
    for name, item in value.slots.values.items() if isinstance(value, Dict) else ():
        key = Arguments((text(str(name)),), {}, arguments.at)
        _from_value(machine, _option(machine, receiver, key), Arguments((item,), {}, arguments.at))
    return NONE


def _from_env(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    found = machine.call(
        External("os.getenv"),
        Arguments((arguments.positional[0], arguments.get("default", 1) or NONE), {},
                  arguments.at))  # fmt: skip
    convert = arguments.keywords.get("as_")
    if convert is not None:
        found = machine.each(found, lambda one: machine.invoke(convert, arguments.at, one))
    return _from_value(machine, receiver, Arguments((found,), {}, arguments.at))


def _unread(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    machine.state.write(receiver.slots, "value", Unknown("a configuration file", arguments.at))
    return NONE


def _as(kind: str) -> MethodModel:
    def converted(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        made = Instance(External(OPTION), None, arguments.at)
        made.data = lambda m, r, a: m.invoke(
            External(f"builtins.{kind}"), a.at, given_by(m, receiver, a))  # fmt: skip
        return made

    return converted


def _configuration(machine: "Machine", arguments: Arguments) -> Value:
    return _new_option()


# Containers and wiring.


def _contained(machine: "Machine", cls: Class) -> None:
    cls.traits["generated"] = _fill


def _fill(machine: "Machine", owner: Class, instance: Instance, arguments: Arguments) -> None:
    """``Container(db=provider)`` overrides; otherwise an object shares its class's providers.

    So does what those are made of: where two objects override it, nobody knows which counts.
    """
    note_container(machine, instance)
    several = Unknown("which of several containers is asked", arguments.at)
    first = "containers" not in owner.traits
    overridden = owner.traits.setdefault("containers", set())
    for name, value in arguments.keywords.items():
        machine.state.write(instance.slots, name, value)
        own = owner.slots.values.get(name)
        if isinstance(own, Instance) and is_provider(machine, own):
            machine.state.write(own.slots, "override", value if first else several)
            overridden.add(name)
    for name in overridden - arguments.keywords.keys():
        own = owner.slots.values.get(name)
        if isinstance(own, Instance):
            machine.state.write(own.slots, "override", several)


def _nested(machine: "Machine", arguments: Arguments) -> Value:
    """``providers.Container(Inner, db=provider)``: an inner container of its own."""
    made = Instance(External(CONTAINER), None, arguments.at)
    cls = arguments.positional[0] if arguments.positional else NONE
    inner = machine.call(cls, Arguments((), arguments.keywords, arguments.at))
    made.data = lambda m, r, a: inner
    return made


def _of_nested(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    inner = given_by(machine, receiver, Arguments((), {}, arguments.at))
    name = getattr(arguments.positional[0], "known", None)
    return machine.attribute(inner, name or "", arguments.at)


def _delegate(machine: "Machine", provider: Instance, at: Place) -> Value:
    """``container.db.provider``: who is given it is given the provider itself."""
    _ = machine
    made = Instance(External(f"{_ROOT}.Delegate"), None, at)
    made.data = lambda m, r, a: provider
    return made


def _member(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``aggregate.name``: one of its providers."""
    held = receiver.slots.values if isinstance(receiver, Instance) else {}
    name = getattr(arguments.positional[0], "known", None) or ""
    if name not in held:
        raise machine.error("AttributeError", name, arguments.at)
    return held[name]


def _put_over_all(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``container.override_providers(db=provider)``."""
    for name, other in arguments.keywords.items():
        own = machine.attribute(receiver, name, arguments.at)
        put_over(machine, own, Arguments((other,), {}, arguments.at))
    return NONE


def _override(machine: "Machine", arguments: Arguments) -> Value:
    """``@containers.override(Base)``: the providers of a class stand in for those of another."""
    base = arguments.positional[0] if arguments.positional else NONE

    def run(inner: "Machine", given: Arguments) -> Value:
        cls = given.positional[0]
        own = base.slots.values if isinstance(base, Class) else {}
        for name, other in cls.slots.values.items() if isinstance(cls, Class) else ():
            if isinstance(own.get(name), Instance) and is_provider(inner, other):
                put_over(inner, own[name], Arguments((other,), {}, given.at))
        return cls

    _ = machine
    return Host("override", run)


_METHODS: dict[str, MethodModel] = {
    "__call__": given_by, "override": put_over, "reset_override": put_back,
    "reset_last_overriding": put_back,
}  # fmt: skip
_ROOT = "dependency_injector.providers"
TABLE = Table(
    functions={
        **{f"{_ROOT}.{name}": _provider(name, kind) for name, kind in KINDS.items()},
        f"{_ROOT}.Configuration": _configuration,
        f"{_ROOT}.DependenciesContainer": _configuration, CONTAINER: _nested,
        "dependency_injector.containers.override": _override,
    },
    classes={
        PROVIDER: LibraryClass(
            methods=_METHODS, attributes={"provider": _delegate}),
        f"{_ROOT}.Delegate": LibraryClass(bases=(PROVIDER,)),
        **{f"{_ROOT}.{name}": LibraryClass(bases=(PROVIDER,)) for name in KINDS},
        **{f"{_ROOT}.{name}": LibraryClass(bases=(PROVIDER,), methods={"__getattr__": _member})
           for name in ("Aggregate", "FactoryAggregate")},
        CONTAINER: LibraryClass(bases=(PROVIDER,), methods={"__getattr__": _of_nested}),
        OPTION: LibraryClass(bases=(PROVIDER,), methods={
            "from_env": _from_env, "from_value": _from_value, "from_dict": _from_value,
            "from_yaml": _unread, "from_ini": _unread, "from_json": _unread,
            "from_pydantic": _unread, "as_int": _as("int"), "as_float": _as("float"),
            "__getattr__": _option, "__getitem__": _option}),
        "dependency_injector.containers.DeclarativeContainer": LibraryClass(
            subclassed=_contained, methods={"override_providers": _put_over_all}),
    },
)  # fmt: skip
