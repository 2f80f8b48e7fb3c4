# ruff: noqa: E501 - a small file stands in one line
import pytest

from readiness.deployment import Deployment
from readiness.deployment.service import Service
from readiness.project import Project


def read(environment: str = "production", **files: str) -> Deployment:
    named = {name.replace("__", "/"): text.encode() for name, text in files.items()}
    return Deployment.read(Project(named), environment=environment)


def service(found: Deployment, name: str) -> Service:
    one = found.service(name)
    assert one is not None
    return one


def values(one: Service) -> dict[str, str | None]:
    return {v.name: v.value.reveal() if v.value is not None else None for v in one.variables}


def test_an_empty_project_has_no_deployment() -> None:
    found = read()

    assert (found.services, found.databases, found.unread, found.entry_points()) == (
        (),
        (),
        (),
        (),
    )


def db(text: str) -> Deployment:
    return read(
        **{"compose.yaml": f"services:\n  db:\n    image: postgis/postgis:16\n    {text}\n"}
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ports: ['5432:5432']", [("published-port", True, 4)]),
        ("ports: ['127.0.0.1:5432:5432']", [("published-port", False, 4)]),
        ("ports: ['${IP}:5432:5432']", [("published-port", None, 4)]),
        ("expose: ['5432']", [("published-port", False, 2)]),
        ("network_mode: host", [("host-network", True, 4)]),
        ("environment: {POSTGRES_HOST_AUTH_METHOD: trust}",
         [("published-port", False, 2), ("trust-authentication", True, 4)]),
        ("environment: {POSTGRES_HOST_AUTH_METHOD: scram-sha-256}",
         [("published-port", False, 2), ("trust-authentication", False, 4)]),
        ("environment: {POSTGRES_HOST_AUTH_METHOD: '${X}'}",
         [("published-port", False, 2), ("trust-authentication", None, 4)]),
    ],
)  # fmt: skip
def test_the_ways_to_a_database_in_compose(
    text: str, expected: list[tuple[str, bool | None, int]]
) -> None:
    found = [(one.kind, one.open, one.at.line) for one in db(text).exposures]

    assert found == expected


def test_a_database_of_ones_own_image_is_found_by_what_it_is_built_from() -> None:
    found = read(**{
        "compose.yaml": "services:\n  store: {build: db}\n",
        "db/Dockerfile": "FROM pgvector/pgvector:pg16\nCOPY x.sql /\n",
        "db/tool.py": "",
    })  # fmt: skip

    assert [one.name for one in found.databases] == ["store"]
    assert found.code_services == ()


def test_an_image_of_the_server_that_runs_a_client_is_no_server() -> None:
    assert db("command: pg_dump -h db").databases == ()
    assert len(db("command: postgres -c max_connections=20").databases) == 1
    assert len(db("command: -c max_connections=20").databases) == 1


def test_a_sidecar_that_carries_a_schedule_is_a_job() -> None:
    found = read(**{
        "compose.prod.yaml": "services:\n  backup:\n"
        "    image: prodrigestivill/postgres-backup-local\n    environment: {SCHEDULE: '@daily'}\n"
    })  # fmt: skip

    job = found.schedules[0]
    assert job.schedule is not None
    assert (job.name, job.schedule.text, str(job.schedule.at)) == (
        "backup", "@daily", "compose.prod.yaml:4",
    )  # fmt: skip


CODE = {"app/main.py": "", "web/index.js": "", "app/Dockerfile": "FROM python:3\nENV A=1\n",
        "web/Dockerfile": "FROM node:22\n"}  # fmt: skip


def test_only_services_with_python_in_their_context_run_the_code() -> None:
    found = read(**CODE, **{
        "compose.yaml": "services:\n  api: {build: app}\n  web: {build: web}\n"
        "  cache: {image: redis}\n  db: {image: postgres}\n"
    })  # fmt: skip

    assert [one.name for one in found.code_services] == ["api"]


def test_a_service_that_runs_the_image_of_another_runs_the_same_code() -> None:
    found = read(**CODE, **{
        "compose.yaml": "services:\n  api: {build: app, image: acme/api}\n"
        "  worker: {image: acme/api, command: python main.py}\n"
    })  # fmt: skip

    assert [one.name for one in found.code_services] == ["api", "worker"]
    assert values(service(found, "worker")) == {"A": "1"}


def test_a_mounted_folder_brings_code_into_an_image_of_the_language() -> None:
    found = read(**CODE, **{
        "compose.yaml": "services:\n  api: {image: 'python:3', volumes: ['./app:/app']}\n"
    })  # fmt: skip

    assert "api" in [one.name for one in found.code_services]


def test_an_image_that_nobody_knows_is_taken_for_the_code_and_that_is_said() -> None:
    found = read(**{"app.py": "", "compose.yaml": "services:\n  api: {image: acme/api}\n"
                                                  "  db: {image: postgres}\n"})  # fmt: skip

    assert [one.name for one in found.code_services] == ["api"]
    assert found.assumptions == ("api runs this project's code (the image acme/api)",)


def test_a_dockerfile_that_no_service_is_built_from_is_a_service() -> None:
    found = read(**{"main.py": "", "Dockerfile": "FROM python:3\nENV A=1\n",
                    "Dockerfile.dev": "FROM python:3\nENV A=2\n"})  # fmt: skip

    assert [(one.name, one.runs_code) for one in found.services] == [("Dockerfile", True)]
    assert [one.path for one in found.left_out] == ["Dockerfile.dev"]


UNIT = """\
[Service]
User=app
Environment=A=1 "B=two words"
Environment=A=2
EnvironmentFile=-/srv/app/prod.env
EnvironmentFile=/etc/app/secret.env
ExecStart=/srv/app/.venv/bin/gunicorn \\
    -w 3 app:app
"""


def test_a_unit_of_systemd_has_variables_command_and_timer() -> None:
    found = read(**{
        "app.py": "", "deploy/web.service": UNIT, "app/prod.env": "B=file\n",
        "deploy/web.timer": "[Timer]\nOnCalendar=daily\n",
    })  # fmt: skip
    web = service(found, "web")
    workers = found.workers(web)

    assert values(web) == {"A": "2", "B": "file"}
    assert web.unread_sources == ("/etc/app/secret.env",)
    assert (web.user, web.runs_code) == ("app", True)
    assert workers is not None
    assert (workers.count, str(workers.at)) == (3, "deploy/web.service:7")
    assert [one.schedule.text for one in found.schedules if one.schedule] == ["daily"]


BOOT = "[Service]\nExecStart=/app/.venv/bin/python app.py\n"


@pytest.mark.parametrize(
    ("unit", "dropins", "expected"),
    [
        ("Environment=A=unit", {"10.conf": "Environment=A=dropin"}, {"A": "dropin"}),
        ("Environment=A=unit B=x", {"a.conf": "Environment=\nEnvironment=A=new"}, {"A": "new"}),
        ("Environment=A=1", {"20.conf": "Environment=A=2", "10.conf": "Environment=A=3"}, {"A": "2"}),
        ("EnvironmentFile=/app/x.env\nEnvironment=A=unit", {}, {"A": "file", "Q": "a # b"}),
        ("EnvironmentFile=/app/x.env", {"a.conf": "EnvironmentFile="}, {}),
        ("Environment=A=%i-%p-%%", {}, {"A": "live-app-%"}),
        ("Environment=A=%H", {}, {"A": None}),
        ("PassEnvironment=A\nEnvironment=A=1", {}, {"A": "1"}),
        ("Environment=A=1\nPassEnvironment=A", {}, {"A": "1"}),
        ("Environment=A=1 B=2\nUnsetEnvironment=A B=3", {}, {"A": None, "B": "2"}),
    ],
)  # fmt: skip
def test_the_drop_ins_and_files_of_a_unit_count_in_their_order(
    unit: str, dropins: dict[str, str], expected: dict[str, str | None]
) -> None:
    found = read(**{
        "app.py": "", "app@live.service": f"{BOOT}{unit}\n",
        "app/x.env": "A=file\nQ=a # b\n",
        **{f"etc/app@live.service.d/{name}": f"[Service]\n{text}\n" for name, text in dropins.items()},
    })  # fmt: skip

    assert values(service(found, "app@live")) == expected


def test_a_drop_in_replaces_the_command() -> None:
    found = read(**{
        "app.py": "", "app.service": BOOT,
        "app.service.d/run.conf": "[Service]\nExecStart=\nExecStart=/app/.venv/bin/gunicorn app:app\n",
        "other.service.d/run.conf": "[Service]\nExecStart=/bin/false\n",
    })  # fmt: skip

    assert service(found, "app").argv == ("/app/.venv/bin/gunicorn", "app:app")


WORKFLOW = """\
on:
  push:
  schedule: [{cron: "0 3 * * *"}]
env: {LEVEL: workflow, A: x}
jobs:
  deploy:
    environment: {name: prod}
    env: {LEVEL: job, TOKEN: "${{ secrets.TOKEN }}"}
    steps:
      - run: ./deploy.sh
      - run: pg_dump x
  stage:
    environment: staging
    steps: []
"""


def test_a_workflow_that_deploys_or_is_scheduled_is_part_of_the_deployment() -> None:
    found = read(**{".github/workflows/cd.yml": WORKFLOW})
    one = service(found, "cd/deploy")

    assert [one.name for one in found.services] == ["cd/deploy"]
    assert values(one) == {"A": "x", "LEVEL": "job", "TOKEN": None}
    assert [origin.value.reveal() for origin in one.variables[1].chain if origin.value] == [
        "job", "workflow",
    ]  # fmt: skip
    assert one.command is not None
    assert "pg_dump" in one.command.text
    assert found.schedules[0].name == "cd/deploy"


def test_a_workflow_that_only_tests_is_not() -> None:
    text = "on: push\nenv: {LEVEL: test}\njobs:\n  test:\n    steps: [{run: pytest}]\n"

    assert read(**{".github/workflows/ci.yml": text}).services == ()


@pytest.mark.parametrize(
    "text", ["on: [push]\njobs: 3\n", "on: {schedule: 3}\njobs: {a: [1]}\n", "jobs:\n  a:\n"]
)
def test_odd_workflows_do_not_crash(text: str) -> None:
    assert read(**{".github/workflows/x.yml": text}).environment == "production"


def test_files_of_examples_and_tests_are_left_out_and_named() -> None:
    text = "services:\n  db: {image: postgres}\n"

    found = read(**{"examples/compose.yaml": text, "tests/docker-compose.yml": text})

    assert found.services == ()
    assert {one.path for one in found.left_out} == {
        "examples/compose.yaml", "tests/docker-compose.yml",
    }  # fmt: skip


def test_no_value_of_a_variable_shows_in_the_text_of_a_deployment() -> None:
    found = read(**{
        "app.py": "", "Dockerfile": "FROM x\nENV PW=hunter2\nARG Z=hunter3\nENV Y=$Z\n",
        "compose.yaml": "services:\n  a:\n    build: .\n    env_file: a.env\n"
        "    environment: {A: hunter4, B: 'x${NO}hunter5', C: '${D:-hunter6}'}\n",
        "a.env": "E=hunter7\n",
    })  # fmt: skip

    assert "hunter" not in repr(found)
