"""A fingerprint names a finding, not a line."""

from readiness.engine.fingerprint import with_fingerprints
from readiness.model.finding import Finding, problem
from readiness.model.place import Place


def prints(*findings: Finding) -> list[str]:
    return [finding.fingerprint for finding in with_fingerprints("rule", findings)]


def test_moving_lines_keeps_the_fingerprint() -> None:
    before = problem("a password stands at app.py:7", at=Place("app.py", 7))
    after = problem("a password stands at app.py:19", at=Place("app.py", 19))

    assert prints(before) == prints(after)


def test_another_file_or_another_message_is_another_finding() -> None:
    one = problem("pool_size is 2", at=Place("a.py", 1))
    other_file = problem("pool_size is 2", at=Place("b.py", 1))
    other_value = problem("pool_size is 3", at=Place("a.py", 1))

    assert len({*prints(one), *prints(other_file), *prints(other_value)}) == 3


def test_the_same_finding_twice_has_two_fingerprints() -> None:
    assert len(set(prints(problem("bad"), problem("bad")))) == 2
