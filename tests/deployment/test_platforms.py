# ruff: noqa: E501 - a small file stands in one line
"""Platforms that read a file of the repository: what their processes would be given."""

import json

import pytest

from readiness.deployment import Deployment
from readiness.deployment.service import Service
from readiness.project import Project
from readiness.testing import check

Files = dict[str, str]

CODE = {"main.py": "import os\n\nprint(os.environ['APP_ENV'])\n"}
DOCKERFILE = "FROM python:3.13\nENV APP_ENV=development\nCMD python main.py\n"


def read(files: Files) -> Deployment:
    return Deployment.read(
        Project({name: text.encode() for name, text in {**CODE, **files}.items()})
    )


def service(files: Files, name: str) -> Service:
    found = read(files).service(name)
    assert found is not None
    return found


def said(one: Service) -> dict[str, str | None]:
    return {v.name: v.value.reveal() if v.value else None for v in one.variables}


FLY = 'app = "shop"\n[env]\n  APP_ENV = "{}"\n[http_service]\n  internal_port = 8080\n  min_machines_running = 2\n'
RENDER = """\
envVarGroups:
  - {{name: shared, envVars: [{{key: APP_ENV, value: other}}, {{key: G, value: group}}]}}
services:
  - type: web
    name: api
    runtime: python
    startCommand: gunicorn main:app
    numInstances: 3
    envVars:
      - fromGroup: shared
      - {{key: APP_ENV, value: {}}}
      - {{key: DATABASE_URL, fromDatabase: {{name: db, property: connectionString}}}}
      - {{key: SECRET_KEY, generateValue: true}}
databases: [{{name: db{}}}]
"""
ENGINE = "runtime: python312\nenv_variables:\n  APP_ENV: {}\nmanual_scaling: {{instances: 2}}\n"
HEROKU = '{{"env": {{"APP_ENV": "{}", "SECRET": {{"generator": "secret"}}, "X": {{"required": false}}}}}}\n'
TASK = {
    "family": "shop",
    "containerDefinitions": [{
        "name": "app", "image": "registry/shop:1", "command": ["python", "main.py"],
        "environment": [{"name": "APP_ENV", "value": "production"}],
        "secrets": [{"name": "DATABASE_URL", "valueFrom": "arn:aws:ssm:x"}],
        "portMappings": [{"containerPort": 8000}],
    }],
}  # fmt: skip
TERRAFORM = """\
variable "stage" {{ default = "{}" }}
resource "aws_ecs_task_definition" "shop" {{
  family = "shop"
  container_definitions = jsonencode([{{
    name  = "app"
    image = "registry/shop:1"
    environment = [
      {{ name = "APP_ENV", value = var.stage }},
      {{ name = "DB_HOST", value = aws_db_instance.main.address }},
    ]
    secrets = [{{ name = "PASSWORD", valueFrom = "arn:x" }}]
  }}])
}}
"""
HEREDOC = """\
resource "aws_ecs_task_definition" "shop" {{
  container_definitions = <<EOF
[{{"name": "app", "image": "x",
  "environment": [{{"name": "APP_ENV", "value": "{}"}}]}}]
EOF
}}
"""


def task(env: str) -> str:
    return json.dumps(TASK, indent=1).replace('"production"', f'"{env}"')


def test_an_app_of_fly_gets_its_env_over_that_of_the_image() -> None:
    app = service({"fly.toml": FLY.format("production"), "Dockerfile": DOCKERFILE}, "shop")

    assert said(app) == {"APP_ENV": "production"}
    assert [str(one.at) for one in app.variables[0].chain] == ["fly.toml:3", "Dockerfile:2"]
    assert app.runs_code
    assert app.replicas is not None
    assert (app.replicas.least, app.ports[0].container) == (2, 8080)


def test_each_group_of_processes_of_fly_is_a_service() -> None:
    text = (
        FLY.format("production")
        + '[processes]\nweb = "gunicorn main:app"\nworker = "python main.py"\n'
    )

    found = {
        one.name: one.command.text for one in read({"fly.toml": text}).services if one.command
    }

    assert found == {"web": "gunicorn main:app", "worker": "python main.py"}


def test_the_file_of_fly_that_names_the_environment_counts() -> None:
    files = {"fly.toml": FLY.format("development"), "fly.production.toml": FLY.format("production"),
             "fly.staging.toml": FLY.format("staging")}  # fmt: skip

    assert [said(one) for one in read(files).services] == [{"APP_ENV": "production"}]
    assert {one.path for one in read(files).left_out} == {"fly.toml", "fly.staging.toml"}


def test_a_service_of_render_gets_its_own_over_its_group() -> None:
    api = service({"render.yaml": RENDER.format("production", "")}, "api")

    assert said(api) == {
        "APP_ENV": "production",
        "DATABASE_URL": None,
        "G": "group",
        "SECRET_KEY": None,
    }
    assert api.variables[0].state == "known"
    assert len(api.variables[0].chain) == 2
    assert api.runs_code
    assert api.replicas is not None
    assert api.replicas.most == 3


@pytest.mark.parametrize(
    ("access", "public"),
    [("", True), (", ipAllowList: []", False), (", ipAllowList: [{source: 10.0.0.0/8}]", False),
     (", ipAllowList: [{source: 0.0.0.0/0}]", True)],
)  # fmt: skip
def test_a_database_of_render_is_open_where_no_list_closes_it(
    access: str, *, public: bool
) -> None:
    found = read({"render.yaml": RENDER.format("production", access)})

    assert [one.publicly_accessible for one in found.databases] == [public]
    assert [one.open for one in found.exposures] == [public]


def test_app_engine_starts_gunicorn_where_nothing_else_is_said() -> None:
    app = service({"app.yaml": ENGINE.format("production")}, "default")

    assert said(app) == {"APP_ENV": "production"}
    assert app.command is not None
    assert app.command.text == "gunicorn main:app"


def test_an_app_json_gives_the_processes_of_the_procfile_what_it_declares() -> None:
    web = service(
        {"Procfile": "web: python main.py\n", "app.json": HEROKU.format("production")}, "web"
    )

    assert said(web) == {"APP_ENV": "production", "SECRET": None}


def test_a_task_definition_gives_its_environment_and_names_its_secrets() -> None:
    app = service({"task-definition.json": task("production"), "Dockerfile": DOCKERFILE}, "shop")

    assert said(app) == {"APP_ENV": "production", "DATABASE_URL": None}
    assert str(app.variables[0].at) == "task-definition.json:14"
    assert app.runs_code


def test_a_task_definition_of_terraform_is_read_with_its_variables() -> None:
    found = read({"main.tf": TERRAFORM.format("production")})
    app = found.service("shop")

    assert app is not None
    assert said(app) == {"APP_ENV": "production", "DB_HOST": None, "PASSWORD": None}
    assert str(app.variables[0].at) == "main.tf:8"
    assert found.unread == ()


def test_a_task_definition_that_is_computed_is_named() -> None:
    text = 'resource "aws_ecs_task_definition" "x" {\n  container_definitions = module.x.json\n}\n'

    assert [one.path for one in read({"main.tf": text}).unread] == ["main.tf:1"]


@pytest.mark.parametrize(
    ("path", "text"),
    [("fly.toml", FLY), ("render.yaml", RENDER.replace("databases: [{{name: db{}}}]\n", "").replace("value: other", "value: production")), ("app.yaml", ENGINE),
     ("main.tf", TERRAFORM), ("main.tf", HEREDOC), ("task-definition.json", None)],
)  # fmt: skip
def test_the_switch_of_a_platform_decides(path: str, text: str | None) -> None:
    def judged(env: str) -> str:
        files = {**CODE, path: task(env) if text is None else text.format(env)}
        return check("environment.consistent", {"files": files}).outcome

    assert judged("production") == "pass"
    assert judged("development") == "fail"


@pytest.mark.parametrize(
    "files",
    [{"fly.toml": "env = 3\nprocesses = [1]\nbuild = 'x'\n"}, {"fly.toml": "["},
     {"render.yaml": "services: [1, {type: web}, {type: web, envVars: [1, {fromGroup: x}]}]\ndatabases: [1]\n"},
     {"app.yaml": "runtime: [1]\nenv_variables: x\n"}, {"Procfile": "web: x\n", "app.json": "[1]"},
     {"app.json": '{"env": {"A": 1, "B": [1], "C": null}}', "Procfile": "web: x\n"},
     {"taskdef.json": '{"containerDefinitions": [1, {"environment": [1, {"name": "A"}], "command": "x"}]}'},
     {"main.tf": 'resource "aws_ecs_task_definition" "x" {\n  container_definitions = jsonencode([1])\n}\n'},
     {"main.tf": 'resource "aws_ecs_task_definition" "x" {\n  container_definitions = "[1"\n}\n'}],
)  # fmt: skip
def test_odd_files_of_platforms_do_not_crash(files: Files) -> None:
    assert read(files).environment == "production"


def test_a_custom_runtime_of_app_engine_is_built_from_the_dockerfile_beside() -> None:
    custom = ENGINE.format("production").replace("python312", "custom\nenv: flex")

    found = read({"app.yaml": custom, "Dockerfile": DOCKERFILE}).services

    assert [one.name for one in found] == ["default"]
    assert said(found[0]) == {"APP_ENV": "production"}
    assert [str(one.at) for one in found[0].variables[0].chain] == ["app.yaml:4", "Dockerfile:2"]
    assert found[0].runs_code
