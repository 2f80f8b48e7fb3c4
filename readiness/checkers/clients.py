"""Connections to PostgreSQL in the code that no evaluated engine makes."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from weakref import WeakKeyDictionary

from msgspec import Struct
from msgspec.structs import replace

from readiness import Engine, Place, Program, Project, Search
from readiness.checkers.connections import Connection
from readiness.checkers.scope import is_code
from readiness.checkers.trees import dotted, imported, source, tree_of

_CLIENTS = {
    "tortoise": ("init", "register_tortoise"),
    "peewee": ("PostgresqlDatabase",),
    "playhouse": ("PostgresqlExtDatabase", "PooledPostgresqlDatabase",
                  "PooledPostgresqlExtDatabase", "connect", "CockroachDatabase"),
    "databases": ("Database",),
    "gino": ("Gino",),
    "psqlpy": ("ConnectionPool", "connect"),
    "adbc_driver_postgresql": ("connect",),
    "procrastinate": ("PsycopgConnector", "AiopgConnector", "SyncPsycopgConnector",
                      "Psycopg2Connector"),
    "flask_sqlalchemy": ("SQLAlchemy",),
}  # fmt: skip
"""Libraries that connect and that no model describes, with the calls that do."""

# As `_imports`, of any of them; a space is whatever may be one.
_IMPORTS = Search(
    rb"(?m)(?:^|[;:])[ \t\f]*(?:from\b(?:[\s\x0b\x1c-\x1f\x80-\xff]|\\\r?\n)*"
    rb"|import\b(?:[^\n]|\\\r?\n)*\b)(?:" + b"|".join(map(str.encode, _CLIENTS)) + rb")\b",
    among=is_code,
)
_OTHER_SERVERS = re.compile(r"(?i)sqlite|mysql|mariadb|mongodb|duckdb")
MODE = re.compile(r"(?i)ssl_?mode|\bssl\b|ssl_?context|ssl_require")
_POSTGRES = re.compile(r"(?i)postgres|asyncpg|psycopg")


class Client(Struct, frozen=True):
    """A call of a library that connects, about which nothing more is known."""

    name: str
    at: Place


# What was read of a project, for the several rules that ask; gone with the project.
_read: "WeakKeyDictionary[Project, tuple[Client, ...]]" = WeakKeyDictionary()


def may_set_more(
    connection: Connection, program: Program, project: Project, engines: list[Engine]
) -> Connection:
    """A connection of which code that is not understood may well make something else."""
    read = {one.name for one in program.reads()}
    for engine in engines if connection.name in read else ():
        if (engine.url.reason or engine.url.host.reason) and not engine.url.host.variables:
            return replace(connection, sslmode=None, reason=f"{engine.at} may be made of it")
    known = {(engine.at.path, engine.at.line) for engine in engines}
    for client in clients(project) if connection.default else ():
        text = source(project, client.at.path)
        said = connection.name in text and MODE.search(text)
        if said and (client.at.path, client.at.line) not in known:
            return replace(connection, sslmode=None, reason=f"{client.name} may set it")
    return connection


def clients(project: Project) -> tuple[Client, ...]:
    """The calls that connect through a library which no model describes."""
    if project not in _read:
        _read[project] = tuple(_clients(project))
    return _read[project]


def _clients(project: Project) -> Iterator[Client]:
    for path in filter(is_code, project.mentioning(_IMPORTS)):
        text = source(project, path)
        roots = [root for root in _CLIENTS if root in text and _imports(root).search(text)
                 and not _is_own(project, root)]  # fmt: skip
        other = _OTHER_SERVERS.search(text) and not _POSTGRES.search(text)
        tree = tree_of(project, path) if roots and not other else None
        if tree is not None:
            yield from _calls(tree, path, roots)


@cache
def _imports(root: str) -> re.Pattern[str]:
    """A statement that imports a library or a part of it, as far as a text can tell."""
    return re.compile(
        rf"(?m)(?:^|[;:])[ \t\f]*(?:from\b(?:\s|\\\r?\n)*|import\b(?:[^\n]|\\\r?\n)*?\b){root}\b"
    )


def _is_own(project: Project, root: str) -> bool:
    """Tell whether a module of that name is the project's own."""
    return bool(project.files(f"**/{root}.py", f"**/{root}/__init__.py"))


def _calls(tree: ast.Module, path: str, roots: list[str]) -> Iterator[Client]:
    names = dict(imported(tree))
    bound = {name for name, full in names.items() if full.partition(".")[0] in roots}
    for node in ast.walk(tree) if bound else ():
        if isinstance(node, ast.Call):
            parts = dotted(node.func, names).split(".")
            if parts[0] in roots and len(parts) > 1 and set(parts[1:]) & set(_CLIENTS[parts[0]]):
                at = Place(path, node.lineno, node.col_offset + 1)
                yield Client(".".join(parts), at)
