"""The words of libpq in a conninfo: an address, or ``key=value key=value``."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import unquote

from readiness.model.place import Place
from readiness.program.interpreter.formatting import concatenated
from readiness.program.urls.pieces import Spans, has_gap
from readiness.program.values import External, Part, Text, Value, text

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_WORD = re.compile(r"\s*(\w+)\s*=\s*('(?:[^'\\]|\\.)*'|(?:[^\s\\]|\\.)*)")
_ESCAPED = re.compile(r"\\(.)")
_ADDRESS = re.compile(
    r"postgres(?:ql)?://(?:(?P<user>[^:@/?]*)(?::(?P<password>[^@/?]*))?@)?(?P<hosts>[^/?]*)"
    r"(?:/(?P<dbname>[^?]*))?(?:\?(?P<query>.*))?\Z"
)
_HOST = re.compile(r"(?:\[(?P<ipv6>[^]]*)\]|(?P<host>[^:,]*))(?::(?P<port>[^,]*))?(?:,|\Z)")
# In this order libpq tells what it was told.
_ORDER = ("service", "user", "password", "passfile", "channel_binding", "connect_timeout",
          "dbname", "host", "hostaddr", "port", "client_encoding", "options",
          "application_name", "fallback_application_name")  # fmt: skip


def words_of(value: Value) -> dict[str, Value] | None:
    """The words of a conninfo that is a text; None where they cannot be told apart."""
    if not isinstance(value, Text):
        return None
    spans = Spans.of(value)
    found = _of_address(spans, value) if "://" in spans.content else _of_words(spans, value)
    return None if found is None else in_order(found)


def in_order(words: dict[str, Value]) -> dict[str, Value]:
    """The words in the order in which libpq has them."""
    ranks = {name: rank for rank, name in enumerate(_ORDER)}
    return {name: words[name] for name in sorted(words, key=lambda one: ranks.get(one, 99))}


def written(machine: "Machine", words: dict[str, Value], at: Place) -> Value:
    """A conninfo of words, each in quotes where it needs them."""
    pieces: list[Value] = []
    for name, value in words.items():
        shown = machine.invoke(External("builtins.str"), at, value)
        pieces += [text(f"{' ' if pieces else ''}{name}="), _quoted(shown)]
    return concatenated(machine, pieces, at)


def _quoted(value: Value) -> Value:
    if not isinstance(value, Text):
        return value
    escaped = _each(value, lambda content: re.sub(r"(['\\])", r"\\\1", content))
    known = escaped.known
    if known and not re.search(r"\s", known):
        return escaped
    return Text((Part("'"), *escaped.parts, Part("'")), value.trace)


def _of_words(spans: Spans, value: Text) -> dict[str, Value] | None:
    found: dict[str, Value] = {}
    for match in _WORD.finditer(spans.content):
        start, stop = match.span(2)
        if match.group(2).startswith("'"):
            start, stop = start + 1, stop - 1
        found[match.group(1)] = _each(spans.between(start, stop, value.trace), _unescaped)
    rest = _WORD.sub("", spans.content).strip()
    return None if rest or has_gap(rest) else found


def _unescaped(content: str) -> str:
    return _ESCAPED.sub(r"\1", content)


def _each(value: Text, action: Callable[[str], str]) -> Text:
    """A text of which something is done with every part that is known."""
    return Text(tuple(
        part if part.text is None
        else Part(action(part.text), part.at, part.variable, part.literal)
        for part in value.parts
    ), value.trace)  # fmt: skip


def _of_address(spans: Spans, value: Text) -> dict[str, Value] | None:
    found = _ADDRESS.match(spans.content)
    if found is None or (has_gap(found["hosts"]) and found["user"] is None):
        return None

    def part(start: int, end: int) -> Text:
        return _each(spans.between(start, end, value.trace), unquote)

    words: dict[str, Value] = {
        name: part(*found.span(name)) for name in ("user", "password", "dbname") if found[name]
    }
    words |= _hosts(spans, value, *found.span("hosts"))
    start, query = found.start("query"), found["query"] or ""
    for pair in query.split("&") if query else ():
        name, sign, content = pair.partition("=")
        if not sign or has_gap(name):
            return None
        at = start + len(name) + 1
        words[unquote(name)] = part(at, at + len(content))
        start += len(pair) + 1
    return words


def _hosts(spans: Spans, value: Text, start: int, end: int) -> dict[str, Value]:
    """The hosts and their ports, each list as one text."""
    hosts: list[Part] = []
    ports: list[Part] = []
    for match in _HOST.finditer(spans.content[start:end]):
        name = "ipv6" if match["ipv6"] is not None else "host"
        for group, several in ((name, hosts), ("port", ports)):
            low, high = match.span(group)
            comma = [Part(",")] if several else []
            if low >= 0:
                several += [*comma, *spans.between(start + low, start + high).parts]
        if match.end() >= end - start:
            break
    made = {"host": Text(tuple(hosts), value.trace), "port": Text(tuple(ports), value.trace)}
    return {name: one for name, one in made.items() if one.known != ""}
