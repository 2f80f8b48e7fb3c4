"""Engines that are the same whichever way a condition goes: it does not matter then."""

from collections.abc import Iterator

from msgspec.structs import replace

from readiness.program.answers import Engine

_NOT = "not: "
MOST = 64
"""More engines than this of one site are left as they are."""


def whole_ways(engines: list[Engine]) -> Iterator[Engine]:
    """The engines, where two that differ in the answer to one condition only are one."""
    alike: dict[tuple[object, ...], list[Engine]] = {}
    for one in engines:
        key = (one.at, one.library, str(one.url), one.url.key, one.sslmode, one.sslmode_reason,
               one.pool_size, one.pool_reason, one.prepares)  # fmt: skip
        alike.setdefault(key, []).append(one)
    for several in alike.values():
        yield from _joined(several) if 1 < len(several) <= MOST else several


def _joined(engines: list[Engine]) -> list[Engine]:
    while (pair := _pair(engines)) is not None:
        first, second, under = pair
        count = max(first.count, second.count)  # one way is taken, not both
        made = replace(
            first, under=under, count=count, variables=first.variables | second.variables
        )
        engines = [one for one in engines if one is not first and one is not second]
        engines.append(made)
    return engines


def _pair(engines: list[Engine]) -> tuple[Engine, Engine, tuple[str, ...]] | None:
    """Two that hang on a condition and on its opposite, and on what else both hang."""
    for place, first in enumerate(engines):
        for second in engines[place + 1 :]:
            differing = set(first.under) ^ set(second.under)
            if _are_opposite(differing):
                rest = tuple(text for text in first.under if text not in differing)
                return first, second, rest
    return None


def _are_opposite(texts: set[str]) -> bool:
    if len(texts) != 2:  # noqa: PLR2004 - a condition and its opposite
        return False
    short, long = sorted(texts, key=len)
    return long == f"{_NOT}{short}"
