"""Running a command, within bounds."""

import os
import selectors
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from readiness.commands.question import Command, Result

LARGEST = 1024 * 1024
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "USER", "LOGNAME")
_GRACE = 2.0
_STEP = 0.2


def run(command: Command, *, folder: Path | None = None, timeout: float | None = None) -> Result:
    """Run a command to its end; every failure is a `Result` with an error.

    No shell, no input, at most 1 MiB of each output, its whole process group ended when
    the time is over or the program is interrupted. Of this program's variables it gets
    only those that a program needs to run at all, so that no secret is handed on.
    """
    limit = min(command.timeout, timeout) if timeout else command.timeout
    if not command.argv:
        return Result(error="the command has no words")
    begun = time.monotonic()
    try:
        process = _start(command, folder or Path())
    except (OSError, ValueError) as error:
        return Result(error=f"{command.argv[0]} cannot be run: {_reason(error)}")
    try:
        result = _finish(command, process, begun + limit, limit)
    finally:
        _end(process)
    took = int((time.monotonic() - begun) * 1000)
    return Result(
        result.exit_code, result.stdout, result.stderr, result.truncated, result.error, took
    )


def _start(command: Command, folder: Path) -> "subprocess.Popen[bytes]":
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - the user allowed it; no shell reads the words
        list(command.argv),
        cwd=folder / command.cwd,
        env=kept,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _finish(
    command: Command, process: "subprocess.Popen[bytes]", end: float, limit: float
) -> Result:
    outputs, cut = _read(process, end)
    late = f"{command.argv[0]} did not end within {limit:g} s"
    try:
        code = process.wait(max(0.0, end - time.monotonic()))
    except subprocess.TimeoutExpired:
        return Result(None, *outputs, truncated=cut, error=late)
    if code < 0:
        name = signal.Signals(-code).name
        return Result(None, *outputs, truncated=cut, error=f"{command.argv[0]} died of {name}")
    return Result(code, *outputs, truncated=cut)


def _read(process: "subprocess.Popen[bytes]", end: float) -> tuple[tuple[str, str], bool]:
    """Read both outputs to their end, or until the time is over; keep what is allowed."""
    streams: list[IO[bytes]] = [s for s in (process.stdout, process.stderr) if s]
    kept: dict[int, bytearray] = {stream.fileno(): bytearray() for stream in streams}
    cut = False
    with selectors.DefaultSelector() as selector:
        for stream in streams:
            selector.register(stream, selectors.EVENT_READ)
        while selector.get_map() and time.monotonic() < end:
            for key, _ in selector.select(min(_STEP, max(0.0, end - time.monotonic()))):
                part = os.read(key.fd, 65536)
                if not part:
                    selector.unregister(key.fileobj)
                room = LARGEST - len(kept[key.fd])
                cut = cut or len(part) > room
                kept[key.fd] += part[:room]
            if process.poll() is not None and not selector.select(0):
                # A child that it left behind holds the output open; it has ended itself.
                break
    first, second = (bytes(data).decode(errors="replace") for data in kept.values())
    return (first, second), cut


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End whatever is left of the process group, and close the pipes."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGTERM if process.poll() is None else signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdout, process.stderr):
        if stream:
            stream.close()


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return "its words are no text that can be run"
