# ruff: noqa: E501 - a small file stands in one line
"""Repositories in the layouts that are met, with nothing configured: what is production?"""

import pytest

from readiness.deployment import Deployment
from readiness.environment import build_environments
from readiness.project import Project

Files = dict[str, str]

APP = "services:\n  app:\n    build: {context}\n    environment: {{APP_ENV: {env}}}\n"
CODE = {"app/main.py": "import os\n\nprint(os.environ['APP_ENV'])\n"}


def compose(env: str, context: str = ".") -> str:
    return APP.format(env=env, context=context)


def project(files: Files) -> Project:
    return Project({name: text.encode() for name, text in {**CODE, **files}.items()})


def said(files: Files, name: str = "APP_ENV") -> set[str]:
    """Every value that a service of production would have, and where it is said."""
    repo = project(files)
    environments = build_environments(repo, Deployment.read(repo), name="production")
    found = [one.get(name) for one in environments]
    return {one.value.reveal() for one in found if one and one.value}


DEV = compose("development")
PROD = compose("production")
MANIFEST = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec: {template: {spec: {containers: [
  {name: app, image: registry/app, env: [{name: APP_ENV, value: development}]}]}}}
"""
PART = "services:\n  app:\n    environment: {APP_ENV: production}\n"
LAYOUTS = {
    "one file for all": {"docker-compose.yml": PROD},
    "a file for developers beside": {"docker-compose.yml": PROD, "docker-compose.dev.yml": DEV},
    "only a base and its override": {
        "compose.yaml": "services:\n  app:\n    build: .\n",
        "compose.override.yaml": PART,
    },
    "a whole file of production": {"docker-compose.yml": DEV, "docker-compose.production.yml": PROD},
    "a part for production": {"docker-compose.yml": DEV, "compose.prod.yaml": PART},
    "a folder to deploy from": {
        "docker-compose.yml": DEV,
        "deploy/docker-compose.prod.yml": compose("production", ".."),
    },
    "a folder of docker": {
        "docker/docker-compose.local.yml": compose("development", ".."),
        "docker/docker-compose.prod.yml": compose("production", ".."),
    },
    "a folder for each environment": {
        "envs/dev/compose.yaml": compose("development", "../.."),
        "envs/production/compose.yaml": compose("production", "../.."),
    },
    "files named after the environment only": {"local.yml": DEV, "production.yml": PROD},
    "a stack of a swarm": {"docker-compose.debug.yml": DEV, "docker-stack.yml": PROD},
    "a file of developers' tools": {"compose.yaml": PROD, "compose.debug.yaml": DEV},
    "an example to be copied": {"docker-compose.yml": PROD, "docker-compose.example.yml": DEV},
    "a monorepo": {
        "services/web/docker-compose.yml": PROD,
        "services/web/docker-compose.dev.yml": DEV,
        "services/web/main.py": "",
        "services/job/compose.yaml": PROD,
        "services/job/main.py": "",
    },
    "a command without the override": {
        "docker-compose.yml": PROD,
        "docker-compose.override.yml": "services:\n  app:\n    environment: {APP_ENV: development}\n",
        "deploy.sh": "docker compose -f docker-compose.yml up -d --build\n",
    },
    "a command over several lines": {
        "docker-compose.yml": DEV,
        "docker-compose.prod.yml": PART,
        "scripts/up.sh": "docker compose \\\n  -f docker-compose.yml \\\n  -f docker-compose.prod.yml up\n",
    },
    "a command of developers comes first": {
        "docker-compose.yml": DEV,
        "docker-compose.dev.yml": DEV,
        "docker-compose.prod.yml": PART,
        "Makefile": "dev:\n\tdocker compose -f docker-compose.yml -f docker-compose.dev.yml up\n"
        "prod:\n\tdocker compose -f docker-compose.yml -f docker-compose.prod.yml up -d\n",
    },
    "COMPOSE_FILE in the file of production": {
        "docker-compose.yml": "services:\n  app:\n    build: .\n",
        "live.override.yml": PART,
        "docker-compose.override.yml": "services:\n  app:\n    environment: {APP_ENV: development}\n",
        ".env.production": "COMPOSE_FILE=docker-compose.yml:live.override.yml\n",
    },
    "a service of extended parts": {
        "common.yml": DEV,
        "docker-compose.yml": "services:\n  app:\n    extends: {file: common.yml, service: app}\n"
        "    environment: {APP_ENV: production}\n",
    },
    "the command names the file of variables": {
        "docker-compose.yml": compose("${APP_ENV}"),
        ".env": "APP_ENV=development\n",
        "infra/live.env": "APP_ENV=production\n",
        "deploy.sh": "docker compose --env-file infra/live.env -f docker-compose.yml up -d\n",
    },
    "a compose file for the desk, manifests for production": {
        "docker-compose.yml": DEV,
        "k8s/base/app.yaml": MANIFEST,
        "k8s/base/kustomization.yaml": "resources: [app.yaml]\n",
        "k8s/overlays/production/kustomization.yaml": "resources: [../../base]\nnamePrefix: prod-\n"
        "patches:\n  - target: {kind: Deployment}\n    patch: '[{op: replace, path: "
        "/spec/template/spec/containers/0/env/0/value, value: production}]'\n",
    },
    "manifests in a folder of production": {
        "docker-compose.yml": DEV,
        "deploy/production/app.yaml": MANIFEST.replace("development", "production"),
        "deploy/staging/app.yaml": MANIFEST,
    },
    ".env.prod": {".env.prod": "APP_ENV=production\n", ".env": "APP_ENV=development\n"},
    "a folder of files of variables": {
        "envs/production.env": "APP_ENV=production\n",
        "envs/development.env": "APP_ENV=development\n",
    },
    "a folder of variables for each environment": {
        "config/production/.env": "APP_ENV=production\n",
        "config/development/.env": "APP_ENV=development\n",
    },
    "a file of variables that compose loads": {
        "compose.yaml": "services:\n  app:\n    build: .\n    env_file: .envs/.production/.app\n",
        ".envs/.production/.app": "APP_ENV=production\n",
        ".envs/.local/.app": "APP_ENV=development\n",
        "local.yml": DEV,
    },
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_production_is_found_and_development_never_decides_it(layout: str) -> None:
    assert said(LAYOUTS[layout]) == {"production"}


def test_a_profile_that_no_command_asks_for_is_not_started() -> None:
    files = {
        "compose.yaml": "services:\n  app: {build: .}\n  admin: {image: adminer, profiles: [tools]}\n"
        "  job: {build: ., profiles: [jobs]}\n",
        "deploy.sh": "docker compose -f compose.yaml --profile jobs up -d\n",
    }

    with_command = Deployment.read(project(files))
    without = Deployment.read(project({"compose.yaml": files["compose.yaml"]}))

    assert {one.name for one in with_command.services} == {"app", "job"}
    assert {one.name for one in without.services} == {"app", "job", "admin"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [("COMPOSE_PROFILES=jobs\n", {"app", "job"}), ("COMPOSE_PROFILES=jobs,tools\n", {"app", "job", "ui"}),
     ("COMPOSE_PROFILES=\n", {"app"}), ("", {"app", "job", "ui"})],
)  # fmt: skip
def test_the_variable_of_compose_asks_for_profiles(said: str, expected: set[str]) -> None:
    text = "services:\n  app: {build: .}\n  ui: {image: adminer, profiles: [tools]}\n"
    text += "  job: {build: ., profiles: [jobs]}\n"
    found = Deployment.read(project({"compose.yaml": text, ".env": said}))

    assert {one.name for one in found.services} == expected


def test_manifests_of_another_name_do_not_stand_in_for_a_compose_file() -> None:
    files = {
        "docker-compose.yml": DEV,
        "deploy/production/job.yaml": MANIFEST.replace("development", "production").replace("app", "job"),
    }  # fmt: skip

    assert said(files) >= {"development"}


def test_two_apps_of_a_monorepo_do_not_stand_in_for_each_other() -> None:
    files = {
        "a/docker-compose.yml": DEV, "a/main.py": "",
        "b/docker-compose.prod.yml": PROD, "b/main.py": "",
    }  # fmt: skip

    assert said(files) == {"development", "production"}


def test_templates_of_projects_are_no_deployment() -> None:
    files = {
        "{{ cookiecutter.slug }}/Dockerfile": "FROM python:3\nENV APP_ENV=development\n",
        "Dockerfile.jinja": "FROM python:3\nENV APP_ENV=development\n",
    }

    assert Deployment.read(project(files)).services == ()
    assert {one.path for one in Deployment.read(project(files)).left_out} == set(files)


@pytest.mark.parametrize(("context", "expected"), [("../other", False), ("..", True), (".", True)])
def test_what_is_built_beside_the_project_is_not_its_code(context: str, *, expected: bool) -> None:
    files = {"compose.yaml": compose("x", context), "Dockerfile": "FROM python:3\n"}
    found = Deployment.read(project(files)).service("app")

    assert found is not None
    assert bool(found.runs_code) is expected


def test_what_the_user_names_is_the_deployment_and_nothing_else() -> None:
    files = {
        "docker-compose.dev.yml": PROD, "compose.yaml": DEV, "k8s/app.yaml": "apiVersion: v1\nkind: X\n",
    }  # fmt: skip

    found = Deployment.read(project(files), only=["docker-compose.dev.yml", "none/*.yml"])

    assert {one.at.path for one in found.services} == {"docker-compose.dev.yml"}
    assert {one.path for one in found.left_out} == {"compose.yaml", "k8s/app.yaml"}
    assert "none/*.yml" in [one.path for one in found.unread]


def test_a_folder_that_the_user_names_is_all_in_it() -> None:
    files = {"stacks/live/app.yml": PROD, "stacks/live/notes.yml": "a: 1\n", "compose.yaml": DEV}

    found = Deployment.read(project(files), only=["stacks/live"])

    assert {one.at.path for one in found.services} == {"stacks/live/app.yml"}


def test_what_was_assumed_is_said() -> None:
    found = Deployment.read(project(LAYOUTS["a folder to deploy from"]))

    assert (
        "deploy/docker-compose.prod.yml is deployed, not docker-compose.yml" in found.assumptions
    )
    assert [one.path for one in found.left_out] == ["docker-compose.yml"]


@pytest.mark.parametrize("more", ["a: [", "- [\n: : :", "- a", ""])
def test_whatever_a_command_names_does_not_stop_the_reading(more: str) -> None:
    files = {"compose.yaml": compose("production"), "extra.yaml": more,
             "Makefile": "up:\n\tdocker compose -f compose.yaml -f extra.yaml up\n"}  # fmt: skip

    assert said(files) == {"production"}


@pytest.mark.parametrize("profile", ["''", ".", "3"])
def test_odd_profiles_do_not_stop_the_reading(profile: str) -> None:
    files = {"compose.yaml": f"{compose('production')}    profiles: [{profile}]\n"}

    assert said(files) <= {"production"}
