"""Where reports go: standard output, or files that are whole or not there."""

import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from readiness.cli.printing import put
from readiness.model.errors import ReadinessError
from readiness.model.report import Report

if TYPE_CHECKING:
    from readiness.reports.formats import Screen

_NARROWEST = 40
_PIPED = 100


class Output(Struct, frozen=True):
    """One report that was asked for; ``path`` is None for standard output."""

    name: str
    path: Path | None


def outputs(asked: Sequence[str]) -> tuple[Output, ...]:
    """Read ``FORMAT[=FILE]``, each; none given means the terminal.

    Raises `ReadinessError` before anything is judged where a format is unknown, a
    folder is missing, or two reports would share standard output.
    """
    chosen = tuple(_output(text) for text in asked) or (Output("terminal", None),)
    places = [output.path.resolve() for output in chosen if output.path]
    if len(set(places)) < len(places):
        raise ReadinessError("two reports would go to one file", hint="give each its own")
    if sum(output.path is None for output in chosen) > 1:
        raise ReadinessError(
            "two reports would share standard output",
            hint="give all but one a file: --report markdown=report.md",
        )
    return chosen


def _output(text: str) -> Output:
    from readiness.reports.formats import FORMATS  # noqa: PLC0415 - not for --help

    name, separator, file = text.partition("=")
    if name not in FORMATS:
        near = get_close_matches(name, FORMATS, n=1)
        meant = f" (did you mean {near[0]}?)" if near else ""
        raise ReadinessError(
            f"there is no report format {name!a}{meant}", hint=f"formats are {', '.join(FORMATS)}"
        )
    if not separator:
        return Output(name, None)
    path = Path(file)
    if not file or path.is_dir():
        raise ReadinessError(f"--report {text} names no file", hint=f"--report {name}=FILE")
    if not path.parent.is_dir():
        raise _no_folder(path, name)
    return Output(name, path)


def _no_folder(path: Path, name: str) -> ReadinessError:
    if path.parent.exists():
        said, hint = f"{path.parent} is no folder", f"--report {name}=FILE in another folder"
    else:
        said, hint = f"its folder {path.parent} does not exist", f"mkdir -p {path.parent}"
    return ReadinessError(f"{path}: the report cannot be written, {said}", hint=hint)


def deliver(report: Report, chosen: Sequence[Output], *, quiet: bool) -> None:
    """Write every report; raises `ReadinessError` where one cannot be written."""
    from readiness.reports.formats import FORMATS, Screen  # noqa: PLC0415 - not for --help

    for output in chosen:
        if output.path is not None:
            write_whole(output.path, FORMATS[output.name](report, Screen(quiet=quiet)))
    for output in chosen:
        if output.path is None:
            put(FORMATS[output.name](report, screen(quiet=quiet)))


def screen(*, quiet: bool = False) -> "Screen":
    """What standard output can show: its width, colours and characters."""
    from readiness.reports.formats import Screen  # noqa: PLC0415 - not for --help

    terminal = sys.stdout is not None and sys.stdout.isatty()
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower()
    return Screen(
        width=max(_NARROWEST, shutil.get_terminal_size((_PIPED, 24)).columns),
        colour=terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb",
        unicode=encoding.startswith("utf"),
        quiet=quiet,
    )


def write_whole(path: Path, text: str) -> None:
    """Write a file by way of a temporary one beside it, so that it is never half there.

    A link is followed; a device or a pipe is written to as it is. Raises
    `ReadinessError` where it cannot be written; what was there before stays.
    """
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():
            target.write_text(text, encoding="utf-8")
        else:
            _replace(target, text)
    except OSError as error:
        raise ReadinessError(
            f"{path}: the report cannot be written: {error.strerror or error}",
            hint="free some space or name another place; what was there before is untouched",
        ) from None


def _replace(target: Path, text: str) -> None:
    import tempfile  # noqa: PLC0415 - it takes long, seldom needed

    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        _keep_mode(target, temporary)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _keep_mode(path: Path, temporary: Path) -> None:
    """Give the new file the mode that the old one had, or that a new file would have."""
    mask = os.umask(0)
    os.umask(mask)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask
    temporary.chmod(mode)
