"""Which rules of the checklists are judged, and when a rule applies."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from readiness.document.faults import nearest
from readiness.model.errors import ChecklistError, Fault, ReadinessError
from readiness.model.place import Place
from readiness.model.rule import Checklist, Condition, Rule


class Selection(Struct, frozen=True):
    """The rules to judge, in order, and how many were left out by --only and --skip."""

    rules: tuple[Rule, ...]
    deselected: int


def select(
    checklists: Iterable[Checklist], *, only: Sequence[str] = (), skip: Sequence[str] = ()
) -> Selection:
    """Merge the checklists and choose by id or tag.

    The same rule reached twice is one rule. Raises `ChecklistError` where two
    checklists have different rules of one id, `ReadinessError` where nothing is chosen.
    """
    merged = _merge(checklists)
    known = sorted({rule.id for rule in merged} | {tag for rule in merged for tag in rule.tags})
    for word in (*only, *skip):
        if word not in known:
            near = nearest(word, known) or next((one for one in known if word in one), None)
            raise ReadinessError(
                _no_such(word, near), hint="`readiness list rules` shows the rules and their tags"
            )
    chosen = [rule for rule in merged if not only or _named(rule, only)]
    chosen = [rule for rule in chosen if not _named(rule, skip)]
    if not chosen:
        raise ReadinessError(
            "no rule is selected", hint="`readiness list rules` shows the rules and their tags"
        )
    return Selection(tuple(chosen), len(merged) - len(chosen))


def _named(rule: Rule, words: Sequence[str]) -> bool:
    return rule.id in words or not set(rule.tags).isdisjoint(words)


def _no_such(word: str, near: str | None) -> str:
    meant = f" (did you mean {near}?)" if near else ""
    return f"no rule of the checklist has the id or tag {word}{meant}"


def _merge(checklists: Iterable[Checklist]) -> list[Rule]:
    rules: dict[str, Rule] = {}
    faults: list[Fault] = []
    for checklist in checklists:
        for rule in checklist.rules:
            before = rules.setdefault(rule.id, rule)
            if before != rule:
                at = rule.at or Place(checklist.name)
                found = f"the rule {rule.id} of {checklist.name} differs from that of {before.at}"
                faults.append(Fault(at, found, "one rule for each id is expected"))
    if faults:
        raise ChecklistError(faults, hint="let one checklist extend the other")
    return list(rules.values())


def why_not(
    condition: Condition | None,
    *,
    environment: str,
    traits: Mapping[str, Any],
    absent: Collection[str],
) -> str | None:
    """Say why a rule does not apply; None where it does.

    ``absent`` names the facts that are not there because nobody asked for them.
    """
    if condition is None:
        return None
    named = condition.environment
    if named is not None and not named.accepts(environment):
        return f"the environment is {environment}, and the rule is for {named}"
    for trait, expected in condition.traits.items():
        if trait not in traits:
            return f"the environment does not declare the trait {trait}"
        if not expected.accepts(traits[trait]):
            return f"the trait {trait} is {traits[trait]}, and the rule is for {expected}"
    missing = sorted(set(condition.facts) & set(absent))
    return f"there is no {missing[0]} to look at" if missing else None
