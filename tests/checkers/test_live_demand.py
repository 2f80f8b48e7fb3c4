"""The demand for connections as an interval, and the single changes that make it fit."""

from readiness.checkers.demand import Demand, Factor, Pool, Processes
from readiness.checkers.mends import maximum_for, single_changes
from readiness.checkers.span import Span
from readiness.model.place import Place

DB = ("db", (), "5432", ())


def pool(low: int, high: int | None = None, *, address: tuple[object, ...] = DB) -> Pool:
    span = Span(low, low if high is None else high)
    return Pool(Factor(span, f"a pool of {low}", Place("db.py", 3)), "app", "shop", address)


def service(
    instances: int, workers: int, *, name: str = "api", platform: str = "compose"
) -> Processes:
    return Processes(
        name,
        platform,
        Factor(Span.exactly(instances), f"instances of {name}", Place("compose.yaml", 4)),
        Factor(Span.exactly(workers), f"workers of {name}", Place("compose.yaml", 6)),
    )


def unknown(name: str = "api") -> Processes:
    nobody = Factor(Span(1, None), f"instances of {name}, said nowhere")
    return Processes(name, "process", nobody, Factor(Span.exactly(2), "workers"))


def test_known_factors_multiply_to_one_figure() -> None:
    asked = Demand((pool(30),), (service(3, 4),))

    assert asked.span == Span(360, 360)


def test_the_surge_of_a_rolling_deployment_and_others_are_added() -> None:
    asked = Demand((pool(10),), (service(2, 1),), surge=1.5, others=7)

    assert asked.span == Span(37, 37)


def test_an_unknown_factor_leaves_the_upper_end_open() -> None:
    asked = Demand((pool(10),), (unknown(),))

    assert asked.span == Span(20, None)
    assert str(asked.span) == "at least 20"


def test_of_several_services_the_smallest_may_be_the_only_one_with_the_pool() -> None:
    asked = Demand((pool(10),), (service(3, 4), service(1, 1, name="worker")))

    assert asked.span == Span(10, 130)


def test_a_service_that_need_not_run_adds_to_the_upper_end_only() -> None:
    seldom = Processes(
        "report", "compose", Factor(Span(0, 1), "instances"), Factor(Span.exactly(1), "workers")
    )

    asked = Demand((pool(10),), (service(3, 4), seldom))

    assert asked.span == Span(120, 130)


def test_two_platforms_are_alternatives() -> None:
    asked = Demand((pool(10),), (service(2, 1), service(5, 1, platform="kubernetes")))

    assert asked.span == Span(20, 50)


def test_pools_that_reach_different_servers_count_together_at_most() -> None:
    asked = Demand((pool(10), pool(15, address=("other", (), None, ()))), (service(1, 1),))

    assert asked.span == Span(10, 25)


def test_the_steps_name_every_factor_with_its_place() -> None:
    asked = Demand((pool(10),), (service(2, 3),))

    assert [str(step.at) for step in asked.steps] == [
        "db.py:3",
        "compose.yaml:6",
        "compose.yaml:4",
    ]


def test_only_a_change_that_is_enough_by_itself_is_named() -> None:
    asked = Demand((pool(30),), (service(3, 4),))

    changes = list(single_changes(asked, 87))

    assert changes == ["pool_size + max_overflow of at most 7 instead of 30 at db.py:3"]


def test_fewer_workers_are_a_change_where_they_are_enough() -> None:
    asked = Demand((pool(10),), (service(2, 8),))

    changes = list(single_changes(asked, 87))

    assert "workers of api of at most 4 instead of 8 at compose.yaml:6" in changes
    assert "instances of api of at most 1 instead of 2 at compose.yaml:4" in changes


def test_sharing_one_engine_is_a_change_where_there_are_several() -> None:
    asked = Demand((pool(15), pool(15), pool(15), pool(15)), (service(1, 4),))

    assert next(single_changes(asked, 87)) == "one engine that all share instead of 4"


def test_no_change_is_promised_while_a_factor_is_unknown() -> None:
    asked = Demand((pool(200),), (unknown(),))

    assert list(single_changes(asked, 87)) == []
    assert maximum_for(asked.span.high, 3, 0.1) is None


def test_the_needed_maximum_leaves_the_headroom() -> None:
    asked = Demand((pool(30),), (service(3, 4),))

    assert maximum_for(asked.span.high, 3, 0.1) == 404
