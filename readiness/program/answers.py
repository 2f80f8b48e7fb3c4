"""What the program answers: sites, engines, calls, reads and fallbacks, each with its trace."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from msgspec import Struct, field

from readiness.model.partial import Partial
from readiness.model.place import Place
from readiness.model.secret import MASK, Secret
from readiness.model.trace import Trace
from readiness.program.values import Value

Db = Literal["durable", "local-file", "volatile", "none", "unknown"]
HolderKind = Literal["agent", "team", "workflow", "agentos"]


class Construction(Struct, frozen=True):
    """One run of a library class's own constructor.

    ``arguments`` are bound by parameter name; ``attributes`` is what the object holds when
    start-up is over. ``under`` names the conditions, decided by nothing, that it runs under.
    """

    class_name: str
    arguments: Mapping[str, Value]
    at: Place
    attributes: Mapping[str, Value] = field(default_factory=dict)
    under: tuple[str, ...] = ()
    trace: Trace = ()


class Call(Struct, frozen=True):
    """One call of a library's function that the program makes in this environment."""

    function: str
    arguments: Mapping[str, Value]
    at: Place
    under: tuple[str, ...] = ()
    trace: Trace = ()


class Number(Struct, frozen=True):
    """A whole number that the code gives: every value that it may have in this environment.

    None among ``values`` tells that it may not be set. Without ``values`` it is not known,
    for the ``reason``.
    """

    values: tuple[int | None, ...] = ()
    reason: str = ""
    at: Place | None = None
    variables: tuple[str, ...] = ()


class Holder(Struct, frozen=True):
    """A site that builds an agno object, and the db that the object holds after start-up.

    ``reason`` says why a db is unknown; ``member`` tells a team's member or a workflow's
    step, whose runs are kept by the parent.
    """

    class_name: str
    kind: HolderKind
    at: Place
    db: Db
    db_class: str | None = None
    db_at: Place | None = None
    reason: str = ""
    trace: Trace = ()
    member: bool = False


class Piece(Partial, frozen=True):
    """A part of a connection: its value where it is known, else the reason why not.

    ``text`` None with no ``reason`` means that it is certainly absent. ``places`` are
    where the literals and reads stand that it came from; ``literal`` tells that all of
    it stands in the code. Two that are not known and have one ``key`` are the same.
    """

    ASIDE: ClassVar[frozenset[str]] = frozenset({"key"})

    text: str | None = None
    reason: str = ""
    places: tuple[Place, ...] = ()
    variables: tuple[str, ...] = ()
    literal: bool = False
    key: str = ""

    @property
    def known(self) -> bool:
        """Whether the value, or its absence, is certain."""
        return not self.reason


class Password(Struct, frozen=True):
    """The password of a connection: a secret, unknown (with the reason), or absent."""

    value: Secret | None = None
    reason: str = ""
    places: tuple[Place, ...] = ()
    variables: tuple[str, ...] = ()
    literal: bool = False

    @property
    def known(self) -> bool:
        """Whether the value, or its absence, is certain."""
        return not self.reason


class Url(Partial, frozen=True):
    """Where an engine connects, piece by piece; it is only ever shown masked.

    Two addresses of which nothing is known and that have one ``key`` are the same.
    """

    ASIDE: ClassVar[frozenset[str]] = frozenset({"key"})

    dialect: str | None = None
    user: Piece = Piece()
    password: Password = Password()
    host: Piece = Piece()
    port: Piece = Piece()
    database: Piece = Piece()
    query: Mapping[str, Piece] = field(default_factory=dict)
    reason: str = ""
    dsn: Secret | None = None
    key: str = ""

    def __str__(self) -> str:
        if self.reason and self.host.text is None:
            return f"unknown ({self.reason})"
        user = self.user.text or ("" if self.user.known else "?")
        masked = f":{MASK}" if self.password.value or not self.password.known else ""
        at = "@" if user or masked else ""
        port = f":{self.port.text}" if self.port.text else ""
        host = self.host.text or ("" if self.host.known else "?")
        name = self.database.text or ("" if self.database.known else "?")
        return f"{self.dialect or '?'}://{user}{masked}{at}{host}{port}/{name}{self._options()}"

    def _options(self) -> str:
        shown = [f"{k}={v.text}" for k, v in sorted(self.query.items()) if k == "sslmode"]
        return f"?{'&'.join(shown)}" if shown else ""


class Engine(Struct, frozen=True):
    """A database engine, pool or connection, with the values that it would really have.

    ``sslmode`` None with ``sslmode_reason`` is unknown; ``sslmode_set`` is False where the
    driver's own default counts. ``pool_size`` None is unknown (``pool_reason``) where
    ``pooled``, else there is no pool. ``own`` tells the code's engine from one that a
    library makes by itself. ``dialect`` None is unknown. ``count`` is how many of them one
    process makes at this site. ``variables`` are all that had a part in it; ``tls``,
    ``pool``, ``login`` and ``reach`` tell how its sslmode, its size, its password and its
    server and database came about, ``trace`` all of it. ``prepares`` tells whether the
    driver keeps prepared statements on the server; None is unknown (``prepares_reason``).
    """

    library: str
    at: Place
    url: Url
    dialect: str | None = None
    sslmode: str | None = None
    sslmode_set: bool = False
    sslmode_reason: str = ""
    sslmode_at: Place | None = None
    pooled: bool = True
    pool_size: int | None = None
    pool_size_set: bool = False
    pool_reason: str = ""
    max_overflow: int | None = None
    pre_ping: bool | None = None
    recycle: int | None = None
    own: bool = True
    under: tuple[str, ...] = ()
    trace: Trace = ()
    count: int = 1
    variables: frozenset[str] = frozenset()
    tls: Trace = ()
    pool: Trace = ()
    login: Trace = ()
    reach: Trace = ()
    prepares: bool | None = None
    prepares_reason: str = ""


class Read(Struct, frozen=True):
    """A place that reads a variable; ``required``: without it start-up would end there."""

    name: str
    at: Place
    required: bool = False
    default: Secret | None = None
    default_at: Place | None = None


class Fallback(Struct, frozen=True):
    """A way to a volatile db that one wrong value or one failed connection opens."""

    site: Place
    message: str
    at: Place
    variable: str | None = None
    trace: Trace = ()


class LeftOut(Struct, frozen=True):
    """A module, or the code at one of its lines, that was not evaluated to its end, and why."""

    path: str
    reason: str
    line: int | None = None


class Coverage(Struct, frozen=True):
    """Which modules were evaluated, left out on purpose, or could not be understood."""

    evaluated: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    not_parsed: tuple[LeftOut, ...] = ()
