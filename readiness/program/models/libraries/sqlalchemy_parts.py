"""The text of a SQLAlchemy URL taken apart into what its object holds."""

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program.models.standard.web_queries import pairs_of
from readiness.program.urls.pieces import Spans, has_gap
from readiness.program.values import (
    NONE,
    Dict,
    External,
    Part,
    Text,
    Tuple,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

NAMES = ("drivername", "username", "password", "host", "port", "database", "query")
_SHAPE = re.compile(r"""
    (?P<drivername>[\w\+]+)://
    (?:(?P<username>[^:/]*)(?::(?P<password>[^@]*))?@)?
    (?:(?:\[(?P<ipv6>[^/\?]+)\]|(?P<host>[^/:\?]+))?(?::(?P<port>[^/\?]*))?)?
    (?:/(?P<database>[^\?]*))?
    (?:\?(?P<query>.*))?
""", re.VERBOSE)  # fmt: skip


def is_no_address(value: Text) -> bool:
    """Whether a text certainly is none that SQLAlchemy takes apart."""
    if value.known is None:
        return False
    found = _SHAPE.match(value.known)
    return found is None or not (found["port"] or "0").isdecimal()


def taken_apart(machine: "Machine", value: Text, at: Place) -> dict[str, Value] | None:
    """The parts of an URL by their names; None where they cannot be told apart."""
    spans = Spans.of(value)
    found = _SHAPE.match(spans.content)
    if found is None or has_gap(found["drivername"]) or _is_open(spans.content, found):
        return None
    held: dict[str, Value] = {}
    for name in NAMES[:-1]:
        place = "ipv6" if name == "host" and found["ipv6"] else name
        start, end = found.span(place)
        piece = NONE if start < 0 else spans.between(start, end, value.trace)
        held[name] = _decoded(piece) if name in {"username", "password"} else piece
    held["port"] = _number(machine, held["port"], at)
    start, end = found.span("query")
    query = _query(machine, spans.between(start, end, value.trace)) if start >= 0 else Dict()
    return None if query is None else {**held, "query": query}


def _is_open(content: str, found: re.Match[str]) -> bool:
    """Whether what is not known may hold more than the part in which it stands."""
    if has_gap(found["host"] or "") and found["username"] is None:
        return True  # a login, too
    last = content[-1:]
    return has_gap(last) and found["query"] is None and content.count(last) == len(content)


def _decoded(value: Value) -> Value:
    if not isinstance(value, Text):
        return value
    parts = (
        part if part.text is None
        else Part(unquote(part.text), part.at, part.variable, part.literal)
        for part in value.parts
    )  # fmt: skip
    return Text(tuple(parts), value.trace)


def _number(machine: "Machine", value: Value, at: Place) -> Value:
    if value is NONE or (isinstance(value, Text) and value.known == ""):
        return NONE
    return machine.invoke(External("builtins.int"), at, value)


def _query(machine: "Machine", value: Text) -> Dict | None:
    pairs = pairs_of(value)
    return None if pairs is None else gathered(pairs, value.trace)


def gathered(pairs: "list[tuple[str, Value]]", trace: Trace = ()) -> Dict:
    """A query of its pairs: a name that is there more than once has all its values."""
    found: dict[str, list[Value]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    entries = {name: several[0] if len(several) == 1 else Tuple(tuple(several), trace)
               for name, several in found.items()}  # fmt: skip
    return Dict(entries, {name: text(name) for name in entries}, trace)


def several(value: Value) -> tuple[Value, ...]:
    """The values of one name of a query."""
    return value.items if isinstance(value, Tuple) else (value,)
