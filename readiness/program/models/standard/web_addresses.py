"""``urllib.parse``: addresses put together again, over texts known in part."""

import urllib.parse
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import equalities
from readiness.program.interpreter.formatting import concatenated
from readiness.program.models.lifting import lift
from readiness.program.models.standard.web_parts import FIELDS, RESULT, WHOLE, of_login, parsing
from readiness.program.models.standard.web_queries import query_dict, query_list
from readiness.program.models.table import LibraryClass, Table
from readiness.program.urls.pieces import Spans
from readiness.program.values import (
    NONE,
    Arguments,
    Constant,
    Dict,
    External,
    Instance,
    List,
    Part,
    Text,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _replaced(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``parsed._replace(query=…)``."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    held = {str(key): value for key, value in receiver.slots.values.items()} | arguments.keywords
    made = Instance(receiver.cls, held, arguments.at, receiver.trace)
    made.data = receiver.data
    return made


def _items(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    if WHOLE in receiver.slots.values:
        return Unknown("the parts of an address that is not known", arguments.at, receiver.trace)
    return Tuple(tuple(receiver.slots.values[name] for name in receiver.data))


def _item(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    inner = _items(machine, receiver, arguments)
    return machine.item(inner, arguments.positional[0], arguments.at)


def _equal(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    other, at = arguments.positional[0], arguments.at
    if isinstance(other, Instance) and other.cls == External(RESULT):
        other = _items(machine, other, arguments)
    mine = _items(machine, receiver, arguments)
    return equalities.equality(machine, mine, other, at, "addresses are equal")


def _named(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``parsed._asdict()``."""
    inner = _items(machine, receiver, arguments)
    if not isinstance(inner, Tuple) or not isinstance(receiver, Instance):
        return inner
    entries = dict(zip(receiver.data, inner.items, strict=True))
    return Dict(dict(entries), {name: text(name) for name in entries})


def _joined(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``parsed.geturl()``."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    held, at = receiver.slots.values, arguments.at
    if WHOLE in held:
        return _of_whole(machine, receiver, at)
    parts = [held.get(name, text("")) for name in FIELDS]
    return _put_together(machine, parts, at)


def _of_whole(machine: "Machine", receiver: Instance, at: Place) -> Value:
    """An address that is not known, with another query: all else of it stays what it is."""
    held = receiver.slots.values
    whole = held[WHOLE]
    if set(held) == {WHOLE}:
        return whole
    if set(held) != {WHOLE, "query"} or not isinstance(whole, Text):
        return Unknown("an address of which parts were replaced", at, receiver.trace)
    parts = tuple(
        part if part.text is not None
        else Part(None, part.at, part.variable, part.literal, f"{part.key}.without query")
        for part in whole.parts
    )  # fmt: skip
    return concatenated(machine, [Text(parts, whole.trace), text("?"), held["query"]], at)


def _put_together(machine: "Machine", parts: list[Value], at: Place) -> Value:
    """``scheme://netloc/path;params?query#fragment``; an empty part leaves its sign out."""
    scheme, netloc, path, params, query, fragment = parts
    if _is_empty(netloc) or _is_empty(scheme):
        return _without_sign(machine, parts, at)
    pieces = [scheme, text("://"), netloc]
    if not _starts(path, "/") and not _is_empty(path):
        pieces.append(text("/"))
    pieces.append(path)
    for sign, part in ((";", params), ("?", query), ("#", fragment)):
        if not _is_empty(part):
            pieces += [text(sign), part]
    return concatenated(machine, pieces, at)


def _without_sign(machine: "Machine", parts: list[Value], at: Place) -> Value:
    """What has no scheme or no host, as the library itself puts it together."""
    return lift(urllib.parse.urlunparse)(machine, Arguments((Tuple(tuple(parts)),), {}, at))


def _is_empty(value: Value) -> bool:
    return getattr(value, "known", None) == "" or value is NONE


def _starts(value: Value, sign: str) -> bool:
    return isinstance(value, Text) and Spans.of(value).content.startswith(sign)


def _unparse(machine: "Machine", arguments: Arguments) -> Value:
    """``urlunparse`` and ``urlunsplit`` of a result, a tuple or a list."""
    given = arguments.positional[0] if arguments.positional else NONE
    if isinstance(given, Instance) and given.cls == External(RESULT):
        return _joined(machine, given, arguments)
    found = machine.iterate(given, arguments.at)
    if isinstance(found, Unknown):
        return Unknown(found.reason, arguments.at, found.trace)
    if len(found) == len(FIELDS) - 1:
        found = [*found[:3], text(""), *found[3:]]
    if len(found) != len(FIELDS):
        return Unknown("an address put together of other parts", arguments.at)
    return _put_together(machine, found, arguments.at)


def _encoded(machine: "Machine", arguments: Arguments) -> Value:
    """``urlencode(mapping)``, with what is not known as a gap."""
    known = lift(urllib.parse.urlencode)(machine, arguments)
    if not isinstance(known, Unknown):
        return known
    given = arguments.positional[0] if arguments.positional else NONE
    if not isinstance(given, Dict) or given.rest is not None:
        return known
    pieces: list[Value] = []
    quote = arguments.keywords.get("quote_via", External("urllib.parse.quote_plus"))
    safe = arguments.keywords.get("safe", text(""))
    for name, one in given.slots.values.items():
        value = machine.item(one, Constant(0), arguments.at) if isinstance(one, List) else one
        if not isinstance(value, Text):
            value = machine.invoke(External("builtins.str"), arguments.at, value)
        key = machine.invoke(quote, arguments.at, text(str(name)), safe)
        value = machine.invoke(quote, arguments.at, value, safe)
        pieces += [text("&" if pieces else ""), key, text("="), value]
    return concatenated(machine, pieces, arguments.at)


TABLE = Table(
    functions={
        "urllib.parse.urlparse": parsing(FIELDS),
        "urllib.parse.urlsplit": parsing(tuple(n for n in FIELDS if n != "params")),
        "urllib.parse.urlunparse": _unparse, "urllib.parse.urlunsplit": _unparse,
        "urllib.parse.parse_qsl": query_list, "urllib.parse.parse_qs": query_dict,
        "urllib.parse.urlencode": _encoded,
    },
    classes={
        RESULT: LibraryClass(
            methods={"_replace": _replaced, "geturl": _joined, "__iter__": _items,
                     "__getitem__": _item, "__str__": _joined, "__eq__": _equal,
                     "_asdict": _named},
            attributes={name: of_login(name)
                        for name in ("hostname", "port", "username", "password")}),
    },
    aliases={"urllib.parse.SplitResult": RESULT},
)  # fmt: skip
