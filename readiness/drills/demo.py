"""The demo: the sample application and a real server, not ready and then ready."""

import contextlib
import os
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any, Protocol

from readiness.checklist.shipped import data_folder
from readiness.drills import repository
from readiness.drills.binaries import Binaries
from readiness.drills.sample import Sample
from readiness.drills.stage import Stage, not_ready, ready
from readiness.drills.template import Template
from readiness.model.clock import Clock
from readiness.model.outcome import Exit

_ADDRESS = "READINESS_DATABASE"
_UNENCRYPTED = (
    "not shown: tls-session and tls-plain-refused; without TLS the server is asked over its socket"
)
_SIGNALS = (signal.SIGTERM, signal.SIGHUP)

Say = Callable[[str], None]


class Check(Protocol):
    """Judges a project for production, shows the report and gives the exit code.

    ``database`` is what ``--database`` would give, ``skip`` what ``--skip`` would.
    """

    def __call__(self, project: Path, *, database: str, skip: tuple[str, ...]) -> int:
        """Judge, show the report, and give the exit code."""


def demo(
    check: Check,
    say: Say,
    *,
    binaries: Binaries | None = None,
    examples: Path | None = None,
    clock: Clock | None = None,
) -> int:
    """Show the sample application not ready, mend it, and show it ready.

    Gives 0 only where the gate was closed first and open then. What was started or
    written is gone afterwards, however it ends. Raises `ServerError` without PostgreSQL.
    """
    found = binaries or _binaries()
    with _ended_in_order(), _own_folder() as folder:
        sample = Sample.copy(examples or data_folder("examples"), folder / "interview")
        say(f"starting PostgreSQL {found.version}, on this machine only")
        with Template.make(found) as template:
            with not_ready(sample, template) as stage:
                say("the interview application as its developers left it, and its server:")
                first = _judge(stage, check, say, without={})
            for sentence in sample.mend((clock or Clock()).today()):
                say(f"mending {sentence}")
            with ready(sample, template) as stage:
                say("the same application, mended, and a fresh server:")
                if not stage.encrypted:
                    say(_UNENCRYPTED)
                second = _judge(stage, check, say, without=_left_out(stage))
    return _verdict(first, second, say)


def _binaries() -> Binaries:
    """Choose the best build of PostgreSQL: with TLS, if there is one."""
    return next((one for one in Binaries.all() if one.tls), None) or Binaries.find()


def _left_out(stage: Stage) -> dict[str, str]:
    """Give the rules that the ready state is judged without, each with the reason."""
    reasons = {"health-version": "it would judge the PostgreSQL of this machine"}
    if not repository.is_possible():
        reasons["staging-first"] = "it is bound to a commit, and there is no git"
    return {**reasons, **stage.missing}


def _judge(stage: Stage, check: Check, say: Say, *, without: Mapping[str, str]) -> int:
    database = f"env:{_ADDRESS}"
    skips = [f"--skip {rule}" for rule in without]
    say(" ".join(["readiness check", "--database", database, *skips]))
    for rule, reason in without.items():
        say(f"left out: {rule}: {reason}")
    with _variable(_ADDRESS, stage.url):
        return check(stage.sample.folder, database=database, skip=tuple(without))


@contextlib.contextmanager
def _variable(name: str, value: str) -> Iterator[None]:
    """Set a variable of this process for a while: passwords belong on no command line."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        del os.environ[name]
        if before is not None:
            os.environ[name] = before


def _verdict(first: int, second: int, say: Say) -> int:
    say(f"as it was left: exit {first}; mended: exit {second}")
    if first != Exit.NOT_READY:
        say(f"the first was to end with {int(Exit.NOT_READY)}: this is a fault of the demo")
        return second or int(Exit.UNVERIFIED)
    return second


@contextlib.contextmanager
def _own_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="readiness-demo-") as folder:
        yield Path(folder)


@contextlib.contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let a request to end, or a terminal that closes, clean up as an interrupt does."""
    before: dict[signal.Signals, Any] = {}
    with contextlib.suppress(ValueError):  # only the main thread may set them
        for name in _SIGNALS:
            before[name] = signal.signal(name, _end)
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _end(number: int, frame: FrameType | None) -> None:
    del frame
    raise SystemExit(128 + number)
