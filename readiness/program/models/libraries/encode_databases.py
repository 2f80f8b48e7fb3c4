"""The library ``databases``: a pool of asyncpg by an address."""

from typing import TYPE_CHECKING

from readiness.program.models.libraries.connecting import connect
from readiness.program.models.libraries.sqlalchemy_urls import URL, replaced
from readiness.program.models.table import LibraryClass, Table
from readiness.program.urls import TEXT
from readiness.program.values import NONE, Arguments, External, Instance, Text, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

DATABASE = "databases.Database"
ADDRESS = "databases.DatabaseURL"
_PARTS = {"hostname": "host", "port": "port", "username": "username", "password": "password",
          "database": "database"}  # fmt: skip


def _address(machine: "Machine", arguments: Arguments) -> Value:
    """``DatabaseURL(text)``, or of another one."""

    def one(value: Value) -> Value:
        if not isinstance(value, Text):
            return value
        return Instance(External(ADDRESS), {TEXT: value}, arguments.at, value.trace)

    return machine.each(arguments.get("url", 0) or NONE, one)


def _replaced(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``url.replace(database="other")``."""
    if arguments.open is not None or arguments.keywords.keys() - _PARTS:
        return Unknown("an address of which parts were replaced", arguments.at, receiver.trace)
    parts = {_PARTS[name]: value for name, value in arguments.keywords.items()}
    return replaced(machine, receiver, parts, arguments.at)


TABLE = Table(
    functions={DATABASE: connect(DATABASE, ("url",)), ADDRESS: _address},
    classes={ADDRESS: LibraryClass(bases=(URL,), methods={"replace": _replaced})},
    aliases={"databases.core.Database": DATABASE, "databases.core.DatabaseURL": ADDRESS},
)  # fmt: skip
