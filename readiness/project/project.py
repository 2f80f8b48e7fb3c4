"""The files of a project, read once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from readiness.model.place import Place
from readiness.project.documents import Documents
from readiness.project.files import leads_inside, list_files
from readiness.project.globs import matches
from readiness.project.history import History

LARGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text, without its end."""

    text: str
    at: Place


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that was not looked at, and why; it is named in the coverage."""

    path: str
    reason: str


class Unreadable(Exception):  # noqa: N818 - an answer about a file, not an error of ours
    """A file that cannot be read as text; ``reason`` is one line."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class Project(Documents, History):
    """What was read of the files: their names, and their contents on demand, once each.

    ``root`` is None for a project that exists in memory only.
    """

    def __init__(
        self,
        files: Mapping[str, bytes] | None = None,
        *,
        root: Path | None = None,
        names: tuple[str, ...] = (),
        largest: int = LARGEST,
        commit: str | None = None,
    ) -> None:
        self.root = root
        self._commit = commit
        self.largest = largest
        self._contents: dict[str, bytes] = dict(files or {})
        self._names = tuple(sorted({*names, *self._contents}))
        self._present = frozenset(self._names)
        self._unread: dict[str, Unread] = {}
        self._parsed = {}

    @classmethod
    def open(cls, root: Path, *, named: tuple[str, ...] = (), largest: int = LARGEST) -> "Project":
        """Look at a folder; ``named`` files count even where git ignores them."""
        return cls(root=root, names=tuple(list_files(root, named)), largest=largest)

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file, POSIX and relative to the project, sorted."""
        return self._names

    def has(self, path: str) -> bool:
        """Tell whether the file is there."""
        return path in self._present

    def files(self, *globs: str) -> tuple[str, ...]:
        """The files that match any of the globs, sorted.

        A glob without a slash matches the name in any folder, as in ``.gitignore``;
        ``**`` crosses folders, ``*`` and ``?`` do not, ``{a,b}`` gives alternatives.
        """
        return tuple(path for path in self._names if any(matches(path, glob) for glob in globs))

    def read(self, path: str) -> bytes:
        """The bytes of a file, read at most once; raises `Unreadable`."""
        if path in self._contents:
            return self._contents[path]
        if path in self._unread:
            raise Unreadable(path, self._unread[path].reason)
        content = self._load(path)
        self._contents[path] = content
        return content

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
        texts = re.split(r"\r\n|\n|\r", self.text(path))
        return tuple(Line(text, Place(path, n)) for n, text in enumerate(texts, 1))

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
        file_path = self.root / path
        if file_path.is_symlink() and not leads_inside(self.root, path):
            raise self._refuse(path, "it is a link that leads out of the project")
        try:
            with file_path.open("rb", buffering=0) as file:
                content = file.read(self.largest + 1)
        except OSError as error:
            raise self._refuse(path, error.strerror or type(error).__name__) from None
        if len(content) > self.largest:
            raise self._refuse(path, f"it is larger than {self.largest} bytes")
        return content

    def _refuse(self, path: str, reason: str) -> Unreadable:
        self.note_unread(path, reason)
        return Unreadable(path, reason)
