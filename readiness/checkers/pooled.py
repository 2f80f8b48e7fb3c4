"""The demand for connections where PgBouncer stands between: its limits, and the server's."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from readiness import (
    Database,
    Deployment,
    Finding,
    Pooler,
    Route,
    Step,
    Undecidable,
    ok,
    problem,
    undecided,
)
from readiness.checkers.demand import Demand, Factor
from readiness.checkers.mends import single_changes
from readiness.checkers.rooms import Room, judge, largest, server_room
from readiness.checkers.served import Pair, Served, served_by, shared_by
from readiness.checkers.span import Span
from readiness.checkers.ways import Way

_IMAGE = "pgbouncer"


class _Load(Struct, frozen=True):
    """What reaches the server: PgBouncer's pools, engines past it, and declared others."""

    asked: Demand
    served: Served
    past: Demand
    maybe: Demand
    others: int = 0

    @property
    def span(self) -> Span:
        direct = self.past.span + self.maybe.span + Span.exactly(self.others)
        return self.served.span + direct

    @property
    def text(self) -> str:
        pools = "; ".join(pair.text for pair in self.served.pairs) or "no pool"
        past = (self.past.span + self.maybe.span, self.others)
        rest = f", {past[0]} past it" if past[0] != Span.exactly(0) else ""
        others = f", {past[1]} others" if past[1] else ""
        return f"{self.served.span} by PgBouncer ({pools}){rest}{others}"

    @property
    def steps(self) -> tuple[Step, ...]:
        return (*self.asked.steps, *self.served.steps)

    def with_routes(self, change: Callable[[Route], Route]) -> "_Load":
        pairs = tuple(replace(pair, route=change(pair.route)) for pair in self.served.pairs)
        return replace(self, served=replace(self.served, pairs=pairs))


def poolers_of(database: Database, deployment: Deployment, declared: int | None) -> Factor:
    """How many processes of PgBouncer there are, each with pools of its own."""
    if declared is not None:
        return Factor(Span.exactly(declared), "PgBouncers (declared by the rule)")
    if database.pooler.shared_port:
        return Factor(Span(1, None), "PgBouncers that share one port (so_reuseport)")
    for service in deployment.services:
        if service.replicas and _IMAGE in (service.image or ""):
            least, most = service.replicas.least, service.replicas.most
            text = f"instances of {service.name}"
            return Factor(Span(max(least or 1, 1), most), text, service.replicas.at)
    return Factor(Span.exactly(1), "one PgBouncer, the one that was asked", kind="default")


def judge_pooled(
    database: Database, asked: Demand, headroom: float, poolers: Factor
) -> Iterator[Finding]:
    """Judge what PgBouncer opens to the server, and what the clients open to PgBouncer."""
    pooler, session = database.pooler, database.session
    name = database.address.dbname if database.address and session.pooled else None
    name = name or session.database
    served = served_by(pooler, asked, database=name, checker=session.user, poolers=poolers.span)
    past, maybe = asked.by(Way.DIRECT), asked.by(Way.UNKNOWN).at_most()
    load = _Load(asked, served, past, maybe, asked.others)
    room = server_room(database, load.span.high, headroom)
    yield _on_server(load, room, poolers)
    for part, limit in (*_of_roles(database, load), *_of_database(database, load)):
        yield _on_server(part, limit, poolers)
    yield from _at_the_pooler(pooler, asked, load.maybe, poolers)
    for pair, part_of in shared_by(pooler, asked, name):
        if pooler.mode_of(pair.route.name, pair.user) == "session":
            yield judge(part_of, _session_room(pair, part_of, poolers))


def _on_server(load: _Load, room: Room, poolers: Factor) -> Finding:
    need = load.span
    many = f" in each of {poolers.span.of('PgBouncer')}" if poolers.span != Span.exactly(1) else ""
    text = f"the server may get {need.of('connection')}: {load.text}{many}; {room.text}"
    at, trace = largest(load.asked), (*load.steps, poolers.step, room.step)
    data = {"demand": [need.low, need.high], "usable": room.limit, "pooled": True}
    if need.high is not None and need.high <= room.limit:
        return ok(text, at=at, trace=trace, data=data)
    if need.low > room.limit:
        return problem(text, at=at, hint=_advice(load, room), trace=trace, data=data)
    return undecided(text, at=at, hint=_unknown(load, room, poolers), trace=trace, data=data)


def _advice(load: _Load, room: Room) -> str:
    changes = [*_smaller(load, room.limit), *([room.wider] if room.wider else [])]
    rest = load.served.span.high
    if load.past.pools and rest is not None:
        changes += single_changes(load.past, room.limit - rest - load.others)
    if not changes:
        return "no single change makes it fit: lower several of these numbers"
    return f"any one of these makes it fit: {'; '.join(changes)}"


def _smaller(load: _Load, limit: int) -> Iterator[str]:
    """The greatest pool size, and the greatest cap of a database, that are small enough."""
    sizes = [route.size + route.most for route in (pair.route for pair in load.served.pairs)]
    most = min(max(sizes, default=0), limit)
    for word, change in (
        ("default_pool_size (and pool_size)", _with_size),
        ("max_db_connections", _with_most),
    ):
        fitting = (n for n in range(most, 0, -1) if _fits(change(load, n), limit))
        if (found := next(fitting, None)) is not None:
            yield f"{word} of at most {found}"


def _with_size(load: _Load, size: int) -> _Load:
    return load.with_routes(lambda route: replace(route, size=min(route.size, size)))


def _with_most(load: _Load, most: int) -> _Load:
    return load.with_routes(lambda route: replace(route, most=min(route.most or most, most)))


def _fits(load: _Load, limit: int) -> bool:
    high = load.span.high
    return high is not None and high <= limit


def _unknown(load: _Load, room: Room, poolers: Factor) -> str:
    open_ones = [pool.factor.text for pool in load.maybe.pools]
    open_ones += [pair.text for pair in load.served.pairs if not pair.span.is_exact]
    if not poolers.span.is_exact:
        open_ones.append(f"{poolers.text}: say `poolers` in the rule")
    changes = "; ".join(_smaller(load, room.limit))
    cure = f". It fits in any case with {changes.replace('; ', ', or ')}" if changes else ""
    return f"not known: {'; '.join(open_ones[:4]) or 'the factors above'}{cure}"


def _of_roles(database: Database, load: _Load) -> Iterator[tuple[_Load, Room]]:
    """The connection limits of the roles that PgBouncer, or the code, connects as."""
    try:
        limits = {r.name: r.connection_limit for r in database.roles if r.connection_limit >= 0}
    except Undecidable:
        return
    used = {pair.user for pair in load.served.pairs}
    used |= {pool.user for pool in load.past.pools if pool.user}
    for name in sorted(used & set(limits)):
        text = f"the connection limit of the role {name} is {limits[name]}"
        wider = f"ALTER ROLE {name} CONNECTION LIMIT with a greater number"
        part = _part(
            load,
            _is_of(name),
            [n for n, pool in enumerate(load.past.pools) if pool.user == name],
            [n for n, pool in enumerate(load.maybe.pools) if pool.user in {None, name}],
        )
        yield part, Room(text, limits[name], wider, Step("variable", text))


def _is_of(user: str) -> Callable[[Pair], bool]:
    return lambda pair: pair.user == user


def _part(
    load: _Load, pairs: Callable[[Pair], bool], past: Sequence[int], maybe: Sequence[int]
) -> _Load:
    """Some of what reaches the server."""
    chosen = load.past.only(past), load.maybe.only(maybe)
    return _Load(load.asked, load.served.only(pairs), *chosen)


def _of_database(database: Database, load: _Load) -> Iterator[tuple[_Load, Room]]:
    """The connection limit of the database itself."""
    limit, name = database.capacity.database_limit, database.session.database
    if limit < 0:
        return
    own = {None, name}
    part = _part(
        load,
        lambda pair: (pair.route.database or pair.route.name) == name,
        [n for n, pool in enumerate(load.past.pools) if pool.database in own],
        [n for n, pool in enumerate(load.maybe.pools) if pool.database in own],
    )
    text = f"the connection limit of the database {name} is {limit}"
    wider = f"ALTER DATABASE {name} CONNECTION LIMIT with a greater number"
    yield part, Room(text, limit, wider, Step("variable", text))


def _at_the_pooler(
    pooler: Pooler, asked: Demand, maybe: Demand, poolers: Factor
) -> Iterator[Finding]:
    """All clients together fit into max_client_conn."""
    inside = asked.by(Way.POOLED)
    clients = replace(inside, pools=(*inside.pools, *maybe.pools))
    if pooler.clients is None or not clients.pools:
        return
    limit = pooler.clients * poolers.span.low
    text = f"max_client_conn of PgBouncer leaves {limit}"
    high = clients.span.high
    wider = f"max_client_conn = {-(-high // poolers.span.low)}" if high is not None else None
    yield judge(clients, Room(text, limit, wider, Step("variable", text)))


def _session_room(pair: Pair, part: Demand, poolers: Factor) -> Room:
    text = f"PgBouncer's {pair.text}, in session mode, where each client keeps a connection"
    high = part.span.high
    limit = pair.size * poolers.span.low
    wider = f"pool_mode = transaction, or default_pool_size = {high}" if high else None
    return Room(text, limit, wider, Step("variable", text))
