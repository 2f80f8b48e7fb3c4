# ruff: noqa: E501 - a small file stands in one line
import json

import pytest

from readiness.deployment import Deployment
from readiness.deployment.service import Service
from readiness.project import Project

Files = dict[str, str]
DOCKERFILE = "FROM python:3.13\nENV APP_ENV=production\nCMD python other.py\n"
DEPLOY = {"startCommand": "gunicorn app:app -w 4", "numReplicas": 3, "healthcheckPath": "/health"}
STAGED = {
    "deploy": DEPLOY,
    "environments": {
        "production": {"deploy": {"numReplicas": 5}},
        "pr": {"deploy": {"numReplicas": 1}},
    },
}
TOML = '[deploy]\nstartCommand = "gunicorn app:app -w 4"\nnumReplicas = 3\n'
HEROKU = """\
setup: {config: {APP_ENV: production}}
build: {docker: {web: Dockerfile}}
run:
  web: gunicorn app:app -w 4
  worker: {command: [python work.py], image: web}
"""


def read(files: Files) -> Deployment:
    named = {"app.py": "", **files}
    return Deployment.read(Project({name: text.encode() for name, text in named.items()}))


def service(files: Files, name: str = "railway") -> Service:
    one = read(files).service(name)
    assert one is not None
    return one


@pytest.mark.parametrize(
    ("path", "text"), [("railway.json", json.dumps({"deploy": DEPLOY})), ("railway.toml", TOML)]
)
def test_railway_says_how_the_code_is_started(path: str, text: str) -> None:
    one = service({path: text})

    assert one.argv == ("gunicorn", "app:app", "-w", "4")
    assert one.replicas is not None
    assert (one.replicas.most, one.runs_code, one.variables) == (3, True, ())


def test_the_environment_of_railway_wins_over_what_is_said_for_all() -> None:
    one = service({"railway.json": json.dumps(STAGED)})

    assert one.replicas is not None
    assert (one.replicas.most, one.argv[0], one.probes[0].test) == (5, "gunicorn", "/health")


def test_railway_builds_a_dockerfile_that_is_there() -> None:
    found = read({"railway.toml": TOML, "Dockerfile": DOCKERFILE})

    assert [(one.name, one.argv[0], one.runs_code) for one in found.services] == [
        ("railway", "gunicorn", True)
    ]
    assert [one.name for one in found.services[0].variables] == ["APP_ENV"]


def test_a_folder_without_python_is_not_this_code() -> None:
    assert service({"front/railway.toml": TOML}, "front").runs_code is False
    assert service({"front/railway.toml": TOML, "front/x.py": ""}, "front").runs_code is True


def test_heroku_containers_are_started_with_their_commands_and_variables() -> None:
    files = {"heroku.yml": HEROKU, "Dockerfile": DOCKERFILE.replace("production", "development")}
    web, worker = service(files, "web"), service(files, "worker")

    assert (web.argv[0], worker.argv) == ("gunicorn", ("python", "work.py"))
    for one in (web, worker):
        variable = one.variable("APP_ENV")
        assert variable is not None
        assert variable.value is not None
        assert variable.value.reveal() == "production"
        assert [str(origin.at) for origin in variable.chain] == ["heroku.yml:1", "Dockerfile:2"]
        assert one.runs_code


@pytest.mark.parametrize(
    ("addons", "expected"),
    [
        ([], []),
        (["heroku-postgresql:mini"], ["DATABASE_URL"]),
        ([{"plan": "heroku-redis", "as": "CACHE"}], ["CACHE_URL"]),
        (["papertrail"], []),
    ],
)
def test_an_addon_supplies_its_variable(addons: list[object], expected: list[str]) -> None:
    one = service(
        {"Procfile": "web: python app.py\n", "app.json": json.dumps({"addons": addons})}, "web"
    )
    other = service(
        {"heroku.yml": json.dumps({"setup": {"addons": addons}, "run": {"web": "python app.py"}})},
        "web",
    )

    for found in (one, other):
        assert [(v.name, v.state) for v in found.variables] == [
            (name, "injected") for name in expected
        ]


def test_a_process_that_heroku_is_given_no_command_for_has_that_of_its_image() -> None:
    files = {"heroku.yml": "build: {docker: {web: Dockerfile}}\n", "Dockerfile": DOCKERFILE}

    assert "other.py" in service(files, "web").argv[-1]


@pytest.mark.parametrize(
    "files",
    [{"railway.json": "[1]"}, {"railway.json": '{"deploy": 3, "environments": [1]}'}, {"railway.toml": "["},
     {"railway.json": '{"build": {"dockerfilePath": null}, "deploy": {"startCommand": null}}'},
     {"heroku.yml": "run: 3\nbuild: [1]\n"}, {"heroku.yml": "run: {web: {command: []}}\n"}, {"heroku.yml": "[1]"}],
)  # fmt: skip
def test_odd_files_do_not_crash(files: Files) -> None:
    assert read(files).environment == "production"
