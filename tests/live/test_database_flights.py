"""How often a look waits for the server, counted by a proxy between."""

from collections.abc import Callable

import pytest

from readiness.database import Address, Query
from readiness.database.grants import least_role
from readiness.database.read import read
from readiness.drills.server import Server
from tests.live.way import Way

Start = Callable[..., Server]

pytestmark = pytest.mark.postgres

STRONG = "q7Vt-mNc2-Wx94-hRb8"
MOST = 4
QUERIES = [Query("SELECT 1 AS one"), Query("SELECT 1 / 0"), Query("SELECT 2 AS two")]


def test_all_facts_take_at_most_four_round_trips_after_connecting(start: Start) -> None:
    server = start()
    server.execute("CREATE TABLE alembic_version (version_num text)")
    server.execute(least_role(role="readiness", database="postgres"))
    server.execute(f"ALTER ROLE readiness PASSWORD '{STRONG}'")

    with Way(server.port).open() as way:
        words = {"host": "127.0.0.1", "port": way.port, "user": "readiness", "password": STRONG}
        address = Address.of({**words, "dbname": "postgres"})
        database = read(address)
        facts, way.answers = way.round_trips, []
        read(address, queries=QUERIES)
        questions = way.round_trips - facts

    assert set(database.missing) <= {"certificate"}
    assert len(database.statements) > 30
    assert 0 < facts <= MOST
    assert questions <= 1 + 2 * len(QUERIES)
