"""A way to a server that breaks where a test says: after so many bytes, on such a connection."""

import selectors
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

GARBAGE = b"\x00\xff\x7f\x01" * 64
_BLOCK = 1 << 16
_LINGER = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class Fault:
    """What becomes of a connection once the server has said ``after`` bytes on it.

    ``what`` is ``close``, ``reset``, ``stall`` (nothing more comes, and nobody hangs up),
    ``garbage``, or ``act`` (something is done to the server, whose own words then get
    through). ``connection`` counts from 0; ``lasting`` means it and all that follow.
    """

    connection: int
    after: int
    what: str = "close"
    lasting: bool = False

    def concerns(self, number: int) -> bool:
        return number == self.connection or (self.lasting and number > self.connection)


@dataclass
class Relay:
    """Passes everything on to a port of this machine, until the fault."""

    to: int
    fault: Fault | None = None
    act: Callable[[], object] = bool
    port: int = 0
    said: list[bytearray] = field(default_factory=list)
    _open: list[socket.socket] = field(default_factory=list)

    @contextmanager
    def run(self) -> Iterator["Relay"]:
        """Listen; every connection is gone at the end."""
        with socket.create_server(("127.0.0.1", 0)) as listening:
            self.port = listening.getsockname()[1]
            thread = threading.Thread(target=self._accept, args=(listening,), daemon=True)
            thread.start()
            try:
                yield self
            finally:
                listening.shutdown(socket.SHUT_RDWR)
                thread.join(5)
                for one in self._open:
                    with suppress(OSError):
                        one.shutdown(socket.SHUT_RDWR)

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            number = len(self.said)
            self.said.append(bytearray())
            self._open.append(client)
            threading.Thread(target=self._pass, args=(client, number), daemon=True).start()

    def _pass(self, client: socket.socket, number: int) -> None:
        fault = self.fault if self.fault and self.fault.concerns(number) else None
        with client, suppress(OSError), socket.create_connection(("127.0.0.1", self.to)) as server:
            self._open.append(server)
            if fault and fault.after == 0:
                self._strike(fault, client)
                return
            with selectors.DefaultSelector() as waiting:
                waiting.register(client, selectors.EVENT_READ, server)
                waiting.register(server, selectors.EVENT_READ, client)
                while self._step(waiting, server, number, fault):
                    if fault and fault.what == "act" and len(self.said[number]) >= fault.after:
                        fault = None

    def _step(
        self,
        waiting: selectors.DefaultSelector,
        server: socket.socket,
        number: int,
        fault: Fault | None,
    ) -> bool:
        for key, _ in waiting.select():
            source, sink = key.fileobj, key.data
            assert isinstance(source, socket.socket)
            block = source.recv(_BLOCK)
            if source is server and fault:
                block, rest = block[: fault.after - len(self.said[number])], block
                struck = len(self.said[number]) + len(rest) >= fault.after
            else:
                struck = False
            if source is server:
                self.said[number] += block
            sink.sendall(block)
            if struck and fault and fault.what == "act":
                self.act()
                sink.sendall(rest)
                return self._step(waiting, server, number, None)
            if struck and fault:
                self._strike(fault, sink)
                return False
            if not block:
                sink.shutdown(socket.SHUT_WR)
                waiting.unregister(source)
                if not waiting.get_map():
                    return False
        return True

    def _strike(self, fault: Fault, client: socket.socket) -> None:
        if fault.what == "reset":
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)
        elif fault.what == "garbage":
            with suppress(OSError):
                client.sendall(GARBAGE)
                client.shutdown(socket.SHUT_WR)
                while client.recv(_BLOCK):
                    pass
        elif fault.what == "stall":
            # Until the other side hangs up, as it would before a firewall that drops.
            with suppress(OSError):
                while client.recv(_BLOCK):
                    pass


def ends(said: bytes | bytearray) -> list[int]:
    """Where each message of a server ends, on a connection that is in clear."""
    found, place = [], 0
    while place + 5 <= len(said):
        place += 1 + int.from_bytes(said[place + 1 : place + 5], "big")
        found.append(place)
    return found
