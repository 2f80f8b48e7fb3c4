"""Every good and bad example of every shipped rule, present and future."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from readiness.model.outcome import Outcome
from readiness.model.rule import Rule
from readiness.testing import check, examples, rules

CHECKLISTS = Path(__file__).resolve().parents[2] / "checklists"
RULES = list(rules(CHECKLISTS))
EXAMPLES = [
    pytest.param(rule, example, expected, id=f"{rule.id}-{number}-{expected}")
    for number, (rule, example, expected) in enumerate(examples(CHECKLISTS), 1)
]


@pytest.mark.parametrize(("rule", "example", "expected"), EXAMPLES)
def test_an_example_of_a_rule(rule: Rule, example: Mapping[str, Any], expected: Outcome) -> None:
    judged = check(rule, example)

    assert judged.outcome == expected, (judged.reason, judged.findings)


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_shipped_rule_says_why_how_to_mend_it_and_shows_both_states(rule: Rule) -> None:
    assert rule.why
    assert rule.fix
    assert rule.tags
    assert ("severity",) in rule.places
    assert rule.examples.good
    assert rule.examples.bad


def test_there_are_rules_to_be_tested() -> None:
    assert len(RULES) >= 20
