"""What libpq and its likes take from the variables of the process, and from services."""

from collections.abc import Mapping
from configparser import ConfigParser
from configparser import Error as ConfigError

from msgspec.structs import replace

from readiness.program import urls
from readiness.program.answers import Piece, Url
from readiness.program.engines.drivers import Driver
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event
from readiness.program.interpreter.variables import held_in
from readiness.program.values import MISSING, Value
from readiness.project import Unreadable

AT_ONCE = frozenset({
    "psycopg", "psycopg2", "asyncpg", "pg8000", "aiopg"})  # fmt: skip
"""Libraries that connect, and read the variables, when they are called; others do so later."""
_FIELDS = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "database": "PGDATABASE"}


class Process:
    """The variables that a driver finds when it connects."""

    def __init__(self, machine: Machine, event: Event, driver: Driver) -> None:
        at_once = event.name.partition(".")[0] in AT_ONCE
        held = event.process if at_once else machine.variables.slots.values
        self._held: Mapping[object, Value] = held if driver.variables else {}
        self._driver = driver
        self._project = machine.sources.project

    def get(self, name: str) -> Value | None:
        """What a variable is; None where it is not set."""
        value = held_in(self._held, name)
        return None if value is MISSING else value

    def piece(self, name: str) -> Piece:
        """A variable as a part of a connection."""
        value = self.get(name)
        return Piece() if value is None else urls.piece_of(value)

    def service(self, said: Piece) -> "dict[str, Piece] | str":
        """The entries of the service that is asked for; or why they are not known."""
        name = said if said.text or not said.known else Piece()
        if name == Piece() and self._driver.service:
            name = self.piece("PGSERVICE")
        if name == Piece():
            return {}
        if name.text is None:
            return f"the name of its service is not known: {name.reason}"
        found = self._described(name.text)
        return f"the service {name.text} is described outside of the code" if found is None else (
            found)  # fmt: skip

    def _described(self, name: str) -> dict[str, Piece] | None:
        path = (self.piece("PGSERVICEFILE").text or "").removeprefix("./")
        parser = ConfigParser(interpolation=None)
        try:
            parser.read_string(self._project.text(path) if self._project.has(path) else "")
        except (ConfigError, Unreadable):
            return None
        if name not in parser:
            return None
        return {key: Piece(value) for key, value in parser[name].items()}


def completed(url: Url, process: Process, open_: str = "") -> tuple[Url, str]:
    """An address with what a service and the variables add to it; and what is not known.

    ``open_`` says why there may be more arguments: what nothing says, they may.
    """
    if open_:
        lost = {field: Piece(None, open_) for field in _FIELDS if _is_absent(getattr(url, field))}
        password = url.password if url.password.value else urls.password_of(Piece(None, open_))
        return replace(url, password=password, **lost), ""
    if url.reason and url.host.text is None and not url.host.known:
        return url, ""
    found = process.service(url.query.get("service", Piece()))
    reason = found if isinstance(found, str) else ""
    entries = {} if isinstance(found, str) else found
    entries = {**entries, "database": entries.get("dbname", Piece())}
    changes: dict[str, object] = {}
    for field, variable in _FIELDS.items():
        if _is_absent(getattr(url, field)):
            given = Piece(None, reason) if reason else entries.get(field, Piece())
            changes[field] = process.piece(variable) if _is_absent(given) else given
    if url.password.known and url.password.value is None:
        given = entries.get("password", Piece())
        changes["password"] = urls.password_of(
            process.piece("PGPASSWORD") if _is_absent(given) else given)  # fmt: skip
    more = {key: value for key, value in entries.items() if key == "sslmode"}
    return replace(url, query={**more, **url.query}, **changes), reason


def _is_absent(piece: Piece) -> bool:
    return piece.known and not piece.text
