"""Errors of which nothing is known, gathered where one handler sees them all.

Each call that reaches outside may fail, and each failure would run the same handler anew. Only
one of them occurs in a run, and no handler can tell one from another: they are one error.
"""

from collections.abc import Callable, Sequence
from itertools import takewhile

from msgspec.structs import replace

from readiness.program.interpreter.choices import both, implied, literal, negated
from readiness.program.interpreter.endings import Ending, Mark, merged, none_of
from readiness.program.values import TRUE, Choice, Condition, Unknown, Value

Step = Callable[[int], None]
FEWEST = 2
"""The errors that are worth being one."""


def joined(endings: Sequence[Ending], mark: Mark, step: Step) -> list[Ending]:
    """The endings of a piece of code, those errors as one, where the first of them stands.

    Code that ended otherwise before it came to one of them did not come to it.
    """
    endings = [_in_words(one) for one in endings]
    alike = [one for one in endings if _is_open(one)]
    if len(alike) < FEWEST:
        return endings
    apart = [one for one in endings if not _is_open(one)]
    first = next(place for place, one in enumerate(endings) if one is alike[0])
    members = [*alike[:1], *(_after(endings, one, step) for one in alike[1:])]
    return [*apart[:first], _one_of(members, mark, step), *apart[first:]]


def _in_words(ending: Ending) -> Ending:
    """An error that several ways lead to is one that only perhaps occurs."""
    if ending.kind != "raise":
        return ending
    return replace(ending, told=_told(ending.guard, ending.number))


def _is_open(ending: Ending) -> bool:
    """Whether it is an error of which nothing is known, and that no request chooses."""
    error = ending.value
    return ending.kind == "raise" and isinstance(error, Unknown) and not error.free


def _after(endings: Sequence[Ending], ending: Ending, step: Step) -> Ending:
    before = takewhile(lambda one: one is not ending, endings)
    apart = [one for one in before if not _is_open(one)]
    return replace(ending, guard=both(none_of(apart, step), ending.guard))


def _one_of(endings: list[Ending], mark: Mark, step: Step) -> Ending:
    found = merged(endings, mark, step)
    guard = negated(none_of(endings, step))
    return replace(found, guard=guard, value=_error(endings), told=_told(guard, found.number))


def _error(endings: list[Ending]) -> Unknown:
    first = endings[0].value
    assert isinstance(first, Unknown)  # noqa: S101 - as `_kind` says
    reason = f"{first.reason}, or of what comes behind it"
    return Unknown(reason, first.at, first.trace, free=first.free)


def _told(guard: Value, number: int) -> Value:
    """What the way behind a guard tells, where no single condition of it is certain."""
    if not isinstance(guard, Choice) or implied(guard):
        return TRUE
    first = guard.condition
    words = f"{first.text}, or something else that comes to the same"
    return literal(Condition(("ways", number), words, first.at), truth=True)
