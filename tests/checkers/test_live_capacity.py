"""The checkers of connections: code, deployment files and server in one figure."""

from collections.abc import Sequence
from typing import Any, cast

import pytest

from readiness.checkers.capacity import demand
from readiness.database import Database
from readiness.deployment import Deployment
from readiness.deployment.service import Command, Replicas, Service
from readiness.environment import Environment
from readiness.model.finding import Finding, NotApplicable, Verdict
from readiness.model.place import Place
from readiness.program import Coverage, Engine, Piece, Program, Url
from readiness.program.answers import Number
from readiness.project import Project
from readiness.testing import check

COMPOSE = "compose.yaml"


class FakeProgram:
    def __init__(self, *engines: Engine) -> None:
        self._engines = engines

    @property
    def coverage(self) -> Coverage:
        return Coverage()

    def engines(self) -> tuple[Engine, ...]:
        return self._engines

    @property
    def environment(self) -> Environment:
        return Environment("production")

    def server_workers(self) -> tuple[Number, ...]:
        return ()


def engine(
    size: int | None = 20,
    overflow: int | None = 10,
    *,
    line: int = 3,
    pooled: bool = True,
    under: tuple[str, ...] = (),
    dialect: str = "postgresql",
    library: str = "sqlalchemy",
    chosen: bool = True,
    count: int = 1,
) -> Engine:
    url = Url(dialect=dialect, user=Piece("app"), host=Piece("db"), database=Piece("shop"))
    return Engine(
        library, Place("db.py", line), url, dialect, pooled=pooled, pool_size=size,
        pool_size_set=chosen, max_overflow=overflow, under=under, count=count,
    )  # fmt: skip


def service(workers: int | None = 4, replicas: int | None = 3, *, name: str = "api") -> Service:
    words = ("uvicorn", "app:app", *(("--workers", str(workers)) if workers else ()))
    command = Command(words, Place(COMPOSE, 4))
    return Service(
        name,
        "compose",
        Place(COMPOSE, 2),
        command=command,
        processes=(command,),
        replicas=Replicas(replicas, replicas, Place(COMPOSE, 6)) if replicas else None,
        runs_code=True,
    )


def judge(
    engines: Sequence[Engine],
    services: Sequence[Service],
    database: dict[str, Any] | None = None,
    **parameters: Any,
) -> list[Finding]:
    facts = {
        "session": {"user": "app", "database": "shop"},
        "capacity": {"maximum": 100, "superuser_reserved": 3},
        "roles": ["app"],
        **(database or {}),
    }
    program = cast("Program", FakeProgram(*engines))
    deployment = Deployment("production", services=tuple(services))
    return list(demand(Database.from_facts(facts), program, deployment, Project(), **parameters))


def test_a_demand_that_fits_passes_with_every_factor_and_its_place() -> None:
    (finding,) = judge([engine(5, 5)], [service(2, 2)])

    assert finding.verdict is Verdict.OK
    assert finding.data == {"demand": [40, 40], "usable": 87}
    assert [(step.kind, str(step.at)) for step in finding.trace[:3]] == [
        ("call", "db.py:3"),
        ("call", "compose.yaml:4"),
        ("call", "compose.yaml:6"),
    ]
    assert "max_connections 100" in finding.trace[-1].text


def test_a_demand_that_does_not_fit_fails_and_names_the_single_changes() -> None:
    (finding,) = judge([engine(20, 10)], [service(4, 3)])

    assert finding.verdict is Verdict.PROBLEM
    assert finding.data["demand"] == [360, 360]
    assert str(finding.at) == "db.py:3"
    assert "pool_size + max_overflow of at most 7 instead of 30 at db.py:3" in str(finding.hint)
    assert "max_connections = 404" in str(finding.hint)


def test_a_default_is_marked_as_one() -> None:
    (finding,) = judge([engine(5, 10, chosen=False)], [service(1, 1)])

    assert finding.trace[0].kind == "default"
    assert "the default of sqlalchemy" in finding.trace[0].text


def test_unknown_instances_are_undecided_while_one_process_fits() -> None:
    (finding,) = judge([engine(5, 5)], [])

    assert finding.verdict is Verdict.UNDECIDED
    assert finding.data["demand"] == [10, None]
    assert "declare" in str(finding.hint)


def test_unknown_instances_do_not_excuse_a_pool_that_one_process_cannot_have() -> None:
    (finding,) = judge([engine(100, 50)], [])

    assert finding.verdict is Verdict.PROBLEM


def test_instances_and_workers_can_be_declared() -> None:
    (finding,) = judge([engine(5, 5)], [], instances=2, workers=4)

    assert finding.verdict is Verdict.OK
    assert finding.data["demand"] == [80, 80]


def test_a_rolling_deployment_needs_more() -> None:
    (finding,) = judge([engine(5, 5)], [service(2, 3)], surge=1.5)

    assert finding.verdict is Verdict.PROBLEM
    assert finding.data["demand"] == [90, 90]


@pytest.mark.parametrize(
    ("given", "parameters", "change"),
    [
        (
            {"roles": [{"name": "app", "connection_limit": 20}]},
            {},
            "ALTER ROLE app CONNECTION LIMIT 60",
        ),
        (
            {"capacity": {"maximum": 200, "superuser_reserved": 3, "database_limit": 20}},
            {},
            "ALTER DATABASE shop CONNECTION LIMIT 60",
        ),
        ({}, {"surge": 1.5}, "surge 1 instead of 1.5"),
        ({}, {"others": 40}, "others of at most 27 instead of 40"),
        (
            {"roles": ["app", "rds_superuser"]},
            {"surge": 2.0},
            "Amazon RDS: set max_connections = 137 in the instance's own DB parameter group",
        ),
    ],
)
def test_the_single_change_is_the_one_that_fits_the_limit(
    given: dict[str, Any], parameters: dict[str, Any], change: str
) -> None:
    findings = judge([engine(5, 5)], [service(2, 3)], given, **parameters)

    hints = [str(one.hint) for one in findings if one.verdict is Verdict.PROBLEM]
    assert len(hints) == 1
    assert change in hints[0]


@pytest.mark.parametrize(
    "one",
    [
        engine(None, None),
        engine(0, 10),
        engine(5, -1),
        engine(pooled=False, size=None, overflow=None),
    ],
)
def test_a_pool_without_a_known_end_is_never_enough(one: Engine) -> None:
    (finding,) = judge([one], [service(1, 1)])

    assert finding.verdict is Verdict.UNDECIDED
    assert finding.data["demand"][1] is None


def test_an_engine_behind_an_undecided_condition_counts_at_most() -> None:
    (finding,) = judge([engine(5, 5), engine(20, 10, under=("if x",))], [service(4, 1)])

    assert finding.verdict is Verdict.UNDECIDED
    assert finding.data["demand"] == [40, 160]


def test_an_engine_for_another_kind_of_database_does_not_count() -> None:
    (finding,) = judge([engine(5, 5), engine(50, 50, dialect="sqlite")], [service(1, 1)])

    assert finding.data["demand"] == [10, 10]


def test_a_code_without_engines_is_not_applicable() -> None:
    with pytest.raises(NotApplicable, match="builds no engine"):
        judge([], [service()])


def test_an_engine_that_is_built_several_times_counts_each_time() -> None:
    (finding,) = judge([engine(5, 10, count=4)], [service(2, 1)])

    assert finding.data["demand"] == [120, 120]
    assert "one engine that all share instead of 4" in str(finding.hint)
    assert "pool_size + max_overflow of at most 10 instead of 15" in str(finding.hint)


def test_the_limit_of_the_role_is_judged_too() -> None:
    database = {"roles": [{"name": "app", "connection_limit": 30}]}

    server, role = judge([engine(5, 5)], [service(2, 2)], database)

    assert server.verdict is Verdict.OK
    assert role.verdict is Verdict.PROBLEM
    assert "the connection limit of the role app is 30" in role.message


def test_the_limit_of_the_database_is_judged_too() -> None:
    capacity = {"maximum": 100, "superuser_reserved": 3, "database_limit": 20}

    server, limited = judge([engine(5, 5)], [service(2, 2)], {"capacity": capacity})

    assert server.verdict is Verdict.OK
    assert limited.verdict is Verdict.PROBLEM


def test_a_pooler_in_between_decides_how_many_reach_the_server() -> None:
    session = {"user": "app", "database": "shop", "pooled": True}

    (finding,) = judge([engine(20, 10)], [service(4, 3)], {"session": session})

    assert finding.verdict is Verdict.UNDECIDED
    assert "pooler" in finding.message


def test_reserved_connections_are_nobodys() -> None:
    capacity = {"maximum": 100, "superuser_reserved": 3, "reserved": 20}

    (finding,) = judge([engine(5, 5)], [service(4, 2)], {"capacity": capacity})

    assert finding.data["usable"] == 67
    assert finding.verdict is Verdict.PROBLEM


def test_code_compose_file_and_server_are_joined() -> None:
    code = (
        "from sqlalchemy import create_engine\n\n"
        'engine = create_engine("postgresql://app@db/shop", pool_size=20, max_overflow=10)\n'
    )
    compose = (
        "services:\n  api:\n    build: .\n    command: uvicorn db:app --workers 4\n"
        "    deploy:\n      replicas: 3\n"
    )

    result = check(
        "capacity.demand",
        {
            "files": {"db.py": code, "compose.yaml": compose},
            "database": {
                "session": {"user": "app", "database": "shop"},
                "capacity": {"maximum": 100, "superuser_reserved": 3},
                "roles": ["app"],
            },
        },
    )

    assert result.outcome == "fail"
    assert result.problems[0].data["demand"] == [360, 360]
    assert [str(step.at) for step in result.problems[0].trace] == [
        "db.py:3", "compose.yaml:4", "compose.yaml:6", "None",
    ]  # fmt: skip


def test_djangos_connections_are_as_many_as_its_threads() -> None:
    settings = 'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql"}}\n'
    facts = {
        "session": {"user": "app", "database": "shop"},
        "capacity": {"maximum": 100, "superuser_reserved": 3},
        "roles": ["app"],
    }

    result = check("capacity.demand", {"files": {"settings.py": settings}, "database": facts})

    assert result.outcome == "unknown"
    assert result.undecided[0].data["demand"][1] is None


def test_a_file_that_cannot_be_understood_and_may_build_an_engine_is_an_unknown_factor() -> None:
    good = 'import sqlalchemy\n\nsqlalchemy.create_engine("postgresql://db/x", pool_size=1)\n'
    state = {
        "files": {"good.py": good, "bad.py": "import sqlalchemy\nsqlalchemy.create_engine((\n"},
        "database": {
            "session": {"user": "app", "database": "shop"},
            "capacity": {"maximum": 100, "superuser_reserved": 3},
            "roles": ["app"],
        },
    }

    result = check("capacity.demand", state, instances=1, workers=1)

    assert result.outcome == "unknown"
    assert "bad.py" in str(result.undecided[0].hint)


@pytest.mark.parametrize(
    ("used", "outcome"),
    [(12, "pass"), (77, "pass"), (78, "fail"), (97, "fail"), (None, "unknown")],
)
def test_the_connections_in_use_leave_room(used: int | None, outcome: str) -> None:
    facts = {"database": {"capacity": {"maximum": 100, "superuser_reserved": 3, "used": used}}}

    assert check("capacity.usage", facts).outcome == outcome


def test_a_capacity_that_was_not_read_is_unknown() -> None:
    assert check("capacity.usage", {"database": {}}).outcome == "unknown"


@pytest.mark.parametrize(
    ("version", "annotation", "kind", "expected"),
    [
        ("serving.knative.dev/v1", "autoscaling.knative.dev/maxScale: '2'", "Service", "pass"),
        ("serving.knative.dev/v1", "autoscaling.knative.dev/maxScale: '90'", "Service", "unknown"),
        ("serving.knative.dev/v1", "other: 'x'", "Service", "unknown"),
        ("apps/v1", "other: 'x'", "Deployment", "pass"),
        ("apps/v1", "other: 'x'", "DaemonSet", "unknown"),
    ],
)
def test_what_grows_with_requests_or_nodes_is_not_one_instance(
    version: str, annotation: str, kind: str, expected: str
) -> None:
    manifest = (
        f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: api}}\nspec:\n  template:\n"
        f"    metadata: {{annotations: {{{annotation}}}}}\n    spec:\n      containers:\n"
        "        - {name: api, image: acme.io/api, command: [uvicorn, 'db:app']}\n"
    )
    code = "from sqlalchemy import create_engine\n"
    code += "engine = create_engine('postgresql://app@db/shop', pool_size=10, max_overflow=0)\n"
    state = {
        "files": {"db.py": code, "k8s/api.yaml": manifest},
        "database": {"session": {"user": "app", "database": "shop"}, "roles": [{"name": "app"}],
                     "capacity": {"maximum": 100, "superuser_reserved": 3}},
    }  # fmt: skip

    assert check("capacity.demand", state).outcome == expected
