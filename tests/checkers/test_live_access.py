"""The checkers of owners, row security, listening, own password and session, over facts."""

from typing import Any

import pytest

from readiness.testing import Judged, check

SESSION = {"user": "app", "database": "shop"}
ROLES = [{"name": "app"}, {"name": "owner", "login": False}]
ORDERS = {"name": "orders", "owner": "owner"}
COLUMNS = {"name": "orders", "columns": ["id", "tenant_id"], "granted": ["app"]}
WORLD = {"number": 3, "address": "0.0.0.0", "netmask": "0.0.0.0", "method": "scram-sha-256"}
ENGINE = """
import os
from sqlalchemy import create_engine

engine = create_engine(f"postgresql://app:{os.environ['PW']}@db.internal/shop")
"""

NOBODY_KNOWS = """
import os
from sqlalchemy import create_engine

engine = create_engine(os.environ["URL"])
"""


def facts(**more: Any) -> dict[str, Any]:
    given = {"session": SESSION, "roles": ROLES, "memberships": [], **more}
    return {"database": given}


def owner(*tables: dict[str, Any], **more: Any) -> Judged:
    return check("roles.owner", facts(tables=list(tables), **more))


def test_a_table_of_another_role_is_not_the_applications() -> None:
    assert owner(ORDERS).outcome == "pass"


@pytest.mark.parametrize(
    "more",
    [
        {"tables": [{**ORDERS, "owner": "app"}]},
        {"memberships": [{"member": "app", "role": "owner"}]},
        {"memberships": [{"member": "app", "role": "owner", "can_set": False}]},
        {"memberships": [{"member": "app", "role": "owner", "inherit": False}]},
        {"roles": [{"name": "app", "superuser": True}, {"name": "owner"}]},
    ],
)
def test_every_way_to_an_owners_rights_counts(more: dict[str, Any]) -> None:
    assert check("roles.owner", facts(**{"tables": [ORDERS], **more})).outcome == "fail"


def test_a_membership_that_gives_nothing_is_no_way() -> None:
    link = {"member": "app", "role": "owner", "inherit": False, "can_set": False}

    assert owner(ORDERS, memberships=[link]).outcome == "pass"


def test_views_and_foreign_tables_hold_no_rows_to_lose() -> None:
    assert owner({**ORDERS, "owner": "app", "kind": "view"}).outcome == "not-applicable"


def secured(table: dict[str, Any], columns: dict[str, Any] = COLUMNS, **more: Any) -> Judged:
    given = facts(tables=[{**ORDERS, **table}], columns=[columns], **more)
    return check("schema.row-security", given, columns=["tenant_id"])


@pytest.mark.parametrize(
    ("table", "columns", "expected"),
    [
        ({}, COLUMNS, "fail"),
        ({"row_security": True}, COLUMNS, "pass"),
        ({"row_security": True, "owner": "app"}, COLUMNS, "fail"),
        ({"row_security_forced": True, "owner": "app"}, COLUMNS, "fail"),
        ({"row_security": True, "row_security_forced": True, "owner": "app"}, COLUMNS, "pass"),
        ({}, {**COLUMNS, "partition": True}, "fail"),
        ({}, {**COLUMNS, "partition": True, "granted": ["PUBLIC"]}, "fail"),
        ({}, {**COLUMNS, "partition": True, "granted": ["report"]}, "pass"),
        ({}, {**COLUMNS, "columns": ["id"]}, "not-applicable"),
    ],
)
def test_row_security_holds_the_application_or_not(
    table: dict[str, Any], columns: dict[str, Any], expected: str
) -> None:
    assert secured(table, columns).outcome == expected


@pytest.mark.parametrize("power", ["superuser", "bypass_row_security"])
def test_a_role_that_passes_row_security_fails_whatever_the_table_says(power: str) -> None:
    roles = [{"name": "app", power: True}, {"name": "owner"}]

    assert secured({"row_security": True}, roles=roles).outcome == "fail"


def test_a_table_that_is_allowed_needs_no_row_security() -> None:
    given = facts(tables=[ORDERS], columns=[COLUMNS, {**COLUMNS, "name": "log"}])

    result = check("schema.row-security", given, columns=["tenant_id"], allow=["log"])

    assert [finding.data["table"] for finding in result.problems] == ["public.orders"]


@pytest.mark.parametrize(
    ("listens", "lines", "expected"),
    [
        ("10.1.0.4, localhost", [WORLD], "pass"),
        ("", [WORLD], "pass"),
        ("*", [], "pass"),
        ("*", [{**WORLD, "method": "reject"}], "pass"),
        ("*", [WORLD], "fail"),
        ("10.1.0.4,0.0.0.0", [WORLD], "fail"),
        ("::", [{**WORLD, "address": "all", "netmask": None}], "fail"),
        ("*", None, "unknown"),
    ],
)
def test_where_a_server_listens(listens: str, lines: Any, expected: str) -> None:
    hba = {} if lines is None else {"hba": lines}

    given = facts(settings={"listen_addresses": listens}, **hba)

    assert check("server.listen", given).outcome == expected


def test_a_managed_server_listens_where_its_service_says() -> None:
    roles = [*ROLES, {"name": "rds_superuser", "login": False}]

    given = facts(settings={"listen_addresses": "*"}, roles=roles)

    assert check("server.listen", given).outcome == "not-applicable"


def own(password: dict[str, Any], files: dict[str, str] | None = None, **around: Any) -> Judged:
    given = {**facts(password=password), "files": files or {}, **around}
    return check("authentication.dsn-password", given)


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ({"given": False}, "not-applicable"),
        ({"given": True, "weak": False, "at_least": 16}, "pass"),
        ({"given": True, "weak": False, "at_least": 12}, "fail"),
        ({"given": True, "weak": True, "at_least": 32}, "fail"),
    ],
)
def test_the_password_of_the_address(password: dict[str, Any], expected: str) -> None:
    assert own(password).outcome == expected


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        ({"environment": {"set": {"PW": "q7Vt-mNc2-Wx94-hRb8"}}}, "pass"),
        ({"environment": {"set": {"PW": "q7Vt-mNc2"}}}, "fail"),
        ({"environment": {"set": {"PW": "changeme"}}}, "fail"),
        ({"environment": {"injected": ["PW"]}}, "unknown"),
    ],
)
def test_the_password_that_the_code_would_use(around: dict[str, Any], expected: str) -> None:
    result = own({"given": False}, {"db.py": ENGINE}, **around)

    assert result.outcome == expected
    assert "q7Vt" not in str(result)


def test_an_address_of_which_nothing_is_known_may_have_any_password() -> None:
    result = own({"given": False}, {"db.py": NOBODY_KNOWS}, environment={"injected": ["URL"]})

    assert result.outcome == "unknown"


def test_a_password_that_only_the_address_knows_is_judged_there() -> None:
    injected = {"environment": {"injected": ["PW"]}}

    result = own({"given": True, "weak": False, "at_least": 24}, {"db.py": ENGINE}, **injected)

    assert result.outcome == "pass"


def test_a_role_that_only_reads_may_check() -> None:
    links = [{"member": "app", "role": "pg_monitor"}]

    assert check("session.checker", facts(memberships=links)).outcome == "pass"


@pytest.mark.parametrize(
    "more",
    [
        {"session": {**SESSION, "can_write": True}},
        {"session": {**SESSION, "superuser": True, "can_write": True}},
        {"roles": [{"name": "app", "replication": True}]},
        {"memberships": [{"member": "app", "role": "pg_write_all_data"}]},
        {"memberships": [{"member": "app", "role": "pg_execute_server_program"}]},
    ],
)
def test_a_role_that_could_change_something_is_none_to_check_with(more: dict[str, Any]) -> None:
    assert check("session.checker", facts(**more)).outcome == "fail"


@pytest.mark.parametrize(
    ("checker", "parameters"),
    [
        ("roles.application", {}),
        ("roles.connection-limit", {}),
        ("roles.owner", {}),
        ("schema.row-security", {"columns": ["tenant_id"]}),
        ("server.time-limit", {"setting": "lock_timeout"}),
        ("server.role-settings", {"expect": {"lock_timeout": "5s"}}),
    ],
)
def test_the_checkers_role_does_not_stand_for_one_that_nobody_knows(
    checker: str, parameters: dict[str, Any]
) -> None:
    """The session's role is in order; the one that the code connects as is not known here."""
    given = facts(
        roles=[{"name": "app", "connection_limit": 5}, {"name": "owner", "login": False}],
        tables=[{**ORDERS, "row_security": True}],
        columns=[COLUMNS],
        role_settings=[],
        settings={"lock_timeout": "5s"},
    )
    around = {**given, "files": {"db.py": NOBODY_KNOWS}}
    unknown = {**around, "environment": {"injected": ["URL"]}}
    known = {**around, "environment": {"set": {"URL": "postgresql://app@db.internal/shop"}}}

    assert check(checker, known, **parameters).outcome == "pass"
    assert check(checker, unknown, **parameters).outcome == "unknown"
    assert check(checker, unknown, **parameters, app_role="app").outcome == "pass"
