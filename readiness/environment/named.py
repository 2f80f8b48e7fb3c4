"""The file of variables that belongs to an environment by its name."""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from readiness.deployment.naming import aliases, env_files
from readiness.model.variable import Variable
from readiness.project import Project

_SWITCH = re.compile(r"(?i)(?:^|_)(?:env|environment|stage|tier|mode|profile)(?:_|$)")


def named_file(
    project: Project, name: str, context: str = ""
) -> tuple[str | None, tuple[str, ...]]:
    """The file of variables of an environment, by its name; None where it is not clear.

    ``.env.production`` comes before the short forms (``.env.prod``), the folder of the
    service before the project's own, and that before any other.
    """
    exact = _candidates(project, {name.lower()})
    for paths in (exact, _candidates(project, aliases(name) - {name.lower()})):
        for folder in (context, ""):
            here = [path for path in paths if _folder(path) == folder]
            if len(here) == 1:
                return here[0], ()
            if here:
                return None, (f"{' and '.join(here)} could both be meant: neither is taken",)
        if len(paths) == 1:
            return paths[0], (f"{paths[0]} is taken for the environment {name}",)
        if paths:
            return None, (f"{' and '.join(paths)} could all be meant: none is taken",)
    return None, ()


def _candidates(project: Project, names: Iterable[str]) -> list[str]:
    return list(env_files(project.files("*.env", ".env*", "env.*", "env"), names))


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def named_otherwise(
    project: Project, path: str, name: str, around: Mapping[str, Variable]
) -> str | None:
    """Why a file found by name is not the one of what is judged; None where it may be.

    Someone who judges ``production`` with APP_ENV=test, in a project with a file for each of
    the two, asks about test; the code itself chooses between such files when it starts.
    """
    said = {
        one.value.reveal().lower(): variable
        for variable, one in around.items()
        if one.state == "known" and one.value and _SWITCH.search(variable)
    }
    own = aliases(name) | {name.lower()}
    if not own.isdisjoint(said):
        return None
    for other in project.files("*.env", ".env.*"):
        if _folder(other) == _folder(path) and (variable := said.get(_stage(other))):
            return f"{variable} names another environment, whose file is {other}"
    return None


def _stage(path: str) -> str:
    """The name of an environment in a file's name: ``.env.test``, ``test.env``, ``.test.env``."""
    return PurePosixPath(path).name.lower().removeprefix(".env.").removesuffix(".env").strip(".")
