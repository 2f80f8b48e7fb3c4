"""The checkers of PgBouncer over recorded facts, each beside its twin."""

from typing import Any

import pytest

from readiness.database.pooler import Pooler, Route
from readiness.testing import check

SESSION = {"user": "app", "database": "shop", "pooled": True}
ROUTE = {"name": "shop", "host": "db.internal", "database": "shop"}
GOOD = {
    "version": "PgBouncer 1.18.0",
    "client_tls": "require",
    "server_tls": "verify-ca",
    "listens": "*",
    "routes": [ROUTE],
}


def judge(rule: str, pooler: dict[str, Any], **parameters: Any) -> str:
    facts = {"session": SESSION, "pooler": {**GOOD, **pooler}}
    return str(check(rule, {"database": facts}, **parameters).outcome)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "pass"),
        ({"client_tls": "prefer"}, "fail"),
        ({"client_tls": "allow"}, "fail"),
        ({"client_tls": "verify-full"}, "pass"),
        ({"client_tls": None}, "unknown"),
        ({"server_tls": "require"}, "fail"),
        ({"server_tls": "verify-full"}, "pass"),
        ({"server_tls": "a mode of tomorrow"}, "fail"),
        ({"server_tls": "disable", "routes": [{**ROUTE, "host": "/run/postgresql"}]}, "pass"),
        ({"server_tls": "disable", "routes": [{**ROUTE, "host": None}]}, "pass"),
        ({"server_tls": "disable", "routes": [{**ROUTE, "host": None}, ROUTE]}, "fail"),
        ({"server_tls": "disable", "routes": []}, "fail"),
        ({"client_tls": "disable", "listens": ""}, "pass"),
        ({"client_tls": "disable", "listens": "127.0.0.1"}, "fail"),
    ],
)
def test_each_leg_is_judged_by_what_it_is(change: dict[str, Any], expected: str) -> None:
    assert judge("pooler.tls", change) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"client_tls": "disable", "listens": "127.0.0.1"}, "pass"),
        ({"client_tls": "disable", "listens": "127.0.0.1, ::1"}, "pass"),
        ({"client_tls": "disable", "listens": "127.0.0.1,10.0.0.4"}, "fail"),
        ({"server_tls": "disable", "routes": [{**ROUTE, "host": "localhost"}]}, "pass"),
        ({"server_tls": "disable", "routes": [{**ROUTE, "host": "127.0.0.1,db2"}]}, "fail"),
    ],
)
def test_loopback_may_be_exempt(change: dict[str, Any], expected: str) -> None:
    assert judge("pooler.tls", change, exempt_loopback=True) == expected


def test_a_pooler_that_only_a_socket_reaches_was_not_reached_by_tcp() -> None:
    tls = {"client": False, "server": True, "pooled": True}
    facts = {
        "session": SESSION,
        "pooler": {**GOOD, "client_tls": "disable", "listens": ""},
    }

    by_tcp = check("pooler.tls", {"database": {**facts, "tls": tls}})
    by_socket = check("pooler.tls", {"database": {**facts, "tls": {**tls, "socket": True}}})

    assert by_tcp.outcome == "fail"
    assert by_socket.outcome == "pass"


@pytest.mark.parametrize(
    ("pools", "expected"),
    [
        ([], "pass"),
        ([{"active": 4}], "pass"),
        ([{"active": 4, "wait": 0.9}], "pass"),
        ([{"active": 4}, {"waiting": 1}], "fail"),
        ([{"wait": 1.0}], "fail"),
    ],
)
def test_waiting_clients_are_found_in_any_pool(pools: list[dict[str, Any]], expected: str) -> None:
    named = [{"database": "shop", "user": f"app{n}", **one} for n, one in enumerate(pools)]

    assert judge("pooler.waiting", {"pools": named}) == expected


@pytest.mark.parametrize("rule", ["pooler.tls", "pooler.waiting"])
def test_a_console_that_is_closed_leaves_the_rule_unknown(rule: str) -> None:
    missing = {"pooler": {"reason": "not open to app", "hint": "stats_users"}}

    closed = check(rule, {"database": {"session": SESSION, "missing": missing}})
    nobody = check(rule, {"database": {"session": {**SESSION, "pooled": False}}})

    assert closed.outcome == "unknown"
    assert "stats_users" in str(closed)
    assert nobody.outcome == "not-applicable"


@pytest.mark.parametrize(
    ("version", "number"),
    [("PgBouncer 1.18.0", (1, 18, 0)), ("1.24.1/bouncer", (1, 24, 1)), ("of our own", ())],
)
def test_versions_compare_as_numbers(version: str, number: tuple[int, ...]) -> None:
    assert Pooler(version).number == number


def test_a_pools_mode_is_its_users_its_databases_or_the_poolers() -> None:
    pooler = Pooler("1.18.0", mode="transaction", routes=(Route("jobs", mode="session"),))

    assert pooler.mode_of("shop", "app") == "transaction"
    assert pooler.mode_of("jobs", "app") == "session"
    assert pooler.mode_of(None, "app") is None
