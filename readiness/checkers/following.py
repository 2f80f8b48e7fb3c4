"""What follows a name in Python source, sign by sign: whether a text may be its value.

Where that cannot be told it may; what is said to be none, is none. A text in square or curly
brackets has a name of its own or none, as has one that is the value of another argument.
"""

import re
from collections.abc import Callable, Iterator

from readiness.checkers.spelling import OPTIONS, READERS, WRAPPERS

_MOST = 500
"""So many signs are looked at; a text may follow behind them."""
_SIGN = re.compile(
    rb"""(?P<space>(?:[ \t\f]|\\(?:\r\n?|\n)|\#[^\r\n]*)+)
    | (?P<line>[\r\n]+)
    | (?P<text>(?P<kind>[rR]?[bBuUfFtT]?[rR]?)(?:
        \"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}
        |\"(?:[^\"\\\r\n]|\\\r\n|\\.)*\"|'(?:[^'\\\r\n]|\\\r\n|\\.)*'))
    | (?P<word>[\w.\x80-\xff]+)
    | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_CAPITALS = re.compile(rb"[A-Z][A-Z0-9_]*\Z")
_NAME = re.compile(rb"[A-Za-z_]\w*\Z")
_COMPLETE = re.compile(rb"[\w.\x80-\xff)\]}\"]\Z")
_NEXT = rb"(?:\s|\\|#[^\r\n]*)*"
_END = re.compile(_NEXT + rb",?" + _NEXT + rb"\)")
_COLON = re.compile(_NEXT + rb":")
OR = re.compile(rb"(?:[)\s\\]|#[^\r\n]*)*or\b")
"""A value that stands in for what a call gives."""
_NUMBER = re.compile(rb"[0-9\\]")
# Calls whose arguments beyond the first, or whose first one, may be what they give.
_READERS = frozenset(map(str.encode, READERS))
_FIRST = frozenset(map(str.encode, WRAPPERS | OPTIONS))
_LATER = _READERS - _FIRST - {b"getattr"}
# With these an expression goes on in a new line, as it does behind them.
_JOINING = frozenset({b"or", b"and", b"if", b"else", b"in", b"is", b"not", b"for", b"async"})
_OPENING = _JOINING | {b"lambda", b"await", b"yield", b"from", b"return", b"assert"}
_AFTER_COMPARISON = frozenset({b"or", b"and", b"if", b"else", b"for", b"async"})
_TEXT = b'"'
_EMPTY = frozenset({b'""', b"''", b'b""', b"b''"})
# Arguments that may be the value of what their call is given to.
_ITS_OWN = frozenset({b"default", b"key"})


class Value:
    """What follows a name, up to where its value ends.

    ``many`` says that it goes on behind commas, as the arguments of a call do, ``paired`` that
    only the second of two values matters, ``compared`` that it is what the name is compared
    with, and ``numbered`` that no text without a number matters.
    """

    def __init__(
        self, content: bytes, *, many: bool = False, paired: bool = False, compared: bool = False,
        numbered: bool = False,
    ) -> None:  # fmt: skip
        self._content = content
        self._many = many or paired
        self._paired = paired
        self._compared = compared
        self._numbered = numbered
        self._open: list[tuple[bytes, bytes]] = []
        self._last, self._before = b"=", b""
        self._is_new_line = False

    def has_text(self, at: int) -> bool:
        """Tell whether a text that may matter is in it; it begins there."""
        for kind, match in self._each(at):
            answer = True if kind == "more" else _WAYS[kind](self, match)
            if answer is not None:
                return answer
        return False

    def said(self, at: int) -> list[bytes] | None:
        """The names and texts in it, as they are written; None where it is too long."""
        found: list[bytes] = []
        for kind, match in self._each(at):
            if kind == "more":
                return None
            if kind == "text":
                found.append(match["text"][len(match["kind"]) :].strip(b"\"'"))
            elif _WAYS[kind](self, match) is not None:
                break
            else:
                found.append(match[0])
        return found

    def _each(self, at: int) -> Iterator[tuple[str, re.Match[bytes]]]:
        """The signs in it, up to where a new line ends it."""
        for count, match in enumerate(_SIGN.finditer(self._content, at)):
            kind = match.lastgroup if count < _MOST else "more"
            if kind == "line":
                self._is_new_line = not self._open and self._is_complete()
            elif kind != "space" and kind is not None:
                if self._is_new_line and self._begins_anew(kind, match[0]):
                    return
                yield kind, match
                self._before, self._last = self._last, _TEXT if kind == "text" else match[0]
                self._is_new_line = False

    def _begins_anew(self, kind: str, said: bytes) -> bool:
        """Whether a sign that stands in a new line cannot go on with what is complete."""
        if kind == "text":
            return self._last != _TEXT
        return kind == "word" and said not in _JOINING and said[:1] != b"."

    def _is_complete(self) -> bool:
        return bool(_COMPLETE.search(self._last)) and self._last not in _OPENING

    def _text(self, match: re.Match[bytes]) -> bool | None:
        return True if self._matters(match) else None

    def _matters(self, match: re.Match[bytes]) -> bool:
        said = match["text"]
        is_formatted = not {*b"fFtT"}.isdisjoint(match["kind"])
        if is_formatted and said.count(b"{") != said.count(b"}"):
            return True  # one with texts in it, which goes on
        if any(mark != b"(" for mark, _ in self._open) or said in _EMPTY:
            return False
        if self._numbered and not _NUMBER.search(said):
            return False
        called = self._open[-1][1] if self._open else b""
        if self._paired:
            is_key = not self._open and _COLON.match(self._content, match.end())
            return not (called or is_key or self._is_of_other())
        return not (self._is_name_of_variable(match) or self._is_of_other()
                    or self._is_argument(called))  # fmt: skip

    def _is_argument(self, called: bytes) -> bool:
        """Tell whether it is an argument of a call that gives no argument back."""
        if not called or self._last not in {b"(", b","} or called in _FIRST:
            return False
        is_given_back = called in _LATER and self._last == b","
        # The first argument in a class of settings may be the value of a field.
        return not is_given_back and b"Settings" not in self._content

    def _is_name_of_variable(self, match: re.Match[bytes]) -> bool:
        """Tell whether it is all that a call is given which reads a variable."""
        reads = self._last == b"(" and self._open and self._open[-1][1] in _READERS
        said = match["text"][1:-1]
        return bool(reads and _CAPITALS.match(said) and _END.match(self._content, match.end()))

    def _is_of_other(self) -> bool:
        """Tell whether it is the value of an argument that has another name."""
        within = self._last == b"=" and (self._open or self._many)
        return bool(within and _NAME.match(self._before)) and self._before not in _ITS_OWN

    def _word(self, match: re.Match[bytes]) -> bool | None:
        ends = self._compared and not self._open and match[0] in _AFTER_COMPARISON
        return False if ends else None

    def _sign(self, match: re.Match[bytes]) -> bool | None:
        said = match[0]
        if said in {b"(", b"[", b"{"}:
            called = b"" if self._last in _OPENING else self._last.rpartition(b".")[2]
            self._open.append((said, called if _NAME.match(called) else b""))
        elif said in {b")", b"]", b"}"}:
            return self._closed(match.end())
        elif said in {b'"', b"'", b"\\"} or (
            not self._open and self._ends_with(said, match.end())
        ):
            return False
        return None

    def _closed(self, at: int) -> bool | None:
        if self._open:
            self._open.pop()
            return None
        goes_on = self._many and OR.match(self._content, at)
        self._many = False
        return None if goes_on else False

    def _ends_with(self, sign: bytes, at: int) -> bool:
        if self._paired and sign in {b"=", b":"} and self._before == b",":
            return self._content[at : at + 1] != b"="  # the next argument
        return sign == b";" or (not self._many and sign in {b",", b":"})


_WAYS: dict[str, Callable[[Value, re.Match[bytes]], bool | None]] = {
    "text": Value._text,  # noqa: SLF001 - its own
    "word": Value._word,  # noqa: SLF001 - as above
    "sign": Value._sign,  # noqa: SLF001 - as above
}
