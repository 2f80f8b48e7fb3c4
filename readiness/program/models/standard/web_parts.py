"""``urllib.parse``: addresses taken apart, over texts known in part."""

import urllib.parse
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.plain import lifted
from readiness.program.models.table import AttributeModel, FunctionModel
from readiness.program.urls.pieces import Spans, has_gap
from readiness.program.values import (
    NONE,
    Arguments,
    External,
    Instance,
    Part,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

RESULT = "urllib.parse.ParseResult"
FIELDS = ("scheme", "netloc", "path", "params", "query", "fragment")
WHOLE = "\0whole"
"""Where an address is not known, all of it stands here, without what was replaced."""


def parsing(fields: tuple[str, ...]) -> FunctionModel:
    """``urlparse`` and ``urlsplit``: an address as its parts."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        given = arguments.get("url", 0) or NONE
        scheme = arguments.get("scheme", 1)

        def one(value: Value) -> Value:
            made = _parse(value, fields, arguments.at)
            held = made.slots.values if isinstance(made, Instance) else {}
            if scheme is not None and getattr(held.get("scheme"), "known", None) == "":
                held["scheme"] = scheme
            return made

        return machine.each(given, one)

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


def of_login(name: str) -> AttributeModel:
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
    bracket = netloc.find("]", host) if netloc[host : host + 1] == "[" else -1
    user_end = colon if colon >= 0 else at
    return {
        "username": (0, user_end) if at >= 0 else None,
        "password": (colon + 1, at) if colon >= 0 else None,
        "hostname": (host + 1, bracket)
        if bracket > host
        else (host, host_end)
        if host_end > host
        else None,
        "port": (port + 1, len(netloc)) if 0 <= port < len(netloc) - 1 else None,
    }


def lower(value: Text) -> Text:
    """A text in lower case, as the name of a host is."""
    parts = tuple(
        part if part.text is None
        else Part(part.text.lower(), part.at, part.variable, part.literal)
        for part in value.parts
    )  # fmt: skip
    return Text(parts, value.trace)
