"""Values without parts that could change: constants, and texts part by part."""

from typing import Any

from msgspec import Struct

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program.values.value import Value


class Constant(Value, Struct, frozen=True, eq=False):
    """None, a truth value, a number, bytes or an ellipsis."""

    value: Any
    trace: Trace = ()


class Part(Struct, frozen=True):
    """A stretch of a text; ``text`` None is content that the platform supplies.

    ``variable`` names the variable that it was read from, ``literal`` tells a literal of
    the code. ``key`` identifies unknown content, so that two reads of it agree.
    """

    text: str | None
    at: Place | None = None
    variable: str | None = None
    literal: bool = False
    key: str = ""

    def __repr__(self) -> str:
        return "Part(****)"


class Text(Value, Struct, frozen=True, eq=False):
    """A string, part by part, so that the known parts stay known beside unknown ones."""

    parts: tuple[Part, ...]
    trace: Trace = ()

    @property
    def known(self) -> str | None:
        """The whole string where every part is known."""
        texts = [part.text for part in self.parts]
        return None if None in texts else "".join(text for text in texts if text is not None)


NONE = Constant(None)


TRUE = Constant(value=True)


FALSE = Constant(value=False)


def text(value: str, at: Place | None = None, trace: Trace = ()) -> Text:
    """A string that stands in the code, or that a model makes."""
    return Text((Part(value, at, literal=at is not None),), trace)


def boolean(*, value: bool, trace: Trace = ()) -> Constant:
    """A truth value with its trace."""
    return Constant(value, trace)
