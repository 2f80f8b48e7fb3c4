"""What the program says of the sample application, as it was left and mended."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from readiness.checklist.shipped import shipped
from readiness.drills.binaries import Binaries
from readiness.drills.sample import Sample

EXAMPLES = Path(__file__).parents[2] / "examples"
AS_LEFT = {
    "agents-durable-db": ["backend/agents/subject_simulator_agent.py"],
    "required-env": [".env.production", ".env.production"],
    "environment-consistent": ["Dockerfile"],
    "ssl-required": ["database/defaults.py", "database/defaults.py"],
    "db-access-restricted": ["compose.yaml"],
    "web-docs": ["backend/main.py"],
    "health-probes": ["compose.yaml"],
    "monitoring": ["requirements.txt"],
    "backups": ["scripts/backup.sh"],
    "pool-size": ["database/engine.py"],
}

Readiness = Callable[..., Any]


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    return Sample.copy(EXAMPLES, tmp_path / "interview")


def places(result: dict[str, Any]) -> list[str]:
    problems = [f for f in result["findings"] if f["verdict"] == "problem"]
    return sorted(finding["location"]["path"] for finding in problems)


def test_every_fault_in_the_files_is_found_at_its_place(
    sample: Sample, readiness: Readiness
) -> None:
    done = readiness("check", sample.folder, "--database", "none", "--report", "json")

    assert done.code == 1
    assert {rule: places(done.result(rule)) for rule in AS_LEFT} == AS_LEFT
    for rule in ("no-default-passwords", "no-hardcoded-secrets"):
        assert {"compose.yaml", "database/defaults.py"} <= set(places(done.result(rule)))
    for rule in ("staging-first", "sessions-persist", "backup-drill"):
        assert done.outcome(rule) == "unknown"


def test_nothing_in_the_files_of_the_mended_application_fails_or_is_unknown(
    sample: Sample, readiness: Readiness
) -> None:
    list(sample.mend(datetime.now(UTC).date()))

    done = readiness("check", sample.folder, "--database", "none", "--report", "json")

    outcomes = {result["id"]: result["outcome"] for result in done.report["results"]}
    assert {
        rule: found
        for rule, found in outcomes.items()
        if found not in {"pass", "skipped", "not-applicable"}
    } == {}
    assert done.code == 0


def test_the_description_names_rules_that_exist() -> None:
    rows = re.findall(
        r"(?m)^\|[^|]+\|[^|]+\|([^|]+)\|[^|]+\|$", (EXAMPLES / "README.md").read_text()
    )
    named = {rule for row in rows for rule in re.findall(r"`([a-z-]+)`", row)}
    known = set(re.findall(r"(?m)^  - id: (\S+)$", shipped()["production"].read_text()))

    assert len(named) > 20
    assert named <= known


@pytest.mark.postgres
@pytest.mark.skipif(not Binaries.all(), reason="no PostgreSQL is here")
def test_the_demo_shows_a_closed_gate_and_then_an_open_one(process: Readiness) -> None:
    done = process("demo")

    assert done.code == 0, done.err
    assert "as it was left: exit 1; mended: exit 0" in done.err
    assert done.out.index("exit code 1") < done.out.index("exit code 0")
