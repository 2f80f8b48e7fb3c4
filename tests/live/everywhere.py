"""A server that is told to listen on every address, and is reached on this machine only."""

import contextlib
import socket
from collections.abc import Iterator

from readiness.drills.server import Server


@contextlib.contextmanager
def listening_everywhere(server: Server) -> Iterator[None]:
    """Restart a server that asks for ``::`` beside 127.0.0.1 and finds it taken.

    PostgreSQL warns and goes on with what it got. The address is held by a socket that
    nobody listens on; where the machine has no IPv6, PostgreSQL does not get it either.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            held = stack.enter_context(socket.socket(socket.AF_INET6))
            held.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            held.bind(("::", server.port))
        server.configure(listen_addresses="127.0.0.1, ::")
        server.restart()
        yield
