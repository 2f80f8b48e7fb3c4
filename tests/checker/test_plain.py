"""What is plainly right is taken as pydantic takes it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import ConfigDict, TypeAdapter, ValidationError

from readiness.checker.parameters import _field, bind, model_of
from readiness.checker.parameters import _plain as plain_parameters
from readiness.checker.plain import NotPlain, plainly
from readiness.checker.registry import load as load_checkers
from readiness.checklist.load import load
from readiness.checklist.plain import plain
from readiness.checklist.shipped import shipped
from readiness.checklist.text import ChecklistText
from readiness.document.yaml import parse_strictly
from readiness.model.age import Age
from readiness.model.matcher import Matcher

KINDS = [
    str, int, bool, float, str | None, int | None, list[str], Sequence[str], list[str] | None,
    dict[str, int] | None, Mapping[str, str], Matcher, Matcher | None, dict[str, Matcher],
    Age | None, Literal["a", "b"], Literal[8, 12], Sequence[Literal["a"]], float | None,
]  # fmt: skip
VALUES = [
    "a", "b", "", "90d", "0", 1, 8, 0, -3, True, False, 1.5, 2.0, 10**400, None, [], ["a"],
    ["a", 1], [None], {}, {"a": 1}, {"a": "b"}, {"min": 1}, {"max": "x"}, {"a": {"in": [1]}},
    {"in": 3}, 12.0,
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value)[:20])
def test_a_plain_value_is_what_pydantic_makes_of_it(kind: Any, value: Any) -> None:
    config = ConfigDict(strict=True, arbitrary_types_allowed=True)
    try:
        found = plainly(kind, value)
    except NotPlain:
        return
    made = TypeAdapter(kind, config=config).validate_python(value)

    assert found == made
    assert type(found) is type(made)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_the_parameters_of_every_shipped_rule_are_plain(name: str) -> None:
    registry = load_checkers()
    for rule in load(name, base=Path()).rules:
        checker = registry.checkers[rule.check]
        model = model_of(checker).model_validate(dict(rule.parameters))

        assert plain_parameters(checker, rule.parameters) == {
            one: getattr(model, _field(one)) for one in checker.options
        }


def test_what_is_not_plain_is_still_told_in_words() -> None:
    checker = load_checkers().checkers["server.time-limit"]

    assert isinstance(bind(checker, {"nothing": 1}), list)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_checklist_is_plain_and_says_the_same(name: str) -> None:
    node, _ = parse_strictly(shipped()[name].read_text(), name)

    found, made = plain(node.value), ChecklistText.model_validate(node.value)

    assert found is not None
    for one in ("checklist", "title", "owner", "review_by", "extends"):
        assert getattr(found, one) == getattr(made, one)
    assert len(found.rules) == len(made.rules)
    for mine, its in zip(found.rules, made.rules, strict=True):
        assert mine.model_fields_set - {"enabled"} == its.model_fields_set - {"enabled"}
        for key in mine.model_fields_set - {"when", "examples"}:
            assert getattr(mine, key) == getattr(its, key)
        for part, fields in (("when", ("environment", "traits", "facts")),
                             ("examples", ("good", "bad"))):  # fmt: skip
            if part in mine.model_fields_set:
                one, other = getattr(mine, part), getattr(its, part)
                assert [getattr(one, x) for x in fields] == [getattr(other, x) for x in fields]


RULE: dict[str, Any] = {"id": "a-b", "title": "T", "check": "c.d"}


@pytest.mark.parametrize(
    "value",
    [
        {"rules": [{**RULE, "severity": "high", "tags": ["x"], "with": {"a": [1]}}]},
        {"rules": [{**RULE, "when": {"environment": {"not": "dev"}, "traits": {"a": 1}}}]},
        {"rules": [{**RULE, "when": {"environment": {"other": 1}}}]},
        {"rules": [{**RULE, "id": "a-b\n"}]},
        {"rules": [{**RULE, "id": "A"}]},
        {"rules": [{**RULE, "other": 1}]},
        {"rules": [{**RULE, "severity": "grave"}]},
        {"rules": [{**RULE, "title": 1}]},
        {"rules": [{**RULE, "enabled": None}]},
        {"rules": [{**RULE, "enabled": False, "why": None}]},
        {"rules": None},
        {"review_by": "2026-01-31", "rules": []},
        {"review_by": "2026-02-31"},
        {"review_by": "31 January"},
        {"extends": ["a", 1]},
        {"examples": {}},
        {"checklist": "x", "title": None},
    ],
    ids=str,
)
def test_what_is_taken_as_plain_pydantic_takes_too(value: dict[str, Any]) -> None:
    found = plain(value)
    try:
        made = ChecklistText.model_validate(value)
    except ValidationError:
        assert found is None
        return

    assert found is not None
    assert found.review_by == made.review_by
    assert [one.id for one in found.rules] == [one.id for one in made.rules]
    assert [one.enabled for one in found.rules] == [one.enabled for one in made.rules]
