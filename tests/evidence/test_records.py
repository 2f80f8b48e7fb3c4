from datetime import date

import pytest

from readiness.evidence import Evidence, Record
from readiness.evidence.record import path_for
from readiness.model.age import Age

GOOD = """\
rule: staging-first
by: Ann Example
on: 2026-11-01
valid: 90d
note: release 4.2 ran for a week
"""


def flaws(text: str) -> list[str]:
    return [str(flaw.fault) for flaw in Evidence.parse({"evidence/a.yaml": text}).flaws]


def test_a_record_is_read_with_its_place() -> None:
    (record,) = Evidence.parse({"evidence/a.yaml": GOOD}).of("staging-first")

    assert (record.by, record.on, str(record.valid)) == ("Ann Example", date(2026, 11, 1), "90d")
    assert str(record.at) == "evidence/a.yaml:1"


def test_a_file_may_hold_several_documents_whose_lines_count_through() -> None:
    text = GOOD + "---\n" + GOOD.replace("2026-11-01", "2026-11-20") + "---\nrule: Staging\n"

    evidence = Evidence.parse({"evidence/a.yaml": text})

    assert [record.on.day for record in evidence.of("staging-first")] == [20, 1]
    assert evidence.flaws[-1].fault.at.line == 13


def test_an_empty_document_is_no_record_and_no_flaw() -> None:
    assert Evidence.parse({"evidence/a.yaml": f"---\n{GOOD}---\n# done\n"}).flaws == ()


def test_what_is_rendered_is_read_back_as_it_was() -> None:
    record = Record(
        "backup-drill", 'Ann "A." Example', date(2026, 11, 1), Age.parse("2w"),
        "line one\nline: two # ünï", commit="0123456", files=("evidence/log.txt",),
    )  # fmt: skip

    (read,) = Evidence.parse({"evidence/a.yaml": record.render()}).of("backup-drill")

    assert read.render() == record.render()
    assert (read.note, read.commit, read.files) == (record.note, record.commit, record.files)


@pytest.mark.parametrize("commit", ["0012345", "12e45678", "0x12345", "1234567"])
def test_a_commit_is_read_as_it_is_written(commit: str) -> None:
    evidence = Evidence.parse({"evidence/a.yaml": f"{GOOD}commit: {commit}\n"})

    assert [one.commit for one in evidence.records] == ([] if "x" in commit else [commit])


def test_a_record_holds_for_its_last_day_too() -> None:
    record = Record("x", "Ann", date(2026, 1, 1), Age.parse("30d"), "done")

    assert record.until == date(2026, 1, 31)


def test_a_new_record_never_takes_the_place_of_another() -> None:
    record = Record("x", "Ann", date(2026, 1, 1), Age.parse("30d"), "done")
    first = path_for(record, ())

    assert first == "evidence/2026-01-01-x.yaml"
    assert path_for(record, {first}) == "evidence/2026-01-01-x-2.yaml"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("by: Ann Example\n", ""), "by is missing"),
        (("by: Ann Example", "by: 7"), "by is 7; a text is expected"),
        (("note: release 4.2 ran for a week", 'note: " "'), "note is the text ' '"),
        (("2026-11-01", "yesterday"), "a day like 2027-01-31 is expected"),
        (("90d", "90"), "a number and one of m, h, d, w is expected"),
        (("90d", "5h"), "at least one day is expected"),
        (("note:", "nota: x\nnote:"), "did you mean note?"),
        (("note:", "commit: HEAD\nnote:"), "the hash of a commit is expected"),
        (("note:", "files: [../secret]\nnote:"), "paths inside the project are expected"),
        (("note:", "by: Bob\nnote:"), "by stands twice"),
    ],
)
def test_a_wrong_record_is_a_flaw_that_names_the_place(change: tuple[str, str], said: str) -> None:
    found = flaws(GOOD.replace(*change))

    assert any(said in flaw for flaw in found), found
    assert all(flaw.startswith("evidence/a.yaml:") for flaw in found)


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert len(flaws("rule: x\nby: 1\non: 2\nvalid: 3\nnote: 4\nfiles: 5\n")) == 5


@pytest.mark.parametrize("text", ["[1, 2]", "just words", "rule: [", "\x00"])
def test_what_is_no_record_at_all_is_a_flaw_of_every_rule(text: str) -> None:
    evidence = Evidence.parse({"evidence/a.yaml": text})

    assert evidence.records == ()
    assert evidence.flaws_of("staging-first")


def test_a_flaw_of_another_rule_is_not_of_this_one() -> None:
    evidence = Evidence.parse({"evidence/a.yaml": "rule: other\n"})

    assert evidence.flaws_of("other")
    assert not evidence.flaws_of("staging-first")


def test_a_file_that_cannot_be_read_is_a_flaw() -> None:
    evidence = Evidence.parse({}, {"evidence/b.yaml": "permission denied"})

    assert evidence.flaws[0].fault.found == "permission denied"


def test_what_backs_a_record_up_is_no_record() -> None:
    texts = {"evidence/a.yaml": GOOD + "files: [evidence/values.yaml]\n",
             "evidence/values.yaml": "replicas: 3\n"}  # fmt: skip

    assert Evidence.parse(texts).flaws == ()
