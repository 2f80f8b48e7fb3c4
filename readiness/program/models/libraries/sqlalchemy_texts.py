"""SQLAlchemy's URL objects written out as texts."""

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.formatting import concatenated
from readiness.program.models.libraries.sqlalchemy_parts import several
from readiness.program.urls import LOST, MORE, TEXT
from readiness.program.values import (
    NONE,
    Arguments,
    Constant,
    Dict,
    External,
    Instance,
    Text,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def is_none(value: Value) -> bool:
    """Whether a value certainly is None."""
    return isinstance(value, Constant) and value.value is None


def rendered(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """The text of an URL, password and all: what is hidden is what is hidden in logs."""
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
        return None if is_none(value) else value

    pieces: list[Value] = [piece("drivername") or text("?"), text("://")]
    pieces += _login(machine, piece("username"), piece("password"), at)
    host, port, database = piece("host"), piece("port"), piece("database")
    pieces += [] if host is None else _host(host)
    if port is not None:
        pieces += [text(":"), machine.invoke(External("builtins.str"), at, port)]
    pieces += [text("/"), database] if database is not None else []
    return concatenated(machine, [*pieces, *_query(machine, piece("query"), at)], at)


def _login(
    machine: "Machine", user: Value | None, password: Value | None, at: Place
) -> list[Value]:
    if user is None:
        return []
    return [_quoted(machine, user, at),
            *([text(":"), _quoted(machine, password, at)] if password is not None else []),
            text("@")]  # fmt: skip


def _quoted(machine: "Machine", value: Value, at: Place) -> Value:
    shown = machine.invoke(External("builtins.str"), at, value)
    return machine.invoke(External("urllib.parse.quote"), at, shown, text(" +"))


def _host(host: Value) -> list[Value]:
    if isinstance(host, Text) and ":" in (host.known or ""):
        return [text("["), host, text("]")]
    return [host]


def _query(machine: "Machine", query: Value | None, at: Place) -> list[Value]:
    """The query written out; ``PostgresDsn.build`` takes it as a text."""
    if query is None:
        return []
    if isinstance(query, Text):
        return [text("?"), query]
    if not isinstance(query, Dict) or query.rest is not None:
        return [Unknown("the query of an URL", at)]
    pieces: list[Value] = []
    for name in sorted(query.slots.values, key=str):
        for value in several(query.slots.values[name]):
            key = machine.invoke(_QUOTE_PLUS, at, query.keys.get(name, text(str(name))))
            one = machine.invoke(_QUOTE_PLUS, at, value)
            pieces += [text("&" if pieces else "?"), key, text("="), one]
    return pieces


_QUOTE_PLUS = External("urllib.parse.quote_plus")


def _longer(machine: "Machine", url: Instance, at: Place) -> Value:
    """An unknown text with more parameters; anything else that was changed is not known."""
    held = url.slots.values
    base, more = held.get(TEXT), held.get(MORE)
    if set(held) != {TEXT, MORE} or not isinstance(base, Text) or not isinstance(more, Dict):
        return Unknown("the text of an URL that was changed", at, url.trace)
    if any(is_none(value) for value in more.slots.values.values()):
        return Unknown("the text of an URL with less in its query", at, url.trace)
    pieces: list[Value] = [base]
    for name, value in more.slots.values.items():
        pieces += [text(f"{'&' if len(pieces) > 1 else '?'}{name}=", at), value]
    return concatenated(machine, pieces, at)
