"""Addresses of any kind: texts, and SQLAlchemy's URL objects."""

from collections.abc import Hashable

from msgspec.structs import replace

from readiness.program.answers import Piece, Url
from readiness.program.urls.pieces import (
    Spans,
    has_gap,
    is_absent,
    password_of,
    piece,
    piece_of,
    unknown_url,
)
from readiness.program.urls.texts import of_text
from readiness.program.values import Constant, Dict, Instance, Text, Unknown, Value

# What an URL object was made from, what was added to its query, and why it is not known.
TEXT, MORE, LOST = "\0text", "\0query", "\0lost"


def parse(value: Value) -> Url:
    """The address that a text, or SQLAlchemy's URL object, stands for."""
    if isinstance(value, Text):
        return of_text(value)
    if isinstance(value, Instance) and {"drivername", TEXT} & set(value.slots.values):
        return _changed(value, _of_object(value))
    if isinstance(value, Unknown):
        return unknown_url(value.reason, value)
    if isinstance(value, Constant) and value.value is None:
        return unknown_url("no address is given", value)
    return unknown_url("its address is not a text", value)


def _changed(value: Instance, url: Url) -> Url:
    """What was put into an URL object's query afterwards; unknown where that is."""
    held = value.slots.values
    lost, more = held.get(LOST), held.get(MORE)
    if isinstance(lost, Unknown):
        return unknown_url(lost.reason, lost)
    if isinstance(more, Dict):
        added = {str(key): piece_of(one) for key, one in more.slots.values.items()}
        query = {key: one for key, one in {**url.query, **added}.items() if one != Piece()}
        return _with_host(replace(url, query=query, dsn=None))
    return url


def _of_text_object(base: Value, held: dict[Hashable, Value]) -> Url:
    """``make_url(text)``, of which ``set()`` may have replaced parts."""
    url = parse(base)
    changes: dict[str, object] = {}
    for name, field in (("username", "user"), ("host", "host"), ("port", "port"),
                        ("database", "database")):  # fmt: skip
        if name in held:
            changes[field] = piece_of(held[name])
    if "password" in held:
        changes["password"] = password_of(piece_of(held["password"]))
    if "drivername" in held:
        name_piece = piece_of(held["drivername"])
        changes["dialect"] = name_piece.text
    if "query" in held:
        entries = held["query"].slots.values if isinstance(held["query"], Dict) else {}
        changes["query"] = {str(key): piece_of(one) for key, one in entries.items()}
    return _with_host(replace(url, **changes, dsn=None)) if changes else url


def _with_host(url: Url) -> Url:
    """An address whose host stands in its query, as a socket or several hosts do."""
    host = url.query.get("host")
    return replace(url, host=host) if host is not None and is_absent(url.host) else url


def _of_object(value: Instance) -> Url:
    held = value.slots.values
    if TEXT in held:
        return _of_text_object(held[TEXT], held)
    query: dict[str, Piece] = {}
    options = held.get("query")
    entries = getattr(getattr(options, "slots", None), "values", {})
    for key, one in entries.items():
        query[str(key)] = piece_of(one)
    name = piece_of(held.get("drivername"))
    return _with_host(Url(
        name.text, piece_of(held.get("username")), password_of(piece_of(held.get("password"))),
        piece_of(held.get("host")), piece_of(held.get("port")), piece_of(held.get("database")),
        query, name.reason,
    ))  # fmt: skip


def kind_of(value: Value) -> Piece:
    """What says of which kind of database an address is: its scheme, else all of it."""
    if isinstance(value, Instance):
        return piece_of(value.slots.values.get("drivername") or value.slots.values.get(TEXT))
    if not isinstance(value, Text):
        return piece_of(value)
    spans = Spans.of(value)
    scheme = spans.content.partition("://")[0]
    end = len(spans.content) if has_gap(scheme) or scheme.startswith("sqlite") else len(scheme)
    return piece(None, spans.covering(0, max(end, 1)))


def dialect_of(value: Value) -> tuple[str | None, str | None]:
    """The dialect and database of an address, as far as they are known."""
    url = parse(value)
    if url.dialect is None:
        return None, None
    if url.dialect.startswith("sqlite"):
        name = url.database.text if url.database.known else None
        query = "&".join(f"{k}={v.text}" for k, v in url.query.items())
        return url.dialect, None if name is None and not url.database.known else (
            f"{name or ''}{'?' + query if query else ''}")  # fmt: skip
    return url.dialect, url.database.text
