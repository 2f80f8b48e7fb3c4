"""The query of an address, taken apart into pairs."""

import urllib.parse
from typing import TYPE_CHECKING

from readiness.program.urls.pieces import Spans, has_gap
from readiness.program.values import (
    NONE,
    Arguments,
    Constant,
    Dict,
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


def _pairs(machine: "Machine", arguments: Arguments) -> list[tuple[str, Text]] | None:
    """The pairs of a query, each value as it was written; None where it is not known."""
    given = arguments.positional[0] if arguments.positional else NONE
    keeps = arguments.get("keep_blank_values", 1)
    blank = machine.truth(keeps, arguments.at) if keeps is not None else False
    if isinstance(given, Constant) and given.value is None:
        return []
    return _written(given, blank=blank) if isinstance(given, Text) and blank is not None else None


def pairs_of(given: Text) -> list[tuple[str, Value]] | None:
    """The decoded pairs of a query; None where they are not known."""
    found = _written(given)
    return None if found is None else [(name, plain_text(one)) for name, one in found]


def _written(given: Text, *, blank: bool = False) -> list[tuple[str, Text]] | None:
    spans, found, start = Spans.of(given), [], 0
    for pair in spans.content.split("&"):
        name, sign, _ = pair.partition("=")
        if has_gap(name):
            return None
        end = start + len(pair)
        if (sign and len(pair) > len(name) + 1) or (blank and pair):
            found.append((urllib.parse.unquote_plus(name),
                          spans.between(min(start + len(name) + 1, end), end,
                                        given.trace)))  # fmt: skip
        start = end + 1
    return found


def query_list(machine: "Machine", arguments: Arguments) -> Value:
    """``parse_qsl``."""
    pairs = _pairs(machine, arguments)
    if pairs is None:
        return Unknown("the query of an address", arguments.at)
    return List(tuple(Tuple((text(name), plain_text(one))) for name, one in pairs))


def query_dict(machine: "Machine", arguments: Arguments) -> Value:
    """``parse_qs``."""
    pairs = _pairs(machine, arguments)
    if pairs is None:
        return Unknown("the query of an address", arguments.at)
    found: dict[str, list[Value]] = {}
    for name, one in pairs:
        found.setdefault(name, []).append(plain_text(one))
    entries = {name: List(tuple(several)) for name, several in found.items()}
    return Dict(entries, {name: text(name) for name in entries})


def plain_text(value: Text) -> Text:
    """A text without the signs that quote in an address."""
    parts = tuple(
        part if part.text is None
        else Part(urllib.parse.unquote_plus(part.text), part.at, part.variable, part.literal)
        for part in value.parts
    )  # fmt: skip
    return Text(parts, value.trace)
