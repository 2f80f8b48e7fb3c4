"""One program that a script or a pipeline calls."""

from collections.abc import Mapping

from msgspec import Struct, field

from readiness.model.place import Place

UNKNOWN = "${UNKNOWN}"
"""What stands in a word for a part that only running it tells."""

Texts = Mapping[str, str]


class Step(Struct, frozen=True):
    """The words of a call, as far as they are known; unknown parts stand as ``${NAME}``.

    ``exported`` is what the program finds in its environment, ``written`` the files that were
    written before. ``sure`` tells that no condition may pass it by, ``where`` are the names of
    what it stands in: a job, a target.
    """

    words: tuple[str, ...]
    at: Place
    sure: bool = True
    exported: Texts = field(default_factory=dict)
    written: Texts = field(default_factory=dict)
    where: tuple[str, ...] = ()
    given: str | None = None
    """What the program reads, where that is written beside it."""


def is_open(text: str) -> bool:
    """Tell whether a part of a text is not known."""
    return "${" in text or "$(" in text
