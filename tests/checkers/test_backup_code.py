"""What a function runs is in its texts; what only speaks of a tool takes no backup."""

import pytest

from readiness.testing import check

RUN = "import logging, subprocess\nfrom barman import backup\n\n\ndef work(path):\n    {}\n"
TAKES = {
    "a list": 'subprocess.run(["pg_dump", f"--file={path}", "app"])',
    "a list that grows": 'command = ["docker", "exec", "db", "pg_dump", "app"]\n'
    "    subprocess.run(command)",
    "a line": 'subprocess.run("pg_dump app > /mnt/a.sql", shell=True)',
}
SPEAKS = {
    "the name of a tool": 'return {"a": "pg_dump"}.get(path) or "pg_dump"',
    "what it says of itself": '"""Backs up with pg_dump app."""',
    "a comment": "pass  # pg_dump app",
    "a log": 'logging.info("pg_dump app was left out")',
    "an error": 'raise RuntimeError("pg_dump app is missing")',
}


@pytest.mark.parametrize("name", TAKES)
def test_a_tool_that_nothing_runs_is_named(name: str) -> None:
    found = check("backup.configured", {"files": {"app.py": RUN.format(TAKES[name])}})

    assert [one.message for one in found.problems] == [
        "pg_dump is run by nothing that is deployed"
    ]


@pytest.mark.parametrize("name", SPEAKS)
def test_words_about_a_tool_are_no_backup(name: str) -> None:
    found = check("backup.configured", {"files": {"app.py": RUN.format(SPEAKS[name])}})

    assert found.problems == ()


def test_of_many_functions_a_few_are_named() -> None:
    body = RUN.format(TAKES["a list"])
    code = body + "".join(body.replace("work", f"work{n}") for n in range(6))

    found = check("backup.configured", {"files": {"app.py": code}})

    assert len(found.problems) == 3
    assert found.problems[-1].message.endswith("(nor are 4 more)")


CLOCK = """import subprocess
from apscheduler.schedulers.blocking import BlockingScheduler

scheduler = BlockingScheduler()


def dump():
    subprocess.run("pg_dump app | aws s3 cp - s3://app/dump.sql", shell=True)


{}
scheduler.start()
"""


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("scheduler.add_job(dump, 'cron', hour=3)", "pass"),
        ("scheduler.add_job('app:dump', 'cron', hour=3)", "pass"),
        ("# scheduler.add_job(dump, 'cron', hour=3)", "fail"),
        ("print('dump is off')", "fail"),
    ],
)
def test_what_nothing_calls_backs_nothing_up(line: str, outcome: str) -> None:
    files = {"app.py": CLOCK.format(line), "Procfile": "clock: python app.py\n"}

    assert check("backup.configured", {"files": files}).outcome == outcome
