"""What a rule asks of an HTTP endpoint, and what came back."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from msgspec import Struct

from readiness.model.finding import Undecidable
from readiness.model.secret import MASK, Secret

TIMEOUT = 5.0


class Request(Struct, frozen=True):
    """A question to an HTTP endpoint. It is only ever a GET or a HEAD.

    ``url`` may hold credentials; they are sent as a header and never shown. A header's
    value may be a `Secret`.
    """

    url: str | Secret
    method: str = "GET"
    headers: tuple[tuple[str, str | Secret], ...] = ()
    timeout: float = TIMEOUT

    @property
    def masked(self) -> str:
        """The URL as it may be shown: without credentials, and without the query's values."""
        text = self.url.reveal() if isinstance(self.url, Secret) else self.url
        try:
            parts = urlsplit(text)
            host = parts.netloc.rpartition("@")[2]
            asked = "&".join(f"{one.partition('=')[0]}={MASK}" for one in _asked(parts.query))
            return urlunsplit((parts.scheme, host, parts.path, asked, ""))
        except ValueError:
            return "the endpoint"

    def __repr__(self) -> str:
        return f"Request({self.method} {self.masked})"


class Response(Struct, frozen=True):
    """What an endpoint answered, or why it did not.

    ``error`` is a sentence. ``status`` is None where there was no answer at all.
    """

    status: int | None = None
    text: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    truncated: bool = False
    error: str | None = None
    duration_ms: int = 0

    def json(self) -> Any:
        """The body as JSON; raises `Undecidable` where it is none."""
        import json  # noqa: PLC0415 - only where a rule asks for it

        if self.truncated:
            raise Undecidable("the answer is too long to be read as JSON")
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            raise Undecidable("the answer is no JSON") from None

    def header(self, name: str) -> str | None:
        """The first header of a name, in any case; None where there is none."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


def _asked(query: str) -> list[str]:
    return [one for one in query.split("&") if one]
