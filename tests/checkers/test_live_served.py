"""How many connections PgBouncer opens: intervals that hold every case within them."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.checkers.demand import Demand, Factor, Pool, Processes
from readiness.checkers.served import Pair, Served, served_by
from readiness.checkers.span import Span
from readiness.checkers.ways import Way
from readiness.database.pooler import Pool as PoolerPool
from readiness.database.pooler import Pooler, Route
from readiness.testing import check

spans = st.builds(
    lambda low, more: Span(low, None if more is None else low + more),
    st.integers(0, 6),
    st.none() | st.integers(0, 4),
)


def within(span: Span, end: int = 9) -> range:
    return range(span.low, (end if span.high is None else span.high) + 1)


@given(spans, spans)
def test_sums_and_products_hold_every_case_within_them(one: Span, other: Span) -> None:
    for a, b in product(within(one), within(other)):
        assert holds(one + other, a + b)
        assert holds(one * other, a * b)


@given(spans, st.sampled_from([1.0, 1.25, 1.5, 2.0]))
def test_a_surge_holds_every_case_and_never_shrinks(span: Span, surge: float) -> None:
    for count in within(span):
        assert holds(span.scaled(surge), -int(-count * surge // 1))
    assert span.scaled(surge).low >= span.low


def holds(span: Span, count: int) -> bool:
    return span.low <= count and (span.high is None or count <= span.high)


pairs = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from("uv"), spans),
    max_size=4,
    unique_by=lambda one: one[:2],
)


@settings(deadline=None, max_examples=60)
@given(pairs, st.integers(0, 3), st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
def test_no_case_leaves_the_interval_of_what_the_pools_may_open(
    given_pairs: list[tuple[str, str, Span]], size: int, most_a: int, most_b: int, per_user: int
) -> None:
    caps = {"a": most_a, "b": most_b}
    made = tuple(
        Pair(Route(name, size=size, most=caps[name]), user, clients)
        for name, user, clients in given_pairs
    )
    span = Served(made, per_user).span

    for sizes in product(*({min(n, size) for n in within(p.clients, 5)} for p in made)):
        most = brute(sizes, made, per_user)
        assert holds(span, most), (sizes, most, span)


def brute(sizes: tuple[int, ...], made: tuple[Pair, ...], per_user: int) -> int:
    """The most that can be open at once, by trying everything."""
    best = 0
    for case in product(*(range(size + 1) for size in sizes)):
        by_route: dict[str, int] = {}
        by_user: dict[str, int] = {}
        for count, pair in zip(case, made, strict=True):
            by_route[pair.route.name] = by_route.get(pair.route.name, 0) + count
            by_user[pair.user] = by_user.get(pair.user, 0) + count
        caps = {pair.route.name: pair.route.most for pair in made}
        fits = all(not caps[name] or total <= caps[name] for name, total in by_route.items())
        if fits and all(not per_user or total <= per_user for total in by_user.values()):
            best = max(best, sum(case))
    return best


def asked(*pools: Pool, processes: int = 10) -> Demand:
    count = Factor(Span.exactly(processes), "instances")
    return Demand(pools, (Processes("api", "compose", count, Factor(Span.exactly(1), "w")),))


def pool(size: int = 5, user: str | None = "app", database: str | None = "shop") -> Pool:
    return Pool(Factor(Span.exactly(size), "a pool"), user, database, ("pgb",), way=Way.POOLED)


def serve(pooler: Pooler, demand: Demand, poolers: Span | None = None) -> Span:
    many = poolers or Span.exactly(1)
    return served_by(pooler, demand, database="shop", checker="readiness", poolers=many).span


def test_a_pool_serves_many_clients_with_few_connections() -> None:
    pooler = Pooler("1.18.0", routes=(Route("shop", size=20, reserve=3),))

    assert serve(pooler, asked(pool())) == Span(23, 23)
    assert serve(pooler, asked(pool(), processes=2)) == Span(10, 10)


def test_each_user_has_a_pool_unless_all_become_one() -> None:
    apart = Pooler("1.18.0", routes=(Route("shop", size=20),))
    one = Pooler("1.18.0", routes=(Route("shop", size=20, user="owner"),))
    demand = asked(pool(), pool(user="jobs"))

    assert serve(apart, demand) == Span(40, 40)
    assert serve(one, demand) == Span(20, 20)


def test_a_database_without_an_entry_has_the_usual_size() -> None:
    pooler = Pooler("1.18.0", size=7, reserve=1, most=0)

    assert serve(pooler, asked(pool(database="other"))) == Span(8, 8)


def test_the_pools_of_others_count_at_most_unless_they_lead_elsewhere() -> None:
    home, away = Route("shop", "db", size=20), Route("logs", "other", size=20)
    others = (
        PoolerPool("shop", "reports", servers=2),
        PoolerPool("logs", "app", servers=9),
        PoolerPool("shop", "readiness", servers=1),
    )
    pooler = Pooler("1.18.0", routes=(home, away), pools=others)

    assert serve(pooler, asked(pool())) == Span(22, 40)


def test_several_poolers_have_pools_of_their_own_up_to_the_clients() -> None:
    pooler = Pooler("1.18.0", routes=(Route("shop", size=20),))

    assert serve(pooler, asked(pool()), Span.exactly(2)) == Span(20, 40)
    assert serve(pooler, asked(pool()), Span(1, None)) == Span(20, 50)


CODE = (
    "from sqlalchemy import create_engine\n\n"
    'engine = create_engine("postgresql+psycopg2://app@{at}/shop", pool_size=5, max_overflow=5)\n'
)
COMPOSE = (
    "services:\n  api:\n    build: .\n    command: uvicorn db:app --workers 4\n"
    "    deploy:\n      replicas: 3\n"
)


def state(
    pooler: dict[str, Any] | None = None, *, at: str = "pgb:6432", maximum: int = 100, **more: Any
) -> dict[str, Any]:
    whole = {
        "version": "PgBouncer 1.18.0",
        "mode": "transaction",
        "listen_port": 6432,
        "clients": 500,
        "routes": [{"name": "shop", "host": "db.internal", "database": "shop", "size": 20}],
        **(pooler or {}),
    }
    return {
        "files": {"db.py": CODE.format(at=at), "compose.yaml": COMPOSE},
        "database": {
            "session": {"user": "readiness", "database": "shop", "pooled": True},
            "capacity": {"maximum": maximum, "superuser_reserved": 3},
            "roles": ["app"],
            "pooler": whole,
            **more,
        },
    }


def routes_of(**change: Any) -> dict[str, Any]:
    return {"routes": [{"name": "shop", "host": "db.internal", "database": "shop", **change}]}


@pytest.mark.parametrize(
    ("given_state", "expected"),
    [
        (state(), "pass"),
        (state(maximum=30), "pass"),
        (state(maximum=25), "fail"),
        (state(routes_of(size=90)), "fail"),
        (state(routes_of(size=90, most=80)), "pass"),
        (state(routes_of(size=20, reserve=70)), "fail"),
        (state({"per_user": 20, **routes_of(size=90)}), "pass"),
        (state({"clients": 100}), "fail"),
        (state({"clients": 120}), "pass"),
        (state({"mode": "session"}), "fail"),
        (state({"mode": "session", **routes_of(size=120)}, maximum=200), "pass"),
        (state({"shared_port": True}), "unknown"),
        (state({"shared_port": True}, maximum=200), "pass"),
        (state(at="db.internal:5432"), "fail"),
        (state(at="db.internal:5432", maximum=140), "pass"),
        (state(at="elsewhere:5432"), "unknown"),
        (state({"pools": [{"database": "shop", "user": "x", "servers": 1}]}, maximum=30),
         "unknown"),
        (state({"pools": [{"database": "shop", "user": "x", "servers": 1}]}), "pass"),
        (state(roles=[{"name": "app", "connection_limit": 19}]), "fail"),
        (state(roles=[{"name": "app", "connection_limit": 20}]), "pass"),
        (state(capacity={"maximum": 100, "database_limit": 19}), "fail"),
    ],
)  # fmt: skip
def test_the_verdict_follows_the_interval_at_each_limit(
    given_state: dict[str, Any], expected: str
) -> None:
    assert check("capacity.demand", given_state).outcome == expected


def test_several_poolers_may_be_declared() -> None:
    assert check("capacity.demand", state(), poolers=4).outcome == "pass"
    assert check("capacity.demand", state(), poolers=5).outcome == "unknown"


def test_the_replicas_of_the_pooler_come_from_the_deployment() -> None:
    many = state()
    many["files"]["compose.yaml"] += (
        "  pgb:\n    image: edoburu/pgbouncer:1.18\n    deploy:\n      replicas: 5\n"
    )

    result = check("capacity.demand", many)

    assert result.outcome == "unknown"
    steps = {step.text: str(step.at) for step in result.undecided[0].trace}
    assert steps["instances of pgb: 5"] == "compose.yaml:10"


def test_a_finding_says_which_single_change_makes_it_fit() -> None:
    server = check("capacity.demand", state(routes_of(size=90))).problems[0]
    clients = check("capacity.demand", state({"clients": 100})).problems[0]

    assert "default_pool_size (and pool_size) of at most 87" in str(server.hint)
    assert "max_connections = 104" in str(server.hint)
    assert "max_client_conn = 120" in str(clients.hint)
    assert "workers of api of at most 3 instead of 4" in str(clients.hint)
    for size, outcome in ((87, "pass"), (88, "fail")):
        assert check("capacity.demand", state(routes_of(size=size))).outcome == outcome
    assert check("capacity.demand", state(routes_of(size=90), maximum=104)).outcome == "pass"
    assert check("capacity.demand", state(routes_of(size=90), maximum=103)).outcome == "fail"


def test_every_factor_has_its_place_in_the_trace() -> None:
    (server, _) = check("capacity.demand", state()).oks

    assert [str(step.at) for step in server.trace if step.at] == [
        "db.py:3", "compose.yaml:4", "compose.yaml:6",
    ]  # fmt: skip
    assert any("pool of app for shop: 20" in step.text for step in server.trace)


def test_a_pooler_whose_console_is_closed_leaves_the_demand_unknown() -> None:
    closed = state()
    del closed["database"]["pooler"]
    closed["database"]["missing"] = {
        "pooler": {"reason": "not open to app", "hint": "add app to `stats_users`"}
    }
    closed["database"]["roles"] = [{"name": "app", "connection_limit": 5}]

    result = check("capacity.demand", closed)

    assert result.outcome == "unknown"
    assert "stats_users" in str(result.undecided[0].hint)
