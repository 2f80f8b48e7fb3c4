"""The report for machines: JSON, versioned, and the source of every other format."""

import json
import math
import re
from collections.abc import Mapping
from datetime import date
from json.encoder import encode_basestring
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from readiness.model.errors import ReadinessError
from readiness.model.finding import Finding
from readiness.model.place import Place
from readiness.model.report import SCHEMA_VERSION, Report, Result
from readiness.model.trace import Step
from readiness.model.waiver import Waiver

# Characters that a terminal or an editor obeys instead of showing; in JSON they can
# only stand inside a text, where their escape means the same.
_OBEYED = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_READY = frozenset({str, int, bool, type(None)})
_SURROGATE = re.compile("[\ud800-\udfff]")


def render(report: Report) -> str:
    """Give the report as JSON: the same report is the same text, byte for byte."""
    pieces: list[str] = []
    _write(_report(report), "\n", pieces)
    text = "".join((*pieces, "\n"))
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def read(text: str) -> Report:
    """Read a report back; raises ReadinessError where the text is none."""
    from pydantic import ValidationError  # noqa: PLC0415 - rendering does without it

    from readiness.reports import schema as shapes  # noqa: PLC0415 - as above

    _expect_version(text)
    try:
        return shapes.Report.model_validate_json(text.removeprefix("\ufeff")).value()
    except ValidationError as error:
        raise ReadinessError(f"this is no report of readiness: {_faults(error)}") from None


def _write(value: Any, line: str, into: list[str]) -> None:
    """As `json.dumps` with an indent of 2, piece by piece: a large text is put together once."""
    if isinstance(value, str):
        into.append(encode_basestring(value))
    elif isinstance(value, dict):
        begin, inner = "{", f"{line}  "
        for key, one in value.items():
            into.append(f"{begin}{inner}{encode_basestring(key)}: ")
            _write(one, inner, into)
            begin = ","
        into.append(f"{line}}}" if value else "{}")
    elif isinstance(value, list):
        begin, inner = "[", f"{line}  "
        for one in value:
            into.append(f"{begin}{inner}")
            _write(one, inner, into)
            begin = ","
        into.append(f"{line}]" if value else "[]")
    else:
        into.append("null" if value is None else _number(value))


def _number(value: Any) -> str:
    return str(value) if type(value) is int else json.dumps(value, allow_nan=False)


def _expect_version(text: str) -> None:
    hint = "give the file that `readiness check --report json=FILE` wrote"
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise ReadinessError(f"this is no JSON: {error.msg} at {where}", hint=hint) from None
    except RecursionError:
        raise ReadinessError("this is no report of readiness: nested too deep") from None
    if not isinstance(data, dict) or "schema_version" not in data:
        raise ReadinessError("this is no report of readiness: no schema_version", hint=hint)
    if data["schema_version"] != SCHEMA_VERSION:
        found = str(data["schema_version"])[:20]
        raise ReadinessError(
            f"this report has schema_version {found!a}; this program reads {SCHEMA_VERSION!a}",
            hint="read it with the version of readiness that wrote it",
        )


def _faults(error: Any) -> str:
    """Say where the text differs from the schema; never what it holds there."""
    shown = 3
    faults = [
        f"{'.'.join(map(str, fault['loc'])) or 'the text'}: {fault['msg']}"
        for fault in error.errors(include_input=False, include_url=False, include_context=False)
    ]
    more = [f"and {len(faults) - shown} more"] if len(faults) > shown else []
    return "; ".join(faults[:shown] + more)


def _report(report: Report) -> dict[str, Any]:
    return {
        "schema_version": report.schema_version,
        "tool": _plain(asdict(report.tool)),
        "generated_at": _plain(report.generated_at),
        "project": _plain(asdict(report.project)),
        "environment": _plain(
            {
                "name": report.environment.name,
                "traits": report.environment.traits,
                "variables": [asdict(variable) for variable in report.environment.variables],
                "database": report.environment.database,
            }
        ),
        "assumptions": _plain(report.assumptions),
        "checklists": _plain([asdict(checklist) for checklist in report.checklists]),
        "fail_on": report.fail_on.value,
        "results": [_result(result) for result in report.results],
        "coverage": _plain(asdict(report.coverage)),
        "summary": _plain(report.summary),
        "gate": report.gate.value,
        "exit_code": report.exit_code,
    }


def _result(result: Result) -> dict[str, Any]:
    return {
        "id": _plain(result.id),
        "title": _plain(result.title),
        "severity": result.severity.value,
        "kind": result.kind,
        "outcome": result.outcome.value,
        "reason": _plain(result.reason),
        "checker": _plain(result.checker),
        "duration_ms": result.duration_ms,
        "findings": [_finding(finding) for finding in result.findings],
        "why": _plain(result.why),
        "fix": _plain(result.fix),
        "tags": _plain(result.tags),
        "references": _plain(result.references),
        "checklist": _plain(result.checklist),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "verdict": finding.verdict.value,
        "message": _plain(finding.message),
        "hint": _plain(finding.hint),
        "location": _location(finding.at),
        "source": finding.source,
        "trace": [_step(step) for step in finding.trace],
        "data": _plain(finding.data),
        "fingerprint": finding.fingerprint,
        "waiver": _waiver(finding.waiver) if finding.waiver else None,
    }


def _location(at: Place | None) -> dict[str, Any] | None:
    if at is None:
        return None
    return {"path": _text(at.path), "line": at.line, "column": at.column}


def _step(step: Step) -> dict[str, Any]:
    at = step.at
    return {
        "path": _plain(at.path) if at else None,
        "line": at.line if at else None,
        "column": at.column if at else None,
        "text": _plain(step.text),
        "kind": step.kind,
    }


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return {
        "rule": _plain(waiver.rule),
        "reason": _plain(waiver.reason),
        "owner": _plain(waiver.owner),
        "expires": waiver.expires.isoformat(),
        "paths": _plain(waiver.paths),
        "fingerprint": waiver.fingerprint,
        "location": _location(waiver.at),
    }


def _plain(value: Any) -> Any:
    """Give JSON values only; what is none becomes its text (a `Secret` its mask)."""
    if type(value) in _READY:
        return _text(value) if type(value) is str else value
    match value:
        case Struct():
            return _plain(asdict(value))
        case Mapping():
            return {_text(str(key)): _plain(one) for key, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case set() | frozenset():
            return sorted((_plain(one) for one in value), key=str)
        case _:
            return _scalar(value)


def _scalar(value: Any) -> str | int | float | bool | None:
    match value:
        case None | bool() | int():
            return value
        case float() if math.isfinite(value):
            return value
        case date():
            return value.isoformat()
        case _:
            return _text(str(value))


def _text(text: str) -> str:
    """Spell out the bytes of a file name that is no UTF-8: JSON cannot hold them."""
    if text.isascii():
        return text
    return _SURROGATE.sub(lambda found: f"\\x{ord(found[0]) & 0xFF:02x}", text)
