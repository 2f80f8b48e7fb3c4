"""What follows from the services and from what is declared beside them."""

from typing import Literal

from msgspec import Struct

from readiness.deployment.service import Command, Schedule
from readiness.model.place import Place
from readiness.model.variable import Variable

ExposureKind = Literal[
    "published-port",
    "host-network",
    "service-load-balancer",
    "service-node-port",
    "ingress",
    "security-group",
    "firewall-rule",
    "publicly-accessible",
    "trust-authentication",
    "no-network-policy",
    "host-based-authentication",
    "admin-interface",
]


class DeclaredDatabase(Struct, frozen=True):
    """A PostgreSQL server that the deployment runs or declares.

    ``kind`` is ``container``, ``managed`` or ``operator``. A field is None where nothing
    is said about it; ``planned`` is where a plan of backups beside the server names it.
    """

    name: str
    kind: Literal["container", "managed", "operator"]
    at: Place
    image: str | None = None
    service: str | None = None
    resource: str | None = None
    publicly_accessible: bool | None = None
    publicly_accessible_at: Place | None = None
    backup_retention: int | None = None
    backup_retention_at: Place | None = None
    encrypted: bool | None = None
    planned: Place | None = None
    unresolved: tuple[str, ...] = ()


class Mounted(Struct, frozen=True):
    """A file that Compose gives to containers, out of its ``secrets`` or ``configs``.

    ``file`` is the path of the project that holds it, ``given`` the variable of Compose
    itself that does; an external one has neither. ``targets`` are the names under which
    the services find it.
    """

    kind: Literal["secret", "config"]
    name: str
    at: Place
    file: str | None = None
    given: Variable | None = None
    targets: tuple[str, ...] = ()


class DeclaredSetting(Struct, frozen=True):
    """A setting of the server that a file of the repository asks for.

    ``text`` is as PostgreSQL would read it in the setting's own unit, None where only the
    platform can compute it; ``source`` says in words what asks for it. ``applied`` says
    when the platform gives it to the server, where it says so itself ("pending-reboot").
    """

    name: str
    text: str | None
    at: Place
    source: str
    applied: str | None = None


class Exposure(Struct, frozen=True):
    """A way to the database, or one that was looked at and is closed.

    ``open`` is True where anybody outside can take it, False where it is closed, None
    where it cannot be told.
    """

    kind: ExposureKind
    subject: str
    text: str
    at: Place
    open: bool | None = True


class Job(Struct, frozen=True):
    """Something that the deployment runs on a schedule."""

    name: str
    source: str
    schedule: Schedule | None
    at: Place
    image: str | None = None
    command: Command | None = None


class EntryPoint(Struct, frozen=True):
    """What a deployment command runs: a script of the project, or a module with an attribute.

    ``path`` is set for a script (``main.py``), ``module`` for ``app.main:app`` or
    ``python -m app``; ``attribute`` is the name after the colon. ``main`` tells that it runs
    as ``__main__``, as a server's application does not; ``folder`` is the one, if any, that
    the service's image is built from, where its modules are first looked for. ``arguments``
    are what follows on the command line of one that runs as ``__main__`` or that the
    installation made a command of. ``call`` is what
    an application's name is called with (``("live")`` of ``app:create("live")``).
    """

    at: Place
    service: str
    path: str | None = None
    module: str | None = None
    attribute: str | None = None
    main: bool = False
    folder: str = ""
    arguments: tuple[str, ...] | None = None
    call: str = ""


class Workers(Struct, frozen=True):
    """How many worker processes one instance starts, with the place that says so.

    None for ``count`` means that it is said to depend on something unknown; ``text`` is
    the words that decide ("gunicorn -w 4", "WEB_CONCURRENCY"). Where the code decides,
    ``setting`` is what to ask the program for ("gunicorn.conf.py:workers"), and
    ``otherwise`` is what holds if that is not set.
    """

    count: int | None
    text: str
    at: Place | None
    server: str | None = None
    setting: str | None = None
    otherwise: "Workers | None" = None


class NotEvaluated(Struct, frozen=True):
    """A file of the deployment that was left out, and why."""

    path: str
    reason: str
