"""Command questions. (Stands in until the room is whole; to be replaced.)"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A command to run."""

    argv: tuple[str, ...]
    cwd: str | None = None
    timeout: float = 30.0


@dataclass(frozen=True, slots=True)
class Result:
    """What a command gave."""

    exit_code: int | None = None
    stdout: str = ""
    stderr: str = ""
    error: str | None = None
