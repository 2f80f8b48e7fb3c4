"""The checkers of what the database holds, over recorded facts."""

from typing import Any

import pytest

from readiness.testing import check

SESSION = {"user": "app", "database": "shop"}
FIRST = "revision = 'a1'\ndown_revision = None\n"
SECOND = 'revision: str = "b2"\ndown_revision: str | None = "a1"\n'
MIGRATIONS = {"migrations/versions/1.py": FIRST, "migrations/versions/2.py": SECOND}


def state(files: dict[str, str] | None = None, **facts: Any) -> dict[str, Any]:
    given = {"version": "18.4", "session": SESSION, "schema_versions": [], **facts}
    return {"files": files or {}, "database": given}


def agno(version: str) -> list[dict[str, str]]:
    return [{"tool": "agno", "of": "agno_sessions", "version": version, "schema": "ai"}]


def test_a_database_that_answers_and_of_which_nothing_is_expected_passes() -> None:
    result = check("schema.set-up", state())

    assert result.oks[0].message == "the database shop answers, on PostgreSQL 18.4"


def test_a_database_that_was_not_reached_is_unknown() -> None:
    facts = {"database": {"missing": {"version": "the server refuses connections"}}}

    assert check("schema.set-up", facts).outcome == "unknown"


def test_another_database_than_the_expected_one_fails() -> None:
    result = check("schema.set-up", state(), name="prod")

    assert result.problems[0].message == "the database is shop, prod is expected"


def test_another_database_than_the_one_of_the_code_is_unknown() -> None:
    code = 'import psycopg\n\npsycopg.connect("postgresql://app@db/other")\n'

    result = check("schema.set-up", state({"app.py": code}))

    assert result.outcome == "unknown"
    assert str(result.undecided[0].at) == "app.py:3"


@pytest.mark.parametrize(
    ("parameters", "outcome"),
    [
        ({"schemas": ["public"]}, "pass"),
        ({"schemas": ["ai"]}, "fail"),
        ({"tables": ["orders", "public.orders"]}, "pass"),
        ({"tables": ["ai.orders"]}, "fail"),
        ({"extensions": ["vector"]}, "pass"),
        ({"extensions": ["postgis"]}, "fail"),
    ],
)
def test_what_is_expected_is_there(parameters: dict[str, list[str]], outcome: str) -> None:
    facts = state(schemas=["public"], tables=["orders"], extensions=["vector"])

    assert check("schema.set-up", facts, **parameters).outcome == outcome


def test_tables_that_were_not_read_are_not_absent_but_unknown() -> None:
    assert check("schema.set-up", state(), tables=["orders"]).outcome == "unknown"


def test_agnos_tables_at_the_schema_of_the_pinned_release_pass() -> None:
    files = {"requirements.txt": "agno[postgres]==3.1.10\n"}

    assert check("schema.set-up", state(files, schema_versions=agno("3.0.0"))).outcome == "pass"


def test_agnos_tables_at_an_older_schema_than_the_pinned_release_fail() -> None:
    files = {"uv.lock": '[[package]]\nname = "agno"\nversion = "3.1.10"\n'}

    result = check("schema.set-up", state(files, schema_versions=agno("2.5.0")))

    assert (
        "agno_sessions has schema version 2.5.0, 3.0.0 is expected" in result.problems[0].message
    )


def test_an_old_release_of_agno_wants_its_own_schema() -> None:
    files = {"requirements.txt": "agno==2.5.2\n"}

    assert check("schema.set-up", state(files, schema_versions=agno("2.5.0"))).outcome == "pass"


def test_old_tables_of_agno_are_unknown_where_no_release_is_pinned() -> None:
    result = check("schema.set-up", state(schema_versions=agno("2.5.0")))

    assert result.outcome == "unknown"


def test_the_newest_known_schema_of_agno_passes_without_a_pin() -> None:
    assert check("schema.set-up", state(schema_versions=agno("3.0.0"))).outcome == "pass"


def alembic(*versions: str) -> list[dict[str, str]]:
    return [{"tool": "alembic", "version": version} for version in versions]


def test_the_head_of_the_migrations_passes() -> None:
    facts = state(MIGRATIONS, schema_versions=alembic("b2"))

    assert check("schema.set-up", facts).outcome == "pass"


def test_a_migration_that_is_not_applied_fails_at_its_line() -> None:
    result = check("schema.set-up", state(MIGRATIONS, schema_versions=alembic("a1")))

    assert str(result.problems[0].at) == "migrations/versions/2.py:1"
    assert "the database is at a1" in result.problems[0].message


def test_migrations_that_were_never_run_fail() -> None:
    assert "at none" in check("schema.set-up", state(MIGRATIONS)).problems[0].message


def test_a_migration_that_the_repository_does_not_have_fails() -> None:
    result = check("schema.set-up", state(MIGRATIONS, schema_versions=alembic("b2", "zz")))

    assert "zz, which the repository does not have" in result.problems[0].message


def test_a_migration_that_cannot_be_parsed_is_unknown() -> None:
    files = {"migrations/versions/1.py": "revision = (\n"}

    assert check("schema.set-up", state(files)).outcome == "unknown"


def django(*names: str) -> list[dict[str, str]]:
    return [{"tool": "django", "of": "shop", "version": name} for name in names]


DJANGO = {
    "manage.py": "",
    "shop/migrations/__init__.py": "",
    "shop/migrations/0001_initial.py": "class Migration: ...\n",
    "shop/migrations/0002_more.py": "class Migration: ...\n",
}


@pytest.mark.parametrize(
    ("recorded", "outcome"),
    [
        (django("0001_initial", "0002_more"), "pass"),
        (django("0001_initial"), "fail"),
        ([], "fail"),
        ([{"tool": "django", "of": "other", "version": "0001_initial"}], "unknown"),
    ],
)
def test_every_migration_of_django_is_applied(
    recorded: list[dict[str, str]], outcome: str
) -> None:
    assert check("schema.set-up", state(DJANGO, schema_versions=recorded)).outcome == outcome


def test_a_squashed_migration_need_not_be_recorded_itself() -> None:
    files = {**DJANGO, "shop/migrations/0002_more.py": "replaces = [('shop', '0002_old')]\n"}

    result = check("schema.set-up", state(files, schema_versions=django("0001_initial")))

    assert result.outcome == "pass"


def test_migrations_of_a_project_without_django_are_not_djangos() -> None:
    files = {"shop/migrations/0001_initial.py": "x = 1\n"}

    assert check("schema.set-up", state(files)).outcome == "pass"


@pytest.mark.parametrize("name", ["orders", "latest", "contest", "devices", "tmpl", "protests"])
def test_an_ordinary_name_passes(name: str) -> None:
    assert (
        check("schema.no-development-data", state(schemas=["public"], tables=[name])).outcome
        == "pass"
    )


@pytest.mark.parametrize(
    "name", ["test", "users_test", "test_users", "orders_dev", "tmp_x", "Users_TEST"]
)
def test_a_name_from_development_or_tests_fails(name: str) -> None:
    facts = state(schemas=["public"], tables=[name])

    assert check("schema.no-development-data", facts).outcome == "fail"


def test_schemas_and_the_database_itself_are_judged_by_name_too() -> None:
    facts = state(session={"user": "app", "database": "shop_dev"}, schemas=["test"], tables=[])

    result = check("schema.no-development-data", facts)

    assert [finding.data["kind"] for finding in result.problems] == ["database", "schema"]


def test_a_name_that_is_meant_is_allowed() -> None:
    facts = state(schemas=["public"], tables=["test_results"])

    result = check("schema.no-development-data", facts, allow=["public.test_results"])

    assert result.outcome == "pass"


def test_tables_that_were_not_read_are_unknown() -> None:
    assert check("schema.no-development-data", state(schemas=["public"])).outcome == "unknown"


def test_an_unlogged_table_fails_unless_it_may_be_lost() -> None:
    facts = state(tables=[{"name": "sessions", "unlogged": True}])

    assert check("schema.unlogged", facts).outcome == "fail"
    assert check("schema.unlogged", facts, allow=["sessions"]).outcome == "pass"


def test_no_table_is_nothing_to_judge() -> None:
    assert check("schema.unlogged", state(tables=[])).outcome == "not-applicable"
