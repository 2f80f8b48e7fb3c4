"""The good and bad examples of every rule of a folder."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from readiness.checklist.load import load
from readiness.model.outcome import Outcome
from readiness.model.rule import Rule

Example = tuple[Rule, Mapping[str, Any], Outcome]


def examples(folder: str | Path) -> Iterator[Example]:
    """Give each rule of the checklists in a folder with a state and what it leads to.

    A good example passes, a bad one fails, or is ``unknown`` where its ``outcome`` says
    so: what a record does not show, nobody knows. Each rule is given once, with the
    checklist that comes first.
    """
    for rule in rules(folder):
        for good in rule.examples.good:
            yield rule, good, Outcome.PASS
        for bad in rule.examples.bad:
            yield rule, bad, _outcome(bad)


def _outcome(bad: Mapping[str, Any]) -> Outcome:
    outcome = Outcome(bad.get("outcome", Outcome.FAIL))
    if outcome not in {Outcome.FAIL, Outcome.UNKNOWN}:
        raise ValueError(f"the outcome of a bad example is fail or unknown, not {outcome}")
    return outcome


def rules(folder: str | Path) -> Iterator[Rule]:
    """Give every rule of the checklists in a folder, each once."""
    seen: set[str] = set()
    for path in sorted(Path(folder).glob("*.yaml")):
        for rule in load(path.name, base=path.parent).rules:
            if rule.id not in seen:
                seen.add(rule.id)
                yield rule
