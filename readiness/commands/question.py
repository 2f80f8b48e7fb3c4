"""What a rule asks of a command, and what came back."""

import shlex

from msgspec import Struct

TIMEOUT = 60.0


class Command(Struct, frozen=True):
    """A question to a program: its words (no shell reads them), and where it runs.

    ``cwd`` is relative to the project. It is put only where the user allows commands.
    """

    argv: tuple[str, ...]
    cwd: str = "."
    timeout: float = TIMEOUT

    def __str__(self) -> str:
        return shlex.join(self.argv)


class Result(Struct, frozen=True):
    """What a command said, or why it did not run to its end.

    ``error`` is a sentence; ``exit_code`` is None where there is none.
    """

    exit_code: int | None = None
    stdout: str = ""
    stderr: str = ""
    truncated: bool = False
    error: str | None = None
    duration_ms: int = 0
