"""The rule of the exporter, with Debian's own in front of real servers."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from readiness.drills.server import Server, Template
from readiness.endpoints import Request, Response, fetch
from readiness.testing import Judged, check, rules

pytestmark = pytest.mark.postgres

STRONG = "q7Vt-mNc2-Wx94-hRb8"
RULE = next(rule for rule in rules("checklists") if rule.id == "mon-exporter")
PROGRAM = "prometheus-postgres-exporter"
ROLE = f"CREATE ROLE exporter LOGIN PASSWORD '{STRONG}'; GRANT pg_monitor TO exporter"


@contextmanager
def exporter(source: str, template: Template) -> Iterator[str]:
    """Run the exporter for a server, and give the address of its metrics."""
    program = shutil.which(PROGRAM)
    if not program:
        pytest.skip(f"not possible here: {PROGRAM} is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    options = {}
    if os.geteuid() == 0:
        options = {"user": template.owner.uid, "group": template.owner.gid, "extra_groups": []}
    process = subprocess.Popen(
        [program, f"--web.listen-address=127.0.0.1:{port}"],
        env={"PATH": "/usr/bin:/bin", "DATA_SOURCE_NAME": source},
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **options,  # type: ignore[call-overload]
    )
    try:
        yield f"http://127.0.0.1:{port}/metrics"
    finally:
        process.terminate()
        process.wait(10)


def metrics(url: str) -> Response:
    """What the exporter answers, as soon as it listens."""
    end = time.monotonic() + 20
    while (found := fetch(Request(url))).error and time.monotonic() < end:
        time.sleep(0.05)
    assert found.error is None, found.error
    return found


def judge(url: str, response: Response) -> Judged:
    answer = {"status": response.status, "text": response.text}
    return check(RULE, {"answers": [answer]}, url=url)


def test_the_exporter_reaches_its_server_or_says_that_it_does_not(template: Template) -> None:
    with Server.start(template=template) as server:
        server.execute(ROLE)
        source = server.url("exporter", STRONG, sslmode="disable")
        wrong = server.url("exporter", "another", sslmode="disable")
        with exporter(source, template) as url:
            up = metrics(url)
            good = judge(url, up)
            server.stop()
            down = metrics(url)
            bad = judge(url, down)
        server.restart()
        with exporter(wrong, template) as url:
            refused = metrics(url)
            denied = judge(url, refused)

    assert (up.status, down.status, refused.status) == (200, 200, 200)
    assert good.outcome == "pass", str(good)
    assert bad.outcome == "fail"
    assert denied.outcome == "fail"
    assert "pg_up 0" in str(bad)
    assert "pg_up 0" in str(denied)
