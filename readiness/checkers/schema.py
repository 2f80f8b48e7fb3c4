"""Checkers of what the database holds: what is expected, and nothing from development."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from readiness import (
    Answers,
    Database,
    Finding,
    NotApplicable,
    Place,
    Program,
    Project,
    Query,
    checker,
    compile_pattern,
    counted,
    ok,
    problem,
    undecided,
)
from readiness.checkers.marked_rows import judge_rows, marked_rows
from readiness.checkers.schema_versions import judge_agno, judge_alembic, judge_django

DEV_PATTERNS = (
    "^(dev|devel|development|test|testing|demo|dummy|scratch|playground|tmp|temp)$",
    "_(dev|devel|development|tests?|testing|demo|dummy|scratch|playground|tmp|temp)[0-9]*$",
    "^(dev|test|dummy|tmp)_",
)
"""Names that mean development or tests; `test` also in front, as test runs name things."""


@checker("schema.set-up", privileges=("versions",))
def set_up(
    database: Database,
    program: Program | None,
    project: Project | None,
    *,
    name: str | None = None,
    schemas: Sequence[str] = (),
    tables: Sequence[str] = (),
    extensions: Sequence[str] = (),
    agno_version: str | None = None,
) -> Iterator[Finding]:
    """The database that the code wants is there, with all that is expected in it.

    ``name`` is the database's own; without it the one that the code connects to.
    Tables are written ``schema.table``, or ``table`` for any schema. The schema versions
    of agno, alembic and Django are compared with the repository's where both are there.
    """
    yield from _identity(database, program, name)
    if schemas:
        yield from _expected("schema", schemas, set(database.schemas))
    if tables:
        held = {name for table in database.tables for name in (table.name, str(table))}
        yield from _expected("table", tables, held)
    if extensions:
        yield from _expected("extension", extensions, {one.name for one in database.extensions})
    yield from judge_agno(database, project, agno_version)
    if project:
        yield from judge_alembic(database, project)
        yield from judge_django(database, project)


def _identity(database: Database, program: Program | None, name: str | None) -> Iterator[Finding]:
    found = database.session.database
    data = {"database": found, "version": str(database.version)}
    if name is not None and name != found:
        yield problem(
            f"the database is {found}, {name} is expected",
            hint="mend the address, or create the database",
            data=data,
        )
        return
    for wanted, at in sorted(_wanted(program).items()) if name is None else ():
        if wanted != found:
            yield undecided(
                f"the code connects to the database {wanted}; the one that was looked at is "
                f"{found}",
                at=at,
                hint="check with `--database auto`, or name the database in the rule",
                source="code",
                data=data,
            )
    yield ok(f"the database {found} answers, on PostgreSQL {database.version}", data=data)


def _wanted(program: Program | None) -> dict[str, Place]:
    """The databases that the code connects to, where their names are known."""
    return {
        engine.url.database.text: engine.at
        for engine in (program.engines() if program else ())
        if engine.url.database.text
        and (engine.dialect or engine.url.dialect or "").startswith("postgres")
    }


def _expected(kind: str, names: Sequence[str], held: set[str]) -> Iterator[Finding]:
    for name in names:
        if name in held:
            yield ok(f"the {kind} {name} is there", data={kind: name})
        else:
            yield problem(
                f"the {kind} {name} is not there, it is expected",
                hint="run the migrations against this database",
                data={kind: name},
            )


def _asks(*, rows: Mapping[str, str] | None = None, **_: Any) -> Iterator[Query]:
    for table, condition in (rows or {}).items():
        yield marked_rows(table, condition)


@checker("schema.no-development-data", asks=_asks)
def no_development_data(
    database: Database,
    answers: Answers,
    *,
    patterns: Sequence[str] = DEV_PATTERNS,
    allow: Sequence[str] = (),
    rows: Mapping[str, str] | None = None,
) -> Iterator[Finding]:
    """No database, schema or table has a name from development or tests, no row its mark.

    ``patterns`` are RE2 patterns for names in lower case; ``allow`` are names that are
    meant, as ``schema.table``, ``schema`` or ``table``. ``rows`` maps a table to what, in
    SQL, marks its rows: ``email LIKE '%@example.com'``.
    """
    for table, condition in (rows or {}).items():
        yield judge_rows(answers, table, condition)
    compiled = [compile_pattern(pattern) for pattern in patterns]
    named = [("database", database.session.database, database.session.database)]
    named += [("schema", schema, schema) for schema in database.schemas]
    named += [("table", str(table), table.name) for table in database.tables]
    clean = 0
    for kind, full, own in named:
        marked = any(pattern.search(own.lower()) for pattern in compiled)
        if not marked or full in allow or own in allow:
            clean += 1
            continue
        yield problem(
            f"the {kind} {full} has a name from development or tests; production is to hold none",
            hint=f"drop it, or list it under `allow` if {full} is meant",
            data={"kind": kind, "name": full},
        )
    if clean:
        yield ok(
            f"{clean} of {counted(len(named), 'name')} of the database, its schemas and its "
            "tables are in order",
            data={"names": clean},
        )


@checker("schema.unlogged")
def unlogged(database: Database, *, allow: Sequence[str] = ()) -> Iterator[Finding]:
    """No table is unlogged, but those in ``allow``."""
    tables = database.tables
    if not tables:
        raise NotApplicable("the database has no table")
    allowed = set(allow)
    found = [one for one in tables if one.unlogged and not {one.name, str(one)} & allowed]
    for table in found:
        yield problem(
            f"the table {table} is unlogged, so a crash empties it",
            hint=f"ALTER TABLE {table} SET LOGGED, or list it under `allow`",
            data={"table": str(table)},
        )
    if not found:
        yield ok(f"no table is unlogged, of {len(tables)}", data={"tables": len(tables)})
