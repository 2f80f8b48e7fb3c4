"""A git repository that lives as long as a demo, untouched by anybody's configuration."""

import os
import shutil
import subprocess
from pathlib import Path

from readiness.model.errors import InternalError

_SECONDS = 30
_OPTIONS = {
    "user.name": "The demo",
    "user.email": "demo@localhost",
    "init.defaultBranch": "main",
    "core.hooksPath": os.devnull,
    "core.excludesFile": os.devnull,
    "core.autocrlf": "false",
    "commit.gpgSign": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
}


def is_possible() -> bool:
    """Tell whether this machine has git."""
    return shutil.which("git") is not None


def commit(folder: Path, message: str) -> str:
    """Commit everything in a folder, which becomes a repository if it is none; the hash."""
    if not (folder / ".git").is_dir():
        _git(folder, "init", "--quiet", "--template=")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", message)
    return _git(folder, "rev-parse", "HEAD").strip()


def _git(folder: Path, *words: str) -> str:
    options = [word for name, value in _OPTIONS.items() for word in ("-c", f"{name}={value}")]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(  # noqa: S603 - fixed words, no shell
        ["git", *options, "-C", str(folder), *words],  # noqa: S607 - as the user has it
        capture_output=True, text=True, timeout=_SECONDS, check=False, env=kept | alone,
    )  # fmt: skip
    if done.returncode:
        raise InternalError(f"git {words[0]} failed in the demo's own folder")
    return done.stdout
