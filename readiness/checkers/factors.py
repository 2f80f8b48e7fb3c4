"""The factors of the demand, as the code and the deployment files give them."""

from collections.abc import Iterator

from readiness import Database, Deployment, Place, Program, Project
from readiness.checkers.demand import Factor, Pool, Processes
from readiness.checkers.django import databases
from readiness.checkers.span import Span
from readiness.checkers.ways import Way, way_of
from readiness.checkers.workers import workers_factor

_PIPELINES = frozenset({"github-actions"})
_ORCHESTRATED = frozenset({"compose", "kubernetes"})
# One on each node, or as many as there are requests.
_GROWING = frozenset({"DaemonSet", "Service"})
_NOBODY_KNOWS = Span(1, None)
_ENGINES = (
    b"create_engine",
    b"create_async_engine",
    b"PostgresDb",
    b"create_pool",
    b"ConnectionPool",
)


def pools_of(program: Program, database: Database) -> Iterator[Pool]:
    """The pools that one process of the program may open to PostgreSQL."""
    for engine in program.engines():
        dialect = engine.dialect or engine.url.dialect
        if dialect and not dialect.startswith("postgres"):
            continue
        size = _NOBODY_KNOWS
        if engine.pooled and engine.pool_size is not None:
            grows = engine.library.startswith(("sqlalchemy", "agno"))
            size = _size(engine.pool_size, engine.max_overflow, grows=grows)
        host, port = engine.url.host, engine.url.port
        text = _words(engine.pool_size, engine.max_overflow, engine.pool_reason)
        times = f"{engine.count} times " if engine.count > 1 else ""
        whose = "" if engine.pool_size_set else f" (the default of {engine.library})"
        yield Pool(
            Factor(
                Span(0, size.high) if engine.under or not dialect else size,
                f"{times}{text}{whose}" if engine.pooled else "connections without a pool",
                engine.at,
                "call" if engine.pool_size_set else "default",
            ),
            engine.url.user.text,
            engine.url.database.text,
            (host.text, host.variables, port.text, port.variables),
            engine.count,
            way_of(engine, database),
        )


def django_pools(project: Project, environment: str, way: Way) -> Iterator[Pool]:
    """The databases of Django's settings: one connection for each thread, without a pool."""
    for one in databases(project, environment):
        what = "a connection for each thread of Django"
        factor = Factor(_NOBODY_KNOWS, what, one.at, "default")
        yield Pool(factor, None, None, (), way=way)


def unread_pools(program: Program, project: Project, way: Way) -> Iterator[Pool]:
    """Files that could not be understood, and in which an engine may be built."""
    for left in program.coverage.not_parsed:
        shown = project.searchable(left.path)
        if shown is None or any(word in shown for word in _ENGINES):
            what = f"what {left.path} builds ({left.reason})"
            at = Place(left.path)
            factor = Factor(Span(0, None), what, at, "default")
            yield Pool(factor, None, None, (), way=way)


def _size(size: int, overflow: int | None, *, grows: bool) -> Span:
    """The span of a pool; one of SQLAlchemy is without end at size 0 or overflow -1."""
    if grows and (size == 0 or overflow is None or overflow < 0):
        return Span(max(size, 1), None)
    return Span.exactly(size + (overflow or 0))


def _words(size: int | None, overflow: int | None, reason: str) -> str:
    if size is None:
        return f"a pool of unknown size ({reason})" if reason else "a pool of unknown size"
    return f"pool_size {size}" + (f" + max_overflow {overflow}" if overflow is not None else "")


def services_of(
    deployment: Deployment, program: Program, instances: int | None, workers: int | None
) -> tuple[Processes, ...]:
    """The services that run the code; what the rule declares wins over the files."""
    found = tuple(_services(deployment, program, instances, workers))
    if any(service.platform in _ORCHESTRATED for service in found):
        return tuple(service for service in found if service.platform in _ORCHESTRATED)
    return found or (_unnamed(instances, workers),)


def _services(
    deployment: Deployment, program: Program, instances: int | None, workers: int | None
) -> Iterator[Processes]:
    for service in deployment.services:
        if service.runs_code is False or service.source in _PIPELINES:
            continue
        grows = service.workload in _GROWING
        platform = "" if grows else service.source
        count = _one_instance(service.name, platform, service.at)
        if service.replicas:
            least, most = service.replicas.least, service.replicas.most
            text = f"instances of {service.name}"
            count = Factor(Span(least or 0, most), text, service.replicas.at)
        if service.profiles or service.schedule or service.runs_code is None:
            count = Factor(Span(0, count.span.high), count.text, count.at, count.kind)
        each = workers_factor(deployment, program, service)
        yield Processes(
            service.name,
            service.source if service.source in _ORCHESTRATED else "process",
            _declared("instances", instances) or count,
            _declared("workers", workers) or each,
        )


def _one_instance(name: str, platform: str, at: Place) -> Factor:
    if platform in _ORCHESTRATED:
        return Factor(
            Span.exactly(1), f"instances of {name} (the platform's default)", at, "default"
        )
    return Factor(_NOBODY_KNOWS, f"instances of {name}, said nowhere", at, "default")


def _unnamed(instances: int | None, workers: int | None) -> Processes:
    """The process that there must be, where no file of the deployment says so."""
    unknown = Factor(_NOBODY_KNOWS, "instances, said nowhere", kind="default")
    each = Factor(_NOBODY_KNOWS, "workers, said nowhere", kind="default")
    return Processes(
        "the application",
        "process",
        _declared("instances", instances) or unknown,
        _declared("workers", workers) or each,
    )


def _declared(what: str, count: int | None) -> Factor | None:
    if count is None:
        return None
    return Factor(Span.exactly(count), f"{what} (declared by the rule)")
