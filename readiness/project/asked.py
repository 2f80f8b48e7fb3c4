"""One question to many files: what is known of an earlier run, what is read, what is kept."""

from typing import TYPE_CHECKING

from readiness.cache.bits import Bits, Note
from readiness.project.second import Make, Second

if TYPE_CHECKING:
    from readiness.project.noted import Noted


class Asked:
    """A question to files, of which those are read that changed since an earlier run asked it."""

    def __init__(
        self, project: "Noted", key: tuple[bytes, ...], paths: tuple[str, ...], make: Make
    ) -> None:
        self.key = key
        self.make = make
        self._project = project
        self.paths = paths
        self._bits = Bits.load(project.root, key, project.largest) if project.cached else None
        self._known = self._of_earlier()
        self.missing = tuple(path for path in paths if path not in self._known)

    def _of_earlier(self) -> dict[str, Note]:
        if self._bits is None:
            return {}
        stamps = self._project.stamps
        found = {path: self._bits.get(path, stamps.get(path)) for path in self.paths}
        return {path: note for path, note in found.items() if note is not None}

    @property
    def size(self) -> int:
        """How many bytes are to be read."""
        stamps = self._project.stamps
        return sum(stamps[path][2] for path in self.missing if path in stamps)

    def answer(self, second: Second | None, name: bytes) -> dict[str, Note]:
        """The note of each file, of which a second process may have a task of this name."""
        with self._project.noting():
            made = {} if second is None else second.notes(name)
            known = {**self._known, **made}
            notes = {path: known[path] if path in known else self.make(path)
                     for path in self.paths}  # fmt: skip
        if self._bits is not None and self._project.inputs is not None:
            kept = {path: note for path, note in notes.items()
                    if not isinstance(note, int) or note >= 0}  # fmt: skip
            self._bits.save(kept, self._project.stamps, self._project.inputs.looked)
        return notes
