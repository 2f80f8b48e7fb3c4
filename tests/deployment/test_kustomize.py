# ruff: noqa: E501 - a small file stands in one line
"""What overlays of kustomize build, told by reading them."""

import pytest

from readiness.deployment import Deployment
from readiness.project import Project
from readiness.testing import check

Files = dict[str, str]

APP = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec:
  template:
    spec:
      containers:
        - name: app
          image: repo/app:1
          env: [{name: APP_ENV, value: development}]
          envFrom: [{configMapRef: {name: settings}}]
"""
BASE = {
    "k8s/base/app.yaml": APP,
    "k8s/base/kustomization.yaml": "resources: [app.yaml]\n"
    "configMapGenerator: [{name: settings, literals: [DB_HOST=localhost]}]\n",
}
PRODUCTION = "k8s/overlays/production/kustomization.yaml"
PATCH = """\
resources: [../../base]
patches:
  - patch: |-
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: app}
      spec: {template: {spec: {containers: [
        {name: app, env: [
          {name: APP_ENV, value: production}]}]}}}
"""
JSON = """\
resources: [../../base]
patches:
  - target: {kind: Deployment, name: app}
    patch: |-
      - op: replace
        path: /spec/template/spec/containers/0/env/0/value
        value: production
"""
OLD = "bases: [../../base]\npatchesStrategicMerge: [env.yaml]\n"
OLD_JSON = (
    "resources: [../../base]\npatchesJson6902:\n"
    "  - target: {version: v1, kind: Deployment, name: app}\n    path: env.yaml\n"
)
STRATEGIC = APP.replace("development", "production").replace("image: repo/app:1", "args: []")
OPERATION = (
    "[{op: replace, path: /spec/template/spec/containers/0/env/0/value, value: production}]"
)
PREFIXED = f"{PATCH}namePrefix: prod-\nconfigMapGenerator: [{{name: settings, behavior: merge, literals: [DB_HOST=db]}}]\n"
COMPONENT = "resources: [../../base]\ncomponents: [../../parts]\n"


def read(files: Files) -> Deployment:
    whole = {**BASE, "main.py": "", **files}
    return Deployment.read(Project({name: text.encode() for name, text in whole.items()}))


def said(files: Files, name: str) -> dict[str, str | None]:
    found = {}
    for service in read(files).services:
        one = service.variable(name)
        found[service.name] = one.value.reveal() if one and one.value else None
    return found


@pytest.mark.parametrize(
    "files",
    [
        {PRODUCTION: PATCH},
        {PRODUCTION: JSON},
        {PRODUCTION: OLD, "k8s/overlays/production/env.yaml": STRATEGIC},
        {PRODUCTION: OLD_JSON, "k8s/overlays/production/env.yaml": OPERATION},
        {PRODUCTION: COMPONENT, "k8s/parts/kustomization.yaml":
         "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n"
         + JSON.replace("resources: [../../base]\n", "")},
        {PRODUCTION: PATCH, "k8s/overlays/staging/kustomization.yaml": PATCH.replace("production", "staging")},
        {"k8s/overlays/prod/kustomization.yaml": PATCH, "k8s/overlays/dev/kustomization.yaml": JSON.replace("production", "test")},
    ],
)  # fmt: skip
def test_a_patch_of_the_overlay_counts(files: Files) -> None:
    assert said(files, "APP_ENV") == {"app": "production"}
    assert read(files).unread == ()


def test_the_line_of_a_patch_is_the_one_that_decides() -> None:
    service = read({PRODUCTION: PATCH}).services[0]
    variable = service.variable("APP_ENV")

    assert variable is not None
    assert str(variable.at) == f"{PRODUCTION}:9"


def test_names_with_a_prefix_still_find_their_maps() -> None:
    assert said({PRODUCTION: PREFIXED}, "DB_HOST") == {"prod-app": "db"}
    assert said({PRODUCTION: PATCH}, "DB_HOST") == {"app": "localhost"}


def test_without_an_overlay_of_this_environment_what_nothing_draws_in_is_built() -> None:
    staging = {"k8s/overlays/staging/kustomization.yaml": PATCH}

    assert said({}, "APP_ENV") == {"app": "development"}
    assert said(staging, "APP_ENV") == {}
    assert {one.path for one in read(staging).left_out} >= {"k8s/base/app.yaml"}


def test_two_overlays_of_production_are_two_deployments() -> None:
    files = {
        "k8s/production/eu/kustomization.yaml": f"{PATCH}nameSuffix: -eu\n",
        "k8s/production/us/kustomization.yaml": f"{JSON}nameSuffix: -us\n",
    }

    assert said(files, "APP_ENV") == {"app-eu": "production", "app-us": "production"}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("resources: [../../base, ../none]\n", "k8s/overlays/none"),
        (
            "resources: ['https://example.org/x?ref=1', ../../base]\n",
            "https://example.org/x?ref=1",
        ),
        (f"{PATCH}helmCharts: [{{name: x}}]\n", f"{PRODUCTION}:10"),
        (PATCH.replace("name: app}\n", "name: other}\n"), f"{PRODUCTION}:4"),
        (JSON.replace("env/0", "env/4"), f"{PRODUCTION}:5"),
        (
            "resources: [../../base]\npatches: [{path: no.yaml}]\n",
            "k8s/overlays/production/no.yaml",
        ),
        ("resources: [\n", PRODUCTION),
        (JSON.replace("name: app}", "name: '*'}"), f"{PRODUCTION}:5"),
        (JSON.replace("name: app}", "annotationSelector: a=b}"), f"{PRODUCTION}:5"),
        ("resources: [../../base, .]\n", PRODUCTION),
    ],
)
def test_what_cannot_be_built_is_named(text: str, path: str) -> None:
    assert path in [one.path for one in read({PRODUCTION: text}).unread]


@pytest.mark.parametrize(
    "text",
    ["resources: 3\npatches: [1, {patch: 2}]\n", "resources: [., ., ., .]\nbases: [., .]\n", "patches: [{target: 1, patch: '[{op: 1}]'}]\n",
     JSON.replace("name: app}", "name: '(([a-z]+)+)+!'}"), JSON.replace("name: app}", "name: []}"),
     "images: x\nreplicas: [1]\nnamePrefix: [a]\nconfigMapGenerator: [1, {name: [x], literals: [3]}]\n", "- a\n"],
)  # fmt: skip
def test_odd_kustomizations_do_not_crash(text: str) -> None:
    assert read({PRODUCTION: text}).environment == "production"


def test_the_overlay_decides_whether_the_switch_is_right() -> None:
    code = {"main.py": "import os\n\nprint(os.environ['APP_ENV'])\n"}

    good = check("environment.consistent", {"files": {**BASE, **code, PRODUCTION: PATCH}})
    bad = check(
        "environment.consistent",
        {"files": {**BASE, **code, PRODUCTION: "resources: [../../base]\n"}},
    )

    assert (good.outcome, bad.outcome) == ("pass", "fail")
