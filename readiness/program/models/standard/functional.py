"""``functools``, and what ``operator`` makes functions of."""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.models.lifting import arg
from readiness.program.models.table import Table
from readiness.program.values import (
    Arguments,
    Dict,
    Function,
    Host,
    Instance,
    Tuple,
    Unknown,
    Value,
    Wrapped,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _partial(machine: "Machine", arguments: Arguments) -> Value:
    function, held = arg(arguments, 0), arguments.after(1)

    def run(inner: "Machine", given: Arguments) -> Value:
        keywords = {**held.keywords, **given.keywords}
        whole = Arguments((*held.positional, *given.positional), keywords, given.at,
                          given.open or held.open, given.caller)  # fmt: skip
        return inner.call(function, whole)

    made = Host("partial", run)
    made.attributes.update(
        func=function, args=Tuple(held.positional),
        keywords=Dict(held.keywords, {name: text(name) for name in held.keywords}))  # fmt: skip
    return made


def _partial_method(machine: "Machine", arguments: Arguments) -> Value:
    """As `_partial`, for a class body: the object comes before what is held."""
    function, held = arg(arguments, 0), arguments.after(1)

    def run(inner: "Machine", given: Arguments) -> Value:
        keywords = {**held.keywords, **given.keywords}
        positional = (*given.positional[:1], *held.positional, *given.positional[1:])
        whole = Arguments(positional, keywords, given.at, given.open, given.caller)
        return inner.call(function, whole)

    return Wrapped("method", Host("partialmethod", run))


def _cache(machine: "Machine", arguments: Arguments) -> Value:
    """``lru_cache`` and ``cache``, with and without brackets."""
    function = arg(arguments, 0)
    if arguments.positional and not hasattr(function, "value"):
        return Wrapped("cached", function)
    return Host("cache", lambda m, a: Wrapped("cached", arg(a, 0)))


def _cached_property(machine: "Machine", arguments: Arguments) -> Value:
    return Wrapped("cached_property", arg(arguments, 0))


def _wraps(machine: "Machine", arguments: Arguments) -> Value:
    wrapped = arg(arguments, 0)

    def wrap(inner: "Machine", given: Arguments) -> Value:
        function = arg(given, 0)
        if isinstance(function, Function):
            name = inner.attribute(wrapped, "__name__", given.at)
            inner.state.write(function.attributes, "__name__", name)
            inner.state.write(function.attributes, "__wrapped__", wrapped)
        return function

    return Host("wraps", wrap)


def _update_wrapper(machine: "Machine", arguments: Arguments) -> Value:
    """``update_wrapper``: the first takes over the names of the second."""
    wrapper, wrapped = arg(arguments, 0), arg(arguments, 1)
    slots = wrapper.slots if isinstance(wrapper, Instance) else None
    if isinstance(wrapper, Function):
        slots = wrapper.attributes
    if slots is not None:
        for name in ("__name__", "__qualname__", "__doc__", "__module__"):
            value = machine.attribute(wrapped, name, arguments.at)
            machine.state.write(slots, name, value)
        machine.state.write(slots, "__wrapped__", wrapped)
    return wrapper


def _attrgetter(machine: "Machine", arguments: Arguments) -> Value:
    names = [getattr(one, "known", None) for one in arguments.positional]

    def one(inner: "Machine", value: Value, name: str | None, at: Place) -> Value:
        if name is None:
            return Unknown("an attribute whose name is not known", at)
        for piece in name.split("."):
            value = inner.attribute(value, piece, at)
        return value

    def run(inner: "Machine", given: Arguments) -> Value:
        found = tuple(one(inner, arg(given, 0), name, given.at) for name in names)
        return found[0] if len(found) == 1 else Tuple(found)

    return Host("attrgetter", run)


def _itemgetter(machine: "Machine", arguments: Arguments) -> Value:
    keys = arguments.positional

    def run(inner: "Machine", given: Arguments) -> Value:
        found = tuple(inner.item(arg(given, 0), key, given.at) for key in keys)
        return found[0] if len(found) == 1 else Tuple(found)

    return Host("itemgetter", run)


_CACHES = (
    "functools.lru_cache", "functools.cache", "cachetools.func.lru_cache", "async_lru.alru_cache",
)  # fmt: skip

TABLE = Table(
    functions={
        **dict.fromkeys(_CACHES, _cache), "functools.cached_property": _cached_property,
        "functools.partial": _partial, "functools.partialmethod": _partial_method,
        "functools.wraps": _wraps, "functools.update_wrapper": _update_wrapper,
        "operator.attrgetter": _attrgetter, "operator.itemgetter": _itemgetter,
    },
)  # fmt: skip
