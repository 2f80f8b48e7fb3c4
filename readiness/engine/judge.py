"""One rule is judged: facts in, a result out; a crash is a result too."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from readiness.checker.checker import Checker
from readiness.checker.parameters import Bound
from readiness.database import Database, Query
from readiness.engine.bind import Item
from readiness.engine.facts import Facts, Missing, where
from readiness.engine.fingerprint import with_fingerprints
from readiness.engine.outcome import outcome_of
from readiness.engine.remedies import Remedies
from readiness.engine.waive import waive
from readiness.evidence import Evidence
from readiness.model.clock import Clock
from readiness.model.finding import Finding, NotApplicable, Source, Undecidable, undecided
from readiness.model.outcome import Outcome
from readiness.model.report import Result
from readiness.model.rule import Rule
from readiness.model.waiver import Waiver


class Court(Struct, frozen=True):
    """What every judgement of a run shares."""

    clock: Clock
    waivers: tuple[Waiver, ...] = ()
    remedies: Remedies | None = None


class _Heard(Struct, frozen=True):
    """What a checker said: its findings, why it does not apply, how it crashed."""

    findings: list[Finding]
    inapplicable: str | None = None
    crash: str | None = None


def judge(item: Item, places: Sequence[Facts], court: Court, why_not: str | None = None) -> Result:
    """Judge one rule, once for each of the services that run the code.

    ``why_not`` is the reason for which the rule does not apply here, if it does not.
    """
    start = court.clock.tick()
    if item.bound is None:
        reason = str(item.broken) if item.broken else "its checker did not load"
        return _result(item.rule, None, Outcome.ERROR, reason)
    if why_not is not None:
        return _result(item.rule, item.bound.checker, Outcome.NOT_APPLICABLE, why_not)
    left_out = _left_out(item, places[0])
    if left_out is not None:
        return _result(item.rule, item.bound.checker, Outcome.SKIPPED, left_out.reason)
    heard = [_with_remedies(item.bound, facts, court) for facts in places]
    result = _decide(item, item.bound.checker, heard, court)
    return replace(result, duration_ms=round((court.clock.tick() - start) * 1000))


def _with_remedies(bound: Bound, facts: Facts, court: Court) -> _Heard:
    """What the checker says, and which changes of variables would please it."""
    heard = _hear(bound, facts)
    if court.remedies is None or heard.crash is not None:
        return heard
    return replace(heard, findings=court.remedies.added(bound, facts, heard.findings))


def findings_of(bound: Bound, facts: Facts) -> list[Finding]:
    """What a checker finds; one that crashes leaves it undecided."""
    heard = _hear(bound, facts)
    return heard.findings if heard.crash is None else [undecided(heard.crash)]


def _left_out(item: Item, facts: Facts) -> Missing | None:
    """Tell whether the user left out on purpose what the rule cannot do without."""
    missing = (facts.get(kind) for kind in _required(item))
    return next((m for m in missing if isinstance(m, Missing) and m.why == "left-out"), None)


def _required(item: Item) -> list[type]:
    needs = item.bound.checker.needs if item.bound else ()
    kinds = [need.fact for need in needs if not need.optional]
    if any(isinstance(question, Query) for question in item.questions):
        kinds.append(Database)
    return kinds


def _hear(bound: Bound, facts: Facts) -> _Heard:
    arguments: list[Any] = []
    for need in bound.checker.needs:
        fact = facts.get(need.fact)
        if isinstance(fact, Missing) and not need.optional:
            return _Heard([undecided(fact.reason, hint=fact.hint)])
        arguments.append(None if isinstance(fact, Missing) else fact)
    return _listen(bound, arguments)


def _listen(bound: Bound, arguments: Sequence[Any]) -> _Heard:
    findings: list[Finding] = []
    try:
        for finding in _said(bound, arguments):
            findings.append(finding)  # noqa: PERF402 - what was said before a crash counts
    except NotApplicable as answer:
        return _Heard(findings, inapplicable=str(answer))
    except Undecidable as answer:
        return _Heard([*findings, undecided(answer.reason, hint=answer.hint)])
    except (Exception, SystemExit) as error:  # noqa: BLE001 - it may raise anything, others go on
        return _Heard(findings, crash=_crash(bound.checker, error))
    return _Heard(findings)


def _said(bound: Bound, arguments: Sequence[Any]) -> Iterable[Finding]:
    for finding in bound.checker.judge(*arguments, **bound.parameters) or ():
        if not isinstance(finding, Finding):
            raise TypeError(f"it yields a {type(finding).__name__}, not a finding")
        yield finding


def _crash(checker: Checker, error: BaseException) -> str:
    """Name the crash without its message, which could hold a value that is secret."""
    return (
        f"the checker {checker.name} of {checker.distribution} crashed: "
        f"{type(error).__name__} at {where(error)}"
    )


def _decide(item: Item, checker: Checker, heard: Sequence[_Heard], court: Court) -> Result:
    findings = _once(finding for one in heard for finding in one.findings)
    findings = [_sourced(finding, checker) for finding in findings]
    findings = with_fingerprints(item.rule.id, findings)
    findings = waive(item.rule.id, findings, court.waivers, court.clock.today())
    crash = next((one.crash for one in heard if one.crash), None)
    outcome = outcome_of(findings, crashed=crash is not None)
    return _result(item.rule, checker, outcome, _reason(outcome, findings, heard, crash), findings)


def _reason(
    outcome: Outcome, findings: Sequence[Finding], heard: Sequence[_Heard], crash: str | None
) -> str | None:
    if crash is not None:
        return crash
    if outcome is Outcome.UNKNOWN:
        return next(f.message for f in findings if f.verdict == "undecided")
    if outcome is Outcome.NOT_APPLICABLE:
        said = (one.inapplicable for one in heard if one.inapplicable)
        return next(said, "there was nothing to judge")
    return None


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """Drop what several services say alike; the first trace stands for all."""
    seen: dict[tuple[Any, ...], Finding] = {}
    for finding in findings:
        seen.setdefault((finding.verdict, finding.message, finding.at), finding)
    return list(seen.values())


def _sourced(finding: Finding, checker: Checker) -> Finding:
    if finding.source is not None:
        return finding
    return replace(finding, source=_source(finding, checker))


def _source(finding: Finding, checker: Checker) -> Source:
    required = {need.fact for need in checker.needs if not need.optional}
    if finding.at is not None and Evidence not in required:
        return "code" if finding.at.path.endswith(".py") else "config"
    if Evidence in required:
        return "evidence"
    return "database" if Database in required else "config"


def _result(
    rule: Rule,
    checker: Checker | None,
    outcome: Outcome,
    reason: str | None,
    findings: Iterable[Finding] = (),
) -> Result:
    return Result(
        id=rule.id,
        title=rule.title,
        severity=rule.severity,
        kind=checker.kind if checker else "static",
        outcome=outcome,
        reason=reason,
        checker=rule.check,
        duration_ms=0,
        findings=tuple(findings),
        why=rule.why,
        fix=rule.fix,
        tags=rule.tags,
        references=rule.references,
        checklist=rule.checklist,
    )
