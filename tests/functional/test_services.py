"""What each service of a deployment runs is judged under that service's variables."""

from pathlib import Path

import pytest

from tests.functional.conftest import Readiness

RULE = ("--only", "agents-durable-db", "--database", "none", "--report", "json")
HEAD = (
    "import os\n"
    "from agno.agent import Agent\n"
    "from agno.db.in_memory import InMemoryDb\n"
    "from agno.db.postgres import PostgresDb\n"
)
GOOD = 'agent = Agent(db=PostgresDb(db_url="postgresql+psycopg://app@db/app"))\n'
BAD = "agent = Agent(db=InMemoryDb())\n"
GUARDED = 'if __name__ == "__main__":\n    agent = Agent(db=InMemoryDb())\n'


def switch(name: str) -> str:
    """Code whose db is durable only where this variable says so."""
    good = 'PostgresDb(db_url="postgresql+psycopg://app@db/app")'
    return f'agent = Agent(db={good} if os.getenv("{name}") == "live" else InMemoryDb())\n'


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def image(command: str) -> dict[str, str]:
    return {"Dockerfile": f"FROM python:3\nWORKDIR /app\nCOPY . .\nCMD {command}\n"}


def outcome(readiness: Readiness, folder: Path) -> str:
    return readiness("check", folder, *RULE).outcome("agents-durable-db")


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("uvicorn app:app", "pass"),
        ("python -m uvicorn app:app", "pass"),
        ("gunicorn app", "pass"),
        ("fastapi run app.py", "pass"),
        ("celery -A app worker", "pass"),
        ("python app.py", "fail"),
        ("python -m app", "fail"),
        ("streamlit run app.py", "fail"),
    ],
)
@pytest.mark.parametrize("kind", ["Dockerfile", "Procfile", "compose"])
def test_a_main_block_counts_only_where_its_file_is_what_runs(
    readiness: Readiness, tmp_path: Path, command: str, expected: str, kind: str
) -> None:
    deployed = {
        "Dockerfile": image(command),
        "Procfile": {"Procfile": f"web: {command}\n"},
        "compose": {
            "compose.yaml": f"services:\n  web:\n    build: .\n    command: {command}\n",
            "Dockerfile": "FROM python:3\nCOPY . .\n",
        },
    }
    folder = write(tmp_path, {**deployed[kind], "app.py": HEAD + GOOD + GUARDED})

    assert outcome(readiness, folder) == expected


@pytest.mark.parametrize(
    ("made", "expected"), [("PostgresDb(db_url='postgresql://db/app')", "pass"),
                           ("InMemoryDb()", "fail")],
)  # fmt: skip
@pytest.mark.parametrize("command", ["python -m bot", "python bot"])
def test_a_package_that_runs_begins_with_its_main_file(
    readiness: Readiness, tmp_path: Path, made: str, expected: str, command: str
) -> None:
    package = HEAD + "chosen = None\nagent = None\ndef start():\n    return Agent(db=chosen)\n"
    main = f"{HEAD}import bot\nbot.chosen = {made}\nbot.agent = bot.start()\n"
    files = {"bot/__init__.py": package + GUARDED, "bot/__main__.py": main}

    assert outcome(readiness, write(tmp_path, {**image(command), **files})) == expected


COMPOSE = """
services:
  web:
    build: .
    command: uvicorn web:app
    environment: {{{web}}}
  worker:
    build: .
    command: {command}
    environment: {{{worker}}}
"""


def services(web: str, worker: str, command: str = "python worker.py") -> dict[str, str]:
    compose = COMPOSE.format(web=web, worker=worker, command=command)
    return {"compose.yaml": compose, "Dockerfile": "FROM python:3\nCOPY . .\n"}


@pytest.mark.parametrize(
    ("web", "worker", "expected"),
    [
        ("WEB: live", "WORKER: live", "pass"),
        ("WEB: live", "WORKER: test", "fail"),
        ("WEB: test", "WORKER: live", "fail"),
        ("WORKER: live", "WEB: live", "fail"),
    ],
)
def test_each_entry_is_judged_with_the_variables_of_its_own_service(
    readiness: Readiness, tmp_path: Path, web: str, worker: str, expected: str
) -> None:
    code = {"web.py": HEAD + switch("WEB"), "worker.py": HEAD + switch("WORKER")}

    assert outcome(readiness, write(tmp_path, {**services(web, worker), **code})) == expected


@pytest.mark.parametrize(("worker", "expected"), [("MODE: live", "pass"), ("MODE: x", "fail")])
def test_what_two_services_import_is_judged_for_both(
    readiness: Readiness, tmp_path: Path, worker: str, expected: str
) -> None:
    code = {
        "shared.py": HEAD + switch("MODE"),
        "web.py": "from shared import agent\n",
        "worker.py": "import shared\n",
    }
    files = services("MODE: live", f"{worker}, OTHER: '1'")

    assert outcome(readiness, write(tmp_path, {**files, **code})) == expected


@pytest.mark.parametrize(
    "named", ["importlib.import_module(os.environ['JOBS'])", "'jobs.nightly'"]
)
def test_what_a_service_may_load_by_a_name_is_judged_for_it_too(
    readiness: Readiness, tmp_path: Path, named: str
) -> None:
    code = {
        "jobs/__init__.py": "",
        "jobs/nightly.py": HEAD + switch("WORKER"),
        "worker.py": "import jobs.nightly\n",
        "web.py": f"import os, importlib\nplugins = [{named}]\n",
    }
    files = services("WORKER: test", "WORKER: live")

    assert outcome(readiness, write(tmp_path, {**files, **code})) == "fail"


@pytest.mark.parametrize(("made", "expected"), [(GOOD, "pass"), (BAD, "fail")])
def test_what_no_service_starts_counts_still(
    readiness: Readiness, tmp_path: Path, made: str, expected: str
) -> None:
    code = {"web.py": HEAD + GOOD, "worker.py": HEAD + GOOD, "task.py": HEAD + made}
    files = services("A: '1'", "A: '2'")

    assert outcome(readiness, write(tmp_path, {**files, **code})) == expected


@pytest.mark.parametrize(("web", "expected"), [("live", "pass"), ("test", "fail")])
def test_a_service_that_does_not_say_what_it_runs_may_run_everything(
    readiness: Readiness, tmp_path: Path, web: str, expected: str
) -> None:
    code = {"web.py": HEAD + switch("WEB"), "worker.py": HEAD + GOOD}
    files = services("WEB: live", f"WEB: {web}, A: '1'", command="./start")

    assert outcome(readiness, write(tmp_path, {**files, **code})) == expected


@pytest.mark.parametrize(("worker", "expected"), [(GOOD, "pass"), (BAD, "fail")])
def test_modules_of_one_name_in_two_folders_are_both_judged(
    readiness: Readiness, tmp_path: Path, worker: str, expected: str
) -> None:
    compose = "services:\n" + "".join(
        f"  {name}:\n    build: ./{name}\n    environment: {{NAME: {name}}}\n"
        for name in ("web", "worker")
    )
    folders = {
        f"{name}/{file}": text
        for name, made in (("web", GOOD), ("worker", worker))
        for file, text in {
            "Dockerfile": "FROM python:3\nCOPY . .\nCMD python -m app.main\n",
            "app/__init__.py": "",
            "app/main.py": "from app.store import agent\n",
            "app/store.py": HEAD + made,
        }.items()
    }

    assert outcome(readiness, write(tmp_path, {"compose.yaml": compose, **folders})) == expected
