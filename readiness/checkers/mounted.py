"""What Compose mounts as secrets, out of files or variables of the project."""

import posixpath
from collections.abc import Iterator

from msgspec import Struct

from readiness import Deployment, Place, Project, Unreadable
from readiness.checkers.code_passwords import Found
from readiness.checkers.credentials import GUESSABLE, LITERAL, nature
from readiness.checkers.ignored import Ignored, is_env_file
from readiness.checkers.names import is_password


class Held(Struct, frozen=True):
    """The content of something mounted; ``names`` say what it is, its own name first."""

    names: tuple[str, ...]
    kind: str
    text: str
    at: Place
    in_file: bool


def held(deployment: Deployment, project: Project) -> Iterator[Held]:
    """Everything mounted whose content is known here: an external secret's is not."""
    named = _named_by_variables(deployment)
    for one in deployment.mounted:
        names = (one.name, *one.targets)
        names = (*names, *(name for file in names for name in named.get(file, ())))
        if one.file is not None:
            try:
                yield Held(names, one.kind, project.text(one.file), Place(one.file, 1), True)  # noqa: FBT003
            except Unreadable:
                continue
        elif one.given is not None and one.given.value is not None:
            at = one.given.at or one.at
            yield Held(names, one.kind, one.given.value.reveal(), at, False)  # noqa: FBT003


def _named_by_variables(deployment: Deployment) -> dict[str, list[str]]:
    """The names that variables such as `POSTGRES_PASSWORD_FILE` give to mounted files."""
    found: dict[str, list[str]] = {}
    for service in deployment.services:
        for one in service.variables:
            if one.name.endswith("_FILE") and one.value is not None:
                file = posixpath.basename(one.value.reveal())
                found.setdefault(file, []).append(one.name.removesuffix("_FILE"))
    return found


def in_mounted(deployment: Deployment, project: Project) -> Iterator[Found]:
    """The passwords that would be mounted; one in a file that git ignores has to be guessable."""
    ignored = Ignored(project)
    for one in held(deployment, project):
        if not any(map(is_password, one.names)):
            continue
        found = nature(one.text)
        outside = not one.in_file or is_env_file(one.at.path) or ignored.keeps_out(one.at.path)
        if found in (GUESSABLE if outside else LITERAL):
            yield Found(f"the {one.kind} {one.names[0]}", found, one.at)
