"""Whether other distributions have checkers is told as the standard library would tell it."""

import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from readiness.checker.installed import is_alone
from readiness.checker.registry import GROUP, load

OURS = f"[console_scripts]\na = b\n\n[{GROUP}]\nreadiness = readiness.checkers\n"
ACME = f"[{GROUP}]\nacme = nothing_of_this_name\n"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of installed distributions, where only our own is."""
    here = [path for path in sys.path if not [*Path(path).glob("readiness-*.dist-info")]]
    monkeypatch.setattr(sys, "path", [*here, str(tmp_path)])
    put(tmp_path, "readiness", OURS)
    return tmp_path


def put(folder: Path, name: str, points: str) -> None:
    own = folder / f"{name}-1.0.dist-info"
    own.mkdir()
    (own / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (own / "entry_points.txt").write_text(points)


def test_nobody_else_has_checkers(installed: Path) -> None:
    put(installed, "other", "[console_scripts]\nreadiness = other:main\n")

    assert is_alone(GROUP)
    assert [one.name for one in entry_points(group=GROUP)] == ["readiness"]
    assert not load().broken


def test_another_distribution_has_checkers(installed: Path) -> None:
    put(installed, "acme", ACME)

    assert not is_alone(GROUP)
    assert [*load().broken] == ["acme"]


@pytest.mark.parametrize("points", [
    OURS + "acme = acme.checkers\n", OURS.replace("readiness.checkers\n", "elsewhere\n"),
    OURS.replace("readiness =", "other ="), f"{OURS}\n[{GROUP}]\nacme = acme\n", "",
])  # fmt: skip
def test_our_own_says_something_else(installed: Path, points: str) -> None:
    (installed / "readiness-1.0.dist-info" / "entry_points.txt").write_text(points)

    assert not is_alone(GROUP)


def test_what_finds_modules_elsewhere_is_asked(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = installed / "more.zip"
    archive.write_bytes(b"PK")
    assert is_alone(GROUP)
    monkeypatch.setattr(sys, "path", [*sys.path, str(archive)])

    assert not is_alone(GROUP)
