"""Reading back a report that this program wrote itself, and that is known to be whole."""

import json
from datetime import date
from typing import Any

from readiness.model.finding import Finding, Verdict
from readiness.model.outcome import Gate, Outcome, Severity
from readiness.model.place import Place
from readiness.model.report import (
    Coverage,
    Deployed,
    Gap,
    Judged,
    Report,
    Result,
    Subject,
    Tool,
    Used,
)
from readiness.model.trace import Step
from readiness.model.waiver import Waiver

_Told = dict[str, Any]


def rebuild(text: str) -> Report:
    """The report that was rendered as this text; as `reports.json.read`, without its doubts."""
    told = json.loads(text)
    environment = told["environment"]
    variables = tuple(Judged(**one) for one in environment["variables"])
    return Report(
        schema_version=told["schema_version"],
        tool=Tool(**told["tool"]),
        project=Subject(**told["project"]),
        environment=Deployed(**environment | {"variables": variables}),
        generated_at=told["generated_at"],
        fail_on=Severity(told["fail_on"]),
        assumptions=tuple(told["assumptions"]),
        checklists=tuple(Used(**one | {"sources": tuple(one["sources"])})
                         for one in told["checklists"]),
        results=tuple(map(_result, told["results"])),
        coverage=_coverage(told["coverage"]),
        summary=told["summary"],
        gate=Gate(told["gate"]),
        exit_code=told["exit_code"],
    )  # fmt: skip


def _coverage(told: _Told) -> Coverage:
    gaps = tuple(Gap(**gap) for gap in told["gaps"])
    return Coverage(**told | {"gaps": gaps, "disabled": tuple(told["disabled"])})


def _result(told: _Told) -> Result:
    return Result(**told | {
        "severity": Severity(told["severity"]),
        "outcome": Outcome(told["outcome"]),
        "findings": tuple(map(_finding, told["findings"])),
        "tags": tuple(told["tags"]),
        "references": tuple(told["references"]),
    })  # fmt: skip


def _finding(told: _Told) -> Finding:
    return Finding(
        verdict=Verdict(told["verdict"]),
        message=told["message"],
        hint=told["hint"],
        at=_place(told["location"]),
        source=told["source"],
        trace=tuple(map(_step, told["trace"])),
        data=told["data"],
        fingerprint=told["fingerprint"],
        waiver=_waiver(told["waiver"]),
    )


def _place(told: _Told | None) -> Place | None:
    return None if told is None else Place(told["path"], told["line"], told["column"])


def _step(told: _Told) -> Step:
    at = None if told["path"] is None else Place(told["path"], told["line"], told["column"])
    return Step(told["kind"], told["text"], at)


def _waiver(told: _Told | None) -> Waiver | None:
    if told is None:
        return None
    return Waiver(
        rule=told["rule"],
        reason=told["reason"],
        owner=told["owner"],
        expires=date.fromisoformat(told["expires"]),
        paths=tuple(told["paths"]),
        fingerprint=told["fingerprint"],
        at=_place(told["location"]),
    )
