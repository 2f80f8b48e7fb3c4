"""One walk over the words of a command line, as click's parser takes it."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from readiness.program.values import NONE, Arguments, Constant, Value

_SHORT = 2


class Option(Struct, frozen=True):
    """A parameter of a command: what is said of it, and its default as it is said.

    ``is_option`` tells those with names and dashes from those that words give by their place.
    """

    name: str
    said: Arguments
    default: Value | None
    is_option: bool = True

    @property
    def takes(self) -> int | None:
        """How many words it takes, -1 for all that are left; None where that is not known."""
        if self.is_option and (self.is_switch or self.has("count")):
            return 0
        if self.is_option and self.said.keywords.get("flag_value", NONE) != NONE:
            return 0 if self.plain("is_flag") in {None, True} else None
        if "nargs" in self.said.keywords:
            found = self.plain("nargs")
            return found if isinstance(found, int) else None
        return 1

    @property
    def is_switch(self) -> bool:
        """Whether its name alone gives it: ``--debug/--no-debug``."""
        said = self.plain("is_flag")
        return bool(said) or (said is None and any("/" in one for one in self._told))

    @property
    def names(self) -> dict[str, bool]:
        """Its names, each with whether it says yes."""
        found: dict[str, bool] = {}
        for name in self._told:
            first, _, second = (one.strip() for one in name.partition("/"))
            found |= {one: one is first for one in (second, first) if one.startswith("-")}
        return found

    def has(self, word: str) -> bool:
        """Whether something is said, and not that it is not so."""
        held = self.said.keywords.get(word)
        return held is not None and not (isinstance(held, Constant) and not held.value)

    def plain(self, word: str) -> object:
        """A number or truth value that is said."""
        return getattr(self.said.keywords.get(word), "value", None)

    @property
    def _told(self) -> list[str]:
        return [getattr(one, "known", None) or "" for one in self.said.positional]


class Walked(Struct):
    """The words of each option, in their order, and those that are left for others."""

    given: dict[str, list[list[str]]] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)


class _Lost(Exception):  # noqa: N818 - an answer about words
    """A word is not understood: the library ends the program, or knows more than is seen."""


def walk(options: Sequence[Option], words: Sequence[str], *, group: bool = False) -> Walked | None:
    """What the words give; None where one of them is not understood.

    The words of a ``group`` end with the first that belongs to no option.
    """
    names = {name: (one, yes) for one in options if one.is_option
             for name, yes in one.names.items()}  # fmt: skip
    found, left = Walked(), list(words)
    try:
        while left:
            word = left.pop(0)
            if word == "--":
                break
            if not word.startswith("-") or word == "-":
                found.rest.append(word)
                if group:
                    break
                continue
            _take(names, found, word, left)
        found.rest += left
        _place([one for one in options if not one.is_option], found, group=group)
    except _Lost:
        return None
    return found


_Names = Mapping[str, tuple[Option, bool]]


def _take(names: _Names, found: Walked, word: str, left: list[str]) -> None:
    """An option by its whole name, or several letters behind one dash."""
    name, equals, value = word.partition("=")
    if name in names and (equals or word in names):
        option, yes = names[name]
        if option.takes == 0:
            if equals:
                raise _Lost
            _note(found, option, ["yes" if yes else "no"])
            return
        left[:0] = [value] if equals else []
        _note(found, option, _following(option, left))
    elif word.startswith("--"):
        raise _Lost
    else:
        _letters(names, found, word, left)


def _letters(names: _Names, found: Walked, word: str, left: list[str]) -> None:
    for position, letter in enumerate(word[1:], _SHORT):
        option, yes = names.get(f"-{letter}", (None, True))
        if option is None:
            raise _Lost
        if option.takes == 0:
            _note(found, option, ["yes" if yes else "no"])
            continue
        left[:0] = [word[position:]] if word[position:] else []
        _note(found, option, _following(option, left))
        return


def _following(option: Option, left: list[str]) -> list[str]:
    """The words behind an option, whatever they are."""
    count = option.takes
    if count is None or count < 1 or len(left) < count:
        raise _Lost
    taken = left[:count]
    del left[:count]
    return taken


def _note(found: Walked, option: Option, words: list[str]) -> None:
    found.given.setdefault(option.name, []).append(words)


def _place(arguments: list[Option], found: Walked, *, group: bool) -> None:
    """The words of no option, each for the argument in its place."""
    if group and arguments:
        raise _Lost
    for position, one in enumerate(arguments):
        count = one.takes
        if count is None:
            raise _Lost
        if count < 0:
            after = arguments[position + 1 :]
            if any(other.takes is None or other.takes < 0 for other in after):
                raise _Lost
            count = max(len(found.rest) - sum(other.takes or 0 for other in after), 0)
        if count > 1 and len(found.rest) < count:
            raise _Lost
        if found.rest[:count]:
            found.given[one.name] = [found.rest[:count]]
            del found.rest[:count]
    if arguments and found.rest and not group:
        raise _Lost
