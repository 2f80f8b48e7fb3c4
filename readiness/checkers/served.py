"""How many connections PgBouncer opens to the server for those that clients open to it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from readiness import Pooler, Route, Step
from readiness.checkers.demand import Demand
from readiness.checkers.span import Span
from readiness.checkers.ways import Way

_ANYBODY = "?"


class Pair(Struct, frozen=True):
    """One pool of PgBouncer: a user and a database, and the clients that it may have.

    Its connections to the server are as many as its clients, at most ``size`` with the
    reserve. ``ours`` is False for one that others use, of which only what is open is known.
    """

    route: Route
    user: str
    clients: Span
    ours: bool = True

    @property
    def size(self) -> int:
        """How many connections to the server the pool may have."""
        return self.route.size + self.route.reserve

    @property
    def span(self) -> Span:
        """How many connections to the server it may come to."""
        most = self.clients.high
        high = self.size if most is None else min(max(most, self.route.least), self.size)
        return Span(min(self.clients.low, self.size), high)

    @property
    def text(self) -> str:
        """The pool in words, with its bound."""
        reserve = f" + reserve {self.route.reserve}" if self.route.reserve else ""
        who = "" if self.user == _ANYBODY else f" of {self.user}"
        return f"pool{who} for {self.route.name}: {self.route.size}{reserve}"


class Served(Struct, frozen=True):
    """All pools of PgBouncer that lead to the server, in each of ``poolers`` processes."""

    pairs: tuple[Pair, ...]
    per_user: int = 0
    poolers: Span = field(default_factory=lambda: Span.exactly(1))

    @property
    def clients(self) -> Span:
        """How many connections the clients may open."""
        return _sum(pair.clients for pair in self.pairs)

    @property
    def span(self) -> Span:
        """How many connections to the server: pools, capped by database and by user."""
        each = Span(self._least(), self._most())
        most = [(each * self.poolers).high]
        if not any(pair.route.least for pair in self.pairs):
            most.append(self.clients.high)  # no connection to the server without a client
        return Span(each.low, min((one for one in most if one is not None), default=None))

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every pool as a step of the trace."""
        return tuple(Step("variable", f"PgBouncer's {one.text}: {one.span}") for one in self.pairs)

    def only(self, wanted: Callable[[Pair], bool]) -> "Served":
        """Some of the pools."""
        return Served(tuple(filter(wanted, self.pairs)), self.per_user, self.poolers)

    def _most(self) -> int:
        by_route = _bounded(self.pairs, lambda p: (p.route.name, p.route.most))
        by_user = _bounded(self.pairs, lambda p: (p.user, self.per_user))
        return min(by_route, by_user)

    def _least(self) -> int:
        """What is surely reached: one pool after the other takes what the caps leave it."""
        left: dict[tuple[str, str], int] = {}
        total = 0
        for pair in self.pairs:
            taken = pair.span.low
            caps = (("r", pair.route.name, pair.route.most), ("u", pair.user, self.per_user))
            for kind, name, cap in caps:
                if cap:
                    taken = min(taken, left.setdefault((kind, name), cap))
            for kind, name, cap in caps:
                if cap:
                    left[kind, name] -= taken
            total += taken
        return total


def _bounded(pairs: Sequence[Pair], key: Callable[[Pair], tuple[str, int]]) -> int:
    """The sum of the pools' greatest sizes, each group of them within its cap; 0 is none."""
    sums: dict[tuple[str, int], int] = defaultdict(int)
    for pair in pairs:
        sums[key(pair)] += pair.span.high or 0
    return sum(min(total, cap) if cap else total for (_, cap), total in sums.items())


def _sum(spans: Iterable[Span]) -> Span:
    total = Span.exactly(0)
    for span in spans:
        total += span
    return total


def served_by(
    pooler: Pooler, asked: Demand, *, database: str | None, checker: str, poolers: Span
) -> Served:
    """The pools that the code's engines and others have.

    ``database`` is the one that was asked, ``checker`` the role that asked: its own pool
    is gone when the check is over.
    """
    home = pooler.route_of(database) if database else None
    ours = tuple(_ours(pooler, asked, database))
    known = {(pair.route.name, pair.user) for pair in ours} | {(database or "", checker)}
    theirs = _theirs(pooler, home, known)
    return Served((*ours, *theirs), pooler.per_user, poolers)


def _ours(pooler: Pooler, asked: Demand, database: str | None) -> Iterator[Pair]:
    yield from (pair for pair, _ in shared_by(pooler, asked, database))


def shared_by(
    pooler: Pooler, asked: Demand, database: str | None
) -> Iterator[tuple[Pair, Demand]]:
    """Each pool of PgBouncer that engines of the code have, with their part of the demand."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, pool in enumerate(asked.pools):
        if pool.way is Way.POOLED:
            name = pool.database or database or _ANYBODY
            user = pooler.route_of(name).user or pool.user or _ANYBODY
            groups[name, user].append(index)
    whole = replace(asked, others=0)
    for (name, user), indices in groups.items():
        part = whole.only(indices)
        yield Pair(pooler.route_of(name), user, part.span), part


def _theirs(pooler: Pooler, home: Route | None, known: set[tuple[str, str]]) -> Iterator[Pair]:
    """The pools that others have now, to the same server; nobody knows how many clients."""
    for pool in pooler.pools:
        route = pooler.route_of(pool.database)
        same = home is None or (route.host, route.port) == (home.host, home.port)
        if same and (route.name, route.user or pool.user) not in known:
            yield Pair(route, pool.user, Span(pool.servers, None), ours=False)
