"""The rule of the exporter, with Debian's own in front of real servers."""

import pytest

from readiness.drills.server import Server
from readiness.drills.template import Template
from readiness.endpoints import Response
from readiness.testing import Judged, check, rules
from tests.live.exporter import exporter, metrics

pytestmark = pytest.mark.postgres

STRONG = "q7Vt-mNc2-Wx94-hRb8"
RULE = next(rule for rule in rules("checklists") if rule.id == "mon-exporter")
ROLE = f"CREATE ROLE exporter LOGIN PASSWORD '{STRONG}'; GRANT pg_monitor TO exporter"


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
