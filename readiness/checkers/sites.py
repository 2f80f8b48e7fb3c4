"""Engines of one site that differ in nothing but the condition under which they are built."""

from collections.abc import Iterable

from msgspec.structs import replace

from readiness import Engine


def told_once(engines: Iterable[Engine]) -> tuple[Engine, ...]:
    """The engines without those that another one of the same site and values stands for.

    A loop that tries again builds the same engine under more conditions each time.
    """
    found: dict[tuple[object, ...], list[Engine]] = {}
    for engine in engines:
        found.setdefault(_values(engine), []).append(engine)
    return tuple(one for alike in found.values() for one in _widest(alike))


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
