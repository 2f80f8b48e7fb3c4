"""Which single change would make the demand for connections fit."""

import math
from collections.abc import Callable, Iterator
from functools import partial

from msgspec.structs import replace

from readiness.checkers.demand import Demand, Factor

_FEWEST = 1


def single_changes(asked: Demand, limit: int) -> Iterator[str]:
    """Each change of one factor that brings the demand within the limit, in words."""
    pools = range(len(asked.pools))
    largest = max(pools, key=lambda index: asked.pools[index].span.low)
    busiest = max(range(len(asked.services)), key=lambda index: asked.services[index].span.low)
    service = asked.services[busiest]
    engines = sum(pool.count for pool in asked.pools)
    if engines > 1 and _fits(asked.shared(largest), limit):
        yield f"one engine that all share instead of {engines}"
    yield from _smaller(
        asked.pools[largest].factor,
        "pool_size + max_overflow",
        lambda count: asked.with_pool(largest, count),
        limit,
    )
    for factor, part in ((service.workers, "workers"), (service.instances, "instances")):
        change = partial(asked.with_service, busiest, part)
        yield from _smaller(factor, f"{part} of {service.name}", change, limit)
    if asked.surge > 1 and _fits(replace(asked, surge=1.0), limit):
        yield f"a deployment that rolls without a surge (surge 1 instead of {asked.surge:g})"
    bare = replace(asked, others=0).span.high
    if asked.others and bare is not None and bare <= limit:
        yield f"others of at most {limit - bare} instead of {asked.others}"


def maximum_for(high: int | None, reserved: int, headroom: float) -> int | None:
    """The max_connections that leaves so many to use; None where there is no such number."""
    if high is None or headroom >= 1:
        return None
    return math.ceil(round((high + reserved) / (1 - headroom), 6))


def _smaller(
    factor: Factor, what: str, change: Callable[[int], Demand], limit: int
) -> Iterator[str]:
    """The greatest smaller count of one factor that fits, if there is one."""
    now = factor.span.high
    if now is None:
        return
    low, high = _FEWEST - 1, now
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _fits(change(middle), limit) else (low, middle)
    if low >= _FEWEST:
        where = f" at {factor.at}" if factor.at else ""
        yield f"{what} of at most {low} instead of {now}{where}"


def _fits(asked: Demand, limit: int) -> bool:
    high = asked.span.high
    return high is not None and high <= limit
