"""Reading a live server: the wire first, then two flights, then what needs no server."""

import getpass
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from readiness.database import endings
from readiness.database import unreachable as because
from readiness.database.access import OwnPassword, Verifiers
from readiness.database.address import Address
from readiness.database.catalogue import STATEMENTS
from readiness.database.console import Console, read_console
from readiness.database.database import Database
from readiness.database.dialling import Deadline, WireError
from readiness.database.entering import Asked, Seen, enter
from readiness.database.facts import LOGIN, Missing
from readiness.database.guessing import DICTIONARY, Candidate, candidates, compare, judge_own
from readiness.database.pooler import CONSOLE, Pooler
from readiness.database.probe import Wire, probe, within
from readiness.database.question import Guess, Query
from readiness.database.rows import facts_of
from readiness.database.session import Rows
from readiness.database.unreachable import Unreachable
from readiness.model.place import Place
from readiness.model.secret import Secret

__all__ = ["EVERYTHING", "TIMEOUT", "Unreachable", "Word", "read"]

TIMEOUT = 30.0
EVERYTHING = frozenset(one.fact for one in STATEMENTS) | {"schema_versions"}
"""Every fact that is read by SQL; the others always are, or need nothing."""

_SOCKETS = ("/var/run/postgresql", "/run/postgresql", "/tmp")  # noqa: S108 - where libpq looks

Word = tuple[Secret | str, Place | str | None]


def read(
    address: Address,
    *,
    wanted: Collection[str] | None = None,
    queries: Sequence[Query] = (),
    words: Sequence[Word] = (),
    timeout: float = TIMEOUT,
    allow_superuser_sql: bool = False,
    pooler: Address | bool = True,
    guess: Guess | None = None,
) -> Database:
    """Look at a server once, without changing anything; raises `Unreachable`.

    ``wanted`` names facts (all of them where it is left out). ``words`` are passwords to
    compare with the roles' own, each with where it stands; one without a place is no
    known word and is left out. ``guess`` is what the rules want of that comparison.
    ``timeout`` bounds all of it, in seconds. Rules' queries are not put as a superuser
    unless that is allowed. ``pooler`` is where the console of PgBouncer is; True asks at
    the same address where a pooler is found between.
    """
    deadline = Deadline(timeout)
    because.refuse_vague(address)
    whole = _completed(address)
    try:
        wire = within(deadline, lambda: probe(whole, deadline))
    except WireError as error:
        raise because.of_wire(error, whole, timeout) from None
    guessing = _Guessing.of(guess or Guess(), words, whole)
    facts = EVERYTHING if wanted is None else frozenset(wanted) | {"system"}
    asked = Asked(facts, queries, superuser_sql=allow_superuser_sql)
    try:
        seen = enter(whole, wire, deadline, asked)
    except Unreachable as error:
        found = _without_login(error, whole, wire, guessing)
        between = error.kind == endings.NO_TRANSACTIONS
        beside = Console.beside(whole, wire)
        error.seen = _with_pooler(found, beside, deadline, asked=pooler, between=between)
        raise
    found = _finish(seen, whole, wire, guessing, deadline)
    beside = Console.beside(whole, wire)
    return _with_pooler(found, beside, deadline, asked=pooler, between=seen.pooled)


class _Guessing(Struct, frozen=True):
    """What passwords are compared with: the words of the repository, the rules' and ours."""

    asked: Guess
    words: Sequence[Candidate]
    repository: int

    @classmethod
    def of(cls, asked: Guess, given: Sequence[Word], address: Address) -> "_Guessing":
        shown = [
            (word if isinstance(word, Secret) else Secret(word), str(source))
            for word, source in given
            if source is not None
        ]
        more = [(Secret(word), DICTIONARY) for word in asked.words]
        return cls(asked, candidates((*shown, *more), address.dbname or ""), len(shown))

    def own(self, address: Address) -> OwnPassword:
        found = judge_own(address.password, address.user or "", self.words)
        return replace(found, repository=self.repository)

    def compared(self, rows: Rows, deadline: Deadline) -> Verifiers:
        limit = min(self.asked.seconds, deadline.left)
        found = compare(rows, self.words, limit, self.asked.users)
        return replace(found, dictionary=len(self.asked.words))


def _finish(
    seen: Seen, address: Address, wire: Wire, guessing: _Guessing, deadline: Deadline
) -> Database:
    """Compare the passwords, and let go of the verifiers."""
    rows = seen.look.rows.pop("verifiers", None)
    facts = facts_of(seen.look, address, pooled=seen.pooled, encrypted=seen.encrypted)
    if rows is not None:
        facts["verifiers"] = guessing.compared(rows, deadline)
    missing = dict(seen.look.missing)
    missing.pop("system", None)
    outside, unseen = _outside(address, wire, guessing)
    return Database(
        facts=facts | outside,
        missing=missing | unseen,
        answers=seen.look.answers,
        address=address.without_password,
        statements=tuple(seen.look.statements),
        read_at=_now(),
    )


def _without_login(
    error: Unreachable, address: Address, wire: Wire, guessing: _Guessing
) -> Database:
    """What the wire and the address tell by themselves; the rest is missing with the reason."""
    facts, missing = _outside(address, wire, guessing)
    return Database(
        facts=facts,
        missing={**missing, LOGIN: Missing(error.reason, error.hint)},
        address=address.without_password,
        read_at=_now(),
    )


def _outside(
    address: Address, wire: Wire, guessing: _Guessing
) -> tuple[dict[str, Any], dict[str, Missing]]:
    """The facts that need no session: offers, certificate, the address's own password."""
    facts: dict[str, Any] = {
        "password": guessing.own(address),
        "offers": () if address.is_socket else wire.offers,
    }
    if wire.certificate:
        return {**facts, "certificate": wire.certificate}, {}
    encrypted = wire.offered(tls=True)
    reason = "the server does not speak TLS, so it has none"
    if encrypted and encrypted.answer == "failed":
        reason = encrypted.reason or "the server did not come to show one"
    return facts, {"certificate": Missing(reason)}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _with_pooler(
    database: Database,
    beside: Console,
    deadline: Deadline,
    *,
    asked: Address | bool,
    between: bool,
) -> Database:
    """Add what the pooler's console says; nothing where there is no pooler and none is named."""
    found: Pooler | Missing
    if isinstance(asked, Address):
        console = Console(_completed(replace(asked, dbname=CONSOLE)))
        found = read_console(console, deadline, between=between)
    elif not between:
        return database
    elif asked:
        found = read_console(beside, deadline, between=between)
    else:
        found = Missing("the console of the pooler was left out (--pooler none)")
    if isinstance(found, Missing):
        return replace(database, missing={**database.missing, "pooler": found})
    return replace(database, facts={**database.facts, "pooler": found})


def _completed(address: Address) -> Address:
    """Fill in what libpq would: the local socket, and our own name."""
    host = address.host
    if host is None:
        kept = [f for f in _SOCKETS if Path(f, f".s.PGSQL.{address.port}").exists()]
        host = (kept or _SOCKETS)[0]
    user = address.user
    if user is None:
        with suppress(OSError, KeyError):
            user = getpass.getuser()
    return replace(address, host=host, user=user, dbname=address.dbname or user)
