"""What all tests share: in CI nothing live may be left out."""

import gc
import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.live.matrix import PROPERTY, Cell, table

REQUIRED = os.environ.get("READINESS_LIVE") == "required"
BUILD = "not possible on this build"

# Hundreds of tests start the command line: compiling its modules would be most of their time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# As the command line does: nearly all that is made here lives to the end.
gc.set_threshold(100_000, 20, 20)


_NUMBERS = itertools.count()
MEMORY = Path("/dev/shm")
ROOM = 1 << 30


@pytest.fixture(scope="session", autouse=True)
def _servers_in_memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the files of servers in memory: copying them is most of what a start costs.

    Only where there is room, and where programs may run. The folders of tests stay on the disk.
    """
    tmp_path_factory.getbasetemp()
    with pytest.MonkeyPatch.context() as patch:
        if _is_quick(MEMORY):
            patch.setenv("TMPDIR", str(MEMORY))
            patch.setattr(tempfile, "tempdir", None)
        yield


def _is_quick(folder: Path) -> bool:
    if not os.access(folder, os.W_OK | os.X_OK) or os.statvfs(folder).f_flag & os.ST_NOEXEC:
        return False
    return shutil.disk_usage(folder).free > ROOM


# How long an example takes tells of the machine's other work, not of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _cache_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Give every test a cache that nothing else has written to."""
    folder = tmp_path_factory.getbasetemp() / f"cache{next(_NUMBERS)}"
    folder.mkdir(mode=0o700)
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


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the matrix of rules, versions and roles as the tests saw it."""
    reports = [
        one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, ())
    ]
    properties = [found for report in reports for found in report.user_properties]
    cells = [Cell(*cell) for name, found in properties if name == PROPERTY for cell in found]
    if cells:
        terminalreporter.section("live rules")
        terminalreporter.write("\n".join((*table(cells), "")))
