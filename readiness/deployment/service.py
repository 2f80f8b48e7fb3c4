"""One process as it would be deployed, and what is said about it."""

from typing import ClassVar, Literal

from msgspec import Struct

from readiness.deployment.networks import is_private
from readiness.model.partial import Partial
from readiness.model.place import Place
from readiness.model.variable import Variable

Kind = Literal[
    "compose", "kubernetes", "dockerfile", "procfile", "systemd", "terraform", "github-actions",
    "fly", "render", "app-engine", "ecs", "railway", "nomad", "cloudformation", "serverless",
    "digitalocean", "azure", "supervisor", "kamal", "quadlet", "elastic-beanstalk", "app-runner",
    "databricks", "copilot", "lightsail", "circus", "pm2", "docker", "cloud-run", "ansible",
    "modal",
]  # fmt: skip

UNKNOWN_IP = "?"
_LOOPBACK = ("127.", "localhost", "::1", "[::1]")


class Command(Partial, frozen=True):
    """What a process runs: words as the kernel gets them, or one line for a shell.

    ``assigned`` are the variables that the command line itself sets, as written; ``perhaps``
    tells that a script may pass the command by, ``own`` that what it assigns is the shell's
    own and not exported to programs. ``files`` are those of variables that it loads, each
    with whether it beats what is there already.
    """

    ASIDE: ClassVar[frozenset[str]] = frozenset({"line"})

    words: tuple[str, ...]
    at: Place
    shell: bool = False
    assigned: tuple[tuple[str, str], ...] = ()
    line: str = ""
    perhaps: bool = False
    own: bool = False
    files: tuple[tuple[str, bool], ...] = ()

    @classmethod
    def for_shell(cls, words: tuple[str, ...], at: Place, line: str = "") -> "Command":
        """A command that a shell reads, with its ``line`` as it is written."""
        return cls(words, at, shell=True, line=line)  # noqa: S604 - a value that is read, never run

    @property
    def text(self) -> str:
        """The command as one line."""
        return " ".join(self.words)


class Build(Struct, frozen=True):
    """How an image is built: folder and Dockerfile, POSIX and relative to the project."""

    context: str
    dockerfile: str | None
    target: str | None
    at: Place


class Port(Struct, frozen=True):
    """A port of a container; ``host`` is None where it is exposed and not published.

    ``host_ip`` is None where the port is open on every address of the host, and
    `UNKNOWN_IP` where a variable that nobody knows decides it.
    """

    container: int | None
    at: Place
    host: int | None = None
    host_ip: str | None = None
    protocol: str = "tcp"
    published: bool = False

    @property
    def public(self) -> bool | None:
        """Whether the port is published beyond the host itself; None where nobody knows."""
        if not self.published or (self.host_ip or "").startswith(_LOOPBACK):
            return False
        # Who is in a private network beside the host, no file says.
        return None if self.host_ip == UNKNOWN_IP or is_private(self.host_ip or "") else True


class Replicas(Struct, frozen=True):
    """How many instances run: at least and at most, None where it is not known."""

    least: int | None
    most: int | None
    at: Place


class Schedule(Struct, frozen=True):
    """When a job runs, as written (cron or ``@daily``), and whether it is switched off."""

    text: str
    at: Place
    suspended: bool = False
    suspended_at: Place | None = None


class Probe(Struct, frozen=True):
    """How the platform asks whether a process is well."""

    kind: Literal["healthcheck", "liveness", "readiness", "startup"]
    at: Place
    test: str = ""
    disabled: bool = False


class Volume(Struct, frozen=True):
    """Where data live: a named volume, a folder of the host, or None for an anonymous one."""

    source: str | None
    target: str
    at: Place
    read_only: bool = False


class Service(Struct, frozen=True):
    """A process of the deployment, with its variables as it would start.

    ``runs_code`` tells whether it runs the code of this project: None where nobody can
    tell. ``workload`` is the platform's own word (``Deployment``, ``CronJob`` …).
    """

    name: str
    source: Kind
    at: Place
    image: str | None = None
    image_at: Place | None = None
    base: str | None = None
    build: Build | None = None
    command: Command | None = None
    entrypoint: Command | None = None
    variables: tuple[Variable, ...] = ()
    ports: tuple[Port, ...] = ()
    replicas: Replicas | None = None
    schedule: Schedule | None = None
    probes: tuple[Probe, ...] = ()
    volumes: tuple[Volume, ...] = ()
    networks: tuple[str, ...] = ()
    host_network: Place | None = None
    user: str | None = None
    profiles: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    workload: str | None = None
    namespace: str | None = None
    runs_code: bool | None = None
    depends_on: tuple[str, ...] = ()
    working_dir: str | None = None
    unread_sources: tuple[str, ...] = ()
    processes: tuple[Command, ...] = ()

    def variable(self, name: str) -> Variable | None:
        """What is said about a variable of this process; None where nothing is."""
        return next((one for one in self.variables if one.name == name), None)

    @property
    def argv(self) -> tuple[str, ...]:
        """Entry point and command together, as the process would be started."""
        first = self.entrypoint.words if self.entrypoint else ()
        second = self.command.words if self.command else ()
        return (*first, *second)
