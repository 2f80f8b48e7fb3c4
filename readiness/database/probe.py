"""What is learnt of a server before anybody logs in, and bounds for what knows none."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from msgspec import Struct

from readiness.database.access import Certificate, Offer
from readiness.database.address import Address
from readiness.database.certificates import certificate
from readiness.database.dialling import Deadline, Target, WireError, first_that_answers, resolve
from readiness.database.wire import offer

T = TypeVar("T")


class Wire(Struct):
    """What was learnt before the login."""

    target: Target
    offers: tuple[Offer, ...] = ()
    certificate: Certificate | None = None

    def offered(self, *, tls: bool) -> Offer | None:
        """What was offered in clear, or in TLS; None where nobody asked."""
        return next((one for one in self.offers if one.tls is tls), None)


def probe(address: Address, deadline: Deadline) -> Wire:
    """Ask without a password: in clear, in TLS, and for the certificate."""
    target = first_that_answers(resolve(address), deadline)
    wire = Wire(target)
    plain = offer(target, tls=False, deadline=deadline)
    if address.is_socket:
        wire.offers = (plain,)
        return wire
    encrypted = offer(target, tls=True, deadline=deadline)
    wire.offers = (plain, encrypted)
    if encrypted.answer not in {"no-tls", "failed"}:
        wire.certificate = certificate(target, deadline, roots=roots_of(address))
    return wire


def roots_of(address: Address) -> str | None:
    """The authorities that the client trusts; None where nobody named any."""
    named = address.options.get("sslrootcert")
    if named:
        return str(named)
    usual = Path("~/.postgresql/root.crt").expanduser()
    return str(usual) if usual.is_file() else None


def within(deadline: Deadline, work: Callable[[], T]) -> T:
    """Do something that knows no timeout of its own, and give up waiting when it is over."""
    state: dict[str, Any] = {}

    def run() -> None:
        try:
            state["made"] = work()
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            state["error"] = error

    join(run, deadline)
    if "error" in state:
        raise state["error"]
    if "made" not in state:
        raise WireError("timed-out")
    made: T = state["made"]
    return made


def join(work: Callable[[], None], deadline: Deadline) -> None:
    """Let a thread work, and wait for it no longer than there is time."""
    worker = Thread(target=work, daemon=True)
    worker.start()
    worker.join(deadline.left)
