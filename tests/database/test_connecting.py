"""An attempt to connect that came to nothing leaves no connection behind."""

import gc
import socket
from collections.abc import Iterator

import pytest

from readiness.database.connecting import _open
from readiness.database.dialling import Deadline


@pytest.fixture
def _uncollected() -> Iterator[None]:
    """Only what nothing refers to any more goes, as long as a test runs."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_uncollected")
def test_an_attempt_that_comes_to_nothing_closes_its_socket() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        words = {"host": "127.0.0.1", "port": silent.getsockname()[1], "user": "app",
                 "dbname": "app", "sslmode": "disable", "gssencmode": "disable"}  # fmt: skip

        with pytest.raises(TimeoutError):
            _open(words, Deadline(0.2))

        client, _ = silent.accept()
        client.settimeout(10)
        with client:
            while client.recv(1024):  # what libpq said first, until its end of the line
                pass
