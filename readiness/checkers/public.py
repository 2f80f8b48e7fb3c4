"""Checkers of what is open to every role: schemas, tables, and functions with borrowed rights."""

from collections.abc import Iterator, Sequence

from readiness import Database, Finding, NotApplicable, checker, ok, problem
from readiness.checkers.grants import quoted


@checker("schema.public-create")
def public_create(database: Database, *, allow: Sequence[str] = ()) -> Iterator[Finding]:
    """Not everybody may make things in a schema, but for those in ``allow``."""
    found = [one for one in database.public_grants if one.kind == "schema"]
    bad = [one for one in found if one.name not in allow]
    for one in bad:
        yield problem(
            f"every role may make tables and functions in the schema {one}",
            hint=f"REVOKE CREATE ON SCHEMA {quoted(one.name)} FROM PUBLIC",
            data={"schema": one.name},
        )
    if not bad:
        yield ok("in no schema may everybody make things", data={"schemas": 0})


@checker("schema.public-tables")
def public_tables(database: Database, *, allow: Sequence[str] = ()) -> Iterator[Finding]:
    """No table or view is granted to everybody, but for those in ``allow``.

    They are named as ``schema.table`` or ``table``.
    """
    found = [one for one in database.public_grants if one.kind == "table"]
    bad = [one for one in found if not {one.name, str(one)} & set(allow)]
    for one in bad:
        place = f"{quoted(one.schema or 'public')}.{quoted(one.name)}"
        yield problem(
            f"{', '.join(one.privileges)} of {one} is granted to every role",
            hint=f"REVOKE ALL ON {place} FROM PUBLIC, and grant it to the roles that need it",
            data={"table": str(one), "privileges": list(one.privileges)},
        )
    if not bad:
        yield ok("no table or view is granted to everybody", data={"tables": 0})


@checker("schema.definers")
def definers(database: Database, *, allow: Sequence[str] = ()) -> Iterator[Finding]:
    """Every function that runs as its owner sets its search_path, but for those in ``allow``."""
    found = [one for one in database.definers if one.name not in allow]
    if not found:
        raise NotApplicable("no function here runs as its owner")
    for one in found:
        if not one.pinned:
            name = f"{quoted(one.schema)}.{quoted(one.name)}({one.arguments})"
            yield problem(
                f"the function {one} runs as its owner and looks names up where its caller says",
                hint=f"ALTER FUNCTION {name} SET search_path = pg_catalog, …",
                data={"function": str(one)},
            )
    pinned = sum(one.pinned for one in found)
    if pinned:
        yield ok(f"{pinned} functions that run as their owner set their search_path",
                 data={"functions": pinned})  # fmt: skip
