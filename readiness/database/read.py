"""Reading a live server: the wire first, then two flights, then what needs no server."""

import getpass
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, TypeVar

from readiness.database import unreachable as because
from readiness.database.access import Certificate, Offer
from readiness.database.address import Address
from readiness.database.catalogue import OLDEST, STATEMENTS
from readiness.database.database import Database, Missing
from readiness.database.guessing import candidates, compare, judge_own
from readiness.database.question import Query
from readiness.database.rows import facts_of
from readiness.database.session import Look, bounded, look
from readiness.database.unreachable import Unreachable
from readiness.database.wire import (
    Deadline,
    Refusal,
    Target,
    WireError,
    certificate,
    first_that_answers,
    login,
    offer,
    resolve,
    verifying,
)
from readiness.model.place import Place
from readiness.model.secret import Secret

if TYPE_CHECKING:
    from psycopg import Connection

T = TypeVar("T")

TIMEOUT = 30.0
APPLICATION = "readiness"
EVERYTHING = frozenset(one.fact for one in STATEMENTS) | {"schema_versions"}
"""Every fact that is read by SQL; the others always are, or need nothing."""

_SOCKETS = ("/var/run/postgresql", "/run/postgresql", "/tmp")  # noqa: S108 - where libpq looks
_VERIFYING = frozenset({"verify-ca", "verify-full"})
_STRICT = frozenset({"require"}) | _VERIFYING
_UNDECIDED = frozenset({None, "prefer", "allow"})

Word = tuple[Secret | str, Place | str | None]


@dataclass(slots=True)
class _Wire:
    """What was learnt before the login."""

    target: Target
    offers: tuple[Offer, ...] = ()
    certificate: Certificate | None = None
    refusals: list[Refusal] = field(default_factory=list)

    def offered(self, *, tls: bool) -> Offer | None:
        return next((one for one in self.offers if one.tls is tls), None)


def read(
    address: Address,
    *,
    wanted: Collection[str] | None = None,
    queries: Sequence[Query] = (),
    words: Sequence[Word] = (),
    timeout: float = TIMEOUT,
    allow_superuser_sql: bool = False,
) -> Database:
    """Look at a server once, without changing anything; raises `Unreachable`.

    ``wanted`` names facts (all of them where it is left out). ``words`` are passwords to
    compare with the roles' own, each with where it stands; one without a place is no
    known word and is left out. ``timeout`` bounds all of it, in seconds. Rules' queries
    are not put as a superuser unless that is allowed.
    """
    deadline = Deadline(timeout)
    because.refuse_vague(address)
    whole = _completed(address)
    try:
        wire = _within(deadline, lambda: _probe(whole, deadline))
    except WireError as error:
        raise because.of_wire(error, whole, timeout) from None
    connection = _connect(whole, wire, deadline)
    seen = _look(connection, whole, deadline, _Asked(wanted, queries, allow_superuser_sql))
    return _finish(seen, whole, wire, words, deadline)


@dataclass(frozen=True, slots=True)
class _Asked:
    wanted: Collection[str] | None
    queries: Sequence[Query]
    superuser_sql: bool

    @property
    def facts(self) -> frozenset[str]:
        return EVERYTHING if self.wanted is None else frozenset(self.wanted) | {"system"}


@dataclass(slots=True)
class _Seen:
    look: Look
    pooled: bool
    encrypted: bool


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


def _probe(address: Address, deadline: Deadline) -> _Wire:
    """Ask without a password: in clear, in TLS, and for the certificate."""
    target = first_that_answers(resolve(address), deadline)
    wire = _Wire(target)
    plain = offer(target, tls=False, deadline=deadline)
    if address.is_socket:
        wire.offers = (plain,)
        return wire
    encrypted = offer(target, tls=True, deadline=deadline)
    wire.offers = (plain, encrypted)
    if encrypted.answer != "no-tls":
        wire.certificate = certificate(target, deadline, roots=_roots(address))
    return wire


def _roots(address: Address) -> str | None:
    """The authorities that the client trusts; None where nobody named any."""
    named = address.options.get("sslrootcert")
    if named:
        return str(named)
    usual = Path("~/.postgresql/root.crt").expanduser()
    return str(usual) if usual.is_file() else None


def _connect(address: Address, wire: _Wire, deadline: Deadline) -> "Connection[Any]":
    _refuse_early(address, wire)
    import psycopg  # noqa: PLC0415 - it is heavy, and only needed here

    try:
        return _open(_keywords(address, wire), deadline)
    except psycopg.Error:
        # Its text is of any language and may quote the address: it goes no further.
        reason = _why_not(address, wire, deadline)
    except TimeoutError:
        reason = because.late(address, deadline.limit)
    raise reason


def _refuse_early(address: Address, wire: _Wire) -> None:
    """Say at once what a login could only say worse, or what it would give away."""
    mode, encrypted = address.sslmode, wire.offered(tls=True)
    if mode in _STRICT and encrypted and encrypted.answer == "no-tls":
        raise because.of_wire(WireError("no-tls"), address, 0)
    shown = wire.certificate
    if mode in _VERIFYING and shown:
        named = mode == "verify-full" and shown.name_matches is False
        if shown.trusted is False or named:
            raise because.of_certificate(address, shown.reason or "it is not trusted")
        if shown.trusted is None:
            raise because.of_certificate(address, shown.reason or "no authority is named")
    used = _used(address, wire)
    if used is None or used.answer != "accepted":
        return
    if not used.tls and used.method == "password" and not address.is_local:
        raise because.in_clear(address)


def _used(address: Address, wire: _Wire) -> Offer | None:
    """The offer that a login would meet."""
    encrypted, plain = wire.offered(tls=True), wire.offered(tls=False)
    if address.is_socket or address.sslmode == "disable" or encrypted is None:
        return plain
    if address.sslmode == "allow" and plain and plain.answer == "accepted":
        return plain
    if address.sslmode in _UNDECIDED and encrypted.answer in {"no-tls", "failed"}:
        return plain
    if address.sslmode in _UNDECIDED and encrypted.answer == "refused":
        return plain if plain and plain.answer == "accepted" else encrypted
    return encrypted


def _keywords(address: Address, wire: _Wire) -> dict[str, Any]:
    """What libpq is told; nothing is left for its own variables to change."""
    words: dict[str, Any] = address.keywords()
    if wire.target.ip:
        words["hostaddr"] = wire.target.ip
    used = _used(address, wire)
    if address.sslmode in _UNDECIDED and used and not address.is_socket:
        # What `prefer` comes to, without its second try in clear after a failed login.
        words["sslmode"] = "require" if used.tls else "disable"
    words.setdefault("gssencmode", "disable")
    words.setdefault("options", "")
    words["application_name"] = APPLICATION
    return words


def _open(words: dict[str, Any], deadline: Deadline) -> "Connection[Any]":
    """Connect within the time; a connection that comes too late is closed."""
    import logging  # noqa: PLC0415 - for what psycopg would write to standard error

    import psycopg  # noqa: PLC0415 - it is heavy, and only needed here
    from psycopg.rows import dict_row  # noqa: PLC0415 - as above

    logging.getLogger("psycopg").addHandler(logging.NullHandler())
    words["connect_timeout"] = max(2, int(deadline.left) + 1)
    state: dict[str, Any] = {}
    lock = Lock()

    def connect() -> None:
        try:
            made = psycopg.connect(
                autocommit=True, prepare_threshold=None, row_factory=dict_row, **words
            )
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            state["error"] = error
            return
        with lock:
            if "late" in state:
                made.close()
            else:
                state["made"] = made

    try:
        _join(connect, deadline)
    finally:
        with lock:
            if "made" not in state:
                state["late"] = True
    if "made" in state:
        made: Connection[Any] = state["made"]
        return made
    raise state.get("error") or TimeoutError


def _why_not(address: Address, wire: _Wire, deadline: Deadline) -> Unreachable:
    """Find the code of a refusal, which psycopg does not give, by our own login."""
    used = _used(address, wire) or wire.offers[0]
    if used.answer == "refused":
        refusal = Refusal(used.code or "", used.tls)
        encrypted = wire.offered(tls=True)
        takes = bool(encrypted and encrypted.answer == "accepted")
        return because.of_refusal(refusal, address, takes_tls=takes)
    if used.tls and wire.certificate and wire.certificate.trusted is False:
        # With a root at hand libpq verifies even where only `require` is asked for.
        return because.of_certificate(address, wire.certificate.reason or "it is not trusted")
    if address.password is None and used.method not in {"trust", None}:
        return because.no_password(address)
    if used.method == "password" and not address.is_local:
        return because.of_refusal(Refusal("28P01", used.tls), address)
    try:
        refused = _within(deadline, lambda: _login(address, wire, deadline, tls=used.tls))
    except WireError as error:
        return because.of_wire(error, address, deadline.limit)
    if refused is None:
        return because.lost(address)
    return because.of_refusal(refused, address, known_role=True)


def _login(address: Address, wire: _Wire, deadline: Deadline, *, tls: bool) -> Refusal | None:
    context = None
    if address.sslmode in _VERIFYING:
        context = verifying(_roots(address), names=address.sslmode == "verify-full")
    return login(wire.target, deadline, tls=tls, context=context)


def _look(
    connection: "Connection[Any]", address: Address, deadline: Deadline, asked: _Asked
) -> _Seen:
    import psycopg  # noqa: PLC0415 - it is heavy, and loaded by now

    try:
        with bounded(connection, deadline):
            version = connection.info.server_version
            if version < OLDEST or connection.info.dbname == "pgbouncer":
                raise because.too_old(address, version)
            pid, encrypted = connection.info.backend_pid, bool(connection.pgconn.ssl_in_use)
            seen = look(connection, asked.facts, asked.queries, superuser_sql=asked.superuser_sql)
    except psycopg.Error as error:
        code = error.sqlstate
    else:
        return _Seen(seen, pooled=seen.grants["pid"] != pid, encrypted=encrypted)
    if deadline.over:
        raise because.late(address, deadline.limit)
    raise because.foreign(address, code) if code else because.lost(address)


def _finish(
    seen: _Seen, address: Address, wire: _Wire, words: Sequence[Word], deadline: Deadline
) -> Database:
    """Compare the passwords, and let go of the verifiers."""
    rows = seen.look.rows.pop("verifiers", None)
    facts = facts_of(seen.look, address, pooled=seen.pooled, encrypted=seen.encrypted)
    tried = candidates(tuple(_known(words)), address.dbname or "")
    facts["password"] = judge_own(address.password, address.user or "", tried)
    if rows is not None:
        facts["verifiers"] = compare(rows, tried, deadline.left)
    missing = dict(seen.look.missing)
    missing.pop("system", None)
    facts["offers"] = () if address.is_socket else wire.offers
    if wire.certificate:
        facts["certificate"] = wire.certificate
    else:
        missing["certificate"] = Missing("the server does not speak TLS, so it has none")
    return Database(
        facts=facts,
        missing=missing,
        answers=seen.look.answers,
        address=address.without_password,
        statements=tuple(seen.look.statements),
        read_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _known(words: Sequence[Word]) -> Iterator[tuple[Secret, str]]:
    for word, source in words:
        if source is not None:
            yield word if isinstance(word, Secret) else Secret(word), str(source)


def _within(deadline: Deadline, work: Callable[[], T]) -> T:
    """Do something that knows no timeout of its own, and give up waiting when it is over."""
    state: dict[str, Any] = {}

    def run() -> None:
        try:
            state["made"] = work()
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            state["error"] = error

    _join(run, deadline)
    if "error" in state:
        raise state["error"]
    if "made" not in state:
        raise WireError("timed-out")
    made: T = state["made"]
    return made


def _join(work: Callable[[], None], deadline: Deadline) -> None:
    worker = Thread(target=work, daemon=True)
    worker.start()
    worker.join(deadline.left)
