"""The facts of a database as plain JSON values, there and back.

The keys are the names of the accessors of `Database`; `readiness list facts` shows them.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, fields

from readiness.database.access import (
    Certificate,
    HbaLine,
    Offer,
    OwnPassword,
    Tls,
    Verifiers,
)
from readiness.database.address import Address
from readiness.database.database import Database
from readiness.database.facts import Missing
from readiness.database.held import Definer, HeldDatabase, Index, PublicGrant
from readiness.database.plain_values import (
    BOOLEANS,
    made_record,
    made_value,
    made_version,
    nearest,
)
from readiness.database.pooler import Pooler
from readiness.database.question import Answer, Query
from readiness.database.relation import Columns, Extension, SchemaVersion, Table
from readiness.database.role import Membership, Role
from readiness.database.server import (
    Archiver,
    Capacity,
    Session,
    Slot,
    Standby,
    Transactions,
)
from readiness.database.setting import RoleSetting, Setting

FORMAT = 1

KINDS: dict[str, Any] = {
    "archive_waiting": int,
    "archiver": Archiver,
    "available_extensions": tuple[str, ...],
    "capacity": Capacity,
    "certificate": Certificate,
    "columns": tuple[Columns, ...],
    "databases": tuple[HeldDatabase, ...],
    "definers": tuple[Definer, ...],
    "extensions": tuple[Extension, ...],
    "hba": tuple[HbaLine, ...],
    "invalid_indexes": tuple[Index, ...],
    "memberships": tuple[Membership, ...],
    "offers": tuple[Offer, ...],
    "password": OwnPassword,
    "pooler": Pooler,
    "public_grants": tuple[PublicGrant, ...],
    "role_settings": tuple[RoleSetting, ...],
    "roles": tuple[Role, ...],
    "schema_versions": tuple[SchemaVersion, ...],
    "schemas": tuple[str, ...],
    "session": Session,
    "slots": tuple[Slot, ...],
    "standbys": tuple[Standby, ...],
    "tables": tuple[Table, ...],
    "tls": Tls,
    "transactions": Transactions,
    "verifiers": Verifiers,
}
"""Every fact that has one shape, by its key."""

_OTHERS = ("address", "answers", "format", "missing", "read_at", "settings", "version")


def decode(facts: Mapping[str, Any]) -> Database:
    """Make the fact of plain values; raises ValueError with a sentence."""
    for key in facts:
        if key not in KINDS and key not in _OTHERS:
            raise ValueError(f"database.{key} is no fact{nearest(key, [*KINDS, *_OTHERS])}")
    read: dict[str, Any] = {
        key: made_value(f"database.{key}", kind, facts[key])
        for key, kind in KINDS.items()
        if key in facts
    }
    if "version" in facts:
        read["version"] = made_version(facts["version"])
    if "settings" in facts:
        read["settings"] = _settings(facts["settings"])
        _derive_capacity(read)
    address = facts.get("address")
    return Database(
        facts=read,
        missing=_missing(facts.get("missing", {})),
        answers=_answers(facts.get("answers", {})),
        address=None if address is None else Address.parse(address),
        read_at=facts.get("read_at"),
    )


def encode(database: Database) -> dict[str, Any]:
    """Give plain JSON values; no fact holds a secret, and the address loses its own."""
    made: dict[str, Any] = {"format": FORMAT}
    for key in sorted(database.facts):
        made[key] = _plain(database.facts[key])
    if database.missing:
        made["missing"] = {k: _sparse(asdict(v)) for k, v in sorted(database.missing.items())}
    if database.answers:
        made["answers"] = {query.sql: _plain(a) for query, a in database.answers.items()}
    if database.address:
        made["address"] = database.address.without_password.masked
    if database.read_at:
        made["read_at"] = database.read_at
    return made


def _plain(value: Any) -> Any:
    match value:
        case Setting():
            return _sparse({k: v for k, v in asdict(value).items() if k != "name"})
        case tuple() | list():
            return [_plain(one) for one in value]
        case Mapping():
            return {key: _plain(one) for key, one in value.items()}
        case Struct():
            return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
        case _:
            return value


def _sparse(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _settings(data: Any) -> dict[str, Setting]:
    if not isinstance(data, Mapping):
        raise ValueError("database.settings is no mapping of names to values")
    return {str(name): _setting(str(name), value) for name, value in data.items()}


def _setting(name: str, data: Any) -> Setting:
    match data:
        case Mapping():
            return _detailed(name, data)
        case bool():
            return Setting(name, BOOLEANS[not data], kind="bool", source="configuration file")
        case int():
            return Setting(name, str(data), kind="integer", source="configuration file")
        case float():
            return Setting(name, str(data), kind="real", source="configuration file")
        case None:
            raise ValueError(f"database.settings.{name} is empty; leave out what is hidden")
        case _:
            kind = "bool" if data in BOOLEANS else "string"
            return Setting(name, str(data), kind=kind, source="configuration file")


def _detailed(name: str, data: Mapping[str, Any]) -> Setting:
    given = dict(data)
    value = given.pop("value", given.pop("text", ""))
    plain = _setting(name, value)
    defaults = {"text": plain.text, "kind": plain.kind, "name": name}
    made: Setting = made_record(f"database.settings.{name}", Setting, {**defaults, **given})
    return made


def _derive_capacity(read: dict[str, Any]) -> None:
    """Facts written by hand need not say twice how many connections there are."""
    settings: Mapping[str, Setting] = read["settings"]
    if "capacity" in read or "max_connections" not in settings:
        return
    numbers = {
        "maximum": settings.get("max_connections"),
        "superuser_reserved": settings.get("superuser_reserved_connections"),
        "reserved": settings.get("reserved_connections"),
    }
    read["capacity"] = Capacity(**{k: int(v.text) for k, v in numbers.items() if v is not None})


def _missing(data: Any) -> dict[str, Missing]:
    if not isinstance(data, Mapping):
        raise ValueError("database.missing is no mapping of facts to reasons")
    return {
        str(key): Missing(value)
        if isinstance(value, str)
        else made_record(f"database.missing.{key}", Missing, value)
        for key, value in data.items()
    }


def _answers(data: Any) -> dict[Query, Answer]:
    """Answers by the text of their query: a list of rows, or the whole record."""
    if not isinstance(data, Mapping):
        raise ValueError("database.answers is no mapping of queries to rows")
    return {Query(str(sql)): _answer(f"database.answers[{sql}]", v) for sql, v in data.items()}


def _answer(path: str, data: Any) -> Answer:
    if isinstance(data, list | tuple):
        data = {"rows": data, "columns": list(data[0]) if data else []}
    if not isinstance(data, Mapping) or set(data) - {item.name for item in fields(Answer)}:
        raise ValueError(f"{path} is neither a list of rows nor an answer")
    rows = data.get("rows", ())
    if not all(isinstance(row, Mapping) for row in rows):
        raise ValueError(f"{path} has a row that is no mapping of columns to values")
    return Answer(
        rows=tuple(dict(row) for row in rows),
        columns=tuple(data.get("columns", ())),
        truncated=bool(data.get("truncated", False)),
        error=data.get("error"),
        code=data.get("code"),
    )
