"""The library ``databases``: a pool of asyncpg by an address."""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.formatting import concatenated
from readiness.program.models.libraries.connecting import connect
from readiness.program.models.libraries.sqlalchemy_texts import rendered
from readiness.program.models.libraries.sqlalchemy_urls import URL, replaced
from readiness.program.models.table import AttributeModel, LibraryClass, Table
from readiness.program.urls import TEXT
from readiness.program.values import (
    NONE,
    Arguments,
    External,
    Instance,
    Text,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

DATABASE = "databases.Database"
ADDRESS = "databases.DatabaseURL"
_PARTS = {"hostname": "host", "port": "port", "username": "username", "password": "password",
          "database": "database"}  # fmt: skip
_SCHEME = frozenset({"scheme", "dialect", "driver"})


def _address(machine: "Machine", arguments: Arguments) -> Value:
    """``DatabaseURL(text)``, or of another one."""

    def one(value: Value) -> Value:
        if not isinstance(value, Text):
            return value
        return Instance(External(ADDRESS), {TEXT: value}, arguments.at, value.trace)

    return machine.each(arguments.get("url", 0) or NONE, one)


def _replaced(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``url.replace(database="other")``."""
    if arguments.open is not None or arguments.keywords.keys() - _PARTS.keys() - _SCHEME:
        return Unknown("an address of which parts were replaced", arguments.at, receiver.trace)
    parts = {_PARTS[name]: value for name, value in arguments.keywords.items() if name in _PARTS}
    if arguments.keywords.keys() & _SCHEME:
        parts["drivername"] = _scheme(machine, receiver, arguments)
    return replaced(machine, receiver, parts, arguments.at)


def _scheme(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """The scheme of another dialect, of another driver, or of both."""
    at, given = arguments.at, arguments.keywords
    if "scheme" in given:
        return given["scheme"]
    dialect = given.get("dialect") or machine.attribute(receiver, "dialect", at)
    driver = given.get("driver") or machine.attribute(receiver, "driver", at)
    named = machine.truth(driver, at)
    if named is None:
        return Unknown("the driver of an address", at, receiver.trace)
    return concatenated(machine, [dialect, text("+"), driver], at) if named else dialect


def _half(index: int) -> AttributeModel:
    """``url.dialect`` and ``url.driver``, which stand before and after the ``+``."""

    def run(machine: "Machine", value: Instance, at: Place) -> Value:
        def one(name: Value) -> Value:
            known = getattr(name, "known", None)
            if known is None:
                return Unknown("the scheme of an address", at, value.trace)
            return text(known.partition("+")[index])

        return machine.each(machine.attribute(value, "drivername", at), one)

    return run


def _as(name: str) -> AttributeModel:
    return lambda machine, value, at: machine.attribute(value, name, at)


_ATTRIBUTES: dict[str, AttributeModel] = {
    "dialect": _half(0), "driver": _half(2), "hostname": _as("host"), "options": _as("query"),
    "scheme": _as("drivername"),
}  # fmt: skip
_METHODS = {"replace": _replaced, "__str__": rendered}

TABLE = Table(
    functions={DATABASE: connect(DATABASE, ("url",)), ADDRESS: _address},
    classes={ADDRESS: LibraryClass(bases=(URL,), methods=_METHODS, attributes=_ATTRIBUTES)},
    aliases={"databases.core.Database": DATABASE, "databases.core.DatabaseURL": ADDRESS},
)
