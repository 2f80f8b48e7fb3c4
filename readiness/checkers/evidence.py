"""Checkers of dated records: what was done or seen, by whom, and until when it speaks."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from readiness import (
    Age,
    Clock,
    Evidence,
    EvidenceRecord,
    Finding,
    Project,
    checker,
    ok,
    undecided,
)

_FOLDER = "evidence/"
_NAMED = 3


@checker("evidence.record")
def record(
    evidence: Evidence,
    project: Project,
    clock: Clock,
    *,
    rule: str,
    max_valid: Age | None = None,
    same_commit: bool = False,
) -> Iterator[Finding]:
    """A record of ``rule`` in the project's ``evidence/`` folder speaks for today.

    It must be neither expired nor from the future, longest ``max_valid`` old whatever it
    says itself, and, where it is bound to a commit, of the code that is judged: what
    changed since then stands in ``evidence/`` only. With ``same_commit`` it must be bound
    to one. Everything else is undecided, with the command that makes a record.
    """
    for flaw in evidence.flaws_of(rule):
        yield undecided(f"a record cannot be used: {flaw.fault.found}; {flaw.fault.expected}",
                        at=flaw.fault.at, hint="mend the record")  # fmt: skip
    today = clock.today()
    hint = _way_to_get_one(rule, max_valid, same_commit=same_commit)
    records = evidence.of(rule)
    doubts = [
        (one, _doubt(one, project, today, max_valid, same_commit=same_commit)) for one in records
    ]
    sound = next((one for one, doubt in doubts if doubt is None), None)
    if sound is not None:
        yield _sound(sound, max_valid)
    elif not doubts:
        yield undecided(f"there is no record of {rule} in {_FOLDER}", hint=hint)
    else:
        newest, doubt = doubts[0]
        yield undecided(f"{doubt}", at=newest.at, hint=hint, data=_data(newest))


def _sound(one: EvidenceRecord, max_valid: Age | None) -> Finding:
    bound = f", for commit {one.commit[:12]}" if one.commit else ""
    until = _until(one, max_valid)
    return ok(f"{one.by} attested it on {one.on}{bound}; it holds until {until}",
              at=one.at, data=_data(one))  # fmt: skip


def _until(one: EvidenceRecord, max_valid: Age | None) -> date:
    if max_valid is None:
        return one.until
    return min(one.until, one.on + timedelta(days=max_valid.length.days))


def _doubt(
    one: EvidenceRecord, project: Project, today: date, max_valid: Age | None, *, same_commit: bool
) -> str | None:
    """Say why a record does not speak for the code that is judged today, if it does not."""
    said = f"the record of {one.by} of {one.on}"
    if one.on > today:
        return f"{said} is from the future (today is {today})"
    if _until(one, max_valid) < today:
        return f"{said} expired on {_until(one, max_valid)}"
    gone = [path for path in one.files if not project.has(path)]
    if gone:
        return f"{said} rests on {gone[0]}, which is not in the project"
    if one.commit is None:
        return f"{said} is bound to no commit, and must be" if same_commit else None
    return _other_code(said, one.commit, project)


def _other_code(said: str, commit: str, project: Project) -> str | None:
    changed = project.changed_since(commit)
    if changed is None:
        return f"{said} is of commit {commit[:12]}, which cannot be compared with the code here"
    files = [path for path in changed if not path.startswith(_FOLDER)]
    if not files:
        return None
    named = ", ".join(files[:_NAMED]) + (" …" if files[_NAMED:] else "")
    return f"{said} is of commit {commit[:12]}; since then these changed: {named}"


def _way_to_get_one(rule: str, max_valid: Age | None, *, same_commit: bool) -> str:
    bound = " --commit HEAD" if same_commit else ""
    return (
        f"do what the rule asks for, then: "
        f"readiness attest {rule} --by … --note … --valid {max_valid or '90d'}{bound}"
    )


def _data(one: EvidenceRecord) -> dict[str, Any]:
    return {
        "by": one.by,
        "on": one.on.isoformat(),
        "valid": str(one.valid),
        "commit": one.commit,
        "note": one.note,
    }
