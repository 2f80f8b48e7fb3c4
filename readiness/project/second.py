"""A second process that reads files from the front, while this one works or reads from the back.

It hands over numbers only, and whatever it did not hand over is read here: where it cannot be
started, fails or is killed, the answers are the same.
"""

import gc
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NoReturn

from readiness.cache.bits import Note

Make = Callable[[str], Note]
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PART = 1 << 16


def is_possible() -> bool:
    """Whether a second process has a processor of its own, and nothing here forbids to fork."""
    return (
        sys.platform == "linux"
        and threading.active_count() == 1
        and len(os.sched_getaffinity(0)) > 1
    )


class Second:
    """The files that a second process reads in their order, and what it handed over so far."""

    def __init__(self, paths: Sequence[str], make: Make) -> None:
        self._paths = tuple(paths)
        self._make = make
        self._pending = dict.fromkeys(self._paths)
        self._made: dict[str, Note] = {}
        self._rest = b""
        self._pipe, other = os.pipe()
        # An interrupt must not reach the second process where it still looks like this one.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
        self.process = os.fork()
        if self.process == 0:
            self._read_for(other)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(other)

    def notes(self) -> dict[str, Note]:
        """What is noted of each file: as handed over, or made here from the back."""
        try:
            while self._pending:
                self._take(wait=len(self._pending) == 1)
                if self._pending:
                    path, _ = self._pending.popitem()
                    self._made[path] = self._make(path)
        finally:
            self.end()
        return {
            path: self._made[path] if path in self._made else self._make(path)
            for path in self._paths
        }

    def end(self) -> None:
        """Leave no process behind."""
        if self.process:
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(self.process, signal.SIGKILL)
                os.waitpid(self.process, 0)
            self.process = 0
            os.close(self._pipe)

    def _take(self, *, wait: bool) -> None:
        """Take what was handed over by now, or wait for what is missing."""
        os.set_blocking(self._pipe, wait)
        with suppress(BlockingIOError):
            while self._pending and (part := os.read(self._pipe, _PART)):
                *lines, self._rest = (self._rest + part).split(b"\n")
                for number, note in map(json.loads, lines):
                    path = self._paths[number]
                    self._pending.pop(path, None)
                    if note is not None:
                        self._made.setdefault(path, note)

    def _read_for(self, pipe: int) -> NoReturn:
        """Be the second process: hand over each note, and nothing of what could not be read."""
        try:
            for one in _ENDING:
                signal.signal(one, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
            gc.disable()
            for number, path in enumerate(self._paths):
                note = self._make(path)
                kept = None if isinstance(note, int) and note < 0 else note
                os.write(pipe, json.dumps([number, kept]).encode() + b"\n")
        finally:
            os._exit(0)
