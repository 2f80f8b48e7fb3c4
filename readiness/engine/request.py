"""What one run was asked for."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from msgspec import Struct, field

from readiness.model.clock import Clock
from readiness.model.errors import ReadinessError
from readiness.model.outcome import Severity
from readiness.model.secret import Secret
from readiness.project.early import Early


class Request(Struct, frozen=True):
    """Everything that a run depends on; what is None comes from the settings.

    ``folder`` is the project; ``entry`` the one file that was named as its entry
    point; ``early`` the folder as it was walked through and searched while this program was
    loaded. ``own`` are this program's variables, read only where ``env:NAME`` says so.
    """

    folder: Path
    entry: str | None = None
    environment: str | None = None
    checklists: tuple[str, ...] = ()
    variables: dict[str, Secret] = field(default_factory=dict)
    unset: tuple[str, ...] = ()
    injected: tuple[str, ...] = ()
    env_files: tuple[Path, ...] = ()
    database: str | None = None
    pooler: str | None = None
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    fail_on: Severity | None = None
    timeout: float = 30.0
    allow_commands: bool = False
    cached: bool = False
    early: Early | None = None
    debug: bool = False
    clock: Clock = field(default_factory=Clock)
    say: Callable[[str], None] = print

    @classmethod
    def make(cls, project: Path, *, variables: Sequence[str] = (), **rest: Any) -> Self:
        """Make a request for a folder or one Python file, from the words of a command line.

        Raises `ReadinessError` where the project is not there or a word has no form.
        """
        folder, entry = _folder(project)
        if rest.get("environment") == "":
            raise ReadinessError(
                "--environment is empty", hint="is the shell variable set that it came from?"
            )
        _check_names(dict(map(_assignment, variables)), rest)
        for file in rest.get("env_files", ()):
            if not file.is_file():
                raise ReadinessError(f"{file}: there is no such env file")
        return cls(folder, entry, variables=dict(map(_assignment, variables)), **rest)


def _folder(project: Path) -> tuple[Path, str | None]:
    if project.is_dir():
        return project.resolve(), None
    if not project.exists():
        raise ReadinessError(
            f"{project}: there is no such folder or file",
            hint="name the folder of the project, or leave it out for the one you stand in",
        )
    if project.suffix != ".py" or not project.is_file():
        raise ReadinessError(f"{project} is neither a folder nor a Python file")
    return project.resolve().parent, project.name


def _check_names(variables: Mapping[str, Secret], rest: Mapping[str, Any]) -> None:
    """Refuse names that are none, and variables of which two things are said at once."""
    unset, injected = set(rest.get("unset", ())), set(rest.get("injected", ()))
    for option, names in (("--unset", unset), ("--injected", injected)):
        wrong = next((name for name in sorted(names) if not name or "=" in name), None)
        if wrong is not None:
            raise ReadinessError(f"{option} takes the name of a variable, without a value")
    twice = sorted((unset & injected) | (unset & set(variables)) | (injected & set(variables)))
    if twice:
        raise ReadinessError(
            f"{twice[0]} is said to be two of set, unset and injected", hint="say one of them"
        )


def _assignment(text: str) -> tuple[str, Secret]:
    name, separator, value = text.partition("=")
    if not separator or not name:
        raise ReadinessError(
            "--set takes KEY=VALUE, and what was given has no name or no equals sign",
            hint="--set LEGACY_ENV=production",
        )
    return name, Secret(value)
