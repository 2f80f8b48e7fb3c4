"""Logging in, and saying why that did not go."""

from threading import Lock
from typing import TYPE_CHECKING, Any

from readiness.database import endings
from readiness.database import unreachable as because
from readiness.database.access import Offer
from readiness.database.address import Address
from readiness.database.dialling import Deadline, WireError
from readiness.database.probe import Wire, join, roots_of, within
from readiness.database.securing import verifying
from readiness.database.unreachable import Unreachable
from readiness.database.wire import Refusal, login

if TYPE_CHECKING:
    from psycopg import Connection

APPLICATION = "readiness"

_VERIFYING = frozenset({"verify-ca", "verify-full"})
_STRICT = frozenset({"require"}) | _VERIFYING
_UNDECIDED = frozenset({None, "prefer", "allow"})


def connect(address: Address, wire: Wire, deadline: Deadline) -> "Connection[Any]":
    """Log in; raises `Unreachable` with the reason by the server's own code."""
    _refuse_early(address, wire)
    import psycopg  # noqa: PLC0415 - it is heavy, and only needed here

    try:
        return _open(_keywords(address, wire), deadline)
    except psycopg.Error:
        # Its text is of any language and may quote the address: it goes no further.
        reason = _why_not(address, wire, deadline)
    except TimeoutError:
        reason = endings.late(address, deadline.limit)
    raise reason


def _refuse_early(address: Address, wire: Wire) -> None:
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


def _used(address: Address, wire: Wire) -> Offer | None:
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


def _keywords(address: Address, wire: Wire) -> dict[str, Any]:
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
    words["client_encoding"] = "utf8"
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

    def begin() -> None:
        try:
            made = psycopg.connect(
                autocommit=True, prepare_threshold=None, row_factory=dict_row, **words
            )
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            # The frames of the attempt hold its socket: without them it is closed at once.
            state["error"] = error.with_traceback(None)
            return
        with lock:
            if "late" in state:
                made.close()
            else:
                state["made"] = made

    try:
        join(begin, deadline)
    finally:
        with lock:
            if "made" not in state:
                state["late"] = True
    if "made" in state:
        made: Connection[Any] = state["made"]
        return made
    raise state.get("error") or TimeoutError


def _why_not(address: Address, wire: Wire, deadline: Deadline) -> Unreachable:
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
    return _by_own_login(address, wire, deadline, used)


def _by_own_login(address: Address, wire: Wire, deadline: Deadline, used: Offer) -> Unreachable:
    try:
        refused = within(deadline, lambda: _login(address, wire, deadline, tls=used.tls))
    except WireError as error:
        return because.of_wire(error, address, deadline.limit)
    if refused is None:
        return endings.hung_up(address)
    return because.of_refusal(refused, address, known_role=True)


def _login(address: Address, wire: Wire, deadline: Deadline, *, tls: bool) -> Refusal | None:
    context = None
    if address.sslmode in _VERIFYING:
        context = verifying(roots_of(address), names=address.sslmode == "verify-full")
    return login(wire.target, deadline, tls=tls, context=context)
