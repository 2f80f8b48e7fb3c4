"""Code, deployment files and the live server, joined: given nothing but `--database auto`."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from readiness.drills.binaries import Binaries
from readiness.drills.sample import Sample
from readiness.drills.stage import Stage, not_ready
from readiness.drills.template import Template
from tests.functional.conftest import Done, Readiness

EXAMPLES = Path(__file__).parents[2] / "examples"

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The sample application as it was left, with its own address pointing at its server."""
    sample = Sample.copy(EXAMPLES, tmp_path_factory.mktemp("join") / "interview")
    with Template.make(Binaries.find()) as template, not_ready(sample, template) as stage:
        env = sample.folder / ".env.production"
        text = re.sub("(?m)^DB_HOST=.*$", "DB_HOST=127.0.0.1", env.read_text())
        env.write_text(re.sub("(?m)^DB_PORT=.*$", f"DB_PORT={stage.server.port}", text))
        yield stage


@pytest.fixture
def done(stage: Stage, readiness: Readiness) -> Done:
    return readiness("check", stage.sample.folder, "--database", "auto", "--report", "json")


def test_the_address_that_is_probed_is_the_one_that_the_code_builds(
    done: Done, stage: Stage
) -> None:
    probed = done.report["environment"]["database"]

    assert probed.startswith("postgresql://interview")
    assert f"@127.0.0.1:{stage.server.port}/interview" in probed
    assert done.outcome("database-set-up") == "pass"


def test_the_capacity_cites_code_compose_file_and_server(done: Done) -> None:
    finding = done.result("conn-capacity")["findings"][0]

    cited = {step["path"] for step in finding["trace"]}
    assert {"database/agent_db.py", "database/engine.py", "compose.yaml", "Dockerfile"} <= cited
    assert finding["data"]["demand"] == [1692, 1692]
    assert finding["data"]["usable"] == 87
    assert "max_connections 100" in finding["message"]


def test_the_sample_password_of_the_repository_is_found_on_the_live_role(done: Done) -> None:
    problems = [
        finding
        for finding in done.result("auth-default-password")["findings"]
        if finding["verdict"] == "problem"
    ]

    assert [finding["location"]["path"] for finding in problems] == [".env.production"]
    assert "the role interview" in problems[0]["message"]


def test_the_password_that_was_found_is_in_no_output(done: Done, stage: Stage) -> None:
    password = stage.sample.variables()["DB_PASSWORD"]

    assert password not in done.out + done.err
