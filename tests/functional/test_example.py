"""The sample application's two states, run with the real agno."""

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from readiness.drills.patch import apply_patch

EXAMPLES = Path(__file__).parents[2] / "examples"
PRODUCTION = {
    "LEGACY_ENV": "production",
    "DB_HOST": "db.test",
    "DB_PORT": "5432",
    "DB_BASE_NAME": "interview",
    "DB_USER": "interview_app",
    "DB_PASSWORD": "letters",
    "SENTRY_DSN": "https://key@errors.test/1",
}
LOOK = """
import json, socket
socket.socket.connect = None  # the agents are looked at, nothing is reached
import backend.main as main
try:
    import sentry_sdk
    tracking = sentry_sdk.started
except ImportError:
    tracking = None
engine = main.engine
print(json.dumps({
    "agents": {name: type(agent.db).__name__ for name, agent in main.AGENTS.items()},
    "engines": len({id(a.db.db_engine) for a in main.AGENTS.values() if hasattr(a.db, "db_engine")}
                   | {id(engine)}),
    "url": engine.url.render_as_string(),
    "pool": [engine.pool.size(), engine.pool._max_overflow],
    "tracking": tracking,
}))
"""
SENTRY = "started = False\ndef init(**_):\n    global started\n    started = True\n"

needs_agno = pytest.mark.skipif(find_spec("agno") is None, reason="agno is not installed")


@pytest.fixture(scope="module")
def not_ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("not-ready") / "interview"
    shutil.copytree(EXAMPLES, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture(scope="module")
def ready(not_ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ready") / "interview"
    shutil.copytree(not_ready, folder)
    for patch in sorted((EXAMPLES / "ready").glob("*.patch")):
        apply_patch(folder, patch.read_text())
    return folder


def run(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    stubs = folder.parent / "stubs"
    stubs.mkdir(exist_ok=True)
    (stubs / "sentry_sdk.py").write_text(SENTRY)
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{folder}{os.pathsep}{stubs}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "AGNO_TELEMETRY": "false",
        **variables,
    }
    return subprocess.run(
        [sys.executable, "-c", LOOK], cwd=folder.parent, env=environment,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@needs_agno
def test_one_agent_forgets_everything_in_the_state_that_is_not_ready(not_ready: Path) -> None:
    seen = json.loads(run(not_ready, **PRODUCTION).stdout)

    assert seen["agents"] == {
        "planner": "PostgresDb",
        "prober": "PostgresDb",
        "summarizer": "PostgresDb",
        "subject-simulator": "InMemoryDb",
    }
    assert seen["engines"] == 4
    assert seen["url"].endswith("?sslmode=prefer")
    assert seen["pool"] == [64, 32]
    assert seen["tracking"] is False


@needs_agno
def test_every_agent_is_durable_in_the_ready_state(ready: Path) -> None:
    seen = json.loads(run(ready, **PRODUCTION).stdout)

    assert set(seen["agents"].values()) == {"PostgresDb"}
    assert seen["engines"] == 1
    assert "sslmode=verify-full" in seen["url"]
    assert seen["pool"] == [5, 5]
    assert seen["tracking"] is True


@needs_agno
def test_development_keeps_its_memory_in_both_states(not_ready: Path, ready: Path) -> None:
    for folder in (not_ready, ready):
        seen = json.loads(run(folder, **(PRODUCTION | {"LEGACY_ENV": "development"})).stdout)

        assert set(seen["agents"].values()) == {"InMemoryDb"}
        assert seen["tracking"] is False


@needs_agno
def test_a_misspelt_environment_forgets_in_one_state_and_stops_the_other(
    not_ready: Path, ready: Path
) -> None:
    misspelt = PRODUCTION | {"LEGACY_ENV": "prodcution"}

    forgets, stops = run(not_ready, **misspelt), run(ready, **misspelt)

    assert set(json.loads(forgets.stdout)["agents"].values()) == {"InMemoryDb"}
    assert stops.returncode == 1
    assert "LEGACY_ENV is 'prodcution'" in stops.stderr


def test_the_ready_state_has_the_sample_password_nowhere(not_ready: Path, ready: Path) -> None:
    def holders(folder: Path) -> list[str]:
        texts = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        kept = [path for path in texts if "ready" not in path.relative_to(folder).parts]
        return [
            path.name
            for path in kept
            if path.name != "README.md" and "opensesame42" in path.read_text()
        ]

    assert holders(not_ready) == [".env.example", ".env.production", "compose.yaml", "defaults.py"]
    assert holders(ready) == []


def test_no_record_of_evidence_is_committed_to_grow_old() -> None:
    assert not (EXAMPLES / "evidence").exists()
