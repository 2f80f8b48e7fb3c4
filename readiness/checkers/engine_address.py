"""A checker of where engines lead: no address of development or of this machine."""

from collections.abc import Collection, Iterator

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
from readiness.checkers.endpoints import Endpoint, is_local, of_engines, of_variables, spelled
from readiness.checkers.engines import unmodelled, variables_of
from readiness.checkers.names import environment_of, words
from readiness.checkers.settling import settle
from readiness.checkers.sites import told_once
from readiness.checkers.understood import CONNECTS, doubts

_WORDS = ("dev", "devel", "develop", "development", "test", "tests", "testing", "local",
          "localhost", "sample", "samples", "example", "demo", "sandbox", "ci", "staging",
          "stg")  # fmt: skip
# The last label of a host says who gives names there; these are the reserved ones.
_RESERVED = frozenset({"test", "example", "invalid"})
_DOCKER = frozenset(
    {"host.docker.internal", "docker.for.mac.localhost", "gateway.docker.internal"}
)
_HINT = (
    "let the platform supply the address, without a default in the code; where a proxy or a "
    "pooler beside the code is meant, name it in `allow`"
)


@checker("engines.address", by_variables=True)
def address(
    program: Program, environment: Environment, project: Project, *,
    forbid: list[str] | None = None, allow: list[str] | None = None,
) -> Iterator[Finding]:  # fmt: skip
    """No engine reaches this machine, or a host or database named for development or tests.

    ``forbid`` are the words that such names have. ``allow`` are addresses that are meant:
    ``host``, ``host:port``, ``host/database`` or ``/database``, with wildcards.
    """
    forbid = [*_WORDS] if forbid is None else forbid
    allow = allow or []
    engines = told_once(program.engines())
    found = [*of_engines(engines, environment)]
    for name, endpoint in of_variables(environment, variables_of([*engines])):
        if not _is_named(name, forbid):
            found.append(endpoint)
    bad = _bad_words(forbid, environment)
    for endpoint in found:
        yield _judge(endpoint, bad, allow)
    unknown = [] if found else [*unmodelled(project, engines)]
    unknown += doubts(program, project, CONNECTS, "addresses", absent=not found)
    yield from unknown
    if not (found or unknown):
        raise NotApplicable("nothing here connects to a database server")


def _bad_words(forbid: Collection[str], environment: Environment) -> frozenset[str]:
    """The words that are not meant here: those of the environment's own name are."""
    own = environment_of(environment.name) | {environment.name.lower()}
    return frozenset(word.lower() for word in forbid) - own


def _judge(endpoint: Endpoint, bad: frozenset[str], allow: list[str]) -> Finding:
    what, given = endpoint.subject, endpoint.given
    fault = "" if any(map(endpoint.matches, allow)) else _fault(endpoint, bad)
    if fault and endpoint.under:
        return undecided(f"{what} reaches {endpoint}, {fault}, if "
                         f"{' and '.join(endpoint.under)}", hint=_HINT, **given)  # fmt: skip
    if fault:
        return problem(f"{what} reaches {endpoint}: {fault}", hint=_HINT, **given)
    reasons = [one.reason for one in (endpoint.host, endpoint.database) if not one.known]
    if reasons and not any(map(endpoint.matches, allow)):
        return undecided(f"{what} may reach any server: {reasons[0]}",
                         hint=settle(reasons[0], "give the address with --set or --env-file"),
                         **given)  # fmt: skip
    return ok(f"{what} reaches {endpoint}", **given)


def _fault(endpoint: Endpoint, bad: frozenset[str]) -> str:
    """What is wrong with an address; empty where nothing known is."""
    host = endpoint.host.text or ""
    if endpoint.host.known and not host:
        return "no host is named, which means a socket or localhost of this machine"
    if endpoint.host.known and is_local(host):
        return "that is this machine"
    if spelled(host) in _DOCKER:
        return "that is the machine on which Docker runs"
    if word := _word_of(_labels(host), bad):
        return f"the host is named for {word}"
    if word := _word_of([endpoint.database.text or ""], bad):
        return f"the database is named for {word}"
    return ""


def _labels(host: str) -> list[str]:
    """The parts of a host's name that somebody chose for this server."""
    labels = spelled(host).split(".")
    if len(labels) == 1 or labels[-1] in _RESERVED:
        return labels
    return labels[:-1]


def _word_of(names: list[str], bad: frozenset[str]) -> str:
    """The first forbidden word in some names; empty where there is none."""
    for name in names:
        for word in words(name):
            bare = word.removesuffix("db").removeprefix("db")
            if word in bad or bare in bad:
                return word if word in bad else bare
    return ""


def _is_named(name: str, forbid: Collection[str]) -> bool:
    """Whether a variable's own name says that its address is of development or tests."""
    return bool(set(words(name)) & set(forbid))
