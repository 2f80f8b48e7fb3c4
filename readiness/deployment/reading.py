"""What the readers of a deployment share: the project, the environment, what they leave out."""

import posixpath

from msgspec import Struct, field

from readiness.deployment.dockerfile import Image, image_of
from readiness.deployment.facts import (
    DeclaredDatabase,
    DeclaredSetting,
    Exposure,
    Mounted,
    NotEvaluated,
)
from readiness.deployment.installed import Installed
from readiness.deployment.laid import Laid
from readiness.deployment.naming import Belonging, belongs, is_aside
from readiness.deployment.service import Service
from readiness.document.node import Malformed, Node
from readiness.model.place import Place
from readiness.model.variable import Variable
from readiness.project import Project, Unreadable


class Reading(Struct):
    """One reading of a deployment, filled by one reader after the other."""

    project: Project
    environment: str
    given: dict[str, Variable] = field(default_factory=dict)
    services: list[Service] = field(default_factory=list)
    databases: list[DeclaredDatabase] = field(default_factory=list)
    settings: list[DeclaredSetting] = field(default_factory=list)
    exposures: list[Exposure] = field(default_factory=list)
    mounted: list[Mounted] = field(default_factory=list)
    unread: list[NotEvaluated] = field(default_factory=list)
    left_out: list[NotEvaluated] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    built: set[str] = field(default_factory=set)
    stacks: list[tuple[tuple[str, ...], tuple[Service, ...]]] = field(default_factory=list)
    """The compose files that were read together, and the services that they start."""
    laid: list[Laid] = field(default_factory=list)
    """What is given to processes beside the files that describe them, in its order."""
    created: dict[tuple[str, str], dict[str, Variable]] = field(default_factory=dict)
    """The ConfigMaps and Secrets that calls make, by kind and name."""
    parameters: dict[str, Node] = field(default_factory=dict)
    """What calls give to the parameters of a template or a module, by name."""
    installed: list[Installed] = field(default_factory=list)
    """The charts of the project that calls, applications or a helmfile install."""
    written: dict[str, tuple[str, Place]] = field(default_factory=dict)
    """Files of variables that jobs write before they start Compose, by their names."""
    rendered: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Files that playbooks write on the machines, each with its text and where that is from."""
    tags: dict[str, str] = field(default_factory=dict)
    """The names of images that calls build, each with its Dockerfile."""
    workloads: dict[str, str] = field(default_factory=dict)
    """The workloads of manifests that name the environment, each with the file that does."""
    commands: tuple[tuple[str, str], ...] | None = None
    """The commands about compose files that stand in the project, once they were looked for."""
    only: frozenset[str] | None = None
    """The files that the user names as the deployment; None where nobody does."""

    def mine(self, *globs: str) -> list[str]:
        """The files that match and that may be of this environment; the others are noted."""
        return [path for path in self.project.files(*globs) if self.is_mine(path)]

    def is_mine(self, path: str) -> bool:
        """Tell whether a file may be of this environment; note it where it is not."""
        if self.only is not None:
            if path in self.only:
                return True
            self.skip(path, "the settings name other files as the deployment")
        elif is_aside(path):
            self.skip(path, "it lies in a folder of tests or examples")
        elif belongs(path, self.environment) == "other":
            self.skip(path, "it belongs to another environment")
        else:
            return True
        return False

    def belongs(self, path: str) -> Belonging:
        """Tell whether a file is of this environment, of another one, or of any."""
        if self.only is not None:
            return "this" if path in self.only else "any"
        return belongs(path, self.environment)

    def skip(self, path: str, reason: str) -> None:
        """Note a file that is not of this deployment."""
        self.left_out.append(NotEvaluated(path, reason))

    def refuse(self, path: str, answer: Malformed | Unreadable | str) -> None:
        """Note a file that could not be understood."""
        reason = answer if isinstance(answer, str) else answer.reason
        self.unread.append(NotEvaluated(path, reason))

    def built_image(
        self,
        dockerfile: str,
        target: str | None = None,
        arguments: dict[str, Variable] | None = None,
    ) -> Image | None:
        """What a Dockerfile gives; None where it is not there or not understood."""
        self.built.add(dockerfile)
        try:
            return image_of(self.project.dockerfile(dockerfile), target, arguments)
        except (Malformed, Unreadable) as answer:
            self.refuse(dockerfile, answer)
            return None


def joined(folder: str, path: str) -> str:
    """A path of the project from a folder and what a file in it says, POSIX and relative."""
    whole = (
        posixpath.normpath(posixpath.join(folder, path)) if folder else posixpath.normpath(path)
    )
    return "" if whole == "." else whole
