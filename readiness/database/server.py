"""What the server says of itself: version, session, capacity, archiving, replication."""

from msgspec import Struct


class Version(Struct, frozen=True):
    """The version of the server: ``number`` is its own, such as 150018 for 15.18."""

    number: int
    text: str = ""
    build: str = ""

    @property
    def major(self) -> int:
        """The major version: 15 of 15.18."""
        return self.number // 10000

    @property
    def minor(self) -> int:
        """The minor version: 18 of 15.18."""
        return self.number % 10000

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


class Session(Struct, frozen=True):
    """The session that the facts were read in.

    ``pooled`` says that something such as PgBouncer stands between; ``can_write`` that
    the role may change some table or make one. ``reads_settings`` says that the role
    sees every setting, so that one without a row does not exist.
    """

    user: str
    database: str
    superuser: bool = False
    can_write: bool = False
    standby: bool = False
    pooled: bool = False
    reads_settings: bool = False
    reads_statistics: bool = False
    local: bool = False
    started: str | None = None
    now: str | None = None
    system_identifier: str | None = None


class Capacity(Struct, frozen=True):
    """The connections that the server takes, keeps back and has; -1 means no limit.

    ``role_limit`` and ``database_limit`` are those of the session's own role and
    database.
    """

    maximum: int
    superuser_reserved: int = 3
    reserved: int = 0
    used: int | None = None
    role_limit: int = -1
    database_limit: int = -1

    @property
    def usable(self) -> int:
        """The connections that ordinary roles can have all together."""
        return self.maximum - self.superuser_reserved - self.reserved


class Archiver(Struct, frozen=True):
    """What became of the archiving of WAL; ``failing`` means that the last try failed.

    ``age`` counts the seconds since the last success; None means that there was none.
    """

    archived: int = 0
    failed: int = 0
    failing: bool = False
    age: float | None = None
    last_wal: str | None = None
    current_wal: str | None = None


class Slot(Struct, frozen=True):
    """A replication slot; an inactive one keeps WAL back until the disk is full."""

    name: str
    active: bool
    kind: str = "physical"
    wal_status: str | None = None
    retained: int | None = None


class Standby(Struct, frozen=True):
    """A standby that is connected; ``state`` is None where the role may not see it.

    ``lag`` is in seconds, and None where nothing was replayed of late; ``behind`` is in
    bytes.
    """

    name: str
    state: str | None = None
    sync: str | None = None
    lag: float | None = None
    behind: int | None = None


class Transaction(Struct, frozen=True):
    """A transaction that is open, or (``prepared``) waits for its second phase by its ``name``.

    ``age`` is in seconds.
    """

    age: float
    role: str | None = None
    database: str | None = None
    state: str | None = None
    pid: int | None = None
    prepared: bool = False
    name: str | None = None


class Transactions(Struct, frozen=True):
    """The open transactions of clients, the oldest first.

    ``hidden`` sessions belong to roles of which the checker's may see nothing; of
    ``untracked`` ones the server itself keeps no record.
    """

    open: tuple[Transaction, ...] = ()
    hidden: int = 0
    untracked: int = 0
