"""What the lines of pg_hba.conf let in: the first line that matches decides."""

from collections.abc import Iterator

from msgspec import Struct

from readiness import Database, Undecidable

_IPV6 = 6
_PLAIN = frozenset({"host", "hostnossl"})


class Way(Struct, frozen=True):
    """A line that lets somebody in over the network: its number, its text, its method."""

    number: int
    text: str
    method: str


def ways_in(database: Database) -> Iterator[Way]:
    """The lines that let somebody in from elsewhere; raises `Undecidable`.

    A line that rejects everybody closes what stands behind it.
    """
    yield from _open(database, frozenset({"host", "hostssl", "hostnossl", "hostgssenc"}))


def ways_in_plain(database: Database) -> Iterator[Way]:
    """The lines that let somebody in from elsewhere without TLS; raises `Undecidable`."""
    yield from _open(database, _PLAIN)


def _open(database: Database, kinds: frozenset[str]) -> Iterator[Way]:
    closed: set[int] = set()
    for line in database.hba:
        if line.kind not in kinds or line.error or line.local:
            continue
        versions = {line.version} if line.version else {4, 6}
        if line.method != "reject":
            if not versions <= closed:
                yield Way(line.number, str(line), line.method)
        elif line.databases == line.users == ("all",) and line.prefix == 0:
            closed |= versions if kinds == _PLAIN or line.kind == "host" else set()


class Line(Struct, frozen=True):
    """A line for somebody who is not on this machine; ``most`` is how wide it may be."""

    number: int
    text: str
    prefix: int | None
    most: int

    @property
    def wide(self) -> bool:
        """Whether its network is too wide; names and keywords are not."""
        return self.prefix is not None and self.prefix <= self.most


def network_lines(database: Database, v4: int, v6: int) -> tuple[Line, ...]:
    """The lines that let somebody in over the network; raises `Undecidable`.

    A network is too wide with ``v4`` or fewer fixed bits, ``v6`` for IPv6.
    """
    return tuple(
        Line(line.number, str(line), line.prefix, v6 if line.version == _IPV6 else v4)
        for line in database.hba
        if not line.local and not line.error and line.method != "reject"
    )


def unseen(database: Database) -> str | None:
    """What an answer from here leaves open; None where the file could be read."""
    try:
        tuple(database.hba)
    except Undecidable as hidden:
        closed = database.provider and "hba" in database.provider.hides
        more = f"; to have them judged: {hidden.hint}" if hidden.hint and not closed else ""
        return f"other roles and addresses were not judged ({hidden.reason}){more}"
    return None
