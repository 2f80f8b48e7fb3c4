"""What would be sent can be read before, and the least role can be made."""

import pytest

from readiness.database import Query
from readiness.database.catalogue import STATEMENTS, always_quoted, quoted, version_query
from readiness.database.fence import fenced, refusal
from readiness.database.grants import least_role
from readiness.database.plan import statements, versions
from readiness.database.recorded import KINDS


def test_the_plan_begins_read_only_and_ends_with_a_rollback() -> None:
    plan = statements()

    assert plan[0] == "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    assert plan[-1] == "ROLLBACK"


def test_no_statement_of_ours_does_more_than_read() -> None:
    first = {one.lstrip().split()[0] for one in (_uncommented(s) for s in statements())}

    assert first <= {"BEGIN", "WITH", "SELECT", "SAVEPOINT", "ROLLBACK"}


def test_a_rules_query_is_planned_behind_its_fence_and_a_refused_one_is_not() -> None:
    plan = statements([Query("SELECT 7"), Query("SELECT pg_sleep(7)")])

    assert "DECLARE rd NO SCROLL CURSOR FOR SELECT 7" in plan
    assert not any("pg_sleep" in one for one in plan)


def test_each_version_gets_each_fact_once() -> None:
    for version in (100000, 120000, 130000, 150018, 160014, 180004):
        facts = [one.fact for one in STATEMENTS if one.fits(version)]

        assert len(facts) == len(set(facts))
    assert {one.fact for one in STATEMENTS} - {"system", "settings"} <= KINDS.keys()


def test_the_versions_of_a_statement_are_told() -> None:
    told = {one.file: versions(one.sql) for one in STATEMENTS}

    assert told["hba"] == "before 16"
    assert told["hba_16"] == "16 and later"
    assert told["roles"] == ""


def test_names_are_quoted_where_they_have_to_be() -> None:
    assert quoted("app") == "app"
    assert quoted("My App") == '"My App"'
    assert always_quoted('a"b') == '"a""b"'
    assert '"odd""schema"."alembic_version"' in version_query('odd"schema', "alembic_version")


def test_the_least_role_has_no_power_and_no_password_in_it() -> None:
    sql = least_role(role="checker", database="shop")

    assert "SUPERUSER" not in sql
    assert "PASSWORD '" not in sql
    assert "GRANT pg_monitor TO checker;" in sql


def test_the_least_role_has_what_the_rules_need_and_nothing_else() -> None:
    none, one = least_role(()), least_role({"settings"})
    both = least_role({"settings", "statistics"}, asking=["orders-paid"])

    assert "GRANT CONNECT" in none
    assert none.count("GRANT") == 1
    assert "GRANT pg_read_all_settings TO readiness;" in one
    assert "pg_monitor" not in one
    assert "GRANT pg_monitor TO readiness;" in both
    assert "pg_read_all" not in both
    assert "The rule orders-paid puts SQL of its own" in both


def test_a_name_does_not_get_out_of_its_place() -> None:
    sql = least_role(role="a'b", database="c\nDROP TABLE orders;")

    assert "one.name, 'a''b');" in sql
    assert 'GRANT CONNECT ON DATABASE "c\nDROP TABLE orders;" TO "a\'b";' in sql
    assert "in the database c DROP TABLE orders;, to which" in sql


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM orders WHERE state = 'test'",
        "SELECT lo_revenue FROM lineorder",
        "TABLE settings",
        "SELECT current_setting('server_version')",
        "SELECT max(next_value) FROM t",
    ],
)
def test_ordinary_queries_are_not_refused(sql: str) -> None:
    assert refusal(Query(sql)) is None
    assert fenced(Query(sql))[1].endswith(sql)


def _uncommented(sql: str) -> str:
    return "\n".join(line for line in sql.splitlines() if not line.startswith("--"))
