"""One look at a server: two flights in one transaction that cannot write."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from readiness.database.adaptation import plain, use_text
from readiness.database.catalogue import (
    BEGIN,
    END,
    OURS,
    OURS_END,
    STATEMENTS,
    VERSION_TABLES,
    Statement,
    quoted,
    text_of,
    version_query,
)
from readiness.database.facts import Missing
from readiness.database.fence import (
    ENDED,
    LEFT_BEHIND,
    SHED,
    UNDO,
    UNTOLD,
    fenced,
    kinds,
    left,
    refusal,
)
from readiness.database.question import MOST_ROWS, Answer, Query
from readiness.database.sql_errors import BROKEN, code_of, reason_of

if TYPE_CHECKING:
    from psycopg import Connection, Cursor

Row = Mapping[str, Any]
Rows = Sequence[Row]

ARCHIVE_STATUS = 120000


class Look(Struct):
    """What one look gave: the rows of each fact, what was missing, what was answered."""

    version: int
    grants: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Row] = field(default_factory=dict)
    rows: dict[str, Rows] = field(default_factory=dict)
    missing: dict[str, Missing] = field(default_factory=dict)
    answers: dict[Query, Answer] = field(default_factory=dict)
    statements: list[str] = field(default_factory=list)


def look(
    connection: "Connection[Any]",
    wanted: frozenset[str],
    queries: Sequence[Query],
    *,
    superuser_sql: bool,
) -> Look:
    """Read the wanted facts and put the queries; everything is rolled back at the end."""
    use_text(connection)
    session = _Session(connection, Look(connection.info.server_version))
    try:
        session.first_flight()
        session.second_flight(wanted)
        session.ask(queries, superuser_sql=superuser_sql)
    finally:
        session.end()
    return session.look


class _Session:
    """The statements of one look, in their order, each written down before it is sent."""

    def __init__(self, connection: "Connection[Any]", look: Look) -> None:
        self._connection = connection
        self._left: frozenset[str] = frozenset()
        self._ended: str | None = None
        self.look = look

    @contextmanager
    def _flight(self) -> Iterator[None]:
        """Send statements together; psycopg loses count where the server hangs up amid them."""
        import psycopg  # noqa: PLC0415 - it is heavy, and loaded by now

        try:
            with self._connection.pipeline():
                yield
        except IndexError:
            raise psycopg.OperationalError("the connection ended amid its answers") from None

    def first_flight(self) -> None:
        """Open the transaction, and learn who we are and what we may read."""
        with self._flight():
            self._send(BEGIN)
            before = self._send(text_of("begin"))
            self._send_each(OURS)
            grants = self._send(text_of("grants"))
            tables = self._send(text_of("version_tables"))
            status = self._archive_status()
        self.look.before = {row["name"]: row for row in before.fetchall()}
        self.look.grants = dict(grants.fetchone() or {})
        self.look.grants["may_archive_waiting"] = bool(status and _first(status)["may"])
        self.look.rows["version_tables"] = tables.fetchall()

    def second_flight(self, wanted: frozenset[str]) -> None:
        """Read what the grants allow; one by one where a grant went away in between."""
        chosen = [one for one in self._allowed() if one.fact in wanted]
        plan = [(one.fact, one.sql) for one in chosen]
        if "schema_versions" in wanted:
            plan += self._version_queries()
        import psycopg  # noqa: PLC0415 - it is heavy, and loaded by now

        try:
            self._together(plan)
        except psycopg.Error:
            if self._connection.closed:
                raise
            self._again(plan)

    def ask(self, queries: Sequence[Query], *, superuser_sql: bool) -> None:
        """Put the rules' own queries, each behind the fence."""
        refused = self.look.grants.get("superuser") and not superuser_sql
        untold = False
        if not refused and not all(map(refusal, queries)):
            found = self._leftovers("SAVEPOINT rule")
            self._left, untold = found or frozenset(), found is None
        for query in queries:
            reason = refusal(query)
            if refused:
                reason = "the session is a superuser's, for whom no transaction is a fence"
            elif self._connection.closed:
                reason = self._ended or BROKEN
            elif untold:
                reason = reason or UNTOLD
            self.look.answers[query] = Answer(error=reason) if reason else self._put(query)

    def end(self) -> None:
        """Roll everything back."""
        if not self._connection.closed:
            with suppress(Exception):
                self._send(END)

    def _archive_status(self) -> "Cursor[Any] | None":
        if self.look.version < ARCHIVE_STATUS:
            return None
        return self._send(text_of("grants_archive_status"))

    def _allowed(self) -> Iterator[Statement]:
        role = quoted(str(self.look.grants.get("user", "")))
        for one in STATEMENTS:
            if not one.fits(self.look.version):
                continue
            if one.need is None or self.look.grants.get(one.need.column):
                yield one
            else:
                self.look.missing[one.fact] = Missing(
                    one.need.reason.format(role=role), one.need.grant.format(role=role)
                )

    def _version_queries(self) -> Iterator[tuple[str, str]]:
        role, hidden = quoted(str(self.look.grants.get("user", ""))), []
        for row in self.look.rows["version_tables"]:
            schema, name = row["schema"], row["name"]
            if row["may"]:
                key = f"schema_versions:{VERSION_TABLES[name]}:{schema}"
                yield key, version_query(schema, name)
            else:
                place = f"{quoted(schema)}.{quoted(name)}"
                grant = f"GRANT USAGE ON SCHEMA {quoted(schema)} TO {role}; "
                grant += f"GRANT SELECT ON {place} TO {role};"
                hidden.append((place, grant))
        if hidden:
            places, grants = (", ".join(p for p, _ in hidden), " ".join(g for _, g in hidden))
            self.look.missing["schema_versions"] = Missing(
                f"{'the table' if len(hidden) == 1 else 'the tables'} {places} "
                f"{'is' if len(hidden) == 1 else 'are'} hidden from the role {role}",
                grants,
            )

    def _together(self, plan: Sequence[tuple[str, str]]) -> None:
        with self._flight():
            sent = [(fact, self._send(sql)) for fact, sql in plan]
            self._send(OURS_END)
        # Fetching inside the pipeline would wait for each answer.
        self.look.rows |= {fact: cursor.fetchall() for fact, cursor in sent}

    def _again(self, plan: Sequence[tuple[str, str]]) -> None:
        """Read one by one in a new transaction; what fails is missing, the rest is read."""
        import psycopg  # noqa: PLC0415 - it is heavy, and loaded by now

        self._send(END)
        self._send(BEGIN)
        self._send(text_of("begin"))
        self._send_each(OURS)
        for fact, sql in plan:
            self._send("SAVEPOINT fact")
            try:
                self.look.rows[fact] = self._send(sql).fetchall()
            except psycopg.Error as error:
                if self._connection.closed:
                    raise
                self._send("ROLLBACK TO SAVEPOINT fact")
                self.look.missing[fact.partition(":")[0]] = Missing(
                    f"the server did not give it ({code_of(error)})"
                )
        self._send(OURS_END)

    def _put(self, query: Query) -> Answer:
        """Answer a query; a session in which it leaves something behind is ended."""
        answer = self._answer(query)
        found = self._leftovers(UNDO)
        new = None if found is None else found - self._left
        if self._connection.closed or new == frozenset():
            return answer
        self._ended = ENDED
        if self.look.grants["pid"] != self._connection.info.backend_pid:
            with suppress(Exception):
                self._send(SHED)
        self._connection.close()
        return Answer(error=LEFT_BEHIND.format(kinds(new)) if new else UNTOLD)

    def _leftovers(self, before: str) -> frozenset[str] | None:
        """What outlives a transaction in this session; None where that cannot be told."""
        with suppress(Exception):
            with self._flight():
                self._send(before)
                found = self._send(left())
            return frozenset(row["what"] for row in found.fetchall())
        return None

    def _answer(self, query: Query) -> Answer:
        import psycopg  # noqa: PLC0415 - it is heavy, and loaded by now

        save, declare, fetch, close = fenced(query)
        try:
            with self._flight():
                self._send(save)
                self._send(declare)
                cursor = self._send(fetch)
                self._send(close)
            return _answer_of(cursor.fetchall(), cursor)
        except psycopg.Error as error:
            # What was read before stays true, even if the connection is gone now.
            return Answer(error=reason_of(error), code=error.sqlstate)
        except (ValueError, OverflowError, RecursionError):
            return Answer(error="the query gives a value that cannot be read")

    def _send_each(self, statements: Sequence[str]) -> None:
        for sql in statements:
            self._send(sql)

    def _send(self, sql: str) -> "Cursor[Any]":
        self.look.statements.append(sql)
        return self._connection.execute(sql.encode())


def _answer_of(rows: Sequence[Row], cursor: "Cursor[Any]") -> Answer:
    names = [column.name for column in cursor.description or ()]
    return Answer(
        rows=tuple({k: plain(v) for k, v in row.items()} for row in rows[:MOST_ROWS]),
        columns=tuple(names),
        truncated=len(rows) > MOST_ROWS,
    )


def _first(cursor: "Cursor[Any]") -> Row:
    row: Row = cursor.fetchone() or {}
    return row
