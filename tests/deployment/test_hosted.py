# ruff: noqa: E501 - a small file stands in one line
"""Platforms whose files start the code: variables, processes, and which Dockerfile is deployed."""

import pytest

from readiness.deployment import Deployment
from readiness.deployment.service import Service
from readiness.project import Project
from readiness.testing import check

Files = dict[str, str]

CODE = {"main.py": "import os\n\nprint(os.environ['APP_ENV'])\n"}
DOCKERFILE = {"Dockerfile": "FROM python:3.13\nCMD python main.py\n"}
PROCFILE = {"Procfile": "web: python main.py\n"}
# Each gives APP_ENV the value @ENV@, and SECRET by a reference.
PLATFORMS: dict[str, tuple[str, Files]] = {
    "kamal": ("shop", {**DOCKERFILE, "config/deploy.yml": "service: shop\nimage: acme/shop\nservers: [192.0.2.1, 192.0.2.2]\nenv:\n  clear: {APP_ENV: other}\n  secret: [SECRET]\n",
                       "config/deploy.production.yml": "env: {clear: {APP_ENV: '@ENV@'}}\n", "config/deploy.staging.yml": "env: {clear: {APP_ENV: staging}}\n"}),
    "quadlet": ("shop", {**DOCKERFILE, "shop.container": "[Container]\nImage=ghcr.io/acme/shop:1\nEnvironment=APP_ENV=@ENV@\nSecret=shop,type=env,target=SECRET\nSecret=file\nPublishPort=127.0.0.1:80:8000\n"}),
    "beanstalk": ("web", {**PROCFILE, ".ebextensions/a.config": "option_settings:\n  aws:elasticbeanstalk:application:environment: {APP_ENV: '@ENV@', SECRET: '{{resolve:ssm:x}}'}\n"}),
    "beanstalk's list": ("application", {".ebextensions/a.config": "option_settings:\n  - {option_name: APP_ENV, value: '@ENV@'}\n  - {namespace: 'aws:elasticbeanstalk:application:environmentsecrets', option_name: SECRET, value: arn}\n  - {namespace: 'aws:elasticbeanstalk:container:python', option_name: WSGIPath, value: 'main:app'}\n"}),
    "app runner": ("app-runner", {"apprunner.yaml": "version: 1.0\nruntime: python311\nrun:\n  command: python main.py\n  env: [{name: APP_ENV, value: '@ENV@'}]\n  secrets: [{name: SECRET, value-from: arn}]\n"}),
    "databricks": ("databricks", {"app.yaml": "command: [python, main.py]\nenv: [{name: APP_ENV, value: '@ENV@'}, {name: SECRET, valueFrom: secret}]\n"}),
    "copilot": ("shop", {**DOCKERFILE, "copilot/shop/manifest.yml": "name: shop\ntype: Backend Service\nimage: {build: ./Dockerfile}\ncount: {range: 1-4}\nvariables: {APP_ENV: other}\nsecrets: {SECRET: /x}\nenvironments:\n  test: {variables: {APP_ENV: test}}\n  prod: {variables: {APP_ENV: '@ENV@'}}\n"}),
    "lightsail": ("api", {**DOCKERFILE, "lightsail/containers.json": '{"containers": {"api": {"image": ":shop.api.3", "environment": {"APP_ENV": "@ENV@", "SECRET": "${SECRET}"}}}}'}),
    "pm2": ("shop", {"ecosystem.config.js": "const own = { SECRET: process.env.SECRET };\nmodule.exports = { apps: [{ name: 'shop', script: 'main.py', interpreter: 'venv/bin/python', instances: 2,\n  env: { ...own }, env_staging: { APP_ENV: 'staging' }, env_production: { APP_ENV: '@ENV@' } }] };\n"}),
    "pm2 in YAML": ("shop", {"ecosystem.config.yaml": "apps: [{name: shop, script: venv/bin/python, args: main.py, interpreter: none, env: {APP_ENV: '@ENV@', SECRET: '${SECRET}'}}]\n"}),
    "OpenShift": ("shop", {**DOCKERFILE, "template.yaml": "apiVersion: template.openshift.io/v1\nkind: Template\nparameters: [{name: STAGE, value: '@ENV@'}, {name: SECRET}]\nobjects:\n  - apiVersion: apps.openshift.io/v1\n    kind: DeploymentConfig\n    metadata: {name: shop}\n    spec: {replicas: '${{N}}', template: {spec: {containers: [{name: a, image: 'acme/shop:${TAG}', env: [{name: APP_ENV, value: '${STAGE}'}, {name: SECRET, value: '${SECRET}'}]}]}}}\n"}),
    "a template of Nomad": ("shop", {**DOCKERFILE, "shop.nomad": 'job "shop" {\n  group "a" {\n    task "a" {\n      config { image = "acme/shop" }\n      template {\n        env = true\n        data = <<EOF\nAPP_ENV=@ENV@\nSECRET={{ .x }}\nEOF\n      }\n    }\n  }\n}\n'}),
    "circus": ("shop", {"circus.ini": "[watcher:shop]\ncmd = venv/bin/python\nargs = main.py\nnumprocesses = 3\n[env:shop]\nAPP_ENV = @ENV@\nSECRET = $SECRET\n"}),
}  # fmt: skip


def filled(files: Files, env: str) -> Files:
    return {**CODE, **{path: text.replace("@ENV@", env) for path, text in files.items()}}


def read(files: Files) -> Deployment:
    return Deployment.read(Project({name: text.encode() for name, text in files.items()}))


def said(one: Service) -> dict[str, str | None]:
    return {v.name: v.value.reveal() if v.value else None for v in one.variables}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_platform_gives_the_process_what_its_files_say(platform: str) -> None:
    name, files = PLATFORMS[platform]

    found = read(filled(files, "production"))

    assert [one.name for one in found.services] == [name]
    assert said(found.services[0]) == {"APP_ENV": "production", "SECRET": None}
    assert found.services[0].runs_code
    assert [words[-1] for one in found.services if (words := one.argv)] in (["main.py"], ["main:app"])  # fmt: skip


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_switch_of_a_platform_decides(platform: str) -> None:
    def judged(env: str) -> str:
        files = filled(PLATFORMS[platform][1], env)
        return check("environment.consistent", {"files": files}).outcome

    assert judged("production") == "pass"
    assert judged("staging") == "fail"


@pytest.mark.parametrize(
    ("platform", "instances"),
    [("kamal", (2, 2)), ("copilot", (1, 4)), ("circus", (3, 3)), ("pm2", (2, 2))],
)
def test_a_platform_says_how_many_run(platform: str, instances: tuple[int, int]) -> None:
    replicas = read(filled(PLATFORMS[platform][1], "production")).services[0].replicas

    assert replicas is not None
    assert (replicas.least, replicas.most) == instances


def test_a_unit_of_podman_may_load_a_file_that_is_not_here() -> None:
    text = "[Container]\nImage=shop\nEnvironmentFile=/etc/shop.env\n"

    found = read({**CODE, **DOCKERFILE, "shop.container": text}).services

    assert [one.unread_sources for one in found] == [("/etc/shop.env",)]


def test_a_template_of_nomad_beats_the_variables_of_its_task() -> None:
    name, files = PLATFORMS["a template of Nomad"]
    text = files["shop.nomad"].replace(
        "      template", '      env { APP_ENV = "x" }\n      template'
    )

    found = read(filled({**files, "shop.nomad": text}, "production")).service(name)

    assert found is not None
    assert said(found) == {"APP_ENV": "production", "SECRET": None}


@pytest.mark.parametrize(
    ("written", "value"),
    [("'a'", "a"), ("`a-${name}`", "a-shop"), ("process.env.A || 'b'", "b"), ("process.env['A']", None),
     ("own.stage", "live"), ("f()", None), ("1 + 1", None), ("yes ? 'a' : 'b'", None), ("5", "5")],
)  # fmt: skip
def test_values_of_pm2_are_those_of_the_module(written: str, value: str | None) -> None:
    before = "const name = 'shop';\nconst own = { stage: 'live' };\n"
    text = (
        f"{before}export default {{ apps: [{{ script: 'main.py', env: {{ A: {written} }} }}] }};"
    )

    assert [said(one) for one in read({**CODE, "ecosystem.config.js": text}).services] == [{"A": value}]  # fmt: skip


UNIT = "[Service]\nEnvironment=APP_ENV=production\nExecStart=/srv/venv/bin/python main.py\n"


def test_a_dockerfile_that_nothing_deploys_is_left_out_where_a_unit_starts_the_same() -> None:
    found = read({**CODE, **DOCKERFILE, "deploy/shop.service": UNIT})

    assert [one.source for one in found.services] == ["systemd"]
    assert [(one.path, "starts the same" in one.reason) for one in found.left_out] == [("Dockerfile", True)]  # fmt: skip


@pytest.mark.parametrize(
    "changed",
    [
        {"Dockerfile": "FROM python:3.13\nCMD python worker.py\n", "worker.py": "print()\n"},
        {"Dockerfile.prod": DOCKERFILE["Dockerfile"], "Dockerfile": "FROM node\n"},
        {"Makefile": "release:\n\tdocker push ghcr.io/acme/shop\n"},
    ],
)
def test_a_dockerfile_counts_that_starts_more_or_is_deployed_somewhere(changed: Files) -> None:
    found = read({**CODE, **DOCKERFILE, "deploy/shop.service": UNIT, **changed})

    assert {one.source for one in found.services if one.runs_code} == {"systemd", "dockerfile"}


RUN = {"deploy.sh": "gcloud run deploy shop --source . --set-env-vars APP_ENV=production\n"}


def test_a_platform_that_builds_the_code_starts_the_line_of_its_procfile() -> None:
    found = read({**CODE, **PROCFILE, **RUN}).services

    assert [(one.source, one.argv) for one in found] == [("cloud-run", ("python", "main.py"))]


@pytest.mark.parametrize(
    "more", [{"app.json": "{}"}, {"setup.sh": "heroku config:set A=b -a shop\n"},
             {"Procfile": "web: python main.py\nworker: python worker.py\n", "worker.py": "print()\n"}],
)  # fmt: skip
def test_a_procfile_counts_that_heroku_takes_or_that_starts_more(more: Files) -> None:
    found = read({**CODE, **PROCFILE, **RUN, **more}).services

    assert {one.source for one in found} == {"cloud-run", "procfile"}


def test_the_only_service_of_a_stack_is_built_from_the_only_dockerfile() -> None:
    other = "  {}: {{image: 'acme/{}:1'}}\n"
    stack = "services:\n  api: {image: 'acme/shop:1', environment: {APP_ENV: production}}\n"

    alone = read({**CODE, **DOCKERFILE, "stack.yml": stack})
    two = read({**CODE, **DOCKERFILE, "stack.yml": stack + other.format("x", "x")})

    assert [one.argv[-1] for one in alone.services] == ["main.py"]
    assert "Dockerfile" in {one.name for one in two.services}


@pytest.mark.parametrize(
    "files",
    [{"config/deploy.yml": "service: x\nimage: y\nservers: 3\nenv: [1]\n"},
     {"config/deploy.yml": "service: x\nimage: y\nservers: {web: null, job: {hosts: 1}}\nenv: {clear: 1, secret: x}\n"},
     {"x.container": "[Container]\nImage=\nSecret=\nPublishPort=x\nHealthCmd=\n"},
     {".ebextensions/a.config": "option_settings: 3\n"}, {".ebextensions/a.config": "option_settings: [1, {value: 2}]\n"},
     {"apprunner.yaml": "run: 1\n"}, {"apprunner.yaml": "run: {env: 1, secrets: [1]}\n"},
     {"app.yaml": "command: [1]\nenv: [1, {name: 2}]\n"}, {"copilot/x/manifest.yml": "name: [1]\ntype: 2\nimage: 3\ncount: [1]\nvariables: 1\n"},
     {"containers.json": '{"containers": {"a": 1, "b": {"image": 1, "environment": 1, "command": 2}}}'},
     {"ecosystem.config.js": "x"}, {"ecosystem.config.js": "module.exports = {apps: [1, {script: f()}, {script: 'a.js'}, ...x]}"},
     {"ecosystem.config.js": "const a = a;\nmodule.exports = a"}, {"ecosystem.config.js": "module.exports = {apps: [{script: '', env: 3, ['x' + 1]: 2}, {script: 'p', env: {A: [1], ...b}}]}"},
     {"ecosystem.json": '[1, {"script": [1]}]'}, {"t.yaml": "apiVersion: v1\nkind: Template\nparameters: [1, {name: 2}]\nobjects: [1, {kind: Template, apiVersion: v1, objects: 3}]\n"},
     {"circus.ini": "[watcher:x]\ncmd =\n[env:*]\nA\n"}],
)  # fmt: skip
def test_odd_files_of_platforms_do_not_crash(files: Files) -> None:
    assert read({**CODE, **files}).environment == "production"


CONNECTS = {"db.py": "import os\nfrom sqlalchemy import create_engine\n\nengine = create_engine(os.getenv('DATABASE_URL', 'postgresql://app@localhost/app'))\n"}  # fmt: skip


@pytest.mark.parametrize(
    ("file", "outcome"), [({}, "unknown"), ({"web.env": "APP_ENV=production\n"}, "pass")]
)
def test_an_address_stays_here_only_where_no_file_that_is_missing_may_give_another(
    file: Files, outcome: str
) -> None:
    compose = {"compose.yaml": "services: {api: {build: ., env_file: web.env}}\n"}

    result = check("engines.ssl", {"files": {**CONNECTS, **DOCKERFILE, **compose, **file}})

    assert result.outcome == outcome
