"""Who gets in and how: TLS, certificates, host based rules, passwords, the wire itself."""

import ipaddress

from msgspec import Struct

LOCAL_NAMES = frozenset({"samehost", "localhost"})


class Tls(Struct, frozen=True):
    """Whether the way to the server is encrypted, leg by leg.

    ``client`` is the leg that starts here, ``server`` the one that ends at the server;
    they differ where a pooler stands between. ``socket`` says that there is no network
    at all, ``possible`` is False where the server was built without TLS.
    """

    client: bool
    server: bool
    version: str | None = None
    cipher: str | None = None
    bits: int | None = None
    pooled: bool = False
    socket: bool = False
    possible: bool = True


class Offer(Struct, frozen=True):
    """What the server offers to somebody who asks without a password.

    ``answer`` is ``accepted`` (the server goes on to ask for ``method``, or lets in at
    once where that is ``trust``), ``refused`` (with the ``code``), ``no-tls`` (it does not
    speak TLS) or ``failed`` (nothing could be learnt; ``reason`` says why). It holds for
    the address that it was asked from, the user and the database.
    """

    tls: bool
    answer: str
    method: str | None = None
    code: str | None = None
    user: str = ""
    database: str = ""
    reason: str | None = None


class Certificate(Struct, frozen=True):
    """The server's certificate as our own handshake saw it.

    ``trusted`` and ``name_matches`` are None where it could not be tried; ``reason`` says
    why one of them is False. Times are ISO 8601, in UTC.
    """

    not_before: str | None = None
    not_after: str | None = None
    trusted: bool | None = None
    name_matches: bool | None = None
    reason: str | None = None
    protocol: str | None = None


class HbaLine(Struct, frozen=True):
    """One line of ``pg_hba.conf`` as the file has it; ``error`` means it will not load."""

    number: int
    kind: str = "host"
    databases: tuple[str, ...] = ("all",)
    users: tuple[str, ...] = ("all",)
    address: str | None = None
    netmask: str | None = None
    method: str = ""
    options: tuple[str, ...] = ()
    error: str | None = None
    file: str | None = None

    @property
    def local(self) -> bool:
        """Whether it speaks of this machine only: the socket, or loopback."""
        if self.kind == "local" or self.address in LOCAL_NAMES:
            return True
        network = self._network()
        return network is not None and network.is_loopback

    @property
    def prefix(self) -> int | None:
        """How many leading bits of the address are fixed; None for names and keywords."""
        if self.address == "all":
            return 0
        network = self._network()
        return network.prefixlen if network is not None else None

    @property
    def version(self) -> int | None:
        """4 or 6 for addresses; None for names and keywords."""
        network = self._network()
        return network.version if network is not None else None

    def __str__(self) -> str:
        mask = f"/{self.prefix}" if self._network() is not None else ""
        where = f" {self.address}{mask}" if self.address else ""
        who = f"{','.join(self.databases)} {','.join(self.users)}"
        return f"{self.kind} {who}{where} {self.method}"

    def _network(self) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
        if self.kind == "local" or not self.address:
            return None
        mask = self.netmask or ""
        try:
            bits = ipaddress.ip_address(mask).packed if mask else b""
            length = "".join(f"{byte:08b}" for byte in bits).count("1")
            suffix = f"/{length}" if mask else ""
            return ipaddress.ip_network(f"{self.address}{suffix}", strict=False)
        except ValueError:
            return None


class Verifier(Struct, frozen=True):
    """What was learnt of a role's password, never the password.

    ``kind`` is ``scram``, ``md5``, ``none`` or ``other``. ``weak`` says that a word of the
    list opens it, and then ``word_source`` where that word came from; None means that not
    every word was tried.
    """

    role: str
    kind: str
    weak: bool | None = None
    word_source: str | None = None
    iterations: int | None = None
    login: bool = True


class Verifiers(Struct, frozen=True):
    """The passwords of the roles, compared with ``candidates`` words and variations.

    ``checked`` of ``total`` comparisons were made before the time was over. Of the words
    ``dictionary`` came from the rules.
    """

    all: tuple[Verifier, ...] = ()
    candidates: int = 0
    checked: int = 0
    total: int = 0
    dictionary: int = 0

    @property
    def complete(self) -> bool:
        """Whether every word was compared with every password."""
        return self.checked >= self.total

    @property
    def weak(self) -> tuple[Verifier, ...]:
        """The roles that a word of the list opens."""
        return tuple(one for one in self.all if one.weak)


class OwnPassword(Struct, frozen=True):
    """What is to be said of the password in the address itself, without asking anybody.

    ``at_least`` is the largest of 8, 12, 16, 20, 24 and 32 characters that it has; how
    long it really is nobody needs to know. ``repository`` counts the words of the
    repository that it was compared with, as the roles' passwords were.
    """

    given: bool
    weak: bool | None = None
    word_source: str | None = None
    at_least: int = 0
    repository: int | None = None
