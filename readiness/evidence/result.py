"""The question for another tool's result file, and its answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct, field

Format = Literal["sarif", "junit", "json"]


class ResultFile(Struct, frozen=True):
    """A result file of the project, asked for by path, so that git may ignore it.

    ``at`` is the JSONPath of the values that are judged, ``time_at`` that of the time
    of the result; both are for the format ``json`` only.
    """

    path: str
    format: Format
    at: str | None = None
    time_at: str | None = None


class ToolResult(Struct, frozen=True):
    """What a result file says; ``error`` is why it says nothing that can be used.

    ``counts`` has the results by level for SARIF (``error``, ``warning``, ``note``,
    ``none``, ``suppressed``), and ``failures``, ``errors``, ``skipped`` and ``total``
    for JUnit. ``values`` are the values found in a JSON file. ``doubts`` are reasons
    why there may be more than was counted. ``made`` is when the result was made, as
    ``made_by`` tells in words.
    """

    tool: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    values: tuple[Any, ...] = ()
    doubts: tuple[str, ...] = ()
    made: datetime | None = None
    made_by: str = ""
    error: str | None = None


class Unusable(Exception):  # noqa: N818 - an answer about a file, not an error of ours
    """A result file that says nothing that can be used; one line says why."""
