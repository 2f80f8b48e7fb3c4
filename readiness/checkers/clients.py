"""Connections to PostgreSQL in the code that no evaluated engine makes."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from weakref import WeakKeyDictionary

from msgspec import Struct
from msgspec.structs import replace

from readiness import Engine, Environment, Place, Program, Project, Search
from readiness.checkers.code_passwords import condition_of, is_elsewhere, is_given
from readiness.checkers.connections import Connection, of_url
from readiness.checkers.credentials import is_placeholder
from readiness.checkers.literal import Literal
from readiness.checkers.literals import literals
from readiness.checkers.logins import Login, logins
from readiness.checkers.scope import is_code
from readiness.checkers.spelling import HOLE
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
# Hosts of texts that show what an address looks like.
_SHAPES = re.compile(r"(?i)(?:host(?:name)?|server|address|(?:.*\.)?example(?:\.\w+)?)\Z")
# What the code puts something into: an f-string's, ``str.format``'s or ``%``'s.
_OPEN = re.compile(rf"{re.escape(HOLE)}|\{{[^{{}}]*\}}|%(?:\(\w+\))?s")
_MODE = re.compile(r"(?i)ssl_?mode|\bssl\b|ssl_?context|ssl_require")
_POSTGRES = re.compile(r"(?i)postgres|asyncpg|psycopg")


class Client(Struct, frozen=True):
    """A call of a library that connects, about which nothing more is known."""

    name: str
    at: Place


# What was read of a project, for the several rules that ask; gone with the project.
_read: "WeakKeyDictionary[Project, tuple[Client, ...]]" = WeakKeyDictionary()


def addresses(
    program: Program, environment: Environment, project: Project, engines: list[Engine]
) -> Iterator[Connection]:
    """The PostgreSQL addresses written in the code that none of the engines takes up."""
    consumed = {place for engine in engines for place in _places(engine)}
    once = {(one.at.path, one.at.line, one.text): one for one in reversed(literals(project))}
    for literal in reversed(once.values()):
        login = _address(literal)
        if login is None or is_elsewhere(literal, environment):
            continue
        if (literal.at.path, literal.at.line) in consumed or _is_of_an_engine(login, engines):
            continue
        if literal.how == "default" and is_given(environment, literal.variable or literal.name):
            continue
        condition = condition_of(literal, program) if literal.guarded else ""
        if condition is not None:
            found = _connection(literal, login, environment, condition)
            if found.default and _MODE.search(source(project, literal.at.path)):
                found = replace(found, sslmode=None, reason="the file sets TLS in another way")
            yield found


def _address(literal: Literal) -> Login | None:
    """The PostgreSQL server that a text is the address of; None where it is more or less."""
    text = literal.text.strip()
    if not re.match(r"[a-z+0-9:]+://\S+\Z", text):
        return None
    found = next((one for one in logins(text) if one.is_postgres), None)
    if found is None or not found.host or not (found.database or found.user):
        return None
    return None if _SHAPES.match(found.host) or is_placeholder(found.host) else found


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
        said = connection.name in text and _MODE.search(text)
        if said and (client.at.path, client.at.line) not in known:
            return replace(connection, sslmode=None, reason=f"{client.name} may set it")
    return connection


def _places(engine: Engine) -> Iterator[tuple[str, int | None]]:
    url = engine.url
    parts = (url.user, url.host, url.port, url.database, *url.query.values())
    places = [at for part in parts for at in part.places]
    for at in (engine.at, *places, *url.password.places):
        yield at.path, at.line
    yield from ((step.at.path, step.at.line) for step in engine.trace if step.at)


def _is_of_an_engine(login: Login, engines: list[Engine]) -> bool:
    """Tell whether an engine may well be made of this address: nothing known contradicts it."""
    return any(
        _agrees(login.host, engine.url.host.text)
        and _agrees(login.database, engine.url.database.text)
        for engine in engines
    )


def _agrees(said: str, known: str | None) -> bool:
    return known is None or not said or _OPEN.search(said) is not None or said == known


def _connection(
    literal: Literal, login: Login, environment: Environment, condition: str
) -> Connection:
    name = f"the address {f'in {literal.name}' if literal.name else 'here'}"
    scope = dict(environment.variables)
    found = of_url(name, literal.at, login, scope)
    if condition and found.sslmode is not None:
        return replace(found, sslmode=None, reason=f"it is used only if {condition}")
    if _OPEN.search(found.sslmode or ""):
        return replace(found, sslmode=None, reason="its sslmode is put in by the code")
    return found


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
