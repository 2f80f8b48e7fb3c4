"""SQLAlchemy's engines, pools and listeners: what they are given is recorded."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.outcomes import Raised
from readiness.program.models.libraries.sqlalchemy_urls import URL, make_url
from readiness.program.models.table import FunctionModel, LibraryClass, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Bound,
    Dict,
    External,
    Function,
    Host,
    Instance,
    List,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

CREATED = "\0created"
LISTENER = "sqlalchemy.event.do_connect"
RESULT, PARAMETERS = "\0result", "parameters"
BEFORE = "what SQLAlchemy gives to the driver"
POOL = "sqlalchemy.pool"
ENGINE = "sqlalchemy.engine.Engine"
CREATORS = ("sqlalchemy.create_engine", "sqlalchemy.ext.asyncio.create_async_engine",
            "agno.db.postgres.create_postgres_engine",
            "agno.db.postgres.create_async_postgres_engine")  # fmt: skip


def _create_engine(machine: "Machine", arguments: Arguments) -> Value:
    instance = Instance(External(ENGINE), None, arguments.at)
    values = dict(arguments.keywords)
    if arguments.positional:
        values["url"] = arguments.positional[0]
    if arguments.open is not None:
        values["**"] = arguments.open
    given = values.get("connect_args")
    if isinstance(given, Dict):  # SQLAlchemy takes a copy, which no later change reaches
        values["connect_args"] = Dict(given.slots.values, given.keys, given.trace, given.rest)
    instance.slots.values.update(values)
    return instance


def _try(machine: "Machine", make: Callable[[], Value]) -> Value:
    """What a function that makes the connections gives; it is called later, and often."""
    try:
        return make()
    except Raised:
        return Unknown("a connection that cannot be made")


def creator(name: str) -> FunctionModel:
    """The model of a function that makes an engine."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        instance = _create_engine(machine, arguments)
        maker = arguments.keywords.get("creator", arguments.keywords.get("async_creator"))
        if isinstance(maker, (Function, Bound)) and isinstance(instance, Instance):
            at = arguments.at
            instance.slots.values[CREATED] = _try(
                machine, lambda: machine.library.awaited(machine, machine.invoke(maker, at), at)
            )
        assert isinstance(instance, Instance)  # noqa: S101 - for the type checker
        machine.record(name, dict(instance.slots.values), arguments.at, instance)  # type: ignore[arg-type]
        address = instance.slots.values.get("url", Unknown("the URL", arguments.at))
        instance.slots.values["url"] = make_url(machine, Arguments((address,), {}, arguments.at))
        return instance

    return run


def _connects(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """The first use of an engine reaches the server; it may fail."""
    machine.may_fail("the connection to the database", arguments.at, machine.exception(
        "sqlalchemy.exc.OperationalError", "no connection", arguments.at))  # fmt: skip
    return Instance(External("sqlalchemy.engine.Connection"), None, arguments.at)


def _from_config(name: str) -> FunctionModel:
    """``engine_from_config(mapping, prefix="sqlalchemy.")``, whose values may be texts."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        held = arguments.get("configuration", 0) or NONE
        return machine.each(held, lambda one: made(machine, arguments, one))

    def made(machine: "Machine", arguments: Arguments, held: Value) -> Value:
        prefix = getattr(arguments.get("prefix", 1), "known", None) or "sqlalchemy."
        values: dict[str, Value] = {}
        rest: Unknown | None = Unknown("it may stand in a configuration", arguments.at)
        if isinstance(held, Dict):
            rest = held.rest
            values = {str(key).removeprefix(prefix): value for key, value
                      in held.slots.values.items() if str(key).startswith(prefix)}  # fmt: skip
        values |= {key: _typed(machine, key, values[key], arguments.at) for key in _TYPED
                   if key in values}  # fmt: skip
        more = {key: value for key, value in arguments.keywords.items() if key not in _OWN}
        url = Unknown("the URL of a configuration", arguments.at)
        every = {"url": url, **values, **more}
        given = Arguments((), every, arguments.at, arguments.open or rest)
        return machine.call(External(name), given)

    return run


_OWN = ("configuration", "prefix")
_TYPED = {"pool_size": "int", "max_overflow": "int", "pool_recycle": "int"}


def _typed(machine: "Machine", key: str, value: Value, at: Place) -> Value:
    return machine.invoke(External(f"builtins.{_TYPED[key]}"), at, value)


def _listen(machine: "Machine", arguments: Arguments) -> Value:
    """``event.listen(engine, "do_connect", function)``."""
    target, name = arguments.get("target", 0) or NONE, arguments.get("identifier", 1)
    function = arguments.get("fn", 2) or NONE
    if getattr(name, "known", None) != "do_connect":
        machine.library.escape(machine, Arguments((function,), {}, arguments.at), "sqlalchemy")
        return NONE
    at = arguments.at
    given = Dict(rest=Unknown(BEFORE, at))
    unknown = Unknown("what SQLAlchemy hands to a listener", at)
    made: Value = Unknown("what a listener gives", at)
    if isinstance(function, (Function, Bound)):
        made = _try(machine, lambda: machine.invoke(function, at, unknown, unknown, List(), given))
    machine.record(LISTENER, {"target": target, RESULT: made, PARAMETERS: given}, at)
    return NONE


def _listens_for(machine: "Machine", arguments: Arguments) -> Value:
    """``@event.listens_for(engine, "do_connect")``."""

    def decorate(inner: "Machine", given: Arguments) -> Value:
        function = given.positional[0] if given.positional else NONE
        _listen(inner, Arguments((*arguments.positional[:2], function), arguments.keywords,
                                 arguments.at))  # fmt: skip
        return function

    return Host("listens_for", decorate)


def _wrapped_engine(machine: "Machine", arguments: Arguments) -> Value:
    return arguments.positional[0] if arguments.positional else Unknown("an engine", arguments.at)


_ENGINE = LibraryClass(methods={
    "connect": _connects, "begin": _connects, "raw_connection": _connects, "execute": _connects,
    "dispose": lambda m, r, a: NONE,
}, attributes={
               "sync_engine": lambda m, v, at: v})  # fmt: skip
_CONNECTION = LibraryClass(methods={
    "execute": _connects, "scalar": _connects, "commit": lambda m, r, a: NONE,
    "close": lambda m, r, a: NONE, "__enter__": lambda m, r, a: r, "__aenter__": lambda m, r, a: r,
})  # fmt: skip

_NAMED = ("sqlalchemy.pool", "sqlalchemy.pool.impl", "sqlalchemy")
_POOLS = ("NullPool", "StaticPool", "QueuePool", "AsyncAdaptedQueuePool", "SingletonThreadPool",
          "AssertionPool", "FallbackAsyncAdaptedQueuePool")  # fmt: skip

_FROM_CONFIG = {
    "sqlalchemy.engine_from_config": _from_config("sqlalchemy.create_engine"),
    "sqlalchemy.ext.asyncio.async_engine_from_config":
        _from_config("sqlalchemy.ext.asyncio.create_async_engine"),
}  # fmt: skip

TABLE = Table(
    functions={
        **{name: creator(name) for name in CREATORS},
        **_FROM_CONFIG,
        "sqlalchemy.ext.asyncio.AsyncEngine": _wrapped_engine,
        "sqlalchemy.event.listen": _listen, "sqlalchemy.event.listens_for": _listens_for,
    },
    connects=frozenset(_FROM_CONFIG),
    classes={
        ENGINE: _ENGINE, "sqlalchemy.engine.Connection": _CONNECTION,
        **{f"{POOL}.{name}": LibraryClass(("creator", "pool_size", "max_overflow"))
           for name in _POOLS},
    },
    aliases={
        "sqlalchemy.engine.create_engine": "sqlalchemy.create_engine",
        "sqlalchemy.engine.create.create_engine": "sqlalchemy.create_engine",
        "sqlalchemy.engine.engine_from_config": "sqlalchemy.engine_from_config",
        "sqlalchemy.engine.url.URL": URL, "sqlalchemy.URL": URL,
        "sqlalchemy.engine.make_url": "sqlalchemy.make_url",
        "sqlalchemy.engine.url.make_url": "sqlalchemy.make_url",
        "sqlalchemy.engine.base.Engine": ENGINE, "sqlalchemy.Engine": ENGINE,
        "sqlalchemy.ext.asyncio.engine.create_async_engine":
            "sqlalchemy.ext.asyncio.create_async_engine",
        "sqlmodel.create_engine": "sqlalchemy.create_engine",
        "sqlalchemy.future.create_engine": "sqlalchemy.create_engine",
        "sqlalchemy.event.api.listens_for": "sqlalchemy.event.listens_for",
        "agno.db.postgres.engine.create_postgres_engine": "agno.db.postgres.create_postgres_engine",  # noqa: E501 - a table
        "agno.db.postgres.engine.create_async_postgres_engine":
            "agno.db.postgres.create_async_postgres_engine",
        **{f"{place}.{name}": f"{POOL}.{name}" for place in _NAMED[1:] for name in _POOLS},
    },
)  # fmt: skip
