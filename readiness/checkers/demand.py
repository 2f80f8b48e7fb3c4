"""How many connections the application may open: pools x processes, each factor with its place."""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from readiness import Place, Step
from readiness.checkers.span import Span
from readiness.checkers.ways import Way

Kind = Literal["call", "default", "variable"]


class Factor(Struct, frozen=True):
    """One factor: how many, in words, where it is said, and by what: code, variable, default."""

    span: Span
    text: str
    at: Place | None = None
    kind: Kind = "call"

    @property
    def step(self) -> Step:
        """The factor as a step of the trace."""
        return Step(self.kind, f"{self.text}: {self.span}", self.at)


class Pool(Struct, frozen=True):
    """The connections that one engine may open in each process.

    ``factor`` is the size of one, of which ``count`` are built. ``address`` tells engines
    apart that reach different servers; it is empty where nothing is known of it. ``way``
    tells whether a pooler stands between.
    """

    factor: Factor
    user: str | None
    database: str | None
    address: tuple[object, ...]
    count: int = 1
    way: Way = Way.DIRECT

    @property
    def span(self) -> Span:
        """How many connections, of all that are built at this place."""
        return self.factor.span * Span.exactly(self.count)


class Processes(Struct, frozen=True):
    """The processes of one service: instances x workers."""

    name: str
    platform: str
    instances: Factor
    workers: Factor

    @property
    def span(self) -> Span:
        """How many processes."""
        return self.instances.span * self.workers.span


class Demand(Struct, frozen=True):
    """Everything that the figure follows from; ``others`` are declared connections."""

    pools: tuple[Pool, ...]
    services: tuple[Processes, ...]
    surge: float = 1.0
    others: int = 0

    @property
    def span(self) -> Span:
        """How many connections the deployment may open at once."""
        return (_pools(self.pools) * self.processes).scaled(self.surge) + Span.exactly(self.others)

    @property
    def processes(self) -> Span:
        """How many processes hold the pools.

        Several services of one platform need not all open every pool, so the least is
        that of the smallest that surely runs; platforms are taken for alternatives.
        """
        groups = [_of_platform(self.services, one) for one in _platforms(self.services)]
        highs = [high for group in groups if (high := group.high) is not None]
        high = max(highs) if len(highs) == len(groups) else None
        return Span(min(group.low for group in groups), high)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every factor, in the order in which they are multiplied."""
        found = [pool.factor.step for pool in self.pools]
        for service in self.services:
            found += [service.workers.step, service.instances.step]
        return tuple(found)

    def only(self, indices: Sequence[int]) -> "Demand":
        """The same deployment with some of its pools."""
        return replace(self, pools=tuple(self.pools[index] for index in indices))

    def by(self, *ways: Way) -> "Demand":
        """The same deployment with the pools that go these ways; ``others`` are left out."""
        chosen = [index for index, pool in enumerate(self.pools) if pool.way in ways]
        return replace(self.only(chosen), others=0)

    def at_most(self) -> "Demand":
        """The same deployment, where nobody knows whether any of the pools is there."""
        lax = [Span(0, pool.factor.span.high) for pool in self.pools]
        pools = tuple(
            replace(pool, factor=replace(pool.factor, span=span))
            for pool, span in zip(self.pools, lax, strict=True)
        )
        return replace(self, pools=pools)

    def shared(self, index: int) -> "Demand":
        """The same deployment with one engine in the place of all."""
        return replace(self, pools=(replace(self.pools[index], count=1),))

    def with_pool(self, index: int, size: int) -> "Demand":
        """The same deployment with another size of one pool."""
        pools = list(self.pools)
        factor = replace(pools[index].factor, span=Span.exactly(size))
        pools[index] = replace(pools[index], factor=factor)
        return replace(self, pools=tuple(pools))

    def with_service(self, index: int, part: str, count: int) -> "Demand":
        """The same deployment with another number of ``instances`` or ``workers``."""
        services = list(self.services)
        old = services[index]
        if part == "workers":
            workers = replace(old.workers, span=Span.exactly(count))
            services[index] = replace(old, workers=workers)
        else:
            instances = replace(old.instances, span=Span.exactly(count))
            services[index] = replace(old, instances=instances)
        return replace(self, services=tuple(services))


def _pools(pools: Sequence[Pool]) -> Span:
    """All pools of a process; where they reach different servers, the least is one server's."""
    total = _sum(pool.span for pool in pools)
    addresses = {pool.address for pool in pools if pool.address}
    lows = [_sum(p.span for p in pools if p.address == one).low for one in addresses]
    return Span(min(lows, default=0), total.high)


def _platforms(services: Iterable[Processes]) -> list[str]:
    return sorted({service.platform for service in services})


def _of_platform(services: Iterable[Processes], platform: str) -> Span:
    chosen = [service.span for service in services if service.platform == platform]
    return Span(min((span.low for span in chosen if span.low), default=0), _sum(chosen).high)


def _sum(spans: Iterable[Span]) -> Span:
    total = Span.exactly(0)
    for span in spans:
        total += span
    return total
