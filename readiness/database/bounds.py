"""A connection that ends when the time is over."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from readiness.database.dialling import Deadline

if TYPE_CHECKING:
    from psycopg import Connection


@contextmanager
def bounded(connection: "Connection[Any]", deadline: Deadline) -> Iterator[None]:
    """End the connection when the time is over, or when we are interrupted."""
    done = Event()

    def watch() -> None:
        if not done.wait(deadline.left):
            _cut(connection)

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    except KeyboardInterrupt:
        # The server is told to stop, or it would go on with the statement.
        with suppress(Exception):
            connection.cancel_safe(timeout=0.5)
        raise
    finally:
        done.set()
        connection.close()


def _cut(connection: "Connection[Any]") -> None:
    import os  # noqa: PLC0415 - only where the time is over
    import socket  # noqa: PLC0415 - as above

    with suppress(Exception):
        connection.cancel_safe(timeout=0.5)
    with suppress(Exception), socket.socket(fileno=os.dup(connection.fileno())) as wire:
        wire.shutdown(socket.SHUT_RDWR)
