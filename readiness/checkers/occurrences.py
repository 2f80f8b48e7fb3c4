"""The places in a Python file where the name of a credential stands: whether one has a text.

Most have none: `password: str`, `password=password`, `api_key = getenv("API_KEY")`. To look
at what follows a name takes a hundredth of the time that parsing the file does.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from readiness import Search
from readiness.checkers.candidates import CALLED, COMPARED, KEYS, NAMED
from readiness.checkers.following import OR, Value
from readiness.checkers.names import is_password, is_secret, is_signing_key
from readiness.checkers.spelling import ALIKE, READERS

_MOST = 2000
"""So many names are looked at; a file with more of them is parsed."""
_REACH = 200
"""So far before a text its call is looked for."""
_TITLE = re.compile(rb"[\s:/]")
_HOLE = re.compile(rb"\{[^{}]*\}")
_NEXT = rb"(?:\s|\\|#[^\r\n]*)*"
_SIGN = re.compile(_NEXT + rb"(?:(?:\)" + _NEXT + rb")*!?=|:)")
_WAY = re.compile(_NEXT + rb"\.(?:" + "|".join(sorted(ALIKE)).encode() + rb")\(")
_COMPARED = re.compile(rb"[^()#]*\)" + _NEXT + rb"[!=]=")
_MAY_BE_COMPARED = re.compile(rb"(?s)[^()#]*[(#].{0,200}?[!=]=")
_ALIAS = re.compile(rb"(?:alias\w*|envvar)" + _NEXT + rb"=(?:[\s(\\]|#[^\r\n]*)*\Z")
_LINE_ENDS = re.compile(rb"[ \t\f]*(?:#[^\r\n]*)?[\r\n]")
# What stands before a name or a text behind which a colon begins a block.
_TESTED = re.compile(
    rb"(?:[=<>.|]|\b(?:if|elif|while|and|or|not|in|is|case))[ \t]*[rRbBuUfF]{0,2}\Z"
)
_BLANK = b" \t\r\n\f\\"
_QUOTED = re.compile(rb"[rRbBuUfF]{0,2}[\"']")
_PREFIX = re.compile(rb"(?<![\w\x80-\xff])[rRbBuUfF]{1,2}\Z")
_CALL = re.compile(rb"(\w*)[ \t]*\(\Z")
_READERS = frozenset(map(str.encode, READERS))
_ANY, _NUMBERED = 2, 1


def may_hold_text(content: bytes, finds: Callable[[Search], bool]) -> bool:
    """Tell whether a name of a credential may be given a text somewhere.

    ``finds`` tells of a search whether it finds anything in the file.
    """
    return any(finds(search) and way(content) for search, way in _LOOKS.items())


def _names(content: bytes) -> bool:
    """Whether one of the names may have a text."""
    for count, match in enumerate(NAMED.each(content)):
        if count > _MOST or _may_have_text(content, *match.span(1), match.end()):
            return True
    return False


def _calls(content: bytes) -> bool:
    return any(_may_be_given(content, match.end()) for match in CALLED.each(content))


def _comparisons(content: bytes) -> bool:
    return any(_may_be_named(content, match.end()) for match in COMPARED.each(content))


def _keys(content: bytes) -> bool:
    return any(_may_be_key(content, match[1], match[2]) for match in KEYS.each(content))


def _may_be_named(content: bytes, at: int) -> bool:
    """Tell whether what a text is compared with may have the name of a credential."""
    said = Value(content, compared=True).said(at)
    return said is None or any(map(_weight, said))


def _may_be_given(content: bytes, at: int) -> bool:
    is_compared = content[at - 1 : at + 1] == b"=="
    paired = content[at - 1] != _BRACKET
    return not is_compared and Value(content, many=True, paired=paired).has_text(at)


@lru_cache(4096)
def _weight(name: bytes) -> int:
    """Which texts under a name matter: none (0), one with a number in it (1), or any (2)."""
    said = name.decode("latin-1")
    if is_password(said) or is_signing_key(said):
        return _ANY
    ends = said.lower().endswith(("secret", "secret_key", "signing_key", "encryption_key"))
    return is_secret(said) * (_ANY if ends else _NUMBERED)


def _may_have_text(content: bytes, start: int, stop: int, end: int) -> bool:
    """Tell it of the place where a word begins, the name stops, and the sign behind it ends."""
    quote = content[stop : stop + 1]
    if quote not in {b'"', b"'"}:
        start = _beginning(content, start)
        weight = _weight(content[start:stop])
        return bool(weight) and _AFTER_NAME[content[end - 1]](_Place(content, start, end, weight))
    line = _line(content, start)
    start = content.rfind(quote, line, start) + 1
    said = _HOLE.sub(b"\0", content[start:stop])
    if not start or _TITLE.search(said):
        return False  # words for readers, or a text of several lines
    weight = _weight(said)
    way = _AFTER_TEXT.get(content[end - 1], _Place.joined)
    return bool(weight) and way(_Place(content, start - 1, end, weight))


def _may_be_key(content: bytes, name: bytes, text: bytes) -> bool:
    """Tell whether a name for the name of a credential stands where that may be given a text."""
    weight = _weight(text)
    used = rb"(?<![\w.\x80-\xff])(?:\w+\.)*" + name + rb"(?![\w\x80-\xff])" + _NEXT
    for count, match in enumerate(re.finditer(used, content)):
        start, end = match.span()
        sign = content[end : end + 1]
        is_joined = sign == b"+" or content[:start].rstrip(_BLANK)[-1:] == b"+"
        if count > _MOST or is_joined or (sign == b"}" and content[start - 1] == _CURLY):
            return True
        way = _AFTER_TEXT.get(ord(sign or b"\0"))
        if weight and way is not None and way(_Place(content, start, end + 1, weight)):
            return True
    return False


def _line(content: bytes, at: int) -> int:
    return max(content.rfind(b"\n", 0, at), content.rfind(b"\r", 0, at)) + 1


def _beginning(content: bytes, at: int) -> int:
    while at and (chr(one := content[at - 1]).isalnum() or one > 127 or one == 95):  # noqa: PLR2004
        at -= 1
    return at


class _Place:
    """Where a name begins, or the quote before it, and where the sign behind it ends."""

    def __init__(self, content: bytes, start: int, end: int, weight: int) -> None:
        self._content = content
        self._start = start
        self._end = end
        self._numbered = weight == _NUMBERED

    def given(self) -> bool:
        """Behind `name =`, which may be `name ==` and `name !=`."""
        return self._given(self._end)

    def typed(self) -> bool:
        """Behind `name:` and `"name":`, which may be a test before a block."""
        before = self._content[_line(self._content, self._start) : self._start]
        if _LINE_ENDS.match(self._content, self._end) and _TESTED.search(before):
            return False
        return self._has_text(self._end)

    def made(self) -> bool:
        """Behind `name.strip(`, the result of which may be compared."""
        return self._made(self._end)

    def looked_up(self) -> bool:
        """Behind `["name"]`: it may be set, compared, or a text of a list."""
        sign = _SIGN.match(self._content, self._end)
        if sign is None:
            way = _WAY.match(self._content, self._end)
            return way is not None and self._made(way.end())
        at = sign.end()
        if self._content[at - 1 : at] == b"=":
            return self._given(at)
        return not _LINE_ENDS.match(self._content, at) and self._has_text(at)

    def listed(self) -> bool:
        """Behind `"name",`: other arguments may stand in for what the first one names."""
        before = self._before()
        if self._content[self._start + 1 : self._start + 3] == b"--":
            return self._has_text(self._end, many=True)
        if _ALIAS.search(before):
            return True
        return self._may_be_first(before) and self._has_text(self._end, many=True)

    def closed(self) -> bool:
        """Behind `"name")`: what the call gives may be replaced, `or "…"`."""
        if _ALIAS.search(self._before()):
            return True
        found = OR.match(self._content, self._end)
        return found is not None and self._has_text(found.end())

    def joined(self) -> bool:
        """Behind `"name" +`, or beside another text: it may go on there in any way."""
        return (self._content[self._end - 1] == _PLUS
                or _QUOTED.match(self._content, self._end - 1) is not None)  # fmt: skip

    def _before(self) -> bytes:
        return _PREFIX.sub(b"", self._content[max(0, self._start - _REACH) : self._start])

    @staticmethod
    def _may_be_first(before: bytes) -> bool:
        """Whether a call that reads something is given it first, as far as one can see there."""
        said = before.rstrip(_BLANK)
        if said[-1:] in {b'"', b"'", b"+"} or b"#" in re.split(rb"[\r\n]", said)[-1]:
            return True
        call = _CALL.search(said)
        return call is not None and (call[1] in _READERS or not call[1])

    def _given(self, at: int) -> bool:
        content = self._content
        if content[at - 2 : at] in {b"!=", b"=="}:
            return self._has_text(at, compared=True)
        if content[at : at + 1] == b"=":
            return self._has_text(at + 1, compared=True)
        return self._has_text(at)

    def _made(self, at: int) -> bool:
        compared = _COMPARED.match(self._content, at)
        if compared:
            return self._has_text(compared.end(), compared=True)
        return _MAY_BE_COMPARED.match(self._content, at) is not None

    def _has_text(self, at: int, *, many: bool = False, compared: bool = False) -> bool:
        value = Value(self._content, many=many, compared=compared, numbered=self._numbered)
        return value.has_text(at)


_PLUS, _BRACKET, _CURLY = ord("+"), ord("("), ord("{")
_AFTER_NAME: dict[int, Callable[[_Place], bool]] = {
    ord("="): _Place.given,
    ord(":"): _Place.typed,
    ord("("): _Place.made,
}
_AFTER_TEXT: dict[int, Callable[[_Place], bool]] = {
    ord(":"): _Place.typed,
    ord("]"): _Place.looked_up,
    ord(","): _Place.listed,
    ord(")"): _Place.closed,
}
_LOOKS = {NAMED: _names, CALLED: _calls, COMPARED: _comparisons, KEYS: _keys}
