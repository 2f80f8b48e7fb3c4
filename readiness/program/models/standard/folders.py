"""Folders of the project that the code lists: ``os.listdir``, ``glob``, ``Path.iterdir``."""

import posixpath
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from msgspec.structs import replace

from readiness.model.place import Place
from readiness.program.models.standard.paths import PATH, as_path, make_path
from readiness.program.models.table import Table
from readiness.program.values import NONE, Arguments, List, Text, Unknown, Value, text

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

NOT_KNOWN = "what a folder holds at run time"


def _known(value: Value) -> str | None:
    """The path of a folder inside of the project; "" is the project's own."""
    given = as_path(value)
    if not isinstance(given, Text) or given.known is None:
        return None
    path = posixpath.normpath(given.known or ".")
    return None if path.startswith(("/", "..", "~")) else path.removeprefix(".")


def _below(machine: "Machine", folder: str) -> list[str]:
    """The paths of all files in a folder, however deep, from there."""
    head = f"{folder}/" if folder else ""
    return [path[len(head) :] for path in machine.sources.project.paths if path.startswith(head)]


def _listed(machine: "Machine", arguments: Arguments) -> Value:
    """``os.listdir(folder)``, in order of the names."""
    folder = _known(arguments.positional[0]) if arguments.positional else ""
    found = _below(machine, folder) if folder is not None else []
    if not found:
        return Unknown(NOT_KNOWN, arguments.at)
    names = sorted({path.partition("/")[0] for path in found})
    return List(tuple(text(name) for name in names))


def children(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``path.iterdir()``."""
    return _matching(machine, receiver, "*", arguments.at)


def matching(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``path.glob(pattern)``."""
    pattern = getattr(arguments.positional[0], "known", None) if arguments.positional else None
    return _matching(machine, receiver, pattern, arguments.at)


def matching_below(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``path.rglob(pattern)``."""
    pattern = getattr(arguments.positional[0], "known", None) if arguments.positional else None
    return _matching(machine, receiver, pattern and f"**/{pattern}", arguments.at)


def _glob(machine: "Machine", arguments: Arguments) -> Value:
    """``glob.glob(pattern)``."""
    given = as_path(arguments.positional[0]) if arguments.positional else NONE
    pattern = given.known if isinstance(given, Text) else None
    if pattern is None or arguments.keywords or pattern.startswith(("/", "~", "..")):
        return Unknown(NOT_KNOWN, arguments.at)
    found = [one for one in _entries(_below(machine, "")) if _fits(one, pattern)]
    return List(tuple(text(one) for one in found)) if found else Unknown(NOT_KNOWN, arguments.at)


def _matching(machine: "Machine", receiver: Value, pattern: str | None, at: Place) -> Value:
    """The entries of a folder that fit; of one that holds nothing here nobody can know."""
    folder = _known(receiver)
    below = _below(machine, folder) if folder is not None else []
    if pattern is None or not below:
        return Unknown(NOT_KNOWN, at)
    found = [one for one in _entries(below) if _fits(one, pattern)]
    return List(tuple(make_path(text(posixpath.join(folder or "", one)), at) for one in found))


def _entries(below: list[str]) -> list[str]:
    """All files, and the folders that they lie in."""
    found = set(below)
    for path in below:
        while path := posixpath.dirname(path):
            found.add(path)
    return sorted(found)


def _fits(path: str, pattern: str) -> bool:
    """Whether a path is what a pattern means, piece by piece; ``**`` is any depth."""
    return _fit(path.split("/"), pattern.removeprefix("./").split("/"))


def _fit(path: list[str], pattern: list[str]) -> bool:
    if not pattern:
        return not path
    if pattern[0] == "**":
        return any(_fit(path[start:], pattern[1:]) for start in range(len(path) + 1))
    return bool(path) and fnmatchcase(path[0], pattern[0]) and _fit(path[1:], pattern[1:])


_PATH = replace(PATH, methods={
    **PATH.methods, "iterdir": children, "glob": matching, "rglob": matching_below})  # fmt: skip
TABLE = Table(
    functions={"os.listdir": _listed, "glob.glob": _glob, "glob.iglob": _glob},
    classes={"pathlib.PurePath": _PATH},
)
