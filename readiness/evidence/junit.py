"""JUnit XML: how many tests ran, failed and were skipped."""

from collections import Counter
from typing import Any

from readiness.evidence.result import ToolResult, Unusable
from readiness.evidence.times import earliest, parse_time

_KINDS = {"Failure": "failures", "Error": "errors", "Skipped": "skipped"}


def read_junit(content: bytes) -> ToolResult:
    """Count the test cases, and believe a suite that counts more of them than it lists.

    Raises `Unusable` where the file is no JUnit XML, or holds no test.
    """
    from junitparser import JUnitXml  # noqa: PLC0415 - only where a file is read
    from junitparser.junitparser import JUnitXmlError  # noqa: PLC0415 - as above

    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unusable("it declares a document type, which no test result needs")
    try:
        root = JUnitXml.fromstring(content)
    except (JUnitXmlError, SyntaxError, ValueError) as error:
        raise Unusable(f"it is no JUnit XML: {str(error).splitlines()[0]}") from None
    suites = list(root)
    counts: Counter[str] = Counter({"failures": 0, "errors": 0, "skipped": 0, "total": 0})
    for suite in suites:
        counts.update(_count(suite))
    if not counts["total"]:
        raise Unusable("it holds no test, so nothing was tested")
    made = earliest(parse_time(suite.timestamp) for suite in suites)
    names = dict.fromkeys(str(suite.name) for suite in suites if suite.name)
    return ToolResult(", ".join(names) or None, dict(counts), made=made,
                      made_by="the time of the tests")  # fmt: skip


def _count(suite: Any) -> Counter[str]:
    """Count the cases of a suite; what it or a suite inside says of itself may be more."""
    cases = list(suite)
    listed = Counter(kind for case in cases for kind in {_kind(case)} if kind)
    listed["total"] = len(cases)
    # The library's own properties overwrite what the file says as soon as one is missing.
    said = suite._elem.attrib  # noqa: SLF001 - as above
    named = {"failures": "failures", "errors": "errors", "skipped": "skipped", "total": "tests"}
    claimed = Counter({name: _whole(said.get(key)) for name, key in named.items()})
    inside = sum(map(_count, suite.testsuites()), Counter[str]())
    return listed | claimed | inside


def _kind(case: Any) -> str | None:
    """How a case ended: the worst of what it holds."""
    found = {_KINDS.get(type(one).__name__) for one in case.result}
    return next((kind for kind in ("errors", "failures", "skipped") if kind in found), None)


def _whole(number: Any) -> int:
    try:
        return int(number)
    except (TypeError, ValueError):
        return 0
