"""Asking an HTTP endpoint, within bounds."""

import time
from base64 import b64encode
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from readiness.endpoints.question import Request, Response
from readiness.model.secret import Secret

if TYPE_CHECKING:
    import httpx

LARGEST = 4 * 1024 * 1024
_MOST_REDIRECTS = 3
_METHODS = frozenset({"GET", "HEAD"})
_MOVED = frozenset({301, 302, 303, 307, 308})


def fetch(request: Request, *, timeout: float | None = None) -> Response:
    """Put a question to an endpoint; every failure is a `Response` with an error.

    Only GET and HEAD, no proxy or credentials of this machine's own, no redirect to
    another server, at most 4 MiB, and no longer than the shorter of the two timeouts.
    """
    limit = min(request.timeout, timeout) if timeout else request.timeout
    wrong = _refusal(request)
    if wrong:
        return Response(error=wrong)
    found: list[Response] = []
    begun = time.monotonic()
    worker = Thread(target=lambda: found.append(_ask(request, limit)), daemon=True)
    worker.start()
    # httpx bounds each step, not the whole: a drop every second would keep it for ever.
    worker.join(limit)
    took = int((time.monotonic() - begun) * 1000)
    if not found:
        return Response(error=_late(request, limit), duration_ms=took)
    first = found[0]
    return Response(
        first.status, first.text, first.headers, first.truncated, first.error, duration_ms=took
    )


def _refusal(request: Request) -> str | None:
    if request.method not in _METHODS:
        return f"{request.method} is not asked: only GET and HEAD change nothing"
    try:
        parts = urlsplit(_revealed(request.url))
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        return "the URL of the endpoint cannot be read"
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return f"{request.masked} is no http or https URL"
    return None


def _ask(request: Request, limit: float) -> Response:
    import httpx  # noqa: PLC0415 - only where a rule asks an endpoint

    url, headers = _prepared(request)
    try:
        with httpx.Client(timeout=limit, trust_env=False, follow_redirects=False) as client:
            return _follow(client, request, url, headers)
    except httpx.TimeoutException:
        return Response(error=_late(request, limit))
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
        return Response(error=f"{request.masked} cannot be reached: {_reason(error)}")


def _follow(
    client: "httpx.Client", request: Request, url: str, headers: dict[str, str]
) -> Response:
    asked = url
    for _ in range(_MOST_REDIRECTS + 1):
        with client.stream(request.method, asked, headers=headers) as answer:
            target = answer.headers.get("location")
            if answer.status_code not in _MOVED or not target:
                return _read(answer)
            following = urljoin(asked, target)
            if _server(following) != _server(url):
                host = urlsplit(following).hostname or "nowhere"
                return Response(
                    answer.status_code,
                    error=f"{request.masked} sends on to another server ({host}), which was not "
                    "asked",
                )
            asked = following
    return Response(error=f"{request.masked} sends on more than {_MOST_REDIRECTS} times")


def _read(answer: "httpx.Response") -> Response:
    parts: list[bytes] = []
    size = 0
    for part in answer.iter_bytes(65536):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            break
    body = b"".join(parts)[:LARGEST]
    text = body.decode(answer.charset_encoding or "utf-8", errors="replace")
    headers = tuple((name, value) for name, value in answer.headers.items())
    return Response(answer.status_code, text, headers, truncated=size > LARGEST)


def _prepared(request: Request) -> tuple[str, dict[str, str]]:
    """Take the credentials out of the URL, into a header."""
    parts = urlsplit(_revealed(request.url))
    headers = {name: _revealed(value) for name, value in request.headers}
    headers.setdefault("User-Agent", "readiness")
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers.setdefault("Authorization", f"Basic {b64encode(pair.encode()).decode()}")
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, parts.query, "")), headers


def _server(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def _revealed(text: str | Secret) -> str:
    return text.reveal() if isinstance(text, Secret) else text


def _late(request: Request, limit: float) -> str:
    return f"{request.masked} did not answer within {limit:g} s"


def _reason(error: Exception) -> str:
    """Say why without quoting what was sent: the text of an exception may hold a secret."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
        cause = cause.__cause__ or cause.__context__
    return type(error).__name__
