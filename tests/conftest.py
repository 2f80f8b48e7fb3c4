"""What all tests share: in CI nothing live may be left out."""

import os
from collections.abc import Generator
from typing import Any

import pytest

REQUIRED = os.environ.get("READINESS_LIVE") == "required"
BUILD = "not possible on this build"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where the machine was to have everything."""
    report: pytest.TestReport = yield
    if REQUIRED and report.skipped and not hasattr(report, "wasxfail"):
        reason: Any = report.longrepr
        said = reason[2] if isinstance(reason, tuple) else str(reason)
        if BUILD not in said:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} was left out, and nothing may be here: {said}"
    return report
