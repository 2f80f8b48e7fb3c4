"""The sample application, as a tree of its own that can be mended."""

from datetime import date
from pathlib import Path

import pytest

from readiness.drills.sample import Sample
from readiness.evidence.evidence import Evidence
from readiness.project import Project

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = date(2031, 5, 1)


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    return Sample.copy(EXAMPLES, tmp_path / "interview")


def test_the_copy_holds_the_application_and_nothing_that_is_written_about_it(
    sample: Sample,
) -> None:
    names = {path.name for path in sample.folder.iterdir()}

    assert {".env.production", "backend", "compose.yaml", "readiness.yaml"} <= names
    assert not names & {"ready", "README.md"}


def test_every_mend_says_what_it_is_about_and_leaves_the_source_alone(sample: Sample) -> None:
    before = (EXAMPLES / "Dockerfile").read_bytes()

    groups = [sentence.partition(":")[0] for sentence in sample.mend(TODAY)]

    assert groups == [
        "Database", "Environment", "Security", "Monitoring", "Backups", "Performance", "Testing",
    ]  # fmt: skip
    assert (sample.folder / "Dockerfile").read_bytes() != before
    assert (EXAMPLES / "Dockerfile").read_bytes() == before


def test_the_records_of_the_ready_state_hold_on_the_day_of_the_demo(sample: Sample) -> None:
    list(sample.mend(TODAY))

    files = {
        f"evidence/{path.name}": path.read_text() for path in sample.folder.glob("evidence/*")
    }
    evidence = Evidence.parse(files)
    assert not evidence.flaws
    for rule in ("staging-first", "sessions-persist", "backup-drill"):
        record = evidence.of(rule)[0]
        assert record.on <= TODAY <= record.until


def test_the_record_of_staging_is_bound_to_the_mended_code(sample: Sample) -> None:
    list(sample.mend(TODAY))

    project = Project.open(sample.folder)
    record = (sample.folder / "evidence/2031-05-01-staging-first.yaml").read_text()
    assert project.commit is not None
    assert f'commit: "{project.commit}"' in record
    assert all(p.startswith("evidence/") for p in project.changed_since(project.commit) or ["?"])


def test_the_checklist_of_the_ready_state_is_reviewed_after_the_day_of_the_demo(
    sample: Sample,
) -> None:
    list(sample.mend(TODAY))

    assert "review_by: 2031-10-28\n" in (sample.folder / "readiness.yaml").read_text()


def test_the_mended_application_brings_its_server_s_configuration_along(sample: Sample) -> None:
    assert sample.settings() == {}
    assert sample.access() == []

    list(sample.mend(TODAY))

    assert sample.settings()["max_connections"] == "100"
    assert sample.settings()["archive_mode"] == "on"
    assert sample.access()[-1].split() == ["host", "all", "all", "all", "reject"]
