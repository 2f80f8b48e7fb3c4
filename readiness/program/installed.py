"""Libraries that are installed into a folder of the project, as pip and bundlers do it."""

import re

from msgspec import Struct

from readiness.project import Project, Unreadable

_RECORD = ".dist-info/RECORD"
_BY_HAND = ".dist-info/direct_url.json"
"""What pip leaves of a distribution that comes from a folder or a repository, not an index."""
_FIRST = re.compile(r"^([A-Za-z_]\w*)(?:/__init__)?\.py,", re.MULTILINE)


class Installed(Struct, frozen=True):
    """A package or module that a distribution has put into a folder of the project."""

    folder: str
    name: str
    distribution: str

    @property
    def paths(self) -> tuple[str, str]:
        """How the path of each of its files begins."""
        return f"{self.folder}{self.name}/", f"{self.folder}{self.name}.py"


def installed(project: Project) -> tuple[Installed, ...]:
    """Every package beside which lies its distribution's record of files, but the code's own.

    A folder that several distributions share (a namespace) belongs to none of them.
    """
    return tuple(
        Installed(folder, name, distribution)
        for path in project.paths if path.endswith(_RECORD)
        if not project.has(f"{path.removesuffix(_RECORD)}{_BY_HAND}")
        for folder, distribution in [_of(path)]
        for name in _names(project, path)
    )  # fmt: skip


def _of(record: str) -> tuple[str, str]:
    """The folder that a distribution is installed into, and its name."""
    above, _, name = record.removesuffix(_RECORD).rpartition("/")
    return f"{above}/" if above else "", name.partition("-")[0]


def _names(project: Project, record: str) -> list[str]:
    """What can be imported of a distribution; nothing is known where its record is not read."""
    try:
        return sorted(set(_FIRST.findall(project.text(record))))
    except Unreadable:
        return []
