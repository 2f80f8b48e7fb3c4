"""What is noted of single Python files: what searches find in them and what readings say."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from readiness.cache.bits import Note
from readiness.cache.reports import Inputs
from readiness.cache.sights import Sight
from readiness.cache.walk import Stamp
from readiness.cache.world import program
from readiness.project.asked import Asked
from readiness.project.early import ENOUGH, Early
from readiness.project.imports import digest_of, imported_words
from readiness.project.reading import Reading, every
from readiness.project.search import (
    EVERYTHING,
    WAY,
    Counts,
    Pass,
    Search,
    count,
    passes,
    release,
)
from readiness.project.second import Second, second_for

if TYPE_CHECKING:
    from readiness.project.project import Project

_SEARCHED = ENOUGH
_LOOKED_AT = 64 * 1024 * 1024
_PARSED = 512 * 1024
"""From how many bytes on a second process pays: searched, searched for a word first, parsed."""


class Noted(ABC):
    """The part of a project that looks into each of its Python files.

    What was noted in an earlier run of a file that did not change since is not noted again.
    """

    root: Path | None
    largest: int
    stamps: Mapping[str, Stamp]
    inputs: Inputs | None
    cached: bool
    early: Early | None
    _searched: int
    _bits: dict[str, int]
    _matching: dict[tuple[bytes, Counts], tuple[str, ...]]
    _words: dict[bytes, set[bytes]]
    _begun: dict[Reading, Asked]
    _noted: dict[Reading, dict[str, Note]]
    _second: Second | None
    _looking: tuple[Asked, Second | None] | None
    _imports: dict[str, str]
    _noting: int
    _looked_into: set[str]
    _compared: bool

    @abstractmethod
    def files(self, *globs: str) -> tuple[str, ...]:
        """The files that match any of the globs, sorted."""

    @abstractmethod
    def searchable(self, path: str) -> bytes | None:
        """The bytes of a Python file to look for words in, or None where it may hold any."""

    def mentioning(self, search: Search) -> tuple[str, ...]:
        """The Python files in which a search finds something, or that cannot be read; sorted."""
        if search.bit >> self._searched:
            self._searched = count()
            self._bits = self._searched_for(passes(self._searched))
        return tuple(path for path, bits in self._bits.items() if bits & search.bit)

    def mentions(self, search: Search, path: str) -> bool:
        """Tell whether `mentioning` has a file, for whoever asks about single ones."""
        if search.bit >> self._searched:
            self.mentioning(search)
        return bool(self._bits.get(path, EVERYTHING) & search.bit)

    def matching(
        self, pattern: bytes, words: Collection[bytes], among: Counts = bool
    ) -> tuple[str, ...]:
        """As `mentioning`, of a pattern of RE2 that this project itself gives rise to.

        Whatever it finds has one of the ``words`` in it; they are looked for first.
        """
        key = pattern, among
        if key not in self._matching:
            bits = self._look_for((Pass(None, (pattern,), (1,)),), words, among)
            self._words.setdefault(pattern, set()).update(words)
            self._matching[key] = tuple(path for path, found in bits.items() if found)
        return self._matching[key]

    def noted(self, reading: Reading) -> dict[str, Note]:
        """What a reading says of each file that it is about; asked again, it is the same."""
        if reading not in self._noted:
            self._noted[reading] = self._note(reading)
        return self._noted[reading]

    def _note(self, reading: Reading) -> dict[str, Note]:
        begun = self._begun.pop(reading, None)
        if begun is not None:
            self._looked_into.update(begun.paths)
            return begun.answer(self._second, reading.name)
        return self._answer(self._asked(reading), reading.name, _PARSED)

    def noted_now(
        self, name: bytes, paths: Collection[str], note: "Callable[[Project, str], Note]"
    ) -> dict[str, Note]:
        """As `noted`, of a question that this project itself gives rise to."""
        make = partial(note, cast("Project", self))
        key = (name, self._program) if self.cached else ()
        return self._answer(Asked(self, key, tuple(paths), make), name, _PARSED)

    @contextmanager
    def ahead(self, meanwhile: Callable[[], object]) -> Iterator[None]:
        """Begin in a second process what is to be read of many files; it ends with this.

        The search comes first, and ``meanwhile`` is what else can be done until it is over.
        """
        try:
            self._looking = self._begin_to_search()
            meanwhile()
            self._begun = {reading: self._asked(reading) for reading in every()}
            # What takes least comes first: more of the rest is shared.
            first = sorted(self._begun.items(), key=lambda item: item[1].size)
            self._second = self._second_for({one.name: asked for one, asked in first}, _PARSED)
            yield
        finally:
            for second in (self._second, self._looking and self._looking[1]):
                if second is not None:
                    second.end()
            self._second = self._looking = None
            self._begun = {}

    def _begin_to_search(self) -> tuple[Asked, Second | None] | None:
        if self._searched == count():
            return None
        wanted = passes(count())
        asked = self._to_look_for(wanted)
        begun = self.early and self.early.searching(wanted, self._small(asked.missing), asked.make)
        return asked, begun or self._second_for({WAY: asked}, _SEARCHED)

    def _small(self, paths: Collection[str]) -> Iterator[str]:
        """Those that are not too large for this project."""
        return (path for path in paths if self.stamps[path][2] <= self.largest)

    @cached_property
    def _program(self) -> bytes:
        """The program as it is, which is looked at once."""
        return program().encode()

    def _asked(self, reading: Reading) -> Asked:
        key = (reading.name, self._program) if self.cached else ()
        paths = tuple(filter(reading.counts, self.mentioning(reading.search)))
        return Asked(self, key, paths, partial(reading.note, cast("Project", self)))

    def imports(self, path: str) -> frozenset[bytes]:
        """Every word in what a file imports, found without parsing."""
        with self.noting():
            words = imported_words(self.searchable(path) or b"")
        if self.cached:
            self._imports[path] = digest_of(words)
        return words

    @contextmanager
    def noting(self) -> Iterator[None]:
        """What is read within this is told by the notes, or by what searches find, alone."""
        self._noting += 1
        try:
            yield
        finally:
            self._noting -= 1

    def sight(self) -> Sight | None:
        """What was seen of the files that searches alone looked into; None where that is lost."""
        if self._compared:
            return None
        wanted = passes(self._searched)
        known = {path: (bits, sum(one.takes(path) << n for n, one in enumerate(wanted)),
                        self._imports.get(path))
                 for path, bits in self._bits.items()
                 if bits != EVERYTHING and path not in self._looked_into}  # fmt: skip
        for paths in self._matching.values():
            for path in paths:
                known.pop(path, None)
        searches = [(list(map(_text, one.patterns)), one.bits) for one in wanted]
        own = [(_text(pattern), list(map(_text, words))) for pattern, words in self._words.items()]
        return Sight(known, searches, own, self.largest)

    def _answer(self, asked: Asked, name: bytes, least: int) -> dict[str, Note]:
        self._looked_into.update(asked.paths)
        return asked.answer(self._second_for({name: asked}, least), name)

    @staticmethod
    def _second_for(every: Mapping[bytes, Asked], least: int) -> Second | None:
        if sum(asked.size for asked in every.values()) < least:
            return None
        return second_for({name: (asked.missing, asked.make) for name, asked in every.items()})

    def _searched_for(self, wanted: tuple[Pass, ...]) -> dict[str, int]:
        """As `_look_for`, which may have begun."""
        begun, self._looking = self._looking, None
        if begun is None or begun[0].key != self._key_of(wanted):
            return self._look_for(wanted)
        return self._bits_of(begun[0], begun[1])

    def _look_for(
        self, wanted: tuple[Pass, ...], words: Collection[bytes] = (b"",), among: Counts = bool
    ) -> dict[str, int]:
        """In which Python files which of the patterns find something."""
        asked = self._to_look_for(wanted, words, among)
        least = _SEARCHED if words == (b"",) else _LOOKED_AT
        return self._bits_of(asked, self._second_for({WAY: asked}, least))

    def _to_look_for(
        self, wanted: tuple[Pass, ...], words: Collection[bytes] = (b"",), among: Counts = bool
    ) -> Asked:
        search = partial(self._search, wanted=wanted, words=words)
        paths = tuple(filter(among, self.files("*.py")))
        return Asked(self, self._key_of(wanted), paths, search)

    def _key_of(self, wanted: tuple[Pass, ...]) -> tuple[bytes, ...]:
        known = (self._program,) if self.cached else ()
        return (WAY, *known, *(pattern for one in wanted for pattern in one.patterns))

    @staticmethod
    def _bits_of(asked: Asked, second: Second | None) -> dict[str, int]:
        found = asked.answer(second, WAY)
        if asked.size >= _SEARCHED:
            release()
        return {path: bits for path, bits in found.items() if isinstance(bits, int)}

    def _search(self, path: str, *, wanted: tuple[Pass, ...], words: Collection[bytes]) -> int:
        shown = self.searchable(path)
        if shown is None:
            return EVERYTHING
        if not any(word in shown for word in words):
            return 0
        bits = 0
        for one in wanted:
            bits |= one.found(path, shown)
        return bits


def _text(pattern: bytes) -> str:
    return pattern.decode("latin-1")
