"""The checkers of roles, over recorded facts."""

from typing import Any

import pytest

from readiness import Database
from readiness.checkers.roles import reached
from readiness.testing import check

SESSION = {"user": "app", "database": "shop"}


def database(*roles: Any, memberships: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {
        "database": {"session": SESSION, "roles": list(roles), "memberships": memberships or []}
    }


def test_an_ordinary_role_passes_and_is_named_with_how_it_is_known() -> None:
    result = check("roles.application", database("app"))

    assert result.outcome == "pass"
    assert "app (the role of this session)" in result.oks[0].message


@pytest.mark.parametrize(
    ("attribute", "word"),
    [
        ("superuser", "SUPERUSER"),
        ("create_role", "CREATEROLE"),
        ("create_database", "CREATEDB"),
        ("replication", "REPLICATION"),
        ("bypass_row_security", "BYPASSRLS"),
    ],
)
def test_each_power_of_an_administrator_fails(attribute: str, word: str) -> None:
    result = check("roles.application", database({"name": "app", attribute: True}))

    assert word in result.problems[0].message
    assert result.problems[0].hint == f"ALTER ROLE app NO{word}"


def test_a_power_that_the_rule_allows_passes() -> None:
    facts = database({"name": "app", "create_database": True})

    assert check("roles.application", facts, allow=["CREATEDB"]).outcome == "pass"


def test_a_power_that_can_be_taken_on_through_two_roles_fails() -> None:
    facts = database(
        "app",
        "team",
        {"name": "admin", "superuser": True},
        memberships=[{"member": "app", "role": "team"}, {"member": "team", "role": "admin"}],
    )

    result = check("roles.application", facts)

    assert "belongs to admin" in result.problems[0].message
    assert result.problems[0].data["through"] == "admin"


def test_a_membership_that_cannot_be_taken_on_gives_no_power() -> None:
    facts = database(
        "app",
        {"name": "admin", "superuser": True},
        memberships=[{"member": "app", "role": "admin", "can_set": False}],
    )

    assert check("roles.application", facts).outcome == "pass"


@pytest.mark.parametrize("role", ["pg_execute_server_program", "rds_superuser"])
def test_a_role_that_is_as_good_as_a_superuser_fails(role: str) -> None:
    facts = database("app", memberships=[{"member": "app", "role": role, "can_set": False}])

    assert check("roles.application", facts).outcome == "fail"
    assert check("roles.application", facts, allow=[role]).outcome == "pass"


def test_the_monitors_role_is_no_power() -> None:
    facts = database("app", memberships=[{"member": "app", "role": "pg_monitor"}])

    assert check("roles.application", facts).outcome == "pass"


def test_a_role_that_the_server_does_not_have_is_unknown() -> None:
    assert check("roles.application", database("app"), app_role="shop").outcome == "unknown"


def test_the_role_that_the_rule_names_is_judged() -> None:
    facts = database("app", {"name": "shop", "superuser": True})

    assert check("roles.application", facts, app_role="shop").outcome == "fail"


def test_the_role_that_the_code_connects_as_is_judged_and_not_the_sessions() -> None:
    facts = database("app", {"name": "shop", "superuser": True})
    code = 'import psycopg\n\npsycopg.connect("postgresql://shop@db/shop")\n'

    result = check("roles.application", {**facts, "files": {"app.py": code}})

    assert "the user of the engine at app.py:3" in result.problems[0].message


def test_a_role_that_the_platform_supplies_is_unknown_though_the_sessions_is_in_order() -> None:
    code = (
        "import os\n\nimport psycopg\n\n"
        """psycopg.connect(f"postgresql://{os.environ['DB_USER']}@db/shop")\n"""
    )
    facts = database("app") | {"files": {"app.py": code}}

    result = check("roles.application", facts | {"environment": {"injected": ["DB_USER"]}})

    assert result.outcome == "unknown"
    assert str(result.undecided[0].at) == "app.py:5"


def test_roles_that_were_not_read_are_unknown() -> None:
    assert check("roles.application", {"database": {"session": SESSION}}).outcome == "unknown"


def test_one_superuser_is_allowed_and_two_are_not() -> None:
    one = database({"name": "postgres", "superuser": True})
    two = database({"name": "postgres", "superuser": True}, {"name": "root", "superuser": True})

    assert check("roles.superusers", one).outcome == "pass"
    assert check("roles.superusers", two).outcome == "fail"


def test_a_superuser_that_may_not_log_in_does_not_count() -> None:
    facts = database(
        {"name": "postgres", "superuser": True},
        {"name": "owner", "superuser": True, "login": False},
    )

    assert check("roles.superusers", facts).outcome == "pass"


def test_the_applications_role_has_a_connection_limit() -> None:
    limited = database({"name": "app", "connection_limit": 40})

    assert check("roles.connection-limit", database("app")).outcome == "fail"
    assert check("roles.connection-limit", limited).outcome == "pass"


def test_memberships_are_followed_through_others_and_in_circles() -> None:
    links = [("app", "writers"), ("writers", "admins"), ("admins", "writers")]
    live = Database.from_facts(
        {"memberships": [{"member": member, "role": role} for member, role in links]}
    )

    assert reached(live, "app", rights=True) == ("admins", "writers")
    assert reached(live, "nobody", rights=True) == ()
