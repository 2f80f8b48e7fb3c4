"""The packages of monitoring tools that a project asks for."""

from collections.abc import Iterator

from readiness import Place, Project, Unreadable
from readiness.checkers.monitors import PACKAGES

_REQUIREMENTS = ("requirements*.txt", "requirements/*.txt", "requirements*.in", "pyproject.toml",
                 "Pipfile", "setup.cfg", "setup.py", "environment.yml")  # fmt: skip


def requirements(project: Project) -> Iterator[tuple[str, Place]]:
    """The packages of such tools that the project asks for."""
    for path in project.files(*_REQUIREMENTS):
        try:
            lines = project.lines(path)
        except Unreadable:
            continue
        for line in lines:
            if found := PACKAGES.match(line.text.replace("dependencies = [", "")):
                yield found["package"], line.at
