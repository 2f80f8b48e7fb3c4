"""Every format, byte for byte; WRITE_GOLDEN=1 writes the files anew, to be read as a diff."""

import os
from pathlib import Path

import pytest

from readiness.model.report import Report
from readiness.reports.formats import FORMATS, Screen

GOLDEN = Path(__file__).parent / "golden"
CASES = {
    "not_ready.json": ("json", Screen()),
    "not_ready.md": ("markdown", Screen()),
    "not_ready.60.txt": ("terminal", Screen(width=60)),
    "not_ready.80.txt": ("terminal", Screen(width=80)),
    "not_ready.120.txt": ("terminal", Screen(width=120)),
    "not_ready.ascii.txt": ("terminal", Screen(width=80, unicode=False)),
    "not_ready.colour.txt": ("terminal", Screen(width=80, colour=True)),
    "not_ready.quiet.txt": ("terminal", Screen(width=80, quiet=True)),
    "ready.80.txt": ("terminal", Screen(width=80)),
    "ready.md": ("markdown", Screen()),
    "unverified.80.txt": ("terminal", Screen(width=80)),
    "unverified.md": ("markdown", Screen()),
    "unverified.quiet.txt": ("terminal", Screen(width=80, quiet=True)),
    "hostile.80.txt": ("terminal", Screen(width=80)),
    "hostile.md": ("markdown", Screen()),
}


@pytest.mark.parametrize("name", CASES)
def test_the_report_is_as_it_was_read_and_approved(
    name: str, request: pytest.FixtureRequest
) -> None:
    report: Report = request.getfixturevalue(name.partition(".")[0])
    format_name, screen = CASES[name]
    golden = GOLDEN / name

    written = FORMATS[format_name](report, screen)

    if os.environ.get("WRITE_GOLDEN"):
        golden.write_text(written, encoding="utf-8")
    assert written == golden.read_text(encoding="utf-8")


def test_every_golden_file_has_its_case() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(CASES)


def test_a_format_says_what_it_is_for() -> None:
    assert list(FORMATS) == ["terminal", "markdown", "json"]
    assert all(render.__doc__ for render in FORMATS.values())
