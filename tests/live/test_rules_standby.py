"""The rule of standbys, with a real one that was copied from its running primary."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest

from readiness.database import Address, Database, Query
from readiness.database.read import read
from readiness.drills.owner import private_folder
from readiness.drills.server import Server
from readiness.drills.template import Template
from readiness.testing import Judged, check, rules

pytestmark = pytest.mark.postgres

STRONG = "q7Vt-mNc2-Wx94-hRb8"
RULE = next(rule for rule in rules("checklists") if rule.id == "repl-lag")
HBA = ("local replication postgres trust", "host all all 127.0.0.1/32 scram-sha-256")
ROLES = f"""
CREATE ROLE monitor LOGIN PASSWORD '{STRONG}'; GRANT pg_monitor TO monitor;
CREATE ROLE app LOGIN PASSWORD '{STRONG}';
CREATE TABLE written (a int)
"""


@contextmanager
def standby_of(primary: Server) -> Iterator[Server]:
    """Copy a running server, and let the copy follow it."""
    template = primary.template
    with private_folder(template.owner) as folder:
        source = ["-h", str(primary.folder), "-p", str(primary.port), "-U", "postgres"]
        copy = template.binaries.folder / "pg_basebackup"
        how = ["-D", str(folder / "data"), "-R", "-X", "stream", "-c", "fast", "--no-sync"]
        template.owner.run([copy, *source, *how], folder)
        server = Server(template, folder, primary.port + 1)
        own: dict[str, str | float]
        own = {"port": server.port, "unix_socket_directories": str(folder)}
        server.configure(**own, wal_receiver_status_interval=1)
        template.owner.give(folder)
        try:
            server.restart()
            yield server
        finally:
            server.stop()


def look(server: Server, user: str = "monitor") -> Database:
    return read(Address.parse(server.url(user, STRONG)))


def judge(database: Database, **parameters: float) -> Judged:
    return check(RULE, database, **parameters)


def until(server: Server, holds: Callable[[Judged], bool], **parameters: float) -> Judged:
    """Look again until it holds: what streams is another process."""
    end = time.monotonic() + 20
    while not holds(found := judge(look(server), **parameters)):
        assert time.monotonic() < end, str(found)
        time.sleep(0.1)
    return found


def test_a_standby_streams_lags_and_goes(template: Template) -> None:
    with Server.start(template=template, settings={"wal_level": "replica"}, hba=HBA) as primary:
        primary.execute(ROLES)
        alone = look(primary)
        with standby_of(primary) as standby:
            good = until(primary, lambda found: found.outcome == "pass", expected=1)
            hidden = judge(look(primary, "app"), expected=1)
            of_standby = judge(look(standby), expected=1)
            primary.execute("INSERT INTO written VALUES (1)")
            until(primary, lambda found: found.outcome == "pass", expected=1)

            standby.execute("SELECT pg_wal_replay_pause()")
            primary.execute("INSERT INTO written SELECT generate_series(1, 1000)")
            late = until(primary, lambda found: found.outcome == "fail", max_lag=0.3)
            standby.execute("SELECT pg_wal_replay_resume()")
            again = until(primary, lambda found: found.outcome == "pass", max_lag=60)
            missing = judge(look(primary), expected=2)
        gone = until(primary, lambda found: found.outcome == "fail", expected=1)

    assert judge(alone).outcome == "not-applicable"
    assert judge(alone, expected=1).outcome == "fail"
    assert good.oks[0].data["state"] == "streaming"
    assert hidden.outcome == "unknown"
    assert hidden.undecided[0].hint == "GRANT pg_read_all_stats TO app;"
    assert of_standby.outcome == "not-applicable"
    assert "s behind" in late.problems[0].message
    assert again.outcome == "pass"
    assert "2 are expected" in missing.problems[0].message
    assert "0 standbys" in gone.problems[0].message


def test_a_standby_that_replays_what_is_being_read_costs_the_query_and_no_fact(
    templates: Any,
) -> None:
    template = templates.newest()
    slow = Query("SELECT count(*) FROM written, generate_series(1, 100000000000) AS n")
    found: list[Database] = []
    with Server.start(template=template, settings={"wal_level": "replica"}, hba=HBA) as primary:
        primary.execute(f"{ROLES}; INSERT INTO written VALUES (1); GRANT SELECT ON written TO app")
        with standby_of(primary) as standby:
            standby.configure(max_standby_streaming_delay=0)
            standby.reload()
            address = Address.parse(standby.url("app", STRONG))
            reader = Thread(target=lambda: found.append(read(address, queries=[slow])))
            reader.start()
            until_there(standby, "query LIKE 'FETCH%' AND state = 'active'")
            primary.execute("DROP TABLE written")
            reader.join(30)

    (database,) = found
    assert database.session.standby
    assert database.settings
    assert database.answer(slow).error


def until_there(server: Server, condition: str) -> None:
    sql = f"SELECT 1 FROM pg_stat_activity WHERE {condition}"
    end = time.monotonic() + 20
    while not server.execute(sql):
        assert time.monotonic() < end
        time.sleep(0.02)
