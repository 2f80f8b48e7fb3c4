"""Everything that would be sent to a server, before it is."""

from collections.abc import Sequence

from readiness.database.catalogue import (
    BEGIN,
    END,
    NEWEST,
    OLDEST,
    OURS,
    OURS_END,
    STATEMENTS,
    VERSION_TABLES,
    text_of,
)
from readiness.database.console import STATEMENTS as CONSOLE
from readiness.database.fence import SHED, UNDO, fenced, left, refusal
from readiness.database.question import Query

__all__ = ["CONSOLE", "PROBES", "statements", "versions"]

PROBES = """\
-- Before anybody logs in, the server is asked without a password what it offers: in clear, in
-- TLS, and for its certificate. With its settings at their defaults it logs nothing of that but
-- one line where it refuses unencrypted connections, one where it trusts a role that does not
-- exist, and one where its certificate does not verify with the authorities that were named.
-- A session in which a rule's own SQL left something behind is ended, with one line, too.
"""

_PLACE = '"SCHEMA"'


def statements(queries: Sequence[Query] = (), *, version: int | None = None) -> tuple[str, ...]:
    """Every statement that a look may send, in its order.

    ``version`` leaves out what other versions of PostgreSQL get. What depends on a
    privilege is listed, and sent only where the privilege is there. Tables of schema
    versions are named with the schemas in which they are found.
    """
    first = [BEGIN, text_of("begin"), *OURS, text_of("grants"), text_of("version_tables")]
    first.append(text_of("grants_archive_status"))
    facts = [one.sql for one in STATEMENTS if version is None or one.fits(version)]
    tables = [text_of(name).replace("{table}", f'{_PLACE}."{name}"') for name in VERSION_TABLES]
    sent = [query for query in queries if not refusal(query)]
    asked = [left()] if sent else []
    asked += [part for query in sent for part in _of(query)]
    asked += [SHED] if sent else []
    singly = ["SAVEPOINT fact", "ROLLBACK TO SAVEPOINT fact"]
    return (*first, *facts, *tables, *singly, OURS_END, *asked, END)


def _of(query: Query) -> tuple[str, ...]:
    return (*fenced(query), UNDO, left())


def versions(statement: str) -> str:
    """The versions that get a statement, in words; empty where all do."""
    found = next((one for one in STATEMENTS if one.sql == statement), None)
    if found is None or (found.since == OLDEST and found.until == NEWEST):
        return ""
    since = f"{found.since // 10000} and later" if found.since > OLDEST else ""
    return since or f"before {found.until // 10000}"
