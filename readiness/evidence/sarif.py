"""SARIF 2.1.0: how many results of each level a tool reports."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from readiness.evidence.result import ToolResult, Unusable
from readiness.evidence.times import earliest, parse_time

LEVELS = ("error", "warning", "note", "none")

Json = Mapping[str, Any]


def read_sarif(data: Any) -> ToolResult:
    """Count the results of every run by level; suppressed ones are counted apart.

    Raises `Unusable` where the file is no SARIF or does not say what was found.
    """
    runs = list(_runs(data))
    counts = Counter(dict.fromkeys((*LEVELS, "suppressed"), 0))
    for run in runs:
        for result in _results(run):
            counts[_count_as(result, run)] += 1
    names = dict.fromkeys(_name(run) for run in runs)
    return ToolResult(
        tool=", ".join(names),
        counts=dict(counts),
        doubts=tuple(doubt for run in runs for doubt in _doubts(run)),
        made=earliest(_made(run) for run in runs),
        made_by="the end of the tool's run",
    )


def _runs(data: Any) -> Iterator[Json]:
    if not isinstance(data, dict) or not isinstance(data.get("runs"), list):
        raise Unusable("it is JSON, but no SARIF")
    if data.get("version") != "2.1.0":
        raise Unusable(f"it is SARIF {data.get('version')}, and 2.1.0 is read")
    if not data["runs"]:
        raise Unusable("it holds no run, so nothing was looked at")
    for run in data["runs"]:
        yield _mapping(run)


def _results(run: Json) -> Iterator[Json]:
    if "results" in _mapping(run.get("externalPropertyFileReferences", {})):
        raise Unusable("its results stand in other files, which are not read")
    results = run.get("results")
    if not isinstance(results, list):
        raise Unusable(f"a run of {_name(run)} has no results, so it did not start")
    for result in results:
        if _mapping(result).get("baselineState") != "absent":
            yield result


def _count_as(result: Json, run: Json) -> str:
    if _is_suppressed(result):
        return "suppressed"
    if result.get("kind", "fail") not in {"fail", "open", "review"}:
        return "none"
    level = result.get("level") or _rule_level(result, run) or "warning"
    return level if level in LEVELS else "error"


def _is_suppressed(result: Json) -> bool:
    """Tell whether somebody accepted the result; one that is under review still counts."""
    given = result.get("suppressions")
    if not isinstance(given, list) or not given:
        return False
    return all(_mapping(one).get("status", "accepted") == "accepted" for one in given)


def _rule_level(result: Json, run: Json) -> str | None:
    rule = _rule(result, run)
    level = _mapping(rule.get("defaultConfiguration", {})).get("level")
    return level if isinstance(level, str) else None


def _rule(result: Json, run: Json) -> Json:
    reference = _mapping(result.get("rule", {}))
    component = _component(_mapping(reference.get("toolComponent", {})), run)
    rules = component.get("rules")
    if not isinstance(rules, list):
        return {}
    index = result.get("ruleIndex", reference.get("index"))
    if isinstance(index, int) and 0 <= index < len(rules):
        return _mapping(rules[index])
    name = str(result.get("ruleId", reference.get("id", "")))
    return next((_mapping(rule) for rule in rules if _is_named(rule, name)), {})


def _is_named(rule: Any, name: str) -> bool:
    """Tell whether a result's id is the rule's own, or that of a part below it."""
    identifier = rule.get("id") if isinstance(rule, dict) else None
    return bool(identifier) and (name == identifier or name.startswith(f"{identifier}/"))


def _component(reference: Json, run: Json) -> Json:
    tool = _mapping(run.get("tool", {}))
    extensions, index = tool.get("extensions"), reference.get("index")
    if isinstance(extensions, list) and isinstance(index, int) and 0 <= index < len(extensions):
        return _mapping(extensions[index])
    return _mapping(tool.get("driver", {}))


def _doubts(run: Json) -> Iterator[str]:
    for invocation in _invocations(run):
        if invocation.get("executionSuccessful") is False:
            yield f"{_name(run)} says that it did not finish"
        for notice in invocation.get("toolExecutionNotifications") or ():
            if _mapping(notice).get("level") == "error":
                yield f"{_name(run)} reports an error of its own"
        if invocation.get("ruleConfigurationOverrides"):
            yield f"{_name(run)} was run with other levels than its rules have"


def _made(run: Json) -> datetime | None:
    ends = [parse_time(invocation.get("endTimeUtc")) for invocation in _invocations(run)]
    known = [end for end in ends if end]
    return max(known) if known else None


def _invocations(run: Json) -> list[Json]:
    given = run.get("invocations")
    return [_mapping(one) for one in given] if isinstance(given, list) else []


def _name(run: Json) -> str:
    driver = _mapping(_mapping(run.get("tool", {})).get("driver", {}))
    return str(driver.get("name") or "an unnamed tool")


def _mapping(value: Any) -> Json:
    if not isinstance(value, dict):
        raise Unusable("it is JSON, but not the SARIF of its schema")
    return value
