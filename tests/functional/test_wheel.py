"""The wheel holds what a checkout holds, and works in an empty folder."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with the build backend that is installed; nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
         "--no-index", "--disable-pip-version-check", "--wheel-dir", folder, ROOT],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the wheel where nothing of the checkout is."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); import runpy; sys.argv[0] = 'r'; "
    code += "runpy.run_module('readiness', run_name='__main__')"
    return subprocess.run(
        [sys.executable, "-P", "-c", code, str(installed), *arguments],
        cwd=cwd, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_the_checklists_the_queries_and_the_sample_are_inside(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())

    assert "readiness/_data/checklists/production.yaml" in names
    assert "readiness/_data/examples/.env.production" in names
    assert "readiness/_data/examples/ready/1-database.patch" in names
    assert "readiness/database/queries/grants.sql" in names
    assert "readiness/reports/markdown.md.j2" in names
    assert not any("__pycache__" in name for name in names)


def test_what_is_installed_judges_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "check", "--database", "none", "--report", "markdown")

    assert done.returncode in {1, 3}, done.stderr
    assert str(installed) not in done.stdout
    assert "Traceback" not in done.stderr


def test_what_is_installed_lists_its_own_rules(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "list", "rules")

    assert done.returncode == 0, done.stderr
    assert "agents-durable-db" in done.stdout
