"""What the name of a decorator tells: whether a call still gives what the function gives.

Nothing but its name is known of a decorator whose library has no model. What registers, watches,
checks, repeats or remembers a call hands its result on; any other may put another in its place.
"""

import re
from collections.abc import Container, Iterable

_CALLED = (
    "get post put patch delete head options websocket route routes api endpoint view action on "
    "handler handlers handle handles hook hooks event events listen listens listener signal "
    "connect receiver subscriber subscribe consumer consume message before after middleware "
    "errorhandler startup shutdown callback command commands task tasks actor job jobs flow "
    "workflow pipeline step activity agent tool tools skill prompt resource schedule scheduled "
    "every cron periodic register registered registry export expose field mutation query"
)
"""A framework calls it: for a request, a message, a command, an event, a step of a plan."""
_SEEN = (
    "observe observed trace traced traceable track tracked span instrument instrumented log logs "
    "logged measure measured metric monitor monitored profile profiled time timed timer timeit "
    "count counted audit audited catch"
)
"""Somebody watches the call."""
_REPEATED = (
    "cache caches cached memoize memoized once singleton retry retries retrying retryable "
    "retriable backoff attempts limit limited limiter throttle throttled ratelimit timeout lock "
    "locked synchronized transaction transactional atomic breaker circuit"
)
"""It is kept, tried again, or made to wait."""
_CHECKED = (
    "validate validated typechecked check checked require requires required login authenticated "
    "authorize authorized auth permission permissions protected role roles csrf exempt "
    "deprecated experimental inject injected injectable autowired final override overload "
    "dataclass schema"
)
"""What goes in is checked or filled in, or people are told of it."""
_REPLACING = frozenset({
    "mock", "mocked", "fake", "faked", "stub", "stubbed", "swap", "swapped", "replace", "replaced",
    "substitute", "variant", "variants", "toggle", "experiment", "delayed", "lazy",
})  # fmt: skip
"""Something else comes in its place, whatever other words a name has."""
_INSTEAD = re.compile(r"fallback|default|instead|otherwise|error_callback|on_error").search
_WORDS = frozenset(f"{_CALLED} {_SEEN} {_REPEATED} {_CHECKED}".split())
_LETTERS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_MADE = re.compile(r"what ([\w.]+)\(\) gives")
_MEMBER = re.compile(r", its (\w+)")


def keeps(spoken: str, libraries: Container[str]) -> bool:
    """Whether a call gives what the function gives that such a decorator stands on."""
    name = _MEMBER.sub(r".\1", _MADE.sub(r"\1", spoken))
    words = {word.lower() for word in _LETTERS.findall(name.rpartition(".")[2])}
    if not _REPLACING.isdisjoint(words):
        return False
    parts = name.split(".")
    heads = (".".join(parts[:count]) for count in range(1, len(parts) + 1))
    return not _WORDS.isdisjoint(words) or any(head in libraries for head in heads)


def names_another(arguments: Iterable[str]) -> bool:
    """Whether a decorator is told what a call gives where the function gives nothing."""
    return any(map(_INSTEAD, arguments))
