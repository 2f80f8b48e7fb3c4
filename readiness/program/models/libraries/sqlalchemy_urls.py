"""SQLAlchemy's URL objects: made of parts or of a text, changed, and written out again."""

import urllib.parse
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.program.interpreter.formatting import concatenated
from readiness.program.models.standard.web_parts import parts_of
from readiness.program.models.table import LibraryClass, Table
from readiness.program.urls import LOST, MORE, TEXT
from readiness.program.values import (
    NONE,
    Arguments,
    Constant,
    Dict,
    External,
    Instance,
    Part,
    Text,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

URL = "sqlalchemy.engine.URL"
_NAMES = ("drivername", "username", "password", "host", "port", "database", "query")


def _create(machine: "Machine", arguments: Arguments) -> Value:
    """``URL.create``: an URL by its parts."""
    instance = Instance(External(URL), None, arguments.at)
    for index, name in enumerate(_NAMES):
        instance.slots.values[name] = arguments.get(name, index) or NONE
    return instance


def make_url(machine: "Machine", arguments: Arguments) -> Value:
    """``make_url``: an URL of a text."""
    given = arguments.get("name_or_url", 0) or NONE

    def one(value: Value) -> Value:
        if not isinstance(value, Text):
            return value
        return Instance(External(URL), {TEXT: value}, arguments.at, value.trace)

    return machine.each(given, one)


def _opened(machine: "Machine", receiver: Value, at: Place) -> dict[str, Value]:
    """The parts of an URL; those of a text that is not known stay together."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    held = {str(key): value for key, value in receiver.slots.values.items()}
    whole = held.get(TEXT)
    found = parts_of(whole) if isinstance(whole, Text) and set(held) == {TEXT} else None
    if found is None:
        return held
    port = found.pop("port")
    made: dict[str, Value] = {**found, "query": NONE}
    made["port"] = NONE if port is NONE else machine.invoke(External("builtins.int"), at, port)
    pairs = machine.invoke(External("urllib.parse.parse_qsl"), at, found["query"])
    made["query"] = machine.invoke(External("builtins.dict"), at, pairs)
    return made


def _made(held: dict[str, Value], receiver: Value, at: Place) -> Instance:
    cls = receiver.cls if isinstance(receiver, Instance) else External(URL)
    return Instance(cls, held, at, receiver.trace)


def _changed(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``url.set(…)``."""
    changes = dict(arguments.keywords)
    if "query" in changes:
        changes[MORE] = NONE
    if arguments.open is not None:
        changes[LOST] = arguments.open
    return replaced(machine, receiver, changes, arguments.at)


def replaced(machine: "Machine", url: Value, changes: Mapping[str, Value], at: Place) -> Value:
    """An URL of which parts are others."""
    return _made({**_opened(machine, url, at), **changes}, url, at) if changes else url


def _with_query(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``url.update_query_dict(…)`` and ``update_query_pairs(…)``."""
    entries = machine.call(
        External("builtins.dict"), Arguments(arguments.positional[:1], {}, arguments.at)
    )
    known = isinstance(entries, Dict) and entries.rest is None
    added = dict(entries.slots.values) if known and isinstance(entries, Dict) else None
    return updated(machine, receiver, added, arguments.at)


def updated(
    machine: "Machine", receiver: Value, added: "Mapping[Any, Value] | None", at: Place
) -> Value:
    """An URL with more in its query, or with less where that is None."""
    held = _opened(machine, receiver, at)
    if added is None:
        return _made({**held, LOST: Unknown("the query of an URL", at)}, receiver, at)
    name = MORE if TEXT in held else "query"
    before = held.get(name)
    entries = {**(before.slots.values if isinstance(before, Dict) else {}), **added}
    if name == "query":
        entries = {key: one for key, one in entries.items() if not _is_none(one)}
    return _made({**held, name: Dict(entries, {key: text(str(key)) for key in entries})},
                 receiver, at)  # fmt: skip


def _is_none(value: Value) -> bool:
    return isinstance(value, Constant) and value.value is None


def _with_text(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``url.update_query_string("sslmode=require")``."""
    given = arguments.get("query_string", 0)
    added: dict[object, Value] | None = None
    if isinstance(given, Text) and given.known is not None:
        pairs = dict(urllib.parse.parse_qsl(given.known))
        added = {name: text(one, arguments.at) for name, one in pairs.items()}
    return updated(machine, receiver, added, arguments.at)


def _without(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``url.difference_update_query(names)``."""
    found = machine.iterate(arguments.get("names", 0) or Tuple(()), arguments.at)
    names = [getattr(one, "known", None) for one in found] if isinstance(found, list) else [None]
    gone = None if None in names else dict.fromkeys(map(str, names), NONE)
    return updated(machine, receiver, gone, arguments.at)


def _rendered(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """The text of an URL."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    held = receiver.slots.values
    if set(held) == {TEXT}:
        return held[TEXT]
    if TEXT in held or LOST in held:
        return _longer(machine, receiver, arguments.at)
    return _written(machine, held, arguments.at)


def _written(machine: "Machine", held: Mapping[Hashable, Value], at: Place) -> Value:
    def piece(name: str) -> Value | None:
        value = held.get(name, NONE)
        return None if _is_none(value) else value

    def plain(content: str) -> Text:
        return Text((Part(content),))

    pieces: list[Value] = [piece("drivername") or plain("?"), plain("://")]
    user, password = piece("username"), piece("password")
    if user is not None:
        pieces.append(user)
    if password is not None:
        quote = External("urllib.parse.quote")
        pieces += [plain(":"), machine.invoke(quote, at, password, plain(""))]
    if user is not None or password is not None:
        pieces.append(plain("@"))
    host, port, database = piece("host"), piece("port"), piece("database")
    pieces += [host] if host is not None else []
    if port is not None:
        pieces += [plain(":"), machine.invoke(External("builtins.str"), at, port)]
    pieces += [plain("/"), database] if database is not None else []
    return concatenated(machine, [*pieces, *_query(machine, piece("query"), at)], at)


def _query(machine: "Machine", query: Value | None, at: Place) -> list[Value]:
    """The query written out; ``PostgresDsn.build`` takes it as a text."""
    if query is None:
        return []
    if isinstance(query, Text):
        return [text("?"), query]
    pieces: list[Value] = []
    found = machine.iterate(query, at)
    for key in found if isinstance(found, list) else ():
        pieces += [text("&" if pieces else "?"), key, text("="), machine.item(query, key, at)]
    return pieces


def _longer(machine: "Machine", url: Instance, at: Place) -> Value:
    """An unknown text with more parameters; anything else that was changed is not known."""
    held = url.slots.values
    base, more = held.get(TEXT), held.get(MORE)
    if set(held) != {TEXT, MORE} or not isinstance(base, Text) or not isinstance(more, Dict):
        return Unknown("the text of an URL that was changed", at, url.trace)
    if any(_is_none(value) for value in more.slots.values.values()):
        return Unknown("the text of an URL with less in its query", at, url.trace)
    pieces: list[Value] = [base]
    for name, value in more.slots.values.items():
        pieces += [text(f"{'&' if len(pieces) > 1 else '?'}{name}=", at), value]
    return concatenated(machine, pieces, at)


TABLE = Table(
    functions={"sqlalchemy.engine.URL.create": _create, "sqlalchemy.make_url": make_url},
    classes={URL: LibraryClass(methods={
        "render_as_string": _rendered, "__str__": _rendered, "set": _changed,
        "update_query_dict": _with_query, "update_query_pairs": _with_query,
        "update_query_string": _with_text, "difference_update_query": _without,
    })},
)  # fmt: skip
