"""Values of ``ENV`` and ``ARG`` as the builder takes them: quotes, escapes, then references."""

from collections.abc import Mapping

from msgspec import Struct, field

from readiness.deployment.interpolation import Filled, fill, reference_end
from readiness.model.variable import Variable

_ESCAPED_IN_QUOTES = '"$'


class _Reading(Struct):
    """One value being read, sign by sign; each piece says what it took."""

    known: Mapping[str, Variable]
    filled: Filled = field(default_factory=Filled)

    def literal(self, text: str) -> None:
        self.filled.text += text
        self.filled.partial += text

    def reference(self, text: str) -> None:
        found = fill(text, self.known, absent="empty")
        self.filled.text += found.text
        self.filled.partial += found.partial
        for name in ("unknown", "defaults", "missing", "used"):
            getattr(self.filled, name).extend(getattr(found, name))


def filled_word(text: str, known: Mapping[str, Variable], escape: str = "\\") -> Filled:
    """A word with its quotes taken off and its references filled in, as the builder does it."""
    reading = _Reading(known)
    offset, quote = 0, ""
    while offset < len(text):
        sign, following = text[offset], text[offset + 1 : offset + 2]
        if quote == "'":
            quote = "" if sign == "'" else quote
            reading.literal("" if sign == "'" else sign)
        elif sign == escape and following and _takes(quote, following, escape):
            reading.literal(following)
            offset += 1
        elif sign in {"'", '"'} and quote in {"", sign}:
            quote = "" if quote else sign
        elif sign == "$" and (end := reference_end(text, offset)) > offset + 1:
            reading.reference(text[offset:end])
            offset = end - 1
        else:
            reading.literal(sign)
        offset += 1
    return reading.filled


def _takes(quote: str, following: str, escape: str) -> bool:
    """Tell whether an escape sign takes the next one as it is: inside quotes only some."""
    return not quote or following in _ESCAPED_IN_QUOTES or following == escape
