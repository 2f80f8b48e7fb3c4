# ruff: noqa: ARG001, ARG005 - all models of a kind take the same arguments
"""SQLAlchemy's engines, pools and listeners: what they are given is recorded."""

import urllib.parse
from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.formatting import concatenated
from readiness.program.interpreter.outcomes import Raised
from readiness.program.models.table import FunctionModel, LibraryClass, Table
from readiness.program.urls import LOST, MORE, TEXT
from readiness.program.values import (
    NONE,
    Arguments,
    Bound,
    Constant,
    Dict,
    External,
    Function,
    Host,
    Instance,
    List,
    Part,
    Text,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

URL = "sqlalchemy.engine.URL"
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
        return instance

    return run


def _connects(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """The first use of an engine reaches the server; it may fail."""
    _ = receiver
    machine.may_fail("the connection to the database", arguments.at, machine.exception(
        "sqlalchemy.exc.OperationalError", "no connection", arguments.at))  # fmt: skip
    return Instance(External("sqlalchemy.engine.Connection"), None, arguments.at)


def _url(machine: "Machine", arguments: Arguments) -> Value:
    """``URL.create``: an URL by its parts."""
    _ = machine
    names = ("drivername", "username", "password", "host", "port", "database", "query")
    instance = Instance(External(URL), None, arguments.at)
    for index, name in enumerate(names):
        instance.slots.values[name] = arguments.get(name, index) or NONE
    return instance


def _make_url(machine: "Machine", arguments: Arguments) -> Value:
    given = arguments.get("name_or_url", 0) or NONE

    def one(value: Value) -> Value:
        if not isinstance(value, Text):
            return value
        return Instance(External(URL), {TEXT: value}, arguments.at, value.trace)

    return machine.each(given, one)


def _changed(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``url.set(…)``."""
    _ = machine
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    changes = dict(arguments.keywords)
    if "query" in changes:
        changes[MORE] = NONE
    if arguments.open is not None:
        changes[LOST] = arguments.open
    return Instance(External(URL), {**receiver.slots.values, **changes}, arguments.at)


def _with_query(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``url.update_query_dict(…)`` and ``update_query_pairs(…)``."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    held = dict(receiver.slots.values)
    entries = machine.call(
        External("builtins.dict"), Arguments(arguments.positional[:1], {}, arguments.at)
    )
    before = held.get(MORE)
    more = Dict(dict(before.slots.values) if isinstance(before, Dict) else {})
    if not isinstance(entries, Dict) or entries.rest is not None:
        held[LOST] = Unknown("the query of an URL", arguments.at)
    else:
        more.slots.values.update(entries.slots.values)
    return Instance(External(URL), {**held, MORE: more}, arguments.at)


def _with_text(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``url.update_query_string("sslmode=require")``."""
    given = arguments.get("query_string", 0)
    if isinstance(given, Text) and given.known is not None:
        pairs = dict(urllib.parse.parse_qsl(given.known))
        entries: Value = Dict({name: text(one, arguments.at) for name, one in pairs.items()})
    else:
        entries = Unknown("the query of an URL", arguments.at)
    return _with_query(machine, receiver, Arguments((entries,), {}, arguments.at))


def _without(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``url.difference_update_query(names)``."""
    _ = machine
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    lost = Unknown("an URL with parts of its query taken away", arguments.at)
    return Instance(External(URL), {**receiver.slots.values, LOST: lost}, arguments.at)


def _rendered(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """The text of an URL made from parts."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    held = receiver.slots.values
    if TEXT in held or MORE in held:
        return _rewritten(machine, receiver, arguments.at)

    def piece(name: str) -> Value | None:
        value = held.get(name, NONE)
        return None if isinstance(value, Constant) and value.value is None else value

    def plain(content: str) -> Text:
        return Text((Part(content),))

    pieces: list[Value] = [piece("drivername") or plain("?"), plain("://")]
    user, password = piece("username"), piece("password")
    if user is not None:
        pieces.append(user)
    if password is not None:
        quote = External("urllib.parse.quote")
        pieces += [plain(":"), machine.invoke(quote, arguments.at, password)]
    if user is not None or password is not None:
        pieces.append(plain("@"))
    host, port, database = piece("host"), piece("port"), piece("database")
    pieces += [host] if host is not None else []
    if port is not None:
        pieces += [plain(":"), machine.invoke(External("builtins.str"), arguments.at, port)]
    pieces += [plain("/"), database] if database is not None else []
    query = piece("query")
    if query is not None:
        found = machine.iterate(query, arguments.at)
        for index, key in enumerate(found if isinstance(found, list) else ()):
            value = machine.item(query, key, arguments.at)
            pieces += [plain("&" if index else "?"), key, plain("="), value]
    return concatenated(machine, pieces, arguments.at)


def _rewritten(machine: "Machine", url: Instance, at: Place) -> Value:
    """The text of an URL that was made from one."""
    held = url.slots.values
    if set(held) == {TEXT}:
        return held[TEXT]
    if set(held) == {TEXT, MORE} and isinstance(held[MORE], Dict):
        return _longer(machine, held[TEXT], held[MORE], at)
    return Unknown("the text of an URL that was changed", at)


def _longer(machine: "Machine", base: Value, more: Value, at: Place) -> Value:
    """The text of an URL with more parameters; one that it has already is not known."""
    known = getattr(base, "known", None) or ""
    pieces, sign = [base], "&" if "?" in known else "?"
    for name, value in more.slots.values.items() if isinstance(more, Dict) else ():
        if f"{name}=" in known:
            return Unknown("the text of an URL that was changed", at)
        pieces += [text(f"{sign}{name}=", at), value]
        sign = "&"
    return concatenated(machine, pieces, at)


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
        machine.library.escape(machine, Arguments((function,), {}, arguments.at))
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
    _ = machine

    def decorate(inner: "Machine", given: Arguments) -> Value:
        function = given.positional[0] if given.positional else NONE
        _listen(inner, Arguments((*arguments.positional[:2], function), arguments.keywords,
                                 arguments.at))  # fmt: skip
        return function

    return Host("listens_for", decorate)


def _wrapped_engine(machine: "Machine", arguments: Arguments) -> Value:
    _ = machine
    return arguments.positional[0] if arguments.positional else Unknown("an engine", arguments.at)


def _url_of(machine: "Machine", engine: Instance, at: Place) -> Value:
    held = engine.slots.values.get("url", Unknown("the URL", at))
    return _make_url(machine, Arguments((held,), {}, at))


_ENGINE = LibraryClass(methods={
    "connect": _connects, "begin": _connects, "raw_connection": _connects, "execute": _connects,
    "dispose": lambda m, r, a: NONE,
}, attributes={"url": _url_of,
               "sync_engine": lambda m, v, at: v})  # fmt: skip
_CONNECTION = LibraryClass(methods={
    "execute": _connects, "scalar": _connects, "commit": lambda m, r, a: NONE,
    "close": lambda m, r, a: NONE, "__enter__": lambda m, r, a: r, "__aenter__": lambda m, r, a: r,
})  # fmt: skip

_NAMED = ("sqlalchemy.pool", "sqlalchemy.pool.impl", "sqlalchemy")
_POOLS = ("NullPool", "StaticPool", "QueuePool", "AsyncAdaptedQueuePool", "SingletonThreadPool",
          "AssertionPool", "FallbackAsyncAdaptedQueuePool")  # fmt: skip

TABLE = Table(
    functions={
        **{name: creator(name) for name in CREATORS},
        "sqlalchemy.engine_from_config": _from_config("sqlalchemy.create_engine"),
        "sqlalchemy.ext.asyncio.async_engine_from_config":
            _from_config("sqlalchemy.ext.asyncio.create_async_engine"),
        "sqlalchemy.ext.asyncio.AsyncEngine": _wrapped_engine,
        "sqlalchemy.engine.URL.create": _url, "sqlalchemy.make_url": _make_url,
        "sqlalchemy.event.listen": _listen, "sqlalchemy.event.listens_for": _listens_for,
    },
    classes={
        URL: LibraryClass(methods={"render_as_string": _rendered, "__str__": _rendered,
                                   "set": _changed,
                                   "update_query_dict": _with_query,
                                   "update_query_pairs": _with_query, "update_query_string": _with_text,  # noqa: E501 - a table
                                   "difference_update_query": _without}),
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
