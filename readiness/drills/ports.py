"""Ports for servers that are started for a while."""

import secrets
import socket
from contextlib import suppress

_FIRST, _MANY, _TRIES = 20_000, 12_000, 50


def free_port() -> int:
    """Choose a port of 127.0.0.1 that nobody has.

    It is below those that the system gives to the near side of connections (Linux from 32768,
    others from 49152): a server that starts anew must find its port free.
    """
    for _ in range(_TRIES):
        port = _FIRST + secrets.randbelow(_MANY)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
