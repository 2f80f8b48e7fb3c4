"""How a piece of code can end other than by going on."""

from typing import Literal

from readiness.program.values import NONE, Value

Kind = Literal["normal", "return", "raise", "break", "continue", "dead"]


class Abrupt(Exception):  # noqa: N818 - control flow of the evaluated code, not an error
    """The evaluated code leaves the normal order."""

    kind: Kind = "normal"

    def __init__(self, value: Value = NONE) -> None:
        super().__init__(self.kind)
        self.value = value


class Returned(Abrupt):
    """A function returns."""

    kind: Kind = "return"


class Raised(Abrupt):
    """An exception of the evaluated code is on its way up."""

    kind: Kind = "raise"


class Broke(Abrupt):
    """A loop is left."""

    kind: Kind = "break"


class Continued(Abrupt):
    """A loop goes on with its next round."""

    kind: Kind = "continue"


class Dead(Abrupt):
    """A path that cannot happen, or that never ends."""

    kind: Kind = "dead"


class LimitReached(Exception):  # noqa: N818 - an answer, not an error of ours
    """The evaluation used up what it was allowed; ``reason`` says what."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


_CLASSES: dict[str, type[Abrupt]] = {
    cls.kind: cls for cls in (Returned, Raised, Broke, Continued, Dead)
}


def abrupt(kind: Kind, value: Value) -> Abrupt:
    """The exception that carries an outcome of this kind."""
    return _CLASSES[kind](value)
