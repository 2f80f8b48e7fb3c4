"""Endpoints are asked within bounds, and never told more than the rule says."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from readiness.endpoints import Request, Response, fetch
from readiness.endpoints.fetching import LARGEST
from readiness.model.finding import Undecidable
from readiness.model.secret import Secret

HIDDEN = "kept-to-ourselves"


class _Handler(BaseHTTPRequestHandler):
    """Answers by path, and keeps what it was asked."""

    asked: ClassVar[list[tuple[str, dict[str, str]]]]
    released: ClassVar[threading.Event]

    def do_GET(self) -> None:
        self.asked.append((self.path, dict(self.headers)))
        match self.path.partition("?")[0]:
            case "/health":
                self._say(200, b'{"status": "ok"}')
            case "/down":
                self._say(503, b"down")
            case "/large":
                self._say(200, b"x" * (LARGEST + 10))
            case "/away":
                self._say(302, b"", ("Location", "http://elsewhere.example/health"))
            case "/moved":
                self._say(302, b"", ("Location", "/health"))
            case "/round":
                self._say(302, b"", ("Location", "/round"))
            case "/slow":
                self.send_response(200)
                self.end_headers()
                self.wfile.flush()
                self.released.wait(20)
            case _:
                self._say(404, b"")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _say(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def handler() -> type[_Handler]:
    class Handler(_Handler):
        asked: ClassVar[list[tuple[str, dict[str, str]]]] = []
        released = threading.Event()

    return Handler


@pytest.fixture
def base(handler: type[_Handler]) -> Iterator[str]:
    with _serving(handler) as port:
        yield f"http://127.0.0.1:{port}"


def test_an_answer_has_its_status_text_and_json(base: str) -> None:
    response = fetch(Request(f"{base}/health"))

    assert (response.status, response.error) == (200, None)
    assert response.json() == {"status": "ok"}


def test_an_answer_that_is_no_success_is_an_answer(base: str) -> None:
    response = fetch(Request(f"{base}/down"))

    assert (response.status, response.text, response.error) == (503, "down", None)


def test_credentials_are_sent_as_a_header_and_shown_nowhere(
    base: str, handler: type[_Handler]
) -> None:
    url = base.replace("http://", f"http://monitor:{HIDDEN}@")
    request = Request(Secret(f"{url}/health?token={HIDDEN}"), headers=(("X-Key", Secret(HIDDEN)),))

    response = fetch(request)

    ((path, headers),) = handler.asked
    assert headers["Authorization"].startswith("Basic ")
    assert headers["X-Key"] == HIDDEN
    assert path == f"/health?token={HIDDEN}"
    assert HIDDEN not in f"{request!r} {request.masked} {response!r}"


def test_a_redirect_on_the_same_server_is_followed(base: str) -> None:
    assert fetch(Request(f"{base}/moved")).status == 200


def test_a_redirect_to_another_server_is_not_followed(base: str) -> None:
    response = fetch(Request(f"{base}/away"))

    assert response.status == 302
    assert "elsewhere.example" in (response.error or "")


def test_a_redirect_without_end_is_given_up(base: str, handler: type[_Handler]) -> None:
    response = fetch(Request(f"{base}/round"))

    assert "more than 3 times" in (response.error or "")
    assert len(handler.asked) == 4


def test_an_answer_without_end_is_cut(base: str) -> None:
    response = fetch(Request(f"{base}/large"))

    assert response.truncated
    assert len(response.text) == LARGEST
    with pytest.raises(Undecidable):
        response.json()


def test_an_answer_that_does_not_come_is_not_waited_for(
    base: str, handler: type[_Handler]
) -> None:
    response = fetch(Request(f"{base}/slow", timeout=0.3))
    handler.released.set()

    assert response.status is None
    assert "within 0.3 s" in (response.error or "")


def test_a_port_where_nothing_listens_says_so(base: str) -> None:
    response = fetch(Request(f"http://user:{HIDDEN}@127.0.0.1:1/{HIDDEN}?q={HIDDEN}"))

    assert response.status is None
    assert "refused" in (response.error or "")
    assert f"={HIDDEN}" not in (response.error or "")


@pytest.mark.parametrize(
    ("url", "method"),
    [
        ("http://127.0.0.1:1/", "POST"),
        ("http://127.0.0.1:1/", "DELETE"),
        ("file:///etc/passwd", "GET"),
        ("ftp://127.0.0.1/", "GET"),
        ("http://", "GET"),
        ("http://[::1", "GET"),
        ("http://127.0.0.1:99999/", "GET"),
        ("nonsense", "GET"),
    ],
)
def test_what_is_no_harmless_question_is_not_put(url: str, method: str) -> None:
    response = fetch(Request(url, method))

    assert response.status is None
    assert response.error


def test_a_proxy_of_this_machine_is_not_used(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")

    assert fetch(Request(f"{base}/health")).status == 200


def test_an_answer_that_is_no_json_is_undecided() -> None:
    with pytest.raises(Undecidable, match="no JSON"):
        Response(200, "<html>").json()


def test_headers_are_found_in_any_case() -> None:
    response = Response(200, headers=(("Content-Type", "text/plain"),))

    assert response.header("content-type") == "text/plain"
    assert response.header("etag") is None


@contextmanager
def _serving(handler: type[_Handler]) -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            handler.released.set()
            server.shutdown()
            thread.join(5)
