"""A second process that reads files from the front, while this one works or reads from the back.

It hands over numbers only, and whatever it did not hand over is read here: where it cannot be
started, fails or is killed, the answers are the same.
"""

import fcntl
import gc
import json
import mmap
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress

TYPE_CHECKING = False  # as type checkers know it: this is loaded where little else is
if TYPE_CHECKING:
    from typing import NoReturn

    from readiness.cache.bits import Note

Make = Callable[[str], "Note"]
Tasks = Mapping[bytes, tuple[Sequence[str], Make]]
"""Under a name each: the files to read, and how a note is made of one."""
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PART = 1 << 16
_ROOM = 1 << 20
"""For so many bytes the second process need not wait until they are taken."""
_PATIENCE = 2
"""For how many seconds a file is left to the second process, which may have been stopped."""


def second_for(tasks: Tasks) -> "Second | None":
    """Start a second process; None where that cannot be."""
    try:
        return Second(tasks) if _is_possible() else None
    except OSError:
        return None


def _is_possible() -> bool:
    """Whether a second process has a processor of its own, and nothing here forbids to fork."""
    return (
        sys.platform == "linux"
        and threading.active_count() == 1
        and len(os.sched_getaffinity(0)) > 1
    )


class Second:
    """The files that a second process reads in their order, and what it handed over so far."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._steps = tuple((name, path) for name, (paths, _) in tasks.items() for path in paths)
        self._pending: dict[bytes, dict[str, int]] = {name: {} for name in tasks}
        for number, (name, path) in enumerate(self._steps):
            self._pending[name][path] = number
        # Where this process writes which steps it takes itself, for the other one to see.
        self._taken = mmap.mmap(-1, len(self._steps) + 1)
        self._made: dict[bytes, dict[str, Note]] = {name: {} for name in tasks}
        self._translate: Callable[[str, Note], Note] | None = None
        self._rest = b""
        self._next = 0
        self._pipe, other = os.pipe()
        with suppress(OSError):
            fcntl.fcntl(other, fcntl.F_SETPIPE_SZ, _ROOM)
        self._poll = select.poll()
        self._poll.register(self._pipe, select.POLLIN)
        # An interrupt must not reach the second process where it still looks like this one.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
        try:
            self.process = os.fork()
            if self.process == 0:
                self._read_for(other)
        except OSError:
            os.close(self._pipe)
            raise
        finally:
            os.close(other)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def narrow(
        self, name: bytes, paths: Iterable[str], make: Make,
        translate: "Callable[[str, Note], Note]",
    ) -> None:  # fmt: skip
        """Only these files count of a task, and what is noted of them has another form here."""
        wanted = tuple(paths)
        before = self._pending[name]
        self._pending[name] = {path: before[path] for path in wanted if path in before}
        for path in before.keys() - self._pending[name].keys():
            self._taken[before[path]] = 1
        self._tasks = {**self._tasks, name: (wanted, make)}
        self._translate = translate

    def notes(self, name: bytes) -> "dict[str, Note]":
        """What is noted of the files of a task: as handed over, or made here from the back."""
        try:
            made = self._notes(name)
        except BaseException:
            self.end()
            raise
        if not any(self._pending.values()):
            self.end()
        return made

    def _notes(self, name: bytes) -> "dict[str, Note]":
        paths, make = self._tasks[name]
        pending, made = self._pending[name], self._made[name]
        while pending:
            last = len(pending) == 1
            self._take(wait=last and self._taken.find(b"\0", self._next) in pending.values())
            if pending:
                path, number = pending.popitem()
                self._taken[number] = 1
                made[path] = make(path)
        return {path: made[path] if path in made else make(path) for path in paths}

    def end(self) -> None:
        """Leave no process behind."""
        if self.process:
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(self.process, signal.SIGKILL)
                os.waitpid(self.process, 0)
            self.process = 0
            os.close(self._pipe)

    def _take(self, *, wait: bool) -> None:
        """Take what was handed over by now; or wait a while for what is being read there."""
        seconds = _PATIENCE if wait else 0
        while self.process and self._poll.poll(seconds * 1000):
            part = os.read(self._pipe, _PART)
            if not part:
                return
            lines, _, self._rest = (self._rest + part).rpartition(b"\n")
            for number, note in json.loads(b"[%b]" % lines.replace(b"\n", b",")):
                self._received(number, note)
            seconds = 0

    def _received(self, number: int, note: "Note | None") -> None:
        name, path = self._steps[number]
        self._next = number + 1
        self._pending[name].pop(path, None)
        if note is not None and self._translate is not None:
            note = self._translate(path, note)
        if note is not None:
            self._made[name].setdefault(path, note)

    def _read_for(self, pipe: int) -> "NoReturn":
        """Be the second process: hand over each note, and nothing of what could not be read."""
        try:
            for one in _ENDING:
                if signal.getsignal(one) is not signal.SIG_IGN:
                    signal.signal(one, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
            gc.disable()
            # Else nothing would end this process where the other one is gone.
            os.close(self._pipe)
            for number, (name, path) in enumerate(self._steps):
                if self._taken[number]:
                    continue
                note = self._tasks[name][1](path)
                kept = None if isinstance(note, int) and note < 0 else note
                os.write(pipe, json.dumps([number, kept]).encode() + b"\n")
        finally:
            os._exit(0)
