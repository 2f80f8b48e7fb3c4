"""The lines of a pg_hba.conf in the repository: who may try to log in, and how."""

from collections.abc import Iterator

from msgspec import Struct

from readiness.deployment.facts import DeclaredDatabase, Exposure
from readiness.deployment.networks import is_world
from readiness.deployment.reading import Reading
from readiness.model.place import Place
from readiness.project import Unreadable

_KINDS = frozenset({"host", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc"})
_LOOPBACK = ("127.", "::1", "localhost", "samehost")
_LEAST = 5


class _Line(Struct, frozen=True):
    """A line for somebody who comes over the network."""

    kind: str
    databases: str
    users: str
    address: str
    method: str
    at: Place

    @property
    def families(self) -> frozenset[str]:
        """The kinds of addresses that it is about; a name may have either."""
        if self.address[:1].isdigit() and ":" not in self.address:
            return frozenset({"IPv4"})
        return frozenset({"IPv6"} if ":" in self.address else {"IPv4", "IPv6"})

    @property
    def closes(self) -> bool:
        """Whether it refuses everybody, so that no line below it counts."""
        everybody = (self.databases, self.users) == ("all", "all") and is_world(self.address)
        return self.method == "reject" and self.kind == "host" and everybody


def add_hba_files(reading: Reading) -> None:
    """Add what the files named pg_hba.conf let in."""
    contained = any(one.kind == "container" for one in reading.databases)
    for path in reading.mine("*pg_hba*.conf", "*pg_hba*.conf.*"):
        lines = list(_until_closed(_lines(reading, path)))
        if not lines:
            continue
        if not contained:
            reading.databases.append(DeclaredDatabase(path, "container", Place(path, 1)))
        found = [way for line in lines if (way := _judged(path, line, contained=contained))]
        text = f"{path} lets in nobody from everywhere, and nobody without a password"
        closed = Exposure("host-based-authentication", path, text, Place(path, 1), open=False)
        reading.exposures.extend(found or [closed])


def _until_closed(lines: Iterator[_Line]) -> Iterator[_Line]:
    closed: frozenset[str] = frozenset()
    for line in lines:
        if not line.families <= closed:
            yield line
        if line.closes:
            closed |= line.families


def _judged(path: str, line: _Line, *, contained: bool) -> Exposure | None:
    if line.method == "reject" or line.address.startswith(_LOOPBACK):
        return None
    if line.method == "trust":
        text = f"{path} lets {line.users} in from {line.address} without a password (trust)"
        return Exposure("host-based-authentication", path, text, line.at)
    # A container is reached by whom its ports and networks let through, who are judged.
    if not is_world(line.address) or contained:
        return None
    text = f"{path} lets the whole world try to log in as {line.users} ({line.method})"
    return Exposure("host-based-authentication", path, text, line.at)


def _lines(reading: Reading, path: str) -> Iterator[_Line]:
    try:
        lines = reading.project.lines(path)
    except Unreadable as answer:
        reading.refuse(path, answer)
        return
    for line in lines:
        parts = line.text.partition("#")[0].replace('"', "").split()
        if len(parts) < _LEAST or parts[0] not in _KINDS:
            continue
        address, rest = parts[3], parts[4:]
        if _is_mask(rest[0]) and len(rest) > 1:
            address, rest = f"{address}/{rest[0]}", rest[1:]
        yield _Line(parts[0], parts[1], parts[2], address, rest[0].lower(), line.at)


def _is_mask(text: str) -> bool:
    return text.replace(".", "").isdigit() or ":" in text
