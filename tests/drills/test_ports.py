"""Ports for servers of a while."""

import socket

import pytest

from readiness.drills import ports
from readiness.drills.ports import free_port


def test_a_port_is_free_and_below_those_of_connections() -> None:
    found = {free_port() for _ in range(20)}

    assert len(found) > 1
    assert all(20_000 <= port < 32_000 for port in found)


def test_a_port_that_somebody_has_is_not_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        taken = held.getsockname()[1]
        monkeypatch.setattr(ports, "_FIRST", taken)
        monkeypatch.setattr(ports, "_MANY", 1)

        assert free_port() != taken
