"""A third party's distribution, built and installed by pip, and used by a checklist."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ACME = Path(__file__).parent / "acme"
CHECKLIST = """\
title: Ours
rules:
  - id: motto
    title: The motto is there
    check: acme.motto
    with: {word: ready}
  - id: readme
    title: There is a README
    check: file.present
    with: {present: [README.md]}
"""
GOOD = (ACME / "acme_checks" / "__init__.py").read_text()


@dataclass(frozen=True)
class Ran:
    """What a run of the program left."""

    exit_code: int
    errors: str
    results: dict[str, Any]


def install(target: Path, work: Path, *, name: str = "acme-readiness") -> None:
    """Build and install a distribution like acme's, under its name or another."""
    source = work / name
    shutil.copytree(ACME, source, ignore=shutil.ignore_patterns("__pycache__"))
    module = name.replace("-", "_") + "_checks"
    (source / "acme_checks").rename(source / module)
    pyproject = (source / "pyproject.toml").read_text()
    renamed = pyproject.replace("acme-readiness", name).replace("acme_checks", module)
    (source / "pyproject.toml").write_text(renamed)
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps",
         "--no-build-isolation", "--disable-pip-version-check", "--target", target, source],
        check=True, timeout=120,
    )  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which acme's distribution is installed as it is."""
    work = tmp_path_factory.mktemp("acme")
    install(work / "site", work)
    return work / "site"


def with_code(installed: Path, target: Path, code: str) -> Path:
    """What is installed, with other code in its module."""
    shutil.copytree(installed, target, ignore=shutil.ignore_patterns("__pycache__"))
    module = target / "acme_readiness_checks" / "__init__.py"
    assert module.read_text() == GOOD
    module.write_text(code)
    return target


def run(target: Path, folder: Path, checklist: str = CHECKLIST) -> Ran:
    """Run `readiness check` in a process of its own that finds what is installed."""
    folder.mkdir()
    (folder / "README.md").write_text("ours\n")
    (folder / "MOTTO").write_text("always ready\n")
    (folder / "ours.yaml").write_text(checklist)
    path = f"{target}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
    done = subprocess.run(
        [sys.executable, "-m", "readiness", "check", folder, "-c", folder / "ours.yaml",
         "--database", "none", "--report", "json"],
        capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip
    report = json.loads(done.stdout) if done.stdout else {"results": []}
    return Ran(done.returncode, done.stderr, {one["id"]: one for one in report["results"]})


def test_an_installed_plug_in_judges_a_rule(installed: Path, tmp_path: Path) -> None:
    ran = run(installed, tmp_path / "project")

    assert ran.results["motto"]["outcome"] == "pass", ran.errors
    assert ran.results["motto"]["findings"][0]["message"] == "MOTTO was searched for ready"
    assert ran.exit_code == 0


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise RuntimeError('out of order')", "RuntimeError: out of order"),
        ("import nothing_of_this_name", "No module named 'nothing_of_this_name'"),
        ("def broken(:", "SyntaxError"),
        ("raise SystemExit(0)", "SystemExit: 0"),
        ("", "registers no checker"),
        (GOOD.replace("acme.motto", "other.motto"), "does not begin with acme."),
        (GOOD + GOOD, "registers the checker acme.motto twice"),
        (GOOD.replace("Iterator[Finding]:", "Iterator[Finding]:\n    1/0"), "ZeroDivisionError"),
        (GOOD.replace("Iterator[Finding]:", "Iterator[Finding]:\n    exit(0)"), "SystemExit"),
        (GOOD.replace("project: Project", "project: str"), "which is no fact"),
    ],
)
def test_a_broken_plug_in_is_named_and_the_other_rules_run(
    installed: Path, tmp_path: Path, code: str, said: str
) -> None:
    ran = run(with_code(installed, tmp_path / "site", code), tmp_path / "project")

    assert ran.results["motto"]["outcome"] == "error", ran.errors
    assert "acme-readiness" in ran.results["motto"]["reason"]
    assert said in ran.results["motto"]["reason"]
    assert ran.results["readme"]["outcome"] == "pass"
    assert ran.exit_code == 3


def test_a_name_that_two_distributions_take_is_nobodys(tmp_path: Path) -> None:
    install(tmp_path / "site", tmp_path)
    install(tmp_path / "site", tmp_path, name="rocket")

    ran = run(tmp_path / "site", tmp_path / "project")

    assert ran.results["motto"]["outcome"] == "error", ran.errors
    assert "rocket" in ran.results["motto"]["reason"]
    assert "acme-readiness" in ran.results["motto"]["reason"]
    assert ran.results["readme"]["outcome"] == "pass"
    assert ran.exit_code == 3


def test_a_broken_plug_in_that_no_rule_uses_is_a_diagnostic(
    installed: Path, tmp_path: Path
) -> None:
    broken = with_code(installed, tmp_path / "site", "raise RuntimeError('out of order')")
    without = (
        CHECKLIST[: CHECKLIST.index("  - id: motto")]
        + CHECKLIST[CHECKLIST.index("  - id: readme") :]
    )

    ran = run(broken, tmp_path / "project", without)

    assert ran.exit_code == 0, ran.errors
    assert "acme-readiness" in ran.errors


def test_a_checker_that_nobody_has_is_wrong_use(tmp_path: Path) -> None:
    ran = run(tmp_path / "site", tmp_path / "project")

    assert ran.exit_code == 2
    assert "acme.motto" in ran.errors
    assert "ours.yaml:5" in ran.errors
