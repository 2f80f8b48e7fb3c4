"""The commands that an installation of this project makes, and what of the code each calls."""

import posixpath
import re
from collections.abc import Iterator

from readiness.deployment.facts import EntryPoint
from readiness.document.node import Malformed, Node
from readiness.model.place import Place
from readiness.project import Project, Unreadable

TARGET = re.compile(
    r"(?P<module>[A-Za-z_][\w.]*):(?P<attribute>[A-Za-z_][\w.]*)"
    r"(?P<call>\(.*\))?\Z",
    re.DOTALL,
)
"""A module and a name in it, which may be called with something."""
_TABLES = (("project", "scripts"), ("tool", "poetry", "scripts"))
_SETUP = "setup.cfg"


def scripts_of(project: Project, folder: str) -> dict[str, EntryPoint]:
    """What each command calls that the ``pyproject.toml`` and ``setup.cfg`` of a folder name."""
    before = f"{folder.strip('./')}/".lstrip("/")
    named = (*_of_pyproject(project, f"{before}pyproject.toml"),
             *_of_setup(project, f"{before}{_SETUP}"))  # fmt: skip
    found: dict[str, EntryPoint] = {}
    for name, target, at in named:
        if said := TARGET.match(target.partition("[")[0].replace(" ", "")):
            one = EntryPoint(at, at.path, module=said["module"], attribute=said["attribute"],
                             folder=folder, call="()")  # fmt: skip
            found.setdefault(name, one)
    return found


def script_called(project: Project, folder: str, name: str) -> EntryPoint | None:
    """The command of this name: of a folder, of the project, or of a package within it."""
    packages = (
        posixpath.dirname(one) for one in project.files("**/pyproject.toml", f"**/{_SETUP}")
    )
    for one in dict.fromkeys((folder, "", *packages)):
        if found := scripts_of(project, one).get(name):
            return found
    return None


def _of_pyproject(project: Project, path: str) -> Iterator[tuple[str, str, Place]]:
    root = _read(project, path)
    for table in (root.get(*names) if root else None for names in _TABLES):
        for name, node in table.items() if table else ():
            # Poetry has a longer form too: {reference = "app.main:run", type = "console"}.
            said = node.get("reference") or node.get("callable") or node
            yield name, said.text, said.at


def _of_setup(project: Project, path: str) -> Iterator[tuple[str, str, Place]]:
    root = _read(project, path)
    said = root.get("options.entry_points", "console_scripts") if root else None
    for line in said.text.splitlines() if said else ():
        name, equals, target = line.partition("=")
        if said and equals:
            yield name.strip(), target, said.at


def _read(project: Project, path: str) -> Node | None:
    if not project.has(path):
        return None
    try:
        return project.ini(path) if path.endswith(_SETUP) else project.toml(path)
    except (Malformed, Unreadable):
        return None
