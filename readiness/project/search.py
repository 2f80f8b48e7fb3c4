"""Looking for words in every Python file at once, before any of them is parsed."""

from collections.abc import Callable, Iterator
from functools import lru_cache

TYPE_CHECKING = False  # as type checkers know it: this is loaded where little else is
if TYPE_CHECKING:
    import re
    from typing import Any

Counts = Callable[[str], bool]
"""Which files, by their paths, a search is about."""

EVERYTHING = -1
"""The bits of a file that may hold anything, since it was not searched."""
WAY = b"in the letters that Python takes, each in its files"
"""To be changed with how it is searched: what was found in another way is forgotten."""
_MEMORY = 16 * 1024 * 1024
_every: list["Search"] = []


class Search:
    """Words that a Python file must contain to be worth parsing, as patterns of RE2 over bytes.

    Parsing takes a hundred times longer than looking, so whoever parses many files says
    first, by a `Search` made when its module is loaded, which ones can matter. They are
    looked for together: those that are ``among`` the same files, in one pass over each. One
    automaton of all would take longer to build than a second pass does.
    """

    def __init__(self, *patterns: bytes, among: Counts | None = None) -> None:
        self.pattern = b"|".join(b"(?:" + pattern + b")" for pattern in patterns)
        self.bit = 1 << len(_every)
        self.among = among
        _every.append(self)

    def each(self, content: bytes) -> "Iterator[re.Match[bytes]]":
        """All that it finds in a file, one after the other."""
        found: Iterator[re.Match[bytes]] = _alone(self.pattern).finditer(content)
        return found

    def __or__(self, other: "Search") -> "Either":
        return Either(self, other)


class Either(Search):
    """What one or the other of two searches finds; looking for it costs nothing more."""

    def __init__(self, one: Search, other: Search) -> None:
        self.pattern = one.pattern + b"|" + other.pattern
        self.bit = one.bit | other.bit


class Pass:
    """What is looked for together, in which files, and the bit of each pattern."""

    def __init__(
        self, among: Counts | None, patterns: tuple[bytes, ...], bits: tuple[int, ...]
    ) -> None:
        self.among = among
        self.patterns = patterns
        self.bits = bits

    def each(self) -> Iterator[tuple[bytes, int]]:
        """Each pattern with its bit."""
        return zip(self.patterns, self.bits, strict=True)

    def takes(self, path: str) -> bool:
        """Whether it looks into a file."""
        return self.among is None or self.among(path)

    def found(self, path: str, content: bytes) -> int:
        """The bits of those that find something in a file; none in one that is not meant."""
        if not self.takes(path):
            return 0
        numbers = _numbers(content, self.patterns)
        if numbers is None:
            return EVERYTHING
        return sum([self.bits[number] for number in numbers]) if numbers else 0


def count() -> int:
    """How many searches there are by now."""
    return len(_every)


def found(content: bytes, wanted: tuple[bytes, ...]) -> int:
    """The bits of those of the patterns that find something."""
    numbers = _numbers(content, wanted)
    return EVERYTHING if numbers is None else sum(1 << number for number in numbers)


def _numbers(content: bytes, wanted: tuple[bytes, ...]) -> list[int] | None:
    """Which of the patterns find something, by their numbers; None where looking fails."""
    numbers: list[int] | None = _compiled(wanted).Match(content)
    if not numbers or len(wanted) not in numbers:
        return None
    numbers.remove(len(wanted))
    return numbers


def release() -> None:
    """Give back the memory of the searches, which grows with what was searched."""
    _compiled.cache_clear()
    _alone.cache_clear()


def passes(searches: int) -> tuple[Pass, ...]:
    """The passes of the first so many searches."""
    together: dict[Counts | None, list[Search]] = {}
    for search in _every[:searches]:
        together.setdefault(search.among, []).append(search)
    return tuple(
        Pass(among, tuple(one.pattern for one in own), tuple(one.bit for one in own))
        for among, own in together.items()
    )


@lru_cache(8)
def _compiled(wanted: tuple[bytes, ...]) -> "Any":
    import re2  # noqa: PLC0415 - only where something is looked for

    made = re2.Set.SearchSet(_options())
    for pattern in wanted:
        made.Add(pattern)
    # Found everywhere: where even this is missing, the search itself has failed.
    made.Add(b"")
    made.Compile()
    return made


@lru_cache(8)
def _alone(pattern: bytes) -> "Any":
    import re2  # noqa: PLC0415 - as above

    return re2.compile(pattern, _options())


def _options() -> "Any":
    import re2  # noqa: PLC0415 - as above

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.max_mem = _MEMORY
    options.log_errors = False
    return options
