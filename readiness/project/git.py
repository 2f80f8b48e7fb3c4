"""Asking git about a folder, without letting the repository start anything."""

import os
import subprocess
from pathlib import Path

# A repository is somebody else's text: its own configuration must not start programs.
# For the same reason only plumbing is used that compares no content through filters.
_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
_SECONDS = 20


def git(root: Path, *arguments: str) -> bytes | None:
    """The output of a git command in a folder; None where git does not answer."""
    # A hook is run with variables that name its own repository and index.
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, no shell
            [*_GIT, "-C", os.fspath(root), *arguments],
            capture_output=True, timeout=_SECONDS, check=False,
            env={**own, "GIT_OPTIONAL_LOCKS": "0"},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
