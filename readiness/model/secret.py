"""Values that no output may show."""

import hmac
from typing import NoReturn

MASK = "****"


class Secret:
    """A text that is only ever shown as a mask.

    It has no text form, cannot be pickled and compares in constant time;
    `reveal` is the one way to the value, so every use can be found by name.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Give the text itself; for comparing and connecting, never for output."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __str__(self) -> str:
        return MASK

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret cannot be pickled or copied to disk")
