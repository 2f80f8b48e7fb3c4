"""Errors of which nothing is known, gathered where one handler sees them all.

Each call that reaches outside may fail, and each failure would run the same handler anew. Only
one of them occurs in a run, and no handler can tell one from another: they are one error.
"""

from collections.abc import Callable, Sequence
from itertools import groupby

from msgspec.structs import replace

from readiness.program.interpreter.choices import implied, literal, negated
from readiness.program.interpreter.endings import Ending, Mark, merged, none_of
from readiness.program.values import TRUE, Choice, Condition, Unknown, Value

Step = Callable[[int], None]


def joined(endings: Sequence[Ending], mark: Mark, step: Step) -> list[Ending]:
    """The endings of a piece of code, those errors as one that came one after the other."""
    found: list[Ending] = []
    for kind, group in groupby(endings, _kind):
        members = list(group)
        found += members if kind is None or len(members) == 1 else [_one_of(members, mark, step)]
    return found


def _kind(ending: Ending) -> bool | None:
    """What errors that are the same to a handler have in common; None for any other ending."""
    is_error = ending.kind == "raise" and isinstance(ending.value, Unknown)
    return ending.value.free if is_error and isinstance(ending.value, Unknown) else None


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
