"""The demo: the sample application and a real server, not ready and then ready."""

import secrets
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn, Protocol

from readiness.checklist.shipped import data_folder
from readiness.drills.binaries import Binaries
from readiness.drills.sample import Sample
from readiness.drills.stage import Stage, set_up_not_ready, set_up_ready
from readiness.model.clock import Clock
from readiness.model.outcome import Exit

LEFT_OUT = ("health-version",)
"""Rules that judge the machine of the demo instead of the sample application."""

Say = Callable[[str], None]


class Check(Protocol):
    """Judges a project for production, shows the report and gives the exit code.

    ``variables`` are what ``--set`` would give, ``database`` what ``--database`` would,
    ``skip`` what ``--skip`` would.
    """

    def __call__(
        self,
        project: Path,
        *,
        variables: Mapping[str, str],
        database: str,
        skip: tuple[str, ...],
    ) -> int:
        """Judge, show, and give the exit code."""


def demo(
    check: Check, say: Say, *, binaries: Binaries | None = None, clock: Clock | None = None
) -> int:
    """Show the sample application not ready, mend it, and show it ready.

    Gives 0 where the gate was closed first and open then, and nothing else does.
    Whatever was started or written for it is gone afterwards, however it ends.
    """
    found = binaries or Binaries.find()
    with _terminated_like_interrupted(), tempfile.TemporaryDirectory(prefix="readiness-") as own:
        sample = Sample.copy(data_folder("examples"), Path(own) / "interview")
        ...
