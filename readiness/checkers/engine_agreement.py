"""A checker of engines among themselves: one environment, one server and database."""

from collections.abc import Iterator, Sequence

from readiness import (
    Environment,
    Finding,
    NotApplicable,
    Program,
    Project,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.endpoints import LOCAL, Endpoint, Part, of_engines, of_variables
from readiness.checkers.engines import unmodelled, variables_of
from readiness.checkers.names import environment_of, words
from readiness.checkers.sites import told_once
from readiness.checkers.understood import CONNECTS, doubts

_POOLERS = frozenset({"6432", "6543"})
_HINT = (
    "let all engines take one address; where a second server or database is meant (a replica, "
    "an archive), name it in `declared`"
)


@checker("engines.agreement")
def agreement(
    program: Program, environment: Environment, project: Project, *,
    declared: list[str] | None = None,
) -> Iterator[Finding]:  # fmt: skip
    """The engines of one environment reach one server and database, but for declared ones.

    ``declared`` are further addresses that are meant: ``host``, ``host:port``,
    ``host/database`` or ``/database``, with wildcards.
    """
    declared = declared or []
    engines = told_once(program.engines())
    found = [*of_engines(engines, environment)]
    for name, endpoint in of_variables(environment, variables_of([*engines])):
        if not any(environment_of(word) for word in words(name)):
            found.append(endpoint)
    unknown = [*unmodelled(project, engines)]
    # What was given up may be the second engine that this is about.
    unknown += doubts(program, project, CONNECTS, "addresses", absent=True)
    if not found and not unknown:
        raise NotApplicable("nothing here connects to a database server")
    chief = _chief(found, declared)
    for endpoint in found:
        yield _judge(endpoint, chief, declared)
    yield from unknown


def _chief(found: Sequence[Endpoint], declared: Sequence[str]) -> Endpoint | None:
    """The address that the others are held against: the one that most of them reach.

    Among equals it is one that the environment gives, and not one that the code writes.
    """
    free = [one for one in found if not any(map(one.matches, declared))] or found
    if not free:
        return None
    alike: dict[tuple[Part, ...], list[Endpoint]] = {}
    for one in free:
        alike.setdefault(_where(one), []).append(one)
    agreeing = {
        where: sum(len(others) for others in alike.values() if not _difference(own[0], others[0]))
        for where, own in alike.items()
    }
    return max(enumerate(free), key=lambda one: (
        one[1].host.known, agreeing[_where(one[1])], not one[1].literal,
        one[1].server != LOCAL, -one[0]))[1]  # fmt: skip


def _where(endpoint: Endpoint) -> tuple[Part, ...]:
    """What two endpoints are compared by: many have the same."""
    return endpoint.host, endpoint.port, endpoint.database


def _judge(endpoint: Endpoint, chief: Endpoint | None, declared: Sequence[str]) -> Finding:
    what, given = endpoint.subject, endpoint.given
    if any(map(endpoint.matches, declared)):
        return ok(f"{what} reaches {endpoint}, which is declared", **given)
    if chief is None or endpoint is chief or _never_both(endpoint, chief):
        return ok(f"{what} reaches {endpoint}", **given)
    other = f"{chief.what} at {chief.made_at or chief.at} reaches {chief}"
    difference = _difference(endpoint, chief)
    if not difference:
        return ok(f"{what} reaches {endpoint}, as the others do", **given)
    if difference.startswith("?"):
        return undecided(f"{what} may reach another database: {difference[1:]}; {other}",
                         hint=_HINT, **given)  # fmt: skip
    under = (*endpoint.under, *chief.under)
    if under:
        return undecided(f"{what} reaches {endpoint}, {difference}, if {' and '.join(under)}; "
                         f"{other}", hint=_HINT, **given)  # fmt: skip
    return problem(f"{what} reaches {endpoint}, {difference}: {other}", hint=_HINT, **given)


def _never_both(one: Endpoint, other: Endpoint) -> bool:
    """Whether two are built under conditions of which only one holds."""
    denied = {f"not: {text}" for text in one.under}
    denied |= {text.removeprefix("not: ") for text in one.under if text.startswith("not: ")}
    return bool(denied & set(other.under))


def _difference(one: Endpoint, other: Endpoint) -> str:
    """In what two differ; empty where they agree, with a ? where they only may differ."""
    doubt = ""
    if one.server in other.beside or other.server in one.beside:
        told = _same(one.database, other.database)
        return "" if told is True else "another database" if told is False else f"?{told}"
    for name, told in (
        ("server", _host(one, other)),
        ("database", _same(one.database, other.database)),
        ("port", _port(one, other)),
    ):
        if told is False:
            return f"another {name}"
        if told is not True:
            doubt = doubt or f"?{told}"
    return doubt


def _host(one: Endpoint, other: Endpoint) -> "bool | str":
    """Whether two reach one host; a text says why that is not certain."""
    left, right = one.server, other.server
    if left is None or right is None:
        return _same(one.host, other.host)
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    if long.startswith(f"{short}."):
        return f"{short} and {long} may be one server by two names"
    return False


def _port(one: Endpoint, other: Endpoint) -> "bool | str":
    told = _same(one.port, other.port)
    if told is False and _POOLERS & {one.port.text, other.port.text}:
        return "one of them goes through a pooler, which may lead elsewhere"
    return told


def _same(one: Part, other: Part) -> "bool | str":
    if one.known and other.known:
        return (one.text or "") == (other.text or "")
    if one.key and one.key == other.key:
        return True
    return one.reason or other.reason
