"""Engines of one site that differ in nothing but the condition under which they are built."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from msgspec.structs import replace

from readiness import Engine

_MOST = 64
"""More engines than this of one site are left as they are."""


def told_once(engines: Iterable[Engine]) -> tuple[Engine, ...]:
    """The engines without those that another one of the same site and values stands for.

    A loop that tries again builds the same engine under more conditions each time.
    """
    found: dict[tuple[object, ...], list[Engine]] = {}
    for engine in engines:
        found.setdefault(_values(engine), []).append(engine)
    return tuple(one for alike in found.values() for one in _widest(alike))


def either_way(
    engines: Iterable[Engine], values: Callable[[Engine], tuple[object, ...]]
) -> tuple[Engine, ...]:
    """The engines, where what a rule looks at hangs on no condition that both ways meet.

    Two of one site with these ``values`` are one where they hang on a condition and on its
    opposite, whatever else they differ in.
    """
    found: dict[tuple[object, ...], list[Engine]] = {}
    for engine in engines:
        found.setdefault((engine.library, engine.at, *values(engine)), []).append(engine)
    return tuple(one for alike in found.values() for one in _joined(alike))


def _joined(alike: list[Engine]) -> list[Engine]:
    while len(alike) <= _MOST and (pair := next(_opposite(alike), None)) is not None:
        first, second, shared = pair
        rest = [one for one in alike if one is not first and one is not second]
        alike = [replace(first, under=shared), *rest]
    return alike


def _opposite(alike: list[Engine]) -> Iterator[tuple[Engine, Engine, tuple[str, ...]]]:
    for first, second in combinations(alike, 2):
        differing = set(first.under) ^ set(second.under)
        plain = {text.removeprefix("not: ") for text in differing}
        if len(differing) == 2 and len(plain) == 1:  # noqa: PLR2004 - one and its opposite
            yield first, second, tuple(one for one in first.under if one not in differing)


def _values(engine: Engine) -> tuple[object, ...]:
    url = engine.url
    pieces = (url.user, url.host, url.port, url.database)
    return (
        engine.library, engine.at, str(url), url.key, url.reason, engine.dialect, engine.sslmode,
        engine.sslmode_reason, engine.sslmode_at, engine.pooled, engine.pool_size,
        engine.pool_size_set, engine.pool_reason, engine.max_overflow, engine.recycle,
        *((piece.key, piece.reason) for piece in pieces),
    )  # fmt: skip


def _widest(alike: list[Engine]) -> list[Engine]:
    """Those whose conditions no other one's are among, each condition named once."""
    plain = [replace(one, under=tuple(dict.fromkeys(one.under))) for one in alike]
    return [
        one for n, one in enumerate(plain)
        if not any(_is_within(other, one, first=m < n) for m, other in enumerate(plain) if m != n)
    ]  # fmt: skip


def _is_within(other: Engine, one: Engine, *, first: bool) -> bool:
    """Whether another is built whenever one is; of equals the first stands for all."""
    fewer, more = set(other.under), set(one.under)
    return fewer < more or (first and fewer == more)
