"""What the pool mode does to the engines of the code, each verdict beside its twin."""

from typing import Any

import pytest

from readiness.testing import check

POOLER = {
    "version": "PgBouncer 1.18.0",
    "mode": "transaction",
    "listen_port": 6432,
    "routes": [{"name": "shop", "host": "db.internal", "port": 5432, "database": "shop"}],
}
URL = "postgresql+psycopg://app@pgb:6432/shop"
OFF = 'connect_args={"prepare_threshold": None}'


def code(url: str = URL, arguments: str = "") -> str:
    return (
        f'from sqlalchemy import create_engine\n\nengine = create_engine("{url}", {arguments})\n'
    )


def judge(
    rule: str, text: str, pooler: dict[str, Any] | None = None, *, pooled: bool = True
) -> str:
    database = {
        "session": {"user": "app", "database": "shop", "pooled": pooled},
        "address": "postgresql://app@pgb:6432/shop",
        "pooler": {**POOLER, **(pooler or {}), "between": pooled},
    }
    return str(check(rule, {"files": {"db.py": text}, "database": database}).outcome)


@pytest.mark.parametrize(
    ("text", "pooler", "expected"),
    [
        (code(), {}, "fail"),
        (code(arguments=OFF), {}, "pass"),
        (code(URL.replace("psycopg", "psycopg2")), {}, "pass"),
        (code("postgresql://app@pgb:6432/shop"), {}, "unknown"),
        (code(), {"mode": "session"}, "pass"),
        (code(), {"mode": "statement"}, "fail"),
        (code(), {"pools": [{"database": "shop", "user": "app", "mode": "session"}]}, "pass"),
        (code(), {"pools": [{"database": "shop", "user": "b", "mode": "session"}]}, "fail"),
        (code(), {"version": "PgBouncer 1.22.0", "prepared": 200}, "pass"),
        (code(), {"version": "PgBouncer 1.22.0", "prepared": 0}, "fail"),
        (code(), {"version": "PgBouncer 1.21.0", "prepared": 200}, "fail"),
        (code(URL.replace("psycopg", "asyncpg")), {"version": "1.21.0", "prepared": 9}, "pass"),
        (code(URL.replace("psycopg", "asyncpg")), {"version": "1.20.1", "prepared": 9}, "fail"),
        (code("postgresql+psycopg://app@db.internal:5432/shop"), {}, "pass"),
        (code("postgresql+psycopg://app@elsewhere:5432/shop"), {}, "unknown"),
        ("import os\n" + code().replace(f'"{URL}"', 'os.environ["DATABASE_URL"]'), {}, "unknown"),
        ("print(1)\n", {}, "not-applicable"),
    ],
)
def test_what_is_prepared_is_judged_by_driver_mode_and_way(
    text: str, pooler: dict[str, Any], expected: str
) -> None:
    assert judge("pooler.prepared", text, pooler) == expected


def test_a_pooler_that_is_only_named_need_not_be_on_the_way() -> None:
    elsewhere = code("postgresql+psycopg://app@elsewhere:7777/shop")

    assert judge("pooler.prepared", elsewhere, pooled=False) == "unknown"
    assert judge("pooler.prepared", code(), pooled=False) == "fail"


@pytest.mark.parametrize(
    ("text", "pooler", "expected"),
    [
        (code(), {}, "pass"),
        (code(), {"mode": "statement"}, "fail"),
        (code("postgresql+psycopg://app@db.internal:5432/shop"), {"mode": "statement"},
         "not-applicable"),
        (code("postgresql+psycopg://app@elsewhere:5432/shop"), {"mode": "statement"}, "unknown"),
        (code(f"{URL}?options=-cjit%3Doff"), {}, "fail"),
        (code(f"{URL}?options=-cjit%3Doff"), {"ignored": "extra_float_digits, options"}, "fail"),
    ],
)  # fmt: skip
def test_the_mode_is_judged_for_each_engine_that_goes_through(
    text: str, pooler: dict[str, Any], expected: str
) -> None:
    assert judge("pooler.mode", text, pooler) == expected


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT pg_advisory_lock(7)", "fail"),
        ("SELECT pg_try_advisory_lock_shared(7)", "fail"),
        ("SELECT pg_advisory_xact_lock(7)", "pass"),
        ("LISTEN orders", "fail"),
        ("NOTIFY orders", "pass"),
        ("SET statement_timeout = '5s'", "fail"),
        ("SET search_path TO shop", "fail"),
        ("SET LOCAL statement_timeout = '5s'", "pass"),
        ("SET TRANSACTION READ ONLY", "pass"),
        ("UPDATE orders SET state = 'paid'", "pass"),
        ("SET ROLE owner", "fail"),
        ("SET LOCAL ROLE owner", "pass"),
        ("SELECT set_config('app.tenant', '7', false)", "fail"),
        ("SELECT set_config('app.tenant', '7', true)", "pass"),
        ("CREATE TEMP TABLE hits (id int)", "fail"),
        ("CREATE TEMP TABLE hits (id int) ON COMMIT DROP", "pass"),
        ("DECLARE rows CURSOR WITH HOLD FOR SELECT 1", "fail"),
        ("DECLARE rows CURSOR FOR SELECT 1", "pass"),
    ],
)
def test_a_statement_that_relies_on_its_session_is_a_trap_by_transaction(
    sql: str, expected: str
) -> None:
    text = f"{code()}\n\ndef act(connection):\n    connection.execute(text({sql!r}))\n"

    assert judge("pooler.mode", text) == expected
    assert judge("pooler.mode", text, {"mode": "session"}) == "pass"


def test_words_that_no_statement_runs_are_no_trap() -> None:
    text = f'{code()}\n\ndef act():\n    """SET role = owner."""\n    print("LISTEN orders")\n'
    text += "    st.text('SET role = owner')\n    execute('Set the tone to warm')\n"

    assert judge("pooler.mode", text) == "pass"


def test_where_an_engine_goes_past_the_pooler_the_statement_may_be_its_own() -> None:
    past = code("postgresql+psycopg://app@db.internal:5432/shop").partition("\n\n")[2]
    statement = "\n\ndef act(connection):\n    connection.execute('LISTEN orders')\n"
    past = past.replace("engine =", "other =")

    assert judge("pooler.mode", code() + past + statement) == "unknown"
