"""Which files a project has: what git would deploy, or a walk."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct, field

from readiness.cache.reports import Inputs
from readiness.cache.walk import Stamp, stamp_of
from readiness.project.early import Walked
from readiness.project.git import git


class Listing(Struct, frozen=True):
    """The files of a project with their stamps, and all that was seen when they were listed."""

    files: dict[str, Stamp]
    inputs: Inputs
    others: dict[str, str] = field(default_factory=dict)
    """What has the name of Python code, or git tracks, and is no file; and why not."""


def list_files(
    root: Path, named: Iterable[str] = (), walked_before: Walked | None = None
) -> Listing:
    """List the regular files of a project, POSIX and relative, sorted, with their stamps.

    They are what git tracks or does not ignore, plus every ``.env*`` and the files in
    ``named``, ignored or not. Where git does not answer for this folder, or answers
    with nothing, all files that a walk finds. Links are not followed into folders.
    """
    found_by_walk = walked_before or Walked(os.fspath(root))
    walked, others = found_by_walk.files, found_by_walk.others
    listed = _from_git(root)
    kept = set(walked)
    if listed:
        kept = {path for path in walked if path in listed or _is_env_file(path)}
        inside = tuple(f"{path}/" for path in listed - kept if (root / path).is_dir())
        if inside:
            kept |= {path for path in walked if path.startswith(inside)}
    found = {path: walked[path] for path in kept}
    found |= {path: stamp_of((root / path).stat()) for path in _existing(root, named)}
    outside = tuple(os.path.join(root, path) for path in named)  # noqa: PTH118 - a text
    inputs = Inputs(os.fspath(root), walked, found_by_walk.looked, outside)
    odd = {path: others[path] for path in sorted(others)
           if path in listed or path.endswith(".py")}  # fmt: skip
    return Listing(dict(sorted(found.items())), inputs, odd)


def leads_inside(root: Path, path: str) -> bool:
    """Tell whether a path, links followed, stays in the project.

    A repository is somebody else's text: what it points at outside is not its own.
    """
    try:
        return (root / path).resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def _is_env_file(path: str) -> bool:
    return path.rpartition("/")[2].startswith(".env")


def _existing(root: Path, named: Iterable[str]) -> set[str]:
    return {path for path in named if (root / path).is_file()}


def _from_git(root: Path) -> set[str]:
    found = git(root, "ls-files", "-z", "-c", "-o", "--exclude-standard") or b""
    return {os.fsdecode(name).rstrip("/") for name in found.split(b"\0") if name}


def configuration_of_git(root: Path) -> Iterator[str]:
    """The files that git is configured by for a folder, and those that they name."""
    said = git(root, "config", "--list", "--show-origin", "--null", "--name-only") or b""
    for origin in dict.fromkeys(said.split(b"\0")[::2]):
        if origin.startswith(b"file:"):
            yield os.path.join(root, os.fsdecode(origin[5:]))  # noqa: PTH118 - as above
    ignores = git(root, "config", "--path", "--null", "--get-all", "core.excludesFile") or b""
    yield from (os.path.join(root, os.fsdecode(one)) for one in ignores.split(b"\0") if one)  # noqa: PTH118 - as above
