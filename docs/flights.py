"""What a look at a server costs: two flights, beside one statement after the other."""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from readiness.database import Address
from readiness.database.connecting import connect
from readiness.database.dialling import Deadline
from readiness.database.probe import probe
from readiness.database.read import EVERYTHING
from readiness.database.session import look
from readiness.drills.binaries import ServerError
from readiness.drills.server import Server

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.live.way import Way

DELAY = 0.01
"""Seconds that each direction takes longer: 20 ms there and back."""
_SKIPPED = ("BEGIN", "ROLLBACK", "SAVEPOINT", "SELECT pg_catalog.set_config", "-- The timeouts")


def flights(runs: int) -> None:
    """Print the figures of both ways, on loopback and with the delay."""
    try:
        _measure(runs)
    except ServerError as error:
        sys.stdout.write(f"the facts of a server were not measured: {error.message}\n")


def _measure(runs: int) -> None:
    with Server.start() as server:
        sys.stdout.write(
            f"the facts of a server (PostgreSQL {server.version}), medians of {runs}\n"
        )
        for title, delay in (("loopback", 0.0), ("20 ms there and back", DELAY)):
            with Way(server.port, delay).open() as way:
                url = server.url().replace(f":{server.port}/", f":{way.port}/")
                _print(title, Address.parse(f"{url}?sslmode=disable"), way, runs)


def _print(title: str, address: Address, way: Way, runs: int) -> None:
    deadline = Deadline(60)
    wire = probe(address, deadline)

    def together() -> tuple[str, ...]:
        found = look(connection, EVERYTHING, (), superuser_sql=False)
        return tuple(found.statements)

    with connect(address, wire, deadline) as connection:
        sent = together()
        statements = [sql for sql in sent if not sql.startswith(_SKIPPED)]

        def one_by_one() -> None:
            for sql in statements:
                connection.execute(sql.encode()).fetchall()

        for name, work in (("two flights", together), ("one by one", one_by_one)):
            milliseconds, trips = _measured(work, way, runs)
            sys.stdout.write(
                f"  {title:22}{name:12}{len(statements):4} statements {trips:4} round trips "
                f"{milliseconds:8.0f} ms\n"
            )


def _measured(work: Callable[[], object], way: Way, runs: int) -> tuple[float, int]:
    """The median time of one run, and the round trips of the last one."""
    times, trips = [], 0
    for _ in range(runs):
        before, start = way.round_trips, time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
        trips = way.round_trips - before
    return statistics.median(times) * 1000, trips
