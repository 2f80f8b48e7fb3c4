"""What all tests share: in CI nothing live may be left out."""

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

REQUIRED = os.environ.get("READINESS_LIVE") == "required"
BUILD = "not possible on this build"


@pytest.fixture(autouse=True)
def _cache_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Give every test a cache that nothing else has written to."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("READINESS_CACHE_DIR", str(folder))
    return folder


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
