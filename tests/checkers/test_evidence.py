from typing import Any

import pytest

from readiness import Evidence
from readiness.checkers.evidence import record as judge_record
from readiness.model.clock import Clock
from readiness.project import Project
from readiness.testing import check

COMMIT = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


def record(**changes: str) -> str:
    said = {"rule": "drill", "by": "Ann", "on": "2026-11-01", "valid": "30d", "note": "done"}
    return "".join(f"{key}: {value}\n" for key, value in (said | changes).items())


def judge(*records: str, commit: str | None = None, **parameters: Any) -> Any:
    texts = {f"{n}.yaml": text for n, text in enumerate(records)}
    state = {"evidence": texts, "today": "2026-11-23", "commit": commit}
    return check("evidence.record", state, rule="drill", **parameters)


def test_a_fresh_record_passes_and_names_the_person_and_the_day() -> None:
    result = judge(record())

    assert result.outcome == "pass"
    assert result.oks[0].message == "Ann attested it on 2026-11-01; it holds until 2026-12-01"
    assert (str(result.oks[0].at), result.oks[0].source) == ("evidence/0.yaml:1", "evidence")


@pytest.mark.parametrize(
    ("records", "parameters", "said"),
    [
        ([], {}, "there is no record of drill"),
        ([record(rule="other")], {}, "there is no record of drill"),
        ([record(valid="21d")], {}, "expired on 2026-11-22"),
        ([record(valid="900d", on="2026-01-01")], {"max_valid": "90d"}, "expired on 2026-04-01"),
        ([record(on="2026-11-24")], {}, "from the future"),
        ([record(on="2026-11-02", valid="1d"), record(valid="2d")], {}, "of 2026-11-02"),
        ([record(commit="0000000")], {}, "cannot be compared"),
        ([record()], {"same_commit": True}, "bound to no commit"),
        (
            [record(files="[evidence/log.txt]")],
            {},
            "evidence/log.txt, which is not in",
        ),
        ([record(by="7"), record()], {}, "a record cannot be used: by is 7"),
        (["just words", record()], {}, "a record cannot be used"),
    ],
)
def test_everything_else_is_unknown_and_says_why(
    records: list[str], parameters: dict[str, Any], said: str
) -> None:
    result = judge(*records, **parameters)

    assert result.outcome == "unknown"
    assert said in (result.reason or "")
    assert result.undecided[-1].hint


def test_the_hint_is_the_command_that_makes_a_record() -> None:
    (finding,) = judge(max_valid="30d", same_commit=True).undecided

    assert finding.hint is not None
    assert finding.hint.endswith(
        "readiness attest drill --by … --note … --valid 30d --commit HEAD"
    )


def test_the_last_day_counts() -> None:
    assert judge(record(valid="22d")).outcome == "pass"


def test_an_older_record_that_holds_counts_more_than_a_newer_one_that_does_not() -> None:
    assert judge(record(on="2026-11-10", valid="1d"), record()).outcome == "pass"


def test_a_record_of_this_commit_passes() -> None:
    assert judge(record(commit=COMMIT[:12]), commit=COMMIT, same_commit=True).outcome == "pass"


class Changed(Project):
    """A project whose files differ from any commit."""

    def __init__(self, *paths: str) -> None:
        super().__init__({})
        self.changed = paths

    def changed_since(self, commit: str) -> tuple[str, ...] | None:
        return self.changed if commit else None


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [((), "pass"), (("evidence/a.yaml",), "pass"), (("app.py", "evidence/a.yaml"), "unknown")],
)
def test_only_the_evidence_itself_may_have_changed_since_the_commit(
    changed: tuple[str, ...], outcome: str
) -> None:
    evidence = Evidence.parse({"evidence/a.yaml": record(commit=COMMIT, on="2026-11-01")})
    clock = Clock.fixed(Clock().now().replace(year=2026, month=11, day=23))

    findings = _judged(evidence, Changed(*changed), clock)

    assert [one.verdict for one in findings] == ["ok" if outcome == "pass" else "undecided"]


def _judged(evidence: Evidence, repo: Project, clock: Clock) -> list[Any]:
    return list(judge_record(evidence, repo, clock, rule="drill", same_commit=True))
