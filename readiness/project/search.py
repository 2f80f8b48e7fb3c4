"""Looking for words in every Python file at once, before any of them is parsed."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re

EVERYTHING = -1
"""The bits of a file that may hold anything, since it was not searched."""
WAY = b"in the letters that Python takes"
"""To be changed with how it is searched: what was found in another way is forgotten."""
_MEMORY = 16 * 1024 * 1024
_every: list["Search"] = []


class Search:
    """Words that a Python file must contain to be worth parsing, as patterns of RE2 over bytes.

    Parsing takes a hundred times longer than looking, so whoever parses many files says
    first, by a `Search` made when its module is loaded, which ones can matter. All of
    them are looked for together, in one pass over each file.
    """

    def __init__(self, *patterns: bytes) -> None:
        self.pattern = b"|".join(b"(?:" + pattern + b")" for pattern in patterns)
        self.bit = 1 << len(_every)
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


def count() -> int:
    """How many searches there are by now."""
    return len(_every)


def found(content: bytes, wanted: tuple[bytes, ...]) -> int:
    """The bits of those of the patterns that find something."""
    numbers = _compiled(wanted).Match(content)
    if not numbers or len(wanted) not in numbers:
        return EVERYTHING
    return sum(1 << number for number in numbers if number < len(wanted))


def release() -> None:
    """Give back the memory of the searches, which grows with what was searched."""
    _compiled.cache_clear()
    _alone.cache_clear()


def patterns(searches: int) -> tuple[bytes, ...]:
    """What the first so many searches look for, in order."""
    return tuple(search.pattern for search in _every[:searches])


@lru_cache(8)
def _compiled(wanted: tuple[bytes, ...]) -> Any:
    import re2  # noqa: PLC0415 - only where something is looked for

    made = re2.Set.SearchSet(_options())
    for pattern in wanted:
        made.Add(pattern)
    # Found everywhere: where even this is missing, the search itself has failed.
    made.Add(b"")
    made.Compile()
    return made


@lru_cache(8)
def _alone(pattern: bytes) -> Any:
    import re2  # noqa: PLC0415 - as above

    return re2.compile(pattern, _options())


def _options() -> Any:
    import re2  # noqa: PLC0415 - as above

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.max_mem = _MEMORY
    options.log_errors = False
    return options
