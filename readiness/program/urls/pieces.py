"""Parts of a connection's address, over texts that are known in part."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from msgspec import Struct

from readiness.model.secret import Secret
from readiness.model.trace import Trace
from readiness.program.answers import Password, Piece, Url
from readiness.program.provenance import variables_of
from readiness.program.values import (
    Class,
    Constant,
    External,
    Instance,
    List,
    Part,
    Text,
    Tuple,
    Unknown,
    Value,
)

FIRST_GAP = 0xF0000
_SCHEME_CHANGED = re.compile(
    r"\.(?:replace|removeprefix)\['[a-z0-9+]+(?::(?://)?)?'(?:, (?:'[a-z0-9+]*(?::(?://)?)?'|None))*\]"
    r"|\.strip|\.without query"
)


class Spans(Struct, frozen=True):
    """A text whose unknown parts are written as one private character each."""

    content: str
    parts: tuple[tuple[int, Part], ...]

    @classmethod
    def of(cls, value: Text) -> "Spans":
        """Write the parts of a text one after the other."""
        content, parts = "", []
        for index, part in enumerate(value.parts):
            parts.append((len(content), part))
            content += chr(FIRST_GAP + index) if part.text is None else part.text
        return cls(content, tuple(parts))

    def covering(self, start: int, end: int) -> tuple[Part, ...]:
        """The parts that a stretch of the text came from."""
        found = []
        for index, (begin, part) in enumerate(self.parts):
            after = self.parts[index + 1][0] if index + 1 < len(self.parts) else len(self.content)
            if begin < end and after > start:
                found.append(part)
        return tuple(found)

    def between(self, start: int, end: int, trace: Trace = ()) -> Text:
        """A stretch of the text, as a text of its own."""
        kept = []
        for index, (begin, part) in enumerate(self.parts):
            after = self.parts[index + 1][0] if index + 1 < len(self.parts) else len(self.content)
            low, high = max(begin, start), min(after, end)
            if low < high:
                kept.append(part if part.text is None else Part(
                    part.text[low - begin : high - begin], part.at, part.variable,
                    part.literal))  # fmt: skip
        return Text(tuple(kept) or (Part(""),), trace)


def has_gap(content: str) -> bool:
    """Whether a stretch holds an unknown part."""
    return any(ord(character) >= FIRST_GAP for character in content)


def piece(content: str | None, parts: Iterable[Part], *, decode: bool = True) -> Piece:
    """A part of a connection, by the stretch of text that says it."""
    parts = tuple(parts)
    places = tuple(dict.fromkeys(part.at for part in parts if part.at))
    variables = tuple(dict.fromkeys(part.variable for part in parts if part.variable))
    literal = bool(parts) and all(part.literal for part in parts)
    if content is None:
        return Piece(None, "", places, variables, literal)
    if has_gap(content):
        return Piece(None, supplied(variables), places, variables, literal, _key(content, parts))
    return Piece(unquote(content) if decode else content, "", places, variables, literal)


def _key(content: str, parts: tuple[Part, ...]) -> str:
    """The same for the same text: its unknown parts by what identifies them."""
    gaps = iter([part for part in parts if part.text is None])
    return "".join(
        f"{{{identity(next(gaps, None))}}}" if has_gap(character) else character
        for character in content
    )


def identity(part: Part | None) -> str:
    """What identifies unknown content; another scheme of an address does not change it."""
    if part is None:
        return "?"
    return _SCHEME_CHANGED.sub("", part.key) if part.key else f"part {id(part)}"


def supplied(variables: tuple[str, ...]) -> str:
    """Why a text is not known."""
    if not variables:
        return "a part of it is not known"
    return f"{', '.join(variables)} {'is' if len(variables) == 1 else 'are'} set by the platform"


def unknown_url(reason: str, value: Value | None = None) -> Url:
    """An address of which nothing is known, and why."""
    variables = variables_of(value.trace) if value is not None else ()
    key = key_of(value)
    gap = Piece(None, reason, (), variables, key=key)
    password = Password(None, reason, (), variables)
    return Url(None, gap, password, gap, gap, gap, {}, reason, key=key)


def key_of(value: Value | None) -> str:
    """The same for the same value, as far as that is certain."""
    if isinstance(value, Text):
        spans = Spans.of(value)
        return _key(spans.content, value.parts)
    return f"value {value.number}" if isinstance(value, Unknown) else ""


def is_absent(given: Piece) -> bool:
    """Whether a part is certainly not there, or empty."""
    return given.known and not given.text


def password_of(given: Piece) -> Password:
    """A piece as a password, kept secret."""
    secret = Secret(given.text) if given.text is not None else None
    return Password(secret, given.reason, given.places, given.variables, given.literal)


def from_pieces(dialect: str | None, given: dict[str, Piece]) -> Url:
    """An address by libpq's key words."""
    rest = dict(given)
    user = rest.pop("user", rest.pop("username", Piece()))
    password = rest.pop("password", None)
    host = rest.pop("host", rest.pop("hostaddr", Piece()))
    port, database = rest.pop("port", Piece()), rest.pop("dbname", rest.pop("database", Piece()))
    return Url(dialect, user, password_of(password) if password else Password(), host, port,
               database, rest)  # fmt: skip


_TEXTS = frozenset({"builtins.str", "enum.StrEnum"})


def in_text(value: Value) -> Value:
    """A member of an enumeration of texts is a text for every library that takes one."""
    if not isinstance(value, Instance) or not isinstance(value.cls, Class):
        return value
    is_text = any(isinstance(one, External) and one.name in _TEXTS for one in value.cls.order)
    held = value.data if is_text and "members" in value.cls.traits else None
    return held if isinstance(held, Value) else value


def piece_of(value: Value | None) -> Piece:
    """A value given by itself (``host=…``) as a part of a connection."""
    value = in_text(value) if value is not None else None
    variables = variables_of(value.trace) if value is not None else ()
    match value:
        case None | Constant(value=None):
            found = Piece()
        case Text():
            found = piece(Spans.of(value).content, value.parts, decode=False)
        case Constant():
            found = Piece(str(value.value), "", (), variables)
        case Instance() if "secret" in value.slots.values:
            found = piece_of(value.slots.values["secret"])
        case Unknown():
            found = Piece(None, value.reason, (), variables, key=key_of(value))
        case List():
            found = piece_of(value.slots.values["items"])
        case Tuple() if value.items:
            found = _joined([piece_of(one) for one in value.items])
        case _:
            found = Piece(None, "it hangs on a condition that nothing decides", (), variables)
    return found


def _joined(every: list[Piece]) -> Piece:
    """Several hosts or ports, which are one text for libpq."""
    unknown = next((one for one in every if not one.known), None)
    places = tuple(place for one in every for place in one.places)
    variables = tuple(name for one in every for name in one.variables)
    content = None if unknown else ",".join(one.text or "" for one in every)
    return Piece(content, unknown.reason if unknown else "", places, variables)
