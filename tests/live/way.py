"""A way to a server that takes its time, and counts how often the client waited for an answer."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

_READY = b"Z"
"""ReadyForQuery: the server has answered everything up to where the client waits."""
_HEAD = 5


class Way:
    """A proxy on 127.0.0.1 in front of a server that speaks without TLS.

    ``delay`` is what it adds to each direction, in seconds.
    """

    def __init__(self, port: int, delay: float = 0.0) -> None:
        self._server = port
        self._delay = delay
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.answers: list[int] = []
        """How often the server was ready again, of each connection; first comes the login."""

    @property
    def round_trips(self) -> int:
        """How often the client waited after a login, of all connections."""
        return sum(max(0, count - 1) for count in self.answers)

    @contextmanager
    def open(self) -> Iterator["Way"]:
        """Carry connections until the end."""
        with ExitStack() as self._ends:
            self._ends.callback(self._listening.close)
            threading.Thread(target=self._serve, daemon=True).start()
            yield self
            with suppress(OSError):
                self._listening.shutdown(socket.SHUT_RDWR)

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self._server))
                for end in (near, far):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    self._ends.callback(end.close)
                self.answers.append(0)
                for source, target, of in ((near, far, None), (far, near, len(self.answers) - 1)):
                    threading.Thread(
                        target=self._carry, args=(source, target, of), daemon=True
                    ).start()

    def _carry(self, source: socket.socket, target: socket.socket, of: int | None) -> None:
        """Pass on what comes, each part later; what comes behind it is not held up."""
        waiting: list[tuple[float, bytes]] = []
        more = threading.Condition()
        threading.Thread(target=self._pass, args=(target, waiting, more), daemon=True).start()
        rest = b""
        with suppress(OSError):
            while part := source.recv(65536):
                if of is not None:
                    rest = self._count(rest + part, of)
                with more:
                    waiting.append((time.monotonic() + self._delay, part))
                    more.notify()
        with more:
            waiting.append((time.monotonic() + self._delay, b""))
            more.notify()

    def _pass(
        self, target: socket.socket, waiting: list[tuple[float, bytes]], more: threading.Condition
    ) -> None:
        with suppress(OSError):
            while True:
                with more:
                    more.wait_for(lambda: waiting)
                    due, part = waiting.pop(0)
                time.sleep(max(0.0, due - time.monotonic()))
                if not part:
                    target.shutdown(socket.SHUT_WR)
                    return
                target.sendall(part)

    def _count(self, data: bytes, of: int) -> bytes:
        """Count the whole messages, and give back the piece of the last one."""
        while len(data) >= _HEAD:
            size = 1 + int.from_bytes(data[1:_HEAD], "big")
            if len(data) < size:
                break
            self.answers[of] += data[:1] == _READY
            data = data[size:]
        return data
