# ruff: noqa: E501 - a small file stands in one line
"""Charts of the project, as calls of Helm, Argo CD and helmfile install them."""

import pytest

from readiness.deployment import Deployment
from readiness.deployment.service import Service
from readiness.project import Project
from readiness.testing import check

Files = dict[str, str]

CODE = {"main.py": "import os\n\nprint(os.environ['APP_ENV'])\n", "Dockerfile": "FROM python:3.13\nCMD python main.py\n"}  # fmt: skip
CHART = {
    "chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 0.1.0\n",
    "chart/values.yaml": "app: {stage: other}\n",
    "chart/templates/shop.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {template: {spec: {containers: [{name: a, image: acme/shop, env: [{name: APP_ENV, value: {{ .Values.app.stage | quote }}}]}]}}}\n",
}
ARGO = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop-%s}\nspec:\n  source:\n    path: chart\n    helm: %s\n"
WAYS: dict[str, Files] = {
    "a value of a call": {"deploy.sh": "helm upgrade --install shop ./chart --atomic --set app.stage=@ENV@,x.y=1\n"},
    "a text of a call": {"Makefile": "deploy:\n\thelm upgrade -i shop chart --wait --set-string app.stage=@ENV@\n"},
    "a file of a call": {"deploy.sh": "helm upgrade --install shop ./chart -f live.yaml\n", "live.yaml": "app: {stage: '@ENV@'}\n"},
    "a value over a file": {"deploy.sh": "helm upgrade --install shop ./chart -f a.yaml --set app.stage=@ENV@\n", "a.yaml": "app: {stage: x}\n"},
    "a parameter": {"argo/a.yaml": ARGO % ("live", "{parameters: [{name: app.stage, value: '@ENV@'}]}")},
    "a file of an application": {"argo/a.yaml": ARGO % ("live", "{valueFiles: [live.yaml]}"), "chart/live.yaml": "app: {stage: '@ENV@'}\n"},
    "a text in an application": {"argo/a.yaml": ARGO % ("live", "\n      values: |\n        app:\n          stage: '@ENV@'")},
    "an object in an application": {"argo/a.yaml": ARGO % ("live", "{valuesObject: {app: {stage: '@ENV@'}}}")},
    "one of two applications": {"argo/a.yaml": ARGO % ("live", "{valuesObject: {app: {stage: '@ENV@'}}}"), "argo/b.yaml": ARGO % ("staging", "{valuesObject: {app: {stage: staging}}}")},
    "helmfile": {"helmfile.yaml": "releases:\n  - name: shop\n    chart: ./chart\n    values: [{app: {stage: x}}]\n    set: [{name: app.stage, value: '@ENV@'}]\n"},
}  # fmt: skip


def read(files: Files) -> Deployment:
    whole = {**CODE, **CHART, **files}
    return Deployment.read(Project({name: text.encode() for name, text in whole.items()}))


def said(files: Files) -> dict[str, str | None]:
    found: list[Service] = [one for one in read(files).services if one.source == "kubernetes"]
    return {v.name: v.value.reveal() if v.value else None for v in found[0].variables}


@pytest.mark.parametrize("way", WAYS)
def test_a_chart_has_the_values_that_it_is_installed_with(way: str) -> None:
    files = {path: text.replace("@ENV@", "production") for path, text in WAYS[way].items()}

    assert said(files) == {"APP_ENV": "production"}


@pytest.mark.parametrize("way", WAYS)
def test_the_switch_of_an_installation_decides(way: str) -> None:
    def judged(env: str) -> str:
        files = {path: text.replace("@ENV@", env) for path, text in WAYS[way].items()}
        return check("environment.consistent", {"files": {**CODE, **CHART, **files}}).outcome

    assert judged("production") == "pass"
    assert judged("development") == "fail"


@pytest.mark.parametrize(
    ("script", "value"),
    [("helm upgrade -i shop chart -n staging --set app.stage=a\n", "other"), ("helm upgrade -i shop-dev chart --set app.stage=a\n", "other"),
     ("helm upgrade -i shop chart -f values-staging.yaml\n", "other"), ("helm upgrade -i shop chart --set app.stage=$X\n", None),
     ("helm upgrade -i a chart --set app.stage=a\nhelm upgrade -i b chart --set app.stage=b\n", "other"),
     ("helm upgrade -i shop bitnami/redis --set app.stage=a\n", "other"), ("helm list\nhelm upgrade\n", "other"),
     ("helm upgrade -i shop chart --set 'app.stage=a\\,b'\n", "a,b"), ("helm upgrade -i shop chart --set app.stage=a,b[0]=1 --set =,\n", "a")],
)  # fmt: skip
def test_only_installations_of_the_environment_count(script: str, value: str | None) -> None:
    assert said({"deploy.sh": script}) == {"APP_ENV": value}


@pytest.mark.parametrize(
    "files",
    [{"argo/a.yaml": ARGO % ("live", "{values: 3, parameters: [1, {name: x}], valueFiles: [x]}")}, {"argo/a.yaml": ARGO % ("live", "{values: '['}")},
     {"argo/a.yaml": "argoproj.io helm: ["}, {"helmfile.yaml": "releases: [1, {chart: ./chart, values: [x, 1], set: [1]}]\n"}],
)  # fmt: skip
def test_odd_installations_do_not_crash(files: Files) -> None:
    assert said(files) == {"APP_ENV": "other"}
