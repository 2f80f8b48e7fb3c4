"""The providers of ``dependency_injector``: what each kind makes when it is asked."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from readiness.program.interpreter import drawing
from readiness.program.interpreter.reasons import inherited, reason
from readiness.program.models.python.awaiting import awaited
from readiness.program.models.python.protocols import managing
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    Bound,
    Class,
    Dict,
    Function,
    Host,
    Instance,
    List,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

PROVIDER = "dependency_injector.providers.Provider"
Make = Callable[["Machine", Instance, Arguments], Value]


def is_provider(machine: "Machine", value: Value) -> bool:
    """Whether a value makes what is asked for, of whatever kind."""
    return isinstance(value, Instance) and PROVIDER in machine.library.names_of(value.cls)


def handed_on(machine: "Machine", value: Value, at: Any) -> Value:
    """What is handed on in place of a provider: what it gives."""

    def one(item: Value) -> Value:
        if isinstance(item, Instance) and is_provider(machine, item):
            return given_by(machine, item, Arguments((), {}, at))
        return item

    return machine.each(value, one)


def given_by(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """Call a provider, or what it was overridden with."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker

    def one(other: Value) -> Value:
        if other is not MISSING:
            return handed_on(machine, other, arguments.at)
        make: Make = receiver.data
        return make(machine, receiver, arguments)

    return machine.each(receiver.slots.values.get("override", MISSING), one)


def put_over(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``provider.override(other)``: the other is asked from now on."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    machine.state.write(receiver.slots, "override", arguments.positional[0])
    return NONE


def put_back(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``provider.reset_override()``."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    machine.state.write(receiver.slots, "override", MISSING)
    return NONE


def _factory(held: Arguments) -> Make:
    def make(machine: "Machine", receiver: Instance, given: Arguments) -> Value:
        at = given.at
        positional = tuple(handed_on(machine, one, at) for one in held.positional[1:])
        keywords = {name: handed_on(machine, one, at) for name, one in held.keywords.items()}
        whole = Arguments((*positional, *given.positional), {**keywords, **given.keywords}, at,
                          given.open, given.caller)  # fmt: skip
        return machine.call(held.positional[0], whole)

    return make


def _singleton(held: Arguments) -> Make:
    return _once(_factory(held))


def _once(first: Make) -> Make:
    """What is made when it is asked for first, and kept."""

    def make(machine: "Machine", receiver: Instance, given: Arguments) -> Value:
        def one(known: Value) -> Value:
            if known is not MISSING:
                return known
            made = first(machine, receiver, given)
            machine.state.write(receiver.slots, "made", made)
            return made

        return machine.each(receiver.slots.values.get("made", MISSING), one)

    return make


def _resource(held: Arguments) -> Make:
    """What is set up once: a function's result, what it yields first, a class's ``init()``."""
    first = _factory(held)

    def begun(machine: "Machine", receiver: Instance, given: Arguments) -> Value:
        source, at = held.positional[0] if held.positional else NONE, given.at
        if isinstance(source, Class):
            made = machine.attribute(machine.call(source, Arguments((), {}, at)), "init", at)
            return _factory(replace(held, positional=(made, *held.positional[1:])))(
                machine, receiver, given)  # fmt: skip
        return first(machine, receiver, given)

    def made(machine: "Machine", receiver: Instance, given: Arguments) -> Value:
        found = awaited(machine, begun(machine, receiver, given), given.at)
        found = managing(machine, found, given.at) or found
        if isinstance(found, List) and found.kind == "generator":
            return drawing.first(machine, found, given.at)
        return found

    return _once(made)


def _object(held: Arguments) -> Make:
    return lambda machine, receiver, given: held.positional[0] if held.positional else NONE


def _list(held: Arguments) -> Make:
    return lambda machine, receiver, given: List(
        tuple(handed_on(machine, one, given.at) for one in held.positional)
    )


def _dict(held: Arguments) -> Make:
    def make(machine: "Machine", receiver: Instance, given: Arguments) -> Value:
        entries = {k: handed_on(machine, v, given.at) for k, v in held.keywords.items()}
        return Dict(entries, {name: text(name) for name in entries})

    return make


def _selector(held: Arguments) -> Make:
    def make(machine: "Machine", receiver: Instance, given: Arguments) -> Value:
        def chosen(name: Value) -> Value:
            known = getattr(name, "known", None)
            if known is None:
                return Unknown("which provider a Selector takes", given.at, name.trace)
            if known not in held.keywords:
                raise machine.error("dependency_injector.errors.Error", "no such provider",
                                    given.at, name.trace)  # fmt: skip
            made = given_by(machine, held.keywords[known], given)
            return inherited(machine, made, reason(machine, name), given.at)

        asked = held.positional[0]
        if isinstance(asked, Function | Bound | Host):
            asked = machine.invoke(asked, given.at)
        return machine.each(handed_on(machine, asked, given.at), chosen)

    return make


def _aggregate(held: Arguments) -> Make:
    """Asked by a name, one of several providers gives what it makes."""

    def make(machine: "Machine", receiver: Instance, given: Arguments) -> Value:
        _ = receiver

        def chosen(name: Value) -> Value:
            provider = held.keywords.get(getattr(name, "known", None) or "")
            if provider is None:
                return Unknown("which provider an Aggregate takes", given.at, name.trace)
            return given_by(machine, provider, given.after(1))

        return machine.each(given.positional[0] if given.positional else NONE, chosen)

    return make


KINDS: dict[str, Callable[[Arguments], Make]] = {
    "Factory": _factory, "Callable": _factory, "Coroutine": _factory, "Resource": _resource,
    "Aggregate": _aggregate, "FactoryAggregate": _aggregate,
    "Singleton": _singleton, "ThreadSafeSingleton": _singleton, "ContextLocalSingleton":
    _singleton, "ThreadLocalSingleton": _singleton, "Object": _object, "List": _list,
    "Dict": _dict, "Selector": _selector, "Dependency": _object,
}  # fmt: skip
