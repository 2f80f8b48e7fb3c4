"""Where a server is, connections to it within a time, and why none came about."""

import socket
import ssl
import time
from contextlib import suppress

from msgspec import Struct

from readiness.database.address import Address

LARGEST = 1 << 16
"""The bytes that are read at once, and those of one message."""
_GOODBYE = 0.5
# Nobody means to send more when it is over, and who sends without end is not heard out.
_MOST_BLOCKS = 16


class WireError(Exception):
    """No conversation came about; ``kind`` is a short name of the reason."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = detail


class Deadline(Struct):
    """When all of it has to be over."""

    limit: float
    end: float = 0.0

    def __post_init__(self) -> None:
        self.end = time.monotonic() + self.limit

    @property
    def left(self) -> float:
        """The seconds that are left, never less than a little."""
        return max(0.01, self.end - time.monotonic())

    def share(self, parts: int) -> "Deadline":
        """One of so many equal parts of what is left."""
        return Deadline(self.left / parts)

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self.end


class Target(Struct, frozen=True):
    """One server, its name resolved: the family and address of its socket."""

    address: Address
    family: int
    where: tuple[str, int] | tuple[str, int, int, int] | str

    @property
    def ip(self) -> str | None:
        """The numeric address; None for a socket in the file system."""
        return None if isinstance(self.where, str) else self.where[0]

    def dial(self, deadline: Deadline) -> socket.socket:
        """Open a connection; raises `WireError`."""
        made = socket.socket(socket.AddressFamily(self.family), socket.SOCK_STREAM)
        made.settimeout(deadline.left)
        try:
            made.connect(self.where)
        except OSError as error:
            made.close()
            raise failure(error) from None
        return made


def resolve(address: Address) -> list[Target]:
    """Find where a host is; the resolver knows no timeout. Raises `WireError`."""
    host = address.host or ""
    if host.startswith(("/", "@")):
        name = f"{host}/.s.PGSQL.{address.port}"
        where = "\0" + name[1:] if host.startswith("@") else name
        return [Target(address, socket.AF_UNIX, where)]
    wanted = str(address.options.get("hostaddr") or host)
    try:
        known = socket.getaddrinfo(wanted, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise WireError("dns") from None
    found = [
        Target(address, family, (where[0], where[1]) if len(where) == 2 else where)  # type: ignore[arg-type]  # noqa: PLR2004 - IPv4 has two parts, IPv6 four
        for family, _, _, _, where in known
    ]
    return list(dict.fromkeys(found))


def first_that_answers(targets: list[Target], deadline: Deadline) -> Target:
    """Choose the address that takes a connection; raises `WireError` of the first."""
    if len(targets) == 1:
        return targets[0]
    reasons: list[WireError] = []
    for number, target in enumerate(targets):
        try:
            farewell(target.dial(deadline.share(len(targets) - number)))
        except WireError as error:
            reasons.append(error)
        else:
            return target
    raise reasons[0]


def farewell(made: socket.socket) -> None:
    """Leave so that the server has nothing to log: read what it still sends, then close."""
    with suppress(OSError, ValueError):
        made.settimeout(_GOODBYE)
        if isinstance(made, ssl.SSLSocket):
            made = made.unwrap()
            made.settimeout(_GOODBYE)
        made.shutdown(socket.SHUT_WR)
        for _ in range(_MOST_BLOCKS):
            if not made.recv(LARGEST):
                break
    made.close()


_KINDS: tuple[tuple[type[BaseException], str], ...] = (
    (TimeoutError, "timed-out"),
    (ConnectionRefusedError, "refused"),
    (FileNotFoundError, "no-socket"),
    (ConnectionResetError, "lost"),
    (BrokenPipeError, "lost"),
)


def failure(error: BaseException) -> WireError:
    """Why no conversation came about, as an error that ended it tells."""
    if isinstance(error, WireError):
        return error
    named = next((name for kind, name in _KINDS if isinstance(error, kind)), None)
    if named is None and isinstance(error, OSError):
        return WireError("unreachable", error.strerror or type(error).__name__)
    return WireError(named or "not-postgres")
