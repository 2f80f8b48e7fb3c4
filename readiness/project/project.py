"""The files of a project, read once."""

import errno
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from readiness.cache.reports import Inputs
from readiness.cache.walk import Stamp
from readiness.model.place import Place
from readiness.project.contents import read_file
from readiness.project.documents import Documents
from readiness.project.early import LARGEST, Early
from readiness.project.encodings import plain
from readiness.project.files import leads_inside, list_files
from readiness.project.globs import Names
from readiness.project.history import History
from readiness.project.noted import Noted

KEPT = 8 * 1024 * 1024
"""How many bytes of contents stay in memory; of more, what was read first stays.

Whoever goes through all files again finds most of them so, where the last ones would be of no use.
"""


class Line(Struct, frozen=True):
    """One line of a text, without its end."""

    text: str
    at: Place


class Unread(Struct, frozen=True):
    """A file that was not looked at, and why; it is named in the coverage."""

    path: str
    reason: str


class Unreadable(Exception):  # noqa: N818 - an answer about a file, not an error of ours
    """A file that cannot be read as text; ``reason`` is one line."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class Project(Documents, History, Noted):
    """What was read of the files: their names, and their contents on demand.

    ``root`` is None for a project that exists in memory only.
    """

    def __init__(
        self,
        files: Mapping[str, bytes] | None = None,
        *,
        root: Path | None = None,
        stamps: Mapping[str, Stamp] | None = None,
        largest: int = LARGEST,
        commit: str | None = None,
    ) -> None:
        self.root = root
        self._commit = commit
        self.largest = largest
        self.stamps = stamps or {}
        self._given: Mapping[str, bytes] = files or {}
        self._contents: dict[str, bytes] = {}
        self._kept = 0
        self._names = tuple(sorted({*self.stamps, *self._given}))
        self._present = frozenset(self._names)
        self._by_name = Names(self._names)
        self.inputs: Inputs | None = None
        self.cached = False
        self.early = None
        self._searched = 0
        self._bits = {}
        self._matching = {}
        self._words = {}
        self._begun = {}
        self._noted = {}
        self._second = None
        self._looking = None
        self._imports = {}
        self._noting = 0
        self._looked_into = set()
        self._unread: dict[str, Unread] = {}
        self._refused: dict[str, str] = {}
        self._parsed = {}

    @classmethod
    def open(cls, root: Path, *, named: tuple[str, ...] = (), largest: int = LARGEST,
             cached: bool = False, early: Early | None = None) -> "Project":  # fmt: skip
        """Look at a folder; ``named`` files count even where git ignores them.

        What was searched in an earlier run and did not change since is not searched again
        in a ``cached`` one; what an ``early`` search finds is not searched for again.
        """
        listing = list_files(root, named, early.walked if early else None)
        made = cls(root=root, stamps=listing.files, largest=largest)
        for path, reason in listing.others.items():
            made.note_unread(path, reason)
        made.inputs = listing.inputs
        made.cached = cached
        made.early = early
        return made

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file, POSIX and relative to the project, sorted."""
        return self._names

    def has(self, path: str) -> bool:
        """Tell whether the file is there."""
        return path in self._present

    def later_python(self, path: str) -> str | None:
        """Why a file of Python does not parse here, where a later version is all it needs."""
        from readiness.document.newer_python import needed_version  # noqa: PLC0415 - rarely

        needed = needed_version(self.read(path).decode("utf-8", "replace"))
        if needed is None:
            return None
        this = ".".join(map(str, sys.version_info[:2]))
        return (f"it needs Python {needed[0]}.{needed[1]} or newer, this is {this}: "
                "run readiness with that Python")  # fmt: skip

    def files(self, *globs: str) -> tuple[str, ...]:
        """The files that match any of the globs, sorted.

        A glob without a slash matches the name in any folder, as in ``.gitignore``;
        ``**`` crosses folders, ``*`` and ``?`` do not, ``{a,b}`` gives alternatives.
        """
        if len(globs) == 1:
            return self._by_name.matching(globs[0])
        return tuple(sorted({path for glob in globs for path in self._by_name.matching(glob)}))

    def searchable(self, path: str) -> bytes | None:
        """The bytes of a Python file to look for words in, or None where it may hold any."""
        try:
            return plain(self.read(path))
        except Unreadable:
            return None

    def read(self, path: str) -> bytes:
        """The bytes of a file; raises `Unreadable`."""
        if not self._noting:
            self._looked_into.add(path)
        content = self._given.get(path)
        if content is None:
            content = self._contents.get(path)
        if content is not None:
            return content
        if path in self._refused:
            raise Unreadable(path, self._refused[path])
        return self._keep(path, self._load(path))

    def _keep(self, path: str, content: bytes) -> bytes:
        while self._contents and self._kept + len(content) > KEPT:
            self._kept -= len(self._contents.popitem()[1])
        self._contents[path] = content
        self._kept += len(content)
        return content

    def text_if_any(self, path: str) -> str | None:
        """As `text`; None of a file that has none, of which the coverage then says nothing."""
        try:
            content = self.read(path)
            return None if b"\0" in content[:8192] else content.decode("utf-8-sig")
        except (Unreadable, UnicodeDecodeError):
            return None

    def text(self, path: str) -> str:
        """The text of a file (UTF-8, a byte order mark dropped); raises `Unreadable`."""
        content = self.read(path)
        if b"\0" in content[:8192]:
            raise self._refuse(path, "it is not a text")
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise self._refuse(path, f"it is not UTF-8 (byte {error.start})") from None

    def lines(self, path: str) -> tuple[Line, ...]:
        """The lines of a text, each with its place; raises `Unreadable`."""
        return tuple(Line(text, Place(path, n)) for n, text in enumerate(self.split(path), 1))

    def split(self, path: str) -> list[str]:
        """The lines of a text alone, for whoever needs the places of few; as `lines` raises."""
        return self.text(path).replace("\r\n", "\n").replace("\r", "\n").split("\n")

    @property
    def unread(self) -> tuple[Unread, ...]:
        """The files that something asked for and that could not be read, sorted."""
        return tuple(self._unread[path] for path in sorted(self._unread))

    def note_unread(self, path: str, reason: str) -> None:
        """Remember for the coverage that a file could not be understood."""
        self._unread.setdefault(path, Unread(path, reason))

    def _load(self, path: str) -> bytes:
        if self.root is None or path not in self._present:
            raise Unreadable(path, "there is no such file")
        try:
            content = self._bytes(self.root, path)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self._refused[path] = reason
            raise self._refuse(path, reason) from None
        if len(content) > self.largest:
            self._refused[path] = f"it is larger than {self.largest} bytes"
            raise self._refuse(path, self._refused[path])
        return content

    def _bytes(self, root: Path, path: str) -> bytes:
        file_path = os.path.join(root, path)  # noqa: PTH118 - of every file, and a Path costs more
        try:
            return read_file(file_path, os.O_NOFOLLOW, self.largest + 1)
        except OSError as error:
            if error.errno != errno.ELOOP:
                raise
        if not leads_inside(root, path):
            raise OSError(errno.ELOOP, "it is a link that leads out of the project")
        return read_file(file_path, 0, self.largest + 1)

    def _refuse(self, path: str, reason: str) -> Unreadable:
        self.note_unread(path, reason)
        return Unreadable(path, reason)
