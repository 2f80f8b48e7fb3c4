# ruff: noqa: E501 - a small file stands in one line
"""Calls of scripts, Makefiles and pipelines that deploy: the variables that they give."""

import pytest

from readiness.deployment import Deployment
from readiness.deployment.service import Service
from readiness.project import Project
from readiness.testing import check

Files = dict[str, str]

CODE = {"main.py": "import os\n\nprint(os.environ['APP_ENV'])\n"}
IMAGE = {"Dockerfile": "FROM python:3.13\nCMD python main.py\n"}
PROCFILE = {"Procfile": "web: python main.py\n"}
POD = {"k8s/shop.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n      containers:\n        - {name: api, image: 'acme/shop:1', envFrom: [{configMapRef: {name: shop}}, {secretRef: {name: shop}}]}\n"}  # fmt: skip
JOB = "on: {push: {branches: [main]}}\njobs:\n  deploy:\n    environment: production\n    steps:\n"
# Each gives APP_ENV the value @ENV@, and SECRET by a reference.
CALLS: dict[str, Files] = {
    "gcloud": {**IMAGE, "deploy.sh": 'ENV=@ENV@\ngcloud run deploy shop --image "$IMAGE" \\\n  --set-env-vars "APP_ENV=${ENV}" \\\n  --set-secrets=SECRET=shop:latest --quiet\n'},
    "gcloud with a sign of its own": {**IMAGE, "deploy.sh": "gcloud run deploy shop --source . --set-env-vars '^;^APP_ENV=@ENV@;SECRET='$S\n"},
    "gcloud's file": {**IMAGE, "Makefile": "deploy:\n\tgcloud run deploy shop --source . \\\n\t\t--env-vars-file env.yaml --update-secrets SECRET=x:1\n", "env.yaml": "APP_ENV: '@ENV@'\n"},
    "gcloud's functions": {"deploy.sh": "gcloud functions deploy shop --runtime python312 --set-env-vars APP_ENV=@ENV@,SECRET=$SECRET\n"},
    "containerapp": {**IMAGE, "deploy.sh": 'VARS=(APP_ENV=@ENV@)\nVARS+=(SECRET=secretref:shop)\naz containerapp create -n shop -g rg --image acr.io/shop:1 --env-vars "${VARS[@]}" --min-replicas 1\n'},
    "webapp": {"azure.sh": "az webapp config appsettings set -n shop -g rg --settings APP_ENV=@ENV@ 'SECRET=@Microsoft.KeyVault(x)' -o none\naz webapp config set -n shop -g rg --startup-file 'python main.py'\n"},
    "webapp's file": {"azure.sh": "az webapp config appsettings set -n shop -g rg --settings @settings.json SECRET=$SECRET\n", "settings.json": '[{"name": "APP_ENV", "value": "@ENV@"}]'},
    "fly": {**IMAGE, "fly.toml": "app = 'shop'\n", "bin/deploy": '#!/bin/sh\nfly secrets set SECRET="$SECRET" --stage\nfly deploy -e APP_ENV=@ENV@ --remote-only\n'},
    "fly's import": {**IMAGE, "fly.toml": "app = 'shop'\n", "deploy.sh": "fly secrets import <<EOF\nAPP_ENV=@ENV@\nSECRET=$SECRET\nEOF\n"},
    "heroku": {**PROCFILE, "setup.sh": "heroku config:set APP_ENV=@ENV@ SECRET=$(openssl rand -hex 32) --app shop\n"},
    "dokku": {**PROCFILE, "setup.sh": "ssh dokku@example.com config:set --no-restart shop APP_ENV=@ENV@ SECRET=$SECRET\n"},
    "railway": {**IMAGE, "setup.sh": "railway variables --set APP_ENV=@ENV@ --set 'SECRET=${{shared.SECRET}}'\n"},
    "koyeb": {**IMAGE, "setup.sh": "koyeb service update shop/shop --docker acme/shop --env APP_ENV=@ENV@ --env SECRET=@shop\n"},
    "beanstalk": {**PROCFILE, "setup.sh": "eb setenv APP_ENV=@ENV@ SECRET=$SECRET\n"},
    "lambda": {"setup.sh": 'aws lambda update-function-configuration --function-name shop --environment "Variables={APP_ENV=@ENV@,SECRET=$SECRET}"\n'},
    "lambda in JSON": {"setup.sh": "aws lambda update-function-configuration --function-name shop --environment '{\"Variables\": {\"APP_ENV\": \"@ENV@\", \"SECRET\": \"'$SECRET'\"}}'\n"},
    "kubectl set": {**IMAGE, "k8s/shop.yaml": POD["k8s/shop.yaml"].partition(", envFrom")[0] + "}\n", "deploy.sh": "kubectl set env deployment/shop APP_ENV=@ENV@ OTHER-\nkubectl set env deploy/shop --from=secret/x --keys=secret\n"},
    "kubectl create": {**IMAGE, **POD, "Makefile": "config:\n\tkubectl create configmap shop --from-literal=APP_ENV=@ENV@\n\tkubectl create secret generic shop \\\n\t\t--from-literal=SECRET=$(SECRET)\n"},
    "docker": {**IMAGE, "deploy.sh": "docker build -t shop .\ndocker run -dp 80:8000 --restart=always -e APP_ENV=@ENV@ -e SECRET shop\n"},
    "docker's file": {**IMAGE, "Makefile": "deploy:\n\tdocker run -d --env-file web.env shop\n", "web.env": "APP_ENV=@ENV@\nSECRET=${SECRET}\n"},
    "a file that is written": {**IMAGE, "deploy.sh": 'cat > web.env <<EOF\nAPP_ENV=@ENV@\nEOF\necho "SECRET=$SECRET" >> web.env\ndocker run -d --env-file ./web.env shop\n'},
    "podman": {**IMAGE, "deploy.sh": "sudo podman run -d --env APP_ENV=@ENV@ --secret shop,type=env,target=SECRET shop\n"},
    "a swarm": {**IMAGE, "swarm.sh": "docker service create --name shop --replicas 2 -e APP_ENV=@ENV@ -e SECRET=$S acme/shop\n"},
    "another machine": {**IMAGE, "deploy.sh": "ssh -i key deploy@host <<'END'\n  docker run -d -e APP_ENV=@ENV@ -e SECRET=$SECRET acme/shop\nEND\n"},
    "a function of the script": {**IMAGE, "deploy.sh": 'run() {\n  local env=$1\n  docker run -d -e APP_ENV=$env -e SECRET=$SECRET "${@:2}" shop\n}\nrun @ENV@\n'},
    "Actions": {**IMAGE, ".github/workflows/ci.yml": JOB + "      - run: |\n          gcloud run deploy shop --source . --set-env-vars APP_ENV=@ENV@,SECRET=${{ secrets.SECRET }}\n"},
    "an action for Cloud Run": {**IMAGE, ".github/workflows/ci.yml": JOB + "      - uses: google-github-actions/deploy-cloudrun@v2\n        with:\n          service: shop\n          image: acme/shop\n          env_vars: |-\n            A=1\n            APP_ENV=@ENV@\n          secrets: SECRET=shop:1\n"},
    "an action for Azure": {**IMAGE, ".github/workflows/ci.yml": JOB + "      - uses: azure/container-apps-deploy-action@v1\n        with: {containerAppName: shop, imageToDeploy: acme/shop, environmentVariables: 'APP_ENV=@ENV@ SECRET=secretref:x'}\n"},
    "an action for ssh": {**IMAGE, ".github/workflows/ci.yml": JOB + "      - uses: appleboy/ssh-action@v1\n        with:\n          script: |\n            docker run -d -e APP_ENV=@ENV@ -e SECRET='${{ secrets.S }}' ghcr.io/acme/shop\n"},
    "an action for Heroku": {**PROCFILE, ".github/workflows/ci.yml": JOB + "      - uses: akhileshns/heroku-deploy@v3\n        with: {heroku_app_name: shop}\n        env: {HD_APP_ENV: '@ENV@', HD_SECRET: '${{ secrets.S }}'}\n"},
    "GitLab": {**IMAGE, ".gitlab-ci.yml": ".base:\n  script: ['gcloud run deploy shop --source . --set-env-vars APP_ENV=$STAGE,SECRET=$SECRET']\ndeploy:\n  extends: .base\n  environment: {name: production}\n  variables: {STAGE: '@ENV@'}\n"},
    "Azure Pipelines": {**IMAGE, "azure-pipelines.yml": "variables: [{name: stage, value: '@ENV@'}]\njobs:\n  - deployment: deploy\n    environment: production\n    strategy:\n      runOnce:\n        deploy:\n          steps:\n            - task: AzureCLI@2\n              inputs:\n                inlineScript: az containerapp update -n shop -g rg --image acme/shop --set-env-vars APP_ENV=$(stage) SECRET=secretref:x\n"},
    "Cloud Build": {**IMAGE, "cloudbuild.yaml": "substitutions: {_STAGE: '@ENV@'}\nsteps:\n  - name: gcr.io/google.com/cloudsdktool/cloud-sdk:slim\n    entrypoint: gcloud\n    args: [run, deploy, shop, --image=acme/shop, '--set-env-vars=APP_ENV=$_STAGE', '--set-secrets=SECRET=x:1']\n"},
    "Bitbucket": {**IMAGE, "bitbucket-pipelines.yml": "pipelines:\n  branches:\n    main:\n      - step: {deployment: staging, script: [gcloud run deploy shop --source . --set-env-vars APP_ENV=staging]}\n      - step:\n          deployment: production\n          script: ['gcloud run deploy shop --source . --set-env-vars=APP_ENV=@ENV@,SECRET=$SECRET']\n"},
    "CircleCI": {**IMAGE, ".circleci/config.yml": "jobs:\n  deploy:\n    environment: {STAGE: '@ENV@'}\n    steps:\n      - run: {command: 'gcloud run deploy shop --source . --set-env-vars APP_ENV=$STAGE,SECRET=$S'}\n"},
    "just": {**IMAGE, "justfile": "stage := '@ENV@'\ndeploy:\n  gcloud run deploy shop --source . --set-env-vars APP_ENV={{stage}},SECRET=$SECRET\n"},
    "Task": {**IMAGE, "Taskfile.yml": "vars: {STAGE: '@ENV@'}\ntasks:\n  deploy:\n    cmds:\n      - gcloud run deploy shop --source . --set-env-vars APP_ENV={{.STAGE}},SECRET=$SECRET\n"},
    "a file for Compose": {**IMAGE, "compose.yaml": "services: {shop: {build: ., env_file: .env}}\n", ".github/workflows/ci.yml": JOB + "      - run: |\n          cat > .env <<EOF\n          APP_ENV=@ENV@\n          SECRET=${{ secrets.S }}\n          EOF\n      - uses: appleboy/ssh-action@v1\n        with: {script: cd /srv && docker compose up -d}\n"},
    "a file that several calls write": {**IMAGE, "deploy.sh": "{\n  echo APP_ENV=@ENV@\n  echo SECRET=$S\n} > web.env\ndocker run -d --env-file web.env shop\n"},
    "a file that fills Compose in": {**IMAGE, "compose.yaml": "services: {shop: {build: ., environment: {APP_ENV: '${STAGE}', SECRET: '${S}'}}}\n", "deploy.sh": 'echo "STAGE=@ENV@" > .env\necho "S=$S" >> .env\ndocker compose up -d --build\n'},
    "Compose in a job": {**IMAGE, "compose.yaml": "services: {shop: {build: ., environment: {APP_ENV: '${STAGE}', SECRET: '${SECRET}'}}}\n", ".gitlab-ci.yml": "deploy:\n  environment: production\n  variables: {STAGE: '@ENV@'}\n  script: [docker compose up -d]\n"},
}  # fmt: skip
# Whoever calls make, just or task for an environment says so, and beats what is written.
NAMED_BY_CALLERS = frozenset({"just", "Task"})


def filled(files: Files, env: str) -> Files:
    return {**CODE, **{path: text.replace("@ENV@", env) for path, text in files.items()}}


def read(files: Files) -> Deployment:
    return Deployment.read(Project({name: text.encode() for name, text in files.items()}))


def said(one: Service) -> dict[str, str | None]:
    return {v.name: v.value.reveal() if v.value else None for v in one.variables}


def given(script: str, path: str = "deploy.sh", **more: str) -> dict[str, str | None]:
    """What a script gives to what is built from the Dockerfile."""
    found = [
        one for one in read({**CODE, **IMAGE, **more, path: script}).services if one.runs_code
    ]
    return {name: value for one in found for name, value in said(one).items()}


@pytest.mark.parametrize("call", CALLS)
def test_a_call_gives_the_process_what_it_says(call: str) -> None:
    found = [one for one in read(filled(CALLS[call], "production")).services if one.runs_code]

    assert len(found) == 1
    assert said(found[0]).items() >= {"APP_ENV": "production", "SECRET": None}.items()
    assert found[0].variable("APP_ENV").state == "known"  # type: ignore[union-attr]
    assert found[0].variable("SECRET").state == "injected"  # type: ignore[union-attr]


@pytest.mark.parametrize("call", sorted(CALLS.keys() - NAMED_BY_CALLERS))
def test_the_switch_of_a_call_decides(call: str) -> None:
    def judged(env: str) -> str:
        return check("environment.consistent", {"files": filled(CALLS[call], env)}).outcome

    assert judged("production") == "pass"
    assert judged("staging") == "fail"


RUN = "docker run -d -e APP_ENV=%s shop\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [("scripts/deploy-staging.sh", RUN), ("scripts/dev.sh", RUN), ("tests/deploy.sh", RUN),
     ("run.sh", RUN), ("Makefile", "run:\n\t" + RUN), ("Makefile", "deploy-dev:\n\t" + RUN),
     ("deploy.sh", "docker run --rm -it -e APP_ENV=%s shop\n"), ("README.md", RUN),
     ("deploy.sh", "gcloud run deploy shop-staging --source . --set-env-vars APP_ENV=%s\n"),
     ("deploy.sh", "heroku config:set APP_ENV=%s -a shop-staging\n"),
     ("deploy.sh", "kubectl -n staging set env deploy/shop APP_ENV=%s\n"),
     ("deploy.sh", "fly deploy -c fly.staging.toml -e APP_ENV=%s\n"),
     (".github/workflows/deploy.yml", "jobs:\n  build:\n    steps:\n      - run: " + RUN),
     (".github/workflows/ci.yml", "jobs:\n  test:\n    steps:\n      - run: " + RUN),
     (".github/workflows/ci.yml", "jobs:\n  deploy:\n    environment: staging\n    steps:\n      - run: " + RUN),
     (".github/workflows/ci.yml", "on: pull_request\njobs:\n  deploy:\n    steps:\n      - run: " + RUN),
     (".github/workflows/ci.yml", "on: {push: {branches: [develop]}}\njobs:\n  deploy:\n    steps:\n      - run: " + RUN),
     (".github/workflows/ci.yml", "jobs:\n  deploy:\n    if: github.ref == 'refs/heads/develop'\n    steps:\n      - run: " + RUN),
     (".gitlab-ci.yml", "deploy:\n  only: [develop]\n  script: ['" + RUN.strip() + "']\n"),
     (".gitlab-ci.yml", "deploy:\n  rules: [{if: '$CI_COMMIT_BRANCH == \"dev\"'}]\n  script: ['" + RUN.strip() + "']\n"),
     ("bitbucket-pipelines.yml", "pipelines:\n  branches:\n    develop:\n      - step: {script: ['" + RUN.strip() + "']}\n"),
     ("cloudbuild.staging.yaml", "steps:\n  - name: gcr.io/cloud-builders/gcloud\n    args: [run, deploy, shop, --source=., '--set-env-vars=APP_ENV=%s']\n")],
)  # fmt: skip
def test_what_is_of_another_environment_or_of_a_developer_gives_nothing(
    path: str, text: str
) -> None:
    assert given(text % "development", path) == {}


@pytest.mark.parametrize(
    ("script", "value"),
    [('if [ "$1" = production ]; then E=production; else E=staging; fi\n', "production"),
     ('if [[ "$1" == "staging" ]]; then E=staging; else E=production; fi\n', "production"),
     ('case "$ENV" in dev) E=development ;; prod|production) E=production ;; esac\n', "production"),
     ('if [ -n "$DEBUG" ]; then E=development; else E=production; fi\n', None),
     ("E=${1:-production}\n", "production"), ("E=${1:-staging}\n", None), ("E=$(cat env)\n", None),
     ("E=a\nE+=b\n", "ab"), ("E='$HOME'\n", "$HOME"), ('E="a\\"b"\n', 'a"b'),
     ("for E in production; do :; done\n", "production"), ("while read E; do :; done\n", None)],
)  # fmt: skip
def test_a_script_is_followed_as_it_deploys_this_environment(
    script: str, value: str | None
) -> None:
    assert given(script + 'docker run -d -e "APP_ENV=$E" shop\n') == {"APP_ENV": value}


def test_one_of_two_calls_runs_and_both_give_what_they_agree_on() -> None:
    script = (
        "if docker inspect shop; then\n  docker run -d --name a -e X=1 -e Y=1 shop\n"
        "else\n  docker run -d --name a -e X=1 -e Y=2 shop\nfi\n"
    )

    assert given(script) == {"X": "1", "Y": None}


def test_a_script_that_a_job_calls_is_followed_with_its_arguments_and_not_again() -> None:
    workflow = JOB + "      - run: ./scripts/go.sh production\n"
    script = 'docker run -d --restart always -e "APP_ENV=$1" shop\n'
    files = {".github/workflows/ci.yml": workflow, "scripts/go.sh": script}

    found = read({**CODE, **IMAGE, **files})

    assert [said(one) for one in found.code_services] == [{"APP_ENV": "production"}]


def test_what_a_step_writes_for_the_next_ones_counts() -> None:
    workflow = (
        JOB + '      - run: echo "STAGE=production" >> $GITHUB_ENV\n'
        "      - run: docker run -d -e APP_ENV=$STAGE shop\n"
    )

    assert given(workflow, ".github/workflows/ci.yml") == {"APP_ENV": "production"}


CALLED = (
    "on:\n  workflow_call:\n    inputs: {stage: {type: string}, level: {default: info}}\n"
    "jobs:\n  deploy:\n    environment: ${{ inputs.stage }}\n    steps:\n"
    "      - run: docker run -d -e APP_ENV=${{ inputs.app_env }} -e LEVEL=${{ inputs.level }}"
    " -e X=${{ inputs.none || 'x' }} shop\n"
)


def test_a_workflow_that_others_call_has_their_inputs() -> None:
    calls = (
        "jobs:\n  test-first:\n    uses: ./.github/workflows/deploy.yml\n    with: {stage: staging, app_env: staging}\n"
        "  live:\n    uses: ./.github/workflows/deploy.yml\n    with: {stage: production, app_env: production, none: ''}\n"
    )
    files = {".github/workflows/main.yml": calls, ".github/workflows/deploy.yml": CALLED}

    found = read({**CODE, **IMAGE, **files}).code_services

    assert [said(one) for one in found] == [{"APP_ENV": "production", "LEVEL": "info", "X": "x"}]


def test_a_workflow_that_nobody_calls_is_asked_for_this_environment() -> None:
    found = given(CALLED, ".github/workflows/deploy.yml")

    assert found == {"APP_ENV": None, "LEVEL": None, "X": None}


def test_the_environment_that_a_job_is_asked_for_is_this_one() -> None:
    workflow = JOB.replace("production", "${{ inputs.stage }}")
    run = "      - run: docker run -d -e APP_ENV=${{ inputs.stage }} -e B=${{ inputs.b }} shop\n"

    assert given(workflow + run, ".github/workflows/x.yml") == {"APP_ENV": "production", "B": None}


def test_a_file_of_which_a_part_is_not_known_may_give_anything() -> None:
    script = "echo A=1 > web.env\nenvsubst < x >> web.env\ndocker run -d --env-file web.env shop\n"

    found = read({**CODE, **IMAGE, "deploy.sh": script}).code_services

    assert [(said(one), one.unread_sources) for one in found] == [({}, ("web.env",))]


def test_a_container_of_others_is_not_this_code() -> None:
    script = "docker run -d redis:7\ndocker run -d --restart always acme/other\ndocker build -t shop .\ndocker run -d shop\n"

    found = read({**CODE, **IMAGE, "deploy.sh": script})

    assert [one.image for one in found.code_services] == ["shop"]


def test_a_secret_of_which_no_key_is_named_may_set_anything() -> None:
    script = "kubectl set env deploy/shop --from=secret/other\n"

    found = read({**CODE, **IMAGE, **POD, "deploy.sh": script}).code_services

    assert ["Secret other" in one.unread_sources for one in found] == [True]


def test_instances_and_the_command_of_a_call_are_known() -> None:
    script = "gcloud run deploy shop --image x --min-instances 2 --max-instances=5 --command python --args=main.py\n"

    found = read({**CODE, **IMAGE, "deploy.sh": script}).code_services

    assert [one.argv for one in found] == [("python", "main.py")]
    assert [(one.replicas.least, one.replicas.most) for one in found if one.replicas] == [(2, 5)]


@pytest.mark.parametrize(
    "script",
    ["gcloud run deploy\n", "gcloud run deploy --set-env-vars\n", "az containerapp create\n",
     "az webapp config appsettings set --settings @\n", "docker run\n", "docker run -d -e\n",
     "docker run -d --restart\n", "kubectl set env\n", "kubectl create secret generic\n", "ssh\n", "bash -c\n",
     "if then fi (\n", "f() { f; }\nf\ndocker run -d x\n", "while true; do docker run -d x; done\n",
     "sudo -u\n", "env A=b docker\n", "heroku config:set =\n", "fly secrets import < x\n", "case x in esac\ndocker x\n",
     "a=(\n", "X=$X docker run -d $X\n", "eb setenv\n", "aws lambda x --environment\n", "koyeb service update --docker\n",
     "dokku config:set\n", "docker build -t\n", "docker run -d --secret , x\n", "\0 docker run -d x"],
)  # fmt: skip
def test_odd_scripts_do_not_crash(script: str) -> None:
    assert read({**CODE, **IMAGE, "deploy.sh": script}).environment == "production"


@pytest.mark.parametrize(
    ("path", "text"),
    [(".gitlab-ci.yml", "a: 1\nb: {script: 3, extends: b}\nc: {script: [[x]], environment: [1]}\n"),
     ("azure-pipelines.yml", "stages: 1\njobs: [1, {steps: [1]}]\nsteps: x\nstrategy: {a: {b: 1}}\n"),
     ("cloudbuild.yaml", "steps: [1, {name: 2, args: x}, {args: [1], env: [1]}]\n"),
     ("bitbucket-pipelines.yml", "pipelines: {default: [1, {step: 2}], branches: {a: 1}}\n"),
     (".circleci/config.yml", "jobs: {a: 1, b: {steps: [x, {run: [1]}]}}\n"),
     (".github/workflows/a.yml", "jobs: {a: 1, b: {steps: [1, {uses: 2}, {uses: azure/appservice-settings@v1, with: {app-settings-json: '{'}}]}}\n"),
     ("Taskfile.yml", "docker: 1\ntasks: {a: 1, b: {cmds: [1, {task: x}, docker]}}\n"), ("Makefile", "docker\n\tdocker\n:=\nx:\n\t$(\n")],
)  # fmt: skip
def test_odd_pipelines_do_not_crash(path: str, text: str) -> None:
    assert read({**CODE, **IMAGE, path: text}).environment == "production"
