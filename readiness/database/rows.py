"""Facts of the rows that one look gave."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from readiness.database.access import HbaLine, Tls
from readiness.database.adaptation import plain
from readiness.database.address import Address
from readiness.database.facts import Missing
from readiness.database.held import Definer, HeldDatabase, Index, PublicGrant
from readiness.database.relation import Columns, Extension, SchemaVersion, Table
from readiness.database.role import Membership, Role
from readiness.database.server import (
    Archiver,
    Capacity,
    Session,
    Slot,
    Standby,
    Transaction,
    Transactions,
    Version,
)
from readiness.database.session import Look, Rows
from readiness.database.setting import RoleSetting, Setting

MOST_TABLES = 20000
_COUNTED = {
    "columns": "tables",
    "definers": "functions",
    "public_grants": "grants",
    "tables": "tables",
}
_OWN = frozenset({"session", "client"})


def facts_of(look: Look, address: Address, *, pooled: bool, encrypted: bool) -> dict[str, Any]:
    """Make every fact whose rows are there; ``look.missing`` gains what is cut."""
    made: dict[str, Any] = {
        "version": Version(look.version, look.grants["version_text"], look.grants["build"]),
        "session": _session(look, address, pooled=pooled),
        "tls": _tls(look, address, pooled=pooled, encrypted=encrypted),
    }
    for fact, make in _MAKERS.items():
        if fact in look.rows:
            made[fact] = make(look.rows[fact])
    if "settings" in look.rows:
        made["settings"] = _settings(look)
    for fact, what in _COUNTED.items():
        if len(look.rows.get(fact, ())) > MOST_TABLES:
            del made[fact]
            look.missing[fact] = Missing(f"there are more than {MOST_TABLES} {what}")
    if "version_tables" in look.rows and "schema_versions" not in look.missing:
        made["schema_versions"] = _schema_versions(look)
    return made


def _session(look: Look, address: Address, *, pooled: bool) -> Session:
    grants = look.grants
    identifier = look.rows.get("system")
    return Session(
        user=grants["user"],
        database=grants["database"],
        superuser=grants["superuser"],
        can_write=grants["can_write"],
        standby=grants["standby"],
        pooled=pooled,
        reads_settings=grants["reads_settings"],
        reads_statistics=grants["reads_statistics"],
        local=address.is_local,
        started=grants["started"],
        now=grants["now"],
        system_identifier=identifier[0]["identifier"] if identifier else None,
    )


def _tls(look: Look, address: Address, *, pooled: bool, encrypted: bool) -> Tls:
    grants = look.grants
    return Tls(
        client=encrypted,
        server=bool(grants["ssl"]),
        version=grants["ssl_version"],
        cipher=grants["ssl_cipher"],
        bits=grants["ssl_bits"],
        pooled=pooled,
        socket=address.is_socket,
        possible=grants["ssl_library"] != "",
    )


def _settings(look: Look) -> dict[str, Setting]:
    """The server's settings; what this very session changed is as it was before."""
    return {row["name"]: _setting(row, look.before) for row in look.rows["settings"]}


def _setting(row: Mapping[str, Any], before: Mapping[str, Any]) -> Setting:
    earlier = before.get(row["name"])
    own = row["source"] in _OWN
    text = earlier["setting"] if earlier else row["reset_val"] if own else row["setting"]
    line = f":{row['sourceline']}" if row["sourceline"] else ""
    place = f"{row['sourcefile'].rpartition('/')[2]}{line}" if row["sourcefile"] else None
    return Setting(
        name=row["name"],
        text=text if text is not None else "",
        unit=row["unit"],
        kind=row["vartype"],
        source=earlier["source"] if earlier else row["source"],
        stock=row["boot_val"],
        pending_restart=row["pending_restart"],
        place=place,
    )


def _role_settings(rows: Rows) -> tuple[RoleSetting, ...]:
    return tuple(
        RoleSetting(one.partition("=")[0], one.partition("=")[2], row["role"], row["database"])
        for row in rows
        for one in row["settings"] or ()
    )


def _schema_versions(look: Look) -> tuple[SchemaVersion, ...]:
    return tuple(_versions_in(look.rows))


def _versions_in(rows: Mapping[str, Rows]) -> Iterator[SchemaVersion]:
    for key, found in rows.items():
        word, _, rest = key.partition(":")
        if word == "schema_versions":
            tool, _, schema = rest.partition(":")
            yield from (
                SchemaVersion(tool, str(row["version"]), str(row["of"]), schema) for row in found
            )


def _hba(rows: Rows) -> tuple[HbaLine, ...]:
    return tuple(
        HbaLine(
            **{
                **row,
                "kind": row["kind"] or "",
                "method": row["method"] or "",
                "databases": tuple(row["databases"] or ()),
                "users": tuple(row["users"] or ()),
                "options": tuple(row["options"] or ()),
            }
        )
        for row in rows
    )


def _columns(rows: Rows) -> tuple[Columns, ...]:
    return tuple(
        Columns(
            row["name"],
            row["schema"],
            tuple(row["columns"] or ()),
            tuple(row["granted"] or ()),
            row["partition"],
        )
        for row in rows
    )


def _public_grants(rows: Rows) -> tuple[PublicGrant, ...]:
    return tuple(PublicGrant(**{**row, "privileges": tuple(row["privileges"])}) for row in rows)


def _transactions(rows: Rows) -> Transactions:
    numbers = {row["kind"]: row["number"] for row in rows}
    return Transactions(
        tuple(_transaction(row) for row in rows if row["age"] is not None),
        numbers.get("hidden", 0),
        numbers.get("untracked", 0),
    )


def _transaction(row: Mapping[str, Any]) -> Transaction:
    return Transaction(
        max(row["age"], 0.0),
        row["role"],
        row["database"],
        row["state"],
        row["pid"],
        row["kind"] == "prepared",
        row["name"],
    )


def _each(kind: Callable[..., Any]) -> Callable[[Rows], tuple[Any, ...]]:
    return lambda rows: tuple(kind(**{k: plain(v) for k, v in row.items()}) for row in rows)


def _only(kind: Callable[..., Any]) -> Callable[[Rows], Any]:
    return lambda rows: kind(**{k: plain(v) for k, v in rows[0].items()})


def _names(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(row["name"] for row in rows)


_MAKERS: dict[str, Callable[[Rows], Any]] = {
    "archive_waiting": lambda rows: rows[0]["waiting"],
    "archiver": _only(Archiver),
    "available_extensions": _names,
    "capacity": _only(Capacity),
    "columns": _columns,
    "databases": _each(HeldDatabase),
    "definers": _each(Definer),
    "extensions": _each(Extension),
    "hba": _hba,
    "invalid_indexes": _each(Index),
    "memberships": _each(Membership),
    "public_grants": _public_grants,
    "role_settings": _role_settings,
    "roles": _each(Role),
    "schemas": _names,
    "slots": _each(Slot),
    "standbys": _each(Standby),
    "tables": _each(Table),
    "transactions": _transactions,
}
