"""Waivers over findings: what is accepted, by whom, until when."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from readiness.model.finding import Finding, Verdict
from readiness.model.waiver import Waiver
from readiness.project.globs import matches


def waive(
    rule: str, findings: Iterable[Finding], waivers: Sequence[Waiver], today: date
) -> list[Finding]:
    """Mark the problems of a rule that a waiver covers; an expired waiver covers nothing."""
    valid = [waiver for waiver in waivers if waiver.rule == rule and today <= waiver.expires]
    return [replace(finding, waiver=_covering(finding, valid)) for finding in findings]


def _covering(finding: Finding, waivers: Iterable[Waiver]) -> Waiver | None:
    if finding.verdict is not Verdict.PROBLEM:
        return None
    return next((waiver for waiver in waivers if _covers(waiver, finding)), None)


def _covers(waiver: Waiver, finding: Finding) -> bool:
    if waiver.fingerprint is not None:
        return waiver.fingerprint == finding.fingerprint
    if not waiver.paths:
        return True
    return finding.at is not None and any(matches(finding.at.path, glob) for glob in waiver.paths)
