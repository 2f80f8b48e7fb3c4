"""``urllib.parse``: addresses taken apart and put together again, over texts known in part."""

import urllib.parse
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.formatting import concatenated
from readiness.program.interpreter.plain import lifted
from readiness.program.models.lifting import lift
from readiness.program.models.standard.web_queries import plain_text, query_dict, query_list
from readiness.program.models.table import AttributeModel, FunctionModel, LibraryClass, Table
from readiness.program.urls.pieces import Spans, has_gap
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

RESULT = "urllib.parse.ParseResult"
FIELDS = ("scheme", "netloc", "path", "params", "query", "fragment")
WHOLE = "\0whole"
"""Where an address is not known, all of it stands here, without what was replaced."""


def _parsed(fields: tuple[str, ...]) -> FunctionModel:
    def run(machine: "Machine", arguments: Arguments) -> Value:
        given = arguments.get("url", 0) or NONE
        return machine.each(given, lambda one: _parse(one, fields, arguments.at))

    return run


def _parse(value: Value, fields: tuple[str, ...], at: Place) -> Value:
    if not isinstance(value, Text):
        return Unknown("the parts of an address that is no text", at, value.trace)
    spans = Spans.of(value)
    made = Instance(External(RESULT), None, at, value.trace)
    made.data = fields
    if value.known is not None and "://" not in spans.content:
        return _without_host(made, value, value.known)
    if "://" not in spans.content or has_gap(spans.content.partition("://")[0]):
        made.slots.values[WHOLE] = value
        return made
    for name, (start, end) in _stretches(spans.content).items():
        if name in fields:
            made.slots.values[name] = spans.between(start, end, value.trace)
    return made


def _without_host(made: Instance, value: Text, content: str) -> Value:
    """What has no ``//`` for a host: a path, mostly."""
    try:
        found = urllib.parse.urlparse(content)
    except ValueError:
        return Unknown("the parts of a text that is no address", made.at, value.trace)
    if "params" not in made.data:
        found = found._replace(path=f"{found.path}{';' if found.params else ''}{found.params}")
    for name in made.data:
        made.slots.values[name] = lifted(getattr(found, name), value.trace, value.parts)
    return made


def _stretches(content: str) -> dict[str, tuple[int, int]]:
    """Where each part of an address begins and ends."""
    colon = content.index("://")
    hash_at = content.find("#")
    end = hash_at if hash_at >= 0 else len(content)
    question = content.find("?", colon + 3, end)
    path_end = question if question >= 0 else end
    slash = content.find("/", colon + 3, path_end)
    host_end = slash if slash >= 0 else path_end
    return {
        "scheme": (0, colon), "netloc": (colon + 3, host_end), "path": (host_end, path_end),
        "params": (end, end), "query": (question + 1 if question >= 0 else end, end),
        "fragment": (hash_at + 1 if hash_at >= 0 else end, len(content)),
    }  # fmt: skip


def _of_login(name: str) -> AttributeModel:
    """``hostname``, ``port``, ``username`` and ``password`` of the netloc."""

    def run(machine: "Machine", value: Instance, at: Place) -> Value:
        netloc = value.slots.values.get("netloc")
        if not isinstance(netloc, Text):
            return Unknown(f"the {name} of an address that is not known", at, value.trace)
        spans = Spans.of(netloc)
        bounds = _within(spans.content)[name]
        if bounds is None:
            return NONE
        found = spans.between(*bounds, netloc.trace)
        if name == "port":
            return machine.invoke(External("builtins.int"), at, found)
        return lower(found) if name == "hostname" else found

    return run


def _within(netloc: str) -> dict[str, tuple[int, int] | None]:
    """Where the parts of ``user:password@host:port`` stand."""
    at = netloc.rfind("@")
    host = at + 1
    colon = netloc.find(":", 0, max(at, 0))
    port = netloc.find(":", max(host, netloc.find("]", host)))
    host_end = port if port >= 0 else len(netloc)
    user_end = colon if colon >= 0 else at
    return {
        "username": (0, user_end) if at >= 0 else None,
        "password": (colon + 1, at) if colon >= 0 else None,
        "hostname": (host, host_end) if host_end > host else None,
        "port": (port + 1, len(netloc)) if 0 <= port < len(netloc) - 1 else None,
    }


def parts_of(value: Text) -> dict[str, Value] | None:
    """The decoded parts of ``scheme://user:password@host:port/name?query``."""
    spans = Spans.of(value)
    if "://" not in spans.content or has_gap(spans.content.partition("://")[0]):
        return None
    where = _stretches(spans.content)
    start, end = where["netloc"]
    found: dict[str, Value] = {"drivername": spans.between(*where["scheme"], value.trace),
                               "query": spans.between(*where["query"], value.trace)}  # fmt: skip
    if has_gap(spans.content[start:end]) and "@" not in spans.content[start:end]:
        return None  # what is not known may be a login, too
    for name, bounds in _within(spans.content[start:end]).items():
        part = NONE if bounds is None else plain_text(
            spans.between(start + bounds[0], start + bounds[1], value.trace))  # fmt: skip
        found["host" if name == "hostname" else name] = part
    start, end = where["path"]
    found["database"] = spans.between(start + 1, end, value.trace) if end > start else NONE
    return found


def lower(value: Text) -> Text:
    """A text in lower case, as the name of a host is."""
    parts = tuple(
        part if part.text is None
        else Part(part.text.lower(), part.at, part.variable, part.literal)
        for part in value.parts
    )  # fmt: skip
    return Text(parts, value.trace)


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
    for name, one in given.slots.values.items():
        value = machine.item(one, Constant(0), arguments.at) if isinstance(one, List) else one
        pieces += [text(f"{'&' if pieces else ''}{name}="), value]
    return concatenated(machine, pieces, arguments.at)


TABLE = Table(
    functions={
        "urllib.parse.urlparse": _parsed(FIELDS),
        "urllib.parse.urlsplit": _parsed(tuple(n for n in FIELDS if n != "params")),
        "urllib.parse.urlunparse": _unparse, "urllib.parse.urlunsplit": _unparse,
        "urllib.parse.parse_qsl": query_list, "urllib.parse.parse_qs": query_dict,
        "urllib.parse.urlencode": _encoded,
    },
    classes={
        RESULT: LibraryClass(
            methods={"_replace": _replaced, "geturl": _joined, "__iter__": _items,
                     "__getitem__": _item, "__str__": _joined},
            attributes={name: _of_login(name)
                        for name in ("hostname", "port", "username", "password")}),
    },
    aliases={"urllib.parse.SplitResult": RESULT},
)  # fmt: skip
