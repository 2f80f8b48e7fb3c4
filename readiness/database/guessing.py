"""Comparing the roles' verifiers with known words, offline and in memory only."""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from readiness.database.access import OwnPassword, Verifier, Verifiers
from readiness.database.scram import iterations_of, kind_of, opens
from readiness.model.secret import Secret

LENGTHS = (8, 12, 16, 20, 24, 32)
_DEFAULT = "a well-known default"
DICTIONARY = "a word of the rule's own dictionary"
_COMPARABLE = frozenset({"scram", "md5"})


class Candidate(Struct, frozen=True):
    """A word to try, and where it came from: only the latter is ever shown."""

    word: Secret
    source: str


def candidates(given: Sequence[tuple[Secret, str]], database: str) -> tuple[Candidate, ...]:
    """The words that are tried for every role: those given, the database's, the defaults."""
    own = [(Secret(word), "the database's own name, varied") for word in _varied(database)]
    known = [(Secret(word), _DEFAULT) for word in _defaults()]
    first: dict[Secret, str] = {}
    for word, source in (*given, *own, *known):
        if word:
            first.setdefault(word, source)
    return tuple(Candidate(word, source) for word, source in first.items())


def compare(
    rows: Sequence[Mapping[str, Any]],
    words: Sequence[Candidate],
    limit: float,
    users: Collection[str] = (),
) -> Verifiers:
    """Compare each verifier with each word until the time is over.

    Words are tried in their order over all roles, so that the strongest come first. Only
    the roles of ``users`` are compared, where it names any.
    """
    end = time.monotonic() + limit
    wanted = [row for row in rows if not users or row["role"] in users]
    open_ = {row["role"]: row["verifier"] for row in wanted if _comparable(row)}
    plans = {role: (*_of_role(role), *words) for role in open_}
    total = sum(len(plan) for plan in plans.values())
    found: dict[str, str] = {}
    tried = dict.fromkeys(plans, 0)
    for number in range(max((len(plan) for plan in plans.values()), default=0)):
        for role, plan in plans.items():
            if role in found or number >= len(plan):
                continue
            if time.monotonic() > end:
                return _summary(rows, found, plans, tried, len(words), total)
            tried[role] += 1
            if opens(plan[number].word.reveal(), open_[role], role):
                found[role] = plan[number].source
                tried[role] = len(plan)
    return _summary(rows, found, plans, tried, len(words), total)


def judge_own(password: Secret | None, user: str, words: Sequence[Candidate]) -> OwnPassword:
    """Say of the address's own password what can be said without asking anybody."""
    if not password:
        return OwnPassword(given=False)
    source = next((one.source for one in (*_of_role(user), *words) if one.word == password), None)
    length = max((n for n in LENGTHS if n <= len(password.reveal())), default=0)
    return OwnPassword(given=True, weak=source is not None, word_source=source, at_least=length)


def _summary(  # noqa: PLR0917 - the state of one comparison
    rows: Sequence[Mapping[str, Any]],
    found: Mapping[str, str],
    plans: Mapping[str, Sequence[Candidate]],
    tried: Mapping[str, int],
    count: int,
    total: int,
) -> Verifiers:
    made = []
    for row in rows:
        role = row["role"]
        done = role in plans and tried[role] == len(plans[role])
        made.append(
            Verifier(
                role=role,
                kind=kind_of(row["verifier"]),
                weak=role in found if done else None,
                word_source=found.get(role),
                iterations=iterations_of(row["verifier"]),
                login=bool(row["login"]),
            )
        )
    return Verifiers(tuple(made), count, sum(tried.values()), total)


def _comparable(row: Mapping[str, Any]) -> bool:
    return kind_of(row["verifier"]) in _COMPARABLE


def _of_role(role: str) -> tuple[Candidate, ...]:
    return tuple(Candidate(Secret(word), "the role's own name, varied") for word in _varied(role))


def _varied(name: str) -> Iterator[str]:
    yield name
    for ending in ("1", "12", "123", "1234", "!", "_password", "password", "_pass", "_secret"):
        yield f"{name}{ending}"
    yield from (name[::-1], name.upper(), name.capitalize())


@cache
def _defaults() -> tuple[str, ...]:
    text = Path(__file__).with_name("words.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))
