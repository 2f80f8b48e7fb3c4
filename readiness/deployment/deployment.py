"""The deployment as its files describe it for one environment."""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from msgspec.structs import replace

from readiness.deployment.facts import (
    DeclaredDatabase,
    DeclaredSetting,
    EntryPoint,
    Exposure,
    Job,
    Mounted,
    NotEvaluated,
    Workers,
)
from readiness.deployment.interpolation import as_known
from readiness.deployment.service import Service
from readiness.model.partial import Partial
from readiness.model.secret import Secret
from readiness.model.variable import Variable
from readiness.project import Project

Given = Mapping[str, Variable | Secret | str]


class Deployment(Partial, frozen=True):
    """Services, databases and ways in, as they will be deployed.

    ``unread`` are files that could not be understood, ``left_out`` those that belong to
    another environment, ``assumptions`` what was taken for granted about the files;
    ``settings`` are those of the PostgreSQL server that they ask for, ``mounted`` the
    secrets and configs of Compose.
    """

    ASIDE: ClassVar[frozenset[str]] = frozenset({"project"})

    environment: str
    services: tuple[Service, ...] = ()
    databases: tuple[DeclaredDatabase, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    schedules: tuple[Job, ...] = ()
    unread: tuple[NotEvaluated, ...] = ()
    left_out: tuple[NotEvaluated, ...] = ()
    assumptions: tuple[str, ...] = ()
    settings: tuple[DeclaredSetting, ...] = ()
    starts: tuple[EntryPoint, ...] = ()
    mounted: tuple[Mounted, ...] = ()
    project: Project | None = None

    @classmethod
    def read(
        cls,
        project: Project,
        interpolation: Given | None = None,
        *,
        environment: str = "production",
        only: Iterable[str] | None = None,
    ) -> "Deployment":
        """Read what would be deployed to an environment.

        ``interpolation`` are variables that fill references, as the shell that runs
        Compose would; they win over the ``.env`` beside the compose file. ``only`` are
        globs of the files that describe the deployment, where the user names them.
        """
        from readiness.deployment.read import read  # noqa: PLC0415 - read builds this class

        return read(project, as_known(interpolation or {}), environment, only)

    def service(self, name: str) -> Service | None:
        """A service by its name."""
        return next((one for one in self.services if one.name == name), None)

    @property
    def code_services(self) -> tuple[Service, ...]:
        """The services that run the code of this project."""
        return tuple(one for one in self.services if one.runs_code)

    def entry_points(self) -> tuple[EntryPoint, ...]:
        """The scripts and modules that the deployment runs, and the project's own scripts."""
        return self.starts

    def workers(
        self, service: Service, variables: Mapping[str, Variable] | None = None
    ) -> Workers | None:
        """How many workers a service starts; None where it starts no server.

        ``variables`` are those of the environment, where it has more than the service.
        """
        from readiness.deployment.workers import workers_of  # noqa: PLC0415 - needed by few rules

        if variables is not None:
            service = replace(service, variables=tuple(variables.values()))
        return workers_of(service, self.project or Project({}))


def once(found: Iterable[NotEvaluated]) -> Iterator[NotEvaluated]:
    """Each file once, in order, with the first reason."""
    seen: set[str] = set()
    for one in sorted(found, key=lambda one: one.path):
        if one.path not in seen:
            seen.add(one.path)
            yield one
