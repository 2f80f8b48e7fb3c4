"""What the repository asks of the server's settings, against recorded facts."""

from typing import Any

import pytest

from readiness.testing import Judged, check

ADMIN = {"user": "app", "database": "shop"}


def judge(conf: str, *, overrides: Any = (), **setting: Any) -> Judged:
    name = conf.partition(" ")[0]
    live = {"text": "100", "source": "configuration file", **setting}
    facts = {"session": ADMIN, "settings": {name: live}, "role_settings": list(overrides)}
    return check("database.as-declared", {"files": {"postgresql.conf": conf}, "database": facts})


@pytest.mark.parametrize(
    ("conf", "live", "outcome"),
    [
        ("max_connections = 100", {"kind": "integer"}, "pass"),
        ("max_connections = 200", {"kind": "integer"}, "fail"),
        ("work_mem = 16MB", {"kind": "integer", "unit": "kB", "text": "16384"}, "pass"),
        ("work_mem = 17MB", {"kind": "integer", "unit": "kB", "text": "16384"}, "fail"),
        ("shared_buffers = 128MB", {"kind": "integer", "unit": "8kB", "text": "16384"}, "pass"),
        ("shared_buffers = 16384", {"kind": "integer", "unit": "8kB", "text": "16384"}, "pass"),
        ("statement_timeout = 1min", {"kind": "integer", "unit": "ms", "text": "60000"}, "pass"),
        ("random_page_cost = 1.10", {"kind": "real", "text": "1.1"}, "pass"),
        ("jit = no", {"kind": "bool", "text": "off"}, "pass"),
        ("jit = tr", {"kind": "bool", "text": "off"}, "fail"),
        ("synchronous_commit = true", {"kind": "enum", "text": "on"}, "pass"),
        ("wal_level = Logical", {"kind": "enum", "text": "logical"}, "pass"),
        ("shared_preload_libraries = 'a,b'", {"kind": "string", "text": "a, b"}, "pass"),
        ("shared_preload_libraries = 'a,b'", {"kind": "string", "text": "a"}, "fail"),
    ],
)
def test_values_are_compared_as_the_server_reads_them(
    conf: str, live: dict[str, Any], outcome: str
) -> None:
    assert judge(conf, **live).outcome == outcome


@pytest.mark.parametrize(
    ("live", "words"),
    [
        ({"pending_restart": True}, "waits for a restart"),
        ({"place": "postgresql.auto.conf:3"}, "since ALTER SYSTEM set it"),
        ({"source": "default"}, "was not applied"),
        ({"source": "command line"}, "from the command line"),
        ({"source": "database"}, "since ALTER DATABASE set it"),
    ],
)
def test_the_finding_says_why_the_server_has_another_value(
    live: dict[str, Any], words: str
) -> None:
    (found,) = judge("max_connections = 200", kind="integer", **live).problems

    assert words in found.message
    assert str(found.at) == "postgresql.conf:1"


def test_a_role_that_starts_with_another_value_is_told() -> None:
    own = {"name": "work_mem", "text": "1MB", "role": "app"}
    live = {"kind": "integer", "unit": "kB", "text": "16384"}

    bad = judge("work_mem = 16MB", overrides=[own], **live)
    fine = judge("work_mem = 16MB", overrides=[own | {"role": "other"}], **live)

    assert "sessions of app" in bad.problems[0].message
    assert fine.outcome == "pass"


def test_what_is_hidden_is_unknown_and_what_may_hold_a_password_is_not_shown() -> None:
    hidden = check("database.as-declared", {
        "files": {"postgresql.conf": "max_connections = 200"},
        "database": {"session": ADMIN, "settings": {}, "role_settings": []},
    })  # fmt: skip

    assert hidden.outcome == "unknown"
    for name, word in (("primary_conninfo", "password="), ("restore_command", "fetch ")):
        shown = judge(f"{name} = '{word}hunter2'", text=f"{word}other-hunter")
        said = "".join(f"{one.message} {one.hint} {one.data}" for one in shown.findings)
        assert shown.outcome == "fail"
        assert "hunter" not in said


def test_where_nothing_is_declared_the_rule_does_not_apply() -> None:
    none = check("database.as-declared", {"files": {}, "database": {"session": ADMIN}})

    assert none.outcome == "not-applicable"


@pytest.mark.parametrize(
    "conf", ["app.jwt_key = 'hunter-1-in-code'", "app.origin = 'postgresql://a:hunter-1@h/d'"]
)
def test_no_setting_of_the_application_shows_a_secret(conf: str) -> None:
    judged = judge(conf, text="hunter-2-on-the-server")

    assert judged.outcome == "fail"
    assert "hunter-1" not in "".join(f"{one.message} {one.hint}" for one in judged.findings)


@pytest.mark.parametrize("conf", ["max_connections", "[server]", "include 'more.conf'"])
def test_a_line_that_declares_nothing_is_no_setting(conf: str) -> None:
    facts = {"session": ADMIN, "settings": {}, "role_settings": []}
    judged = check("database.as-declared", {"files": {"postgresql.conf": conf}, "database": facts})

    assert judged.outcome == "not-applicable"
