"""HTTP questions. (Stands in until the room is whole; to be replaced.)"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP question."""

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    timeout: float = 5.0


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP answer."""

    status: int | None = None
    text: str = ""
    json: object = None
    error: str | None = None
