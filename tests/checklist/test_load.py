"""Checklists: everything that is wrong at once, and `extends`."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from readiness.checklist.load import load
from readiness.checklist.select import select, why_not
from readiness.model.errors import ChecklistError, ReadinessError
from readiness.model.matcher import Matcher
from readiness.model.rule import Checklist, Condition

BASE = """\
checklist: base
title: Base
rules:
  - id: one
    title: One
    severity: high
    check: file.present
    with: {present: [a], absent: [b]}
  - id: two
    title: Two
    check: file.present
"""


def faults(text: str) -> list[str]:
    with TemporaryDirectory() as folder:
        (Path(folder) / "team.yaml").write_text(text)
        with pytest.raises(ChecklistError) as caught:
            load("team.yaml", base=Path(folder))
    return [str(fault) for fault in caught.value.faults]


def test_every_fault_is_said_at_once_with_its_place_and_the_nearest_word() -> None:
    said = faults(
        "titel: Mine\n"
        "rules:\n"
        "  - id: one\n"
        "    titel: One\n"
        "    check: a.b\n"
        "    severity: hihg\n"
        "  - id: Two_Words\n"
        "    title: Two\n"
        "    check: a.b\n"
        "    when: {enviroment: production}\n"
    )

    assert said == [
        "team.yaml:1:1: unknown key titel; one of checklist, title, owner, review_by, extends, "
        "rules is expected (did you mean title?)",
        "team.yaml:4:5: unknown key titel; one of id, title, severity, why, fix, check, with, "
        "references, tags, when, examples, enabled is expected (did you mean title?)",
        "team.yaml:6:15: severity is the text 'hihg'; one of critical, high, medium or low is "
        "expected (did you mean high?)",
        "team.yaml:7:9: id is the text 'Two_Words'; small letters and digits are expected, a "
        "dash between words",
        "team.yaml:10:12: unknown key enviroment; one of environment, traits, facts is expected "
        "(did you mean environment?)",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules: []\nrules: []\n", "team.yaml:2:1: rules stands twice (first on line 1)"),
        ("rules: [!!python/object/apply:os.system [id]]\n", "not YAML|tag"),
        ("- id: one\n", "team.yaml:1:1: no mapping at the top"),
        ("", "team.yaml:1:1: an empty file"),
        ("rules: [\n", "not YAML"),
        ("\x00\x01", "not YAML"),
        ("rules: {id: one}\n", "rules is a mapping; a list is expected"),
        ("rules: [{id: one, title: 5, check: a.b}]\n", "title is 5; a text is expected"),
        ("rules: [{title: One, check: a.b}]\n", "`id` must be given"),
        ("rules: [{id: one}]\n", "one has no `title`"),
        ("rules: [{id: a, title: A, check: b.c}, {id: a, title: A, check: b.c}]\n", "twice"),
        ("extends: [prodction]\n", "there is no checklist prodction"),
        ("review_by: soon\n", "review_by is the text 'soon'"),
        ("a: 1\n---\nb: 2\n", "a second document"),
        ("rules: [{id: a, enabled: false}]\n", "a is disabled, but nothing has it"),
    ],
)
def test_a_wrong_checklist_is_refused_with_its_place(text: str, said: str) -> None:
    assert any(re.search(said.replace("(", r"\(").replace(")", r"\)"), f) for f in faults(text))


def test_a_bomb_of_aliases_is_refused_quickly() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]

    said = faults("\n".join(lines))

    assert "aliases unfold" in said[0]


def test_extending_changes_only_what_is_given(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(BASE)
    text = (
        "extends: [./base.yaml]\n"
        "rules:\n"
        "  - {id: one, severity: low, with: {present: [c]}}\n"
        "  - {id: two, enabled: false}\n"
        "  - {id: three, title: Three, check: file.present}\n"
    )

    (tmp_path / "team.yaml").write_text(text)

    checklist = load("team.yaml", base=tmp_path)

    one, three = checklist.rules
    assert (one.title, one.severity, one.parameters) == (
        "One",
        "low",
        {"present": ["c"], "absent": ["b"]},
    )
    assert three.id == "three"
    assert checklist.disabled == ("two",)


def test_a_checklist_that_extends_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("extends: [b.yaml]\n")
    (tmp_path / "b.yaml").write_text("extends: [a.yaml]\n")

    with pytest.raises(ChecklistError, match="or itself"):
        load("a.yaml", base=tmp_path)


def test_a_missing_checklist_names_the_shipped_ones(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError, match="did you mean production"):
        load("producton", base=tmp_path)


def test_a_binary_checklist_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_bytes(b"\xff\xfe\x00rules")

    with pytest.raises(ChecklistError, match="is no UTF-8"):
        load("bad.yaml", base=tmp_path)


def two(tmp_path: Path, second: str) -> list[Checklist]:
    (tmp_path / "base.yaml").write_text(BASE)
    (tmp_path / "b.yaml").write_text(second)
    return [load(name, base=tmp_path) for name in ("base.yaml", "b.yaml")]


def test_the_same_rule_reached_twice_is_one_rule(tmp_path: Path) -> None:
    checklists = two(tmp_path, "extends: [base.yaml]\n")

    assert [rule.id for rule in select(checklists).rules] == ["one", "two"]


def test_two_rules_of_one_id_are_refused(tmp_path: Path) -> None:
    checklists = two(tmp_path, "rules: [{id: one, title: Other, check: file.present}]\n")

    with pytest.raises(ChecklistError, match=r"the rule one of b\.yaml differs"):
        select(checklists)


def test_only_and_skip_select_after_merging(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(BASE)
    checklist = load("base.yaml", base=tmp_path)

    assert select([checklist], only=["one"]).deselected == 1
    assert [rule.id for rule in select([checklist], skip=["one"]).rules] == ["two"]
    with pytest.raises(ReadinessError, match=r"the id or tag on \(did you mean one"):
        select([checklist], only=["on"])
    with pytest.raises(ReadinessError, match="no rule is selected"):
        select([checklist], only=["one"], skip=["one"])


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        (Condition(), None),
        (Condition(environment=Matcher.parse({"not": {"in": ["test"]}})), None),
        (Condition(environment=Matcher.parse("staging")), "the environment is production"),
        (Condition(traits={"users": Matcher.parse("many")}), None),
        (Condition(traits={"users": Matcher.parse("one")}), "the trait users is many"),
        (Condition(traits={"history": Matcher.parse("kept")}), "does not declare the trait"),
        (Condition(facts=("database",)), None),
        (Condition(facts=("backups",)), "there is no backups to look at"),
    ],
)
def test_when_decides_whether_a_rule_applies(condition: Condition, reason: str | None) -> None:
    said = why_not(
        condition, environment="production", traits={"users": "many"}, absent=["backups"]
    )

    assert (said is None) if reason is None else (said is not None and reason in said)
