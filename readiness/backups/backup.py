"""One backup, and what holds it."""

from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from readiness.model.place import Place


class Backup(Struct, frozen=True):
    """One backup as its tool lists it; ``failed`` tells why it cannot be relied upon."""

    label: str
    kind: str | None = None
    finished: datetime | None = None
    size: int | None = None
    failed: str | None = None


class Repository(Struct, frozen=True):
    """What one tool says of one server (a stanza of pgBackRest, a server of Barman).

    ``trouble`` is the tool's own complaint; that there is none is no proof of a backup.
    """

    tool: str
    name: str
    backups: tuple[Backup, ...] = ()
    trouble: str | None = None
    at: Place | None = None

    @property
    def latest(self) -> Backup | None:
        """The newest backup that finished without an error; None where there is none."""
        done = [(one.finished, one) for one in self.backups if one.finished and not one.failed]
        return max(done, key=lambda pair: pair[0])[1] if done else None


class Unlike(Exception):  # noqa: N818 - an answer about a text, not an error of ours
    """The text is not what the tool writes."""


def moment(seconds: Any) -> datetime | None:
    """The time that a tool gives in seconds since 1970, as a number or a text."""
    if seconds is None or isinstance(seconds, bool):
        return None
    try:
        return datetime.fromtimestamp(float(seconds), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def whole(number: Any) -> int | None:
    """A number of bytes; None where the tool gives something else."""
    return number if isinstance(number, int) and not isinstance(number, bool) else None
