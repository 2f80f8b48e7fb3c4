# ruff: noqa: E501 - a small file stands in one line
"""Bicep and templates of Azure in JSON: what the applications that they deploy are given."""

import pytest

from readiness.deployment import Deployment
from readiness.deployment.service import Service
from readiness.project import Project
from readiness.testing import check

Files = dict[str, str]

CODE = {"main.py": "import os\n\nprint(os.environ['APP_ENV'])\n"}
IMAGE = {"Dockerfile": "FROM python:3.13\nCMD python main.py\n"}
APP = "resource app 'Microsoft.App/containerApps@2024-03-01' = {{\n  name: 'shop'\n  properties: {{\n    template: {{\n      containers: [\n        {{ name: 'api', image: image, env: {} }}\n      ]\n      scale: {{ minReplicas: 1, maxReplicas: 3 }}\n    }}\n  }}\n}}\n"  # fmt: skip
WEB = "resource web 'Microsoft.Web/sites@2023-12-01' = {\n  name: 'shop'\n  properties: {\n    siteConfig: {\n      linuxFxVersion: 'PYTHON|3.13'\n      appCommandLine: 'python main.py'\n    }\n  }\n%s}\n"  # fmt: skip
CONFIG = "properties: { APP_ENV: '@ENV@', SECRET: '@Microsoft.KeyVault(x)' }"
PLAIN = "[\n  { name: 'APP_ENV', value: %s }\n  { name: 'SECRET', secretRef: 'shop' }\n]"
ARM = '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "parameters": {"stage": {"type": "string"%s}}, "resources": [{"type": "Microsoft.App/containerApps", "name": "shop", "properties": {"template": {"containers": [{"image": "[parameters(\'image\')]", "env": [{"name": "APP_ENV", "value": "%s"}, {"name": "SECRET", "secretRef": "x"}]}]}}}]}'
TEMPLATES: dict[str, Files] = {
    "a literal": {"main.bicep": APP.format(PLAIN % "'@ENV@'")},
    "a parameter": {"main.bicep": "param stage string = '@ENV@'\n" + APP.format(PLAIN % "stage")},
    "a choice": {"main.bicep": "param p bool = true\nvar stage = p && 'a' == 'a' ? '@ENV@' : 'x'\n" + APP.format(PLAIN % "stage")},
    "a part of a text": {"main.bicep": "var s = { long: '@ENV@' }\n" + APP.format(PLAIN % "'${s.long}'")},
    "a function": {"main.bicep": APP.format(PLAIN % "toLower(format('{0}', '@ENV@'))")},
    "a list that is spread": {"main.bicep": "var more = [{ name: 'APP_ENV', value: '@ENV@' }]\n" + APP.format("[\n  ...more\n  { name: 'SECRET', secretRef: 's' }\n]")},
    "an object that is spread": {"main.bicep": "var one = { name: 'APP_ENV' }\n" + APP.format("[\n  { ...one, value: '@ENV@' }\n  { name: 'SECRET', secretRef: 's' }\n]").replace("{ ...one, value", "{\n ...one\n value")},
    "lists that are joined": {"main.bicep": "var a = concat([{ name: 'APP_ENV', value: '@ENV@' }], [{ name: 'SECRET', secretRef: 's' }])\n" + APP.format("a")},
    "a list out of a list": {"main.bicep": "var v = [{ k: 'APP_ENV', v: '@ENV@' }, { k: 'SECRET', v: unknown }]\n" + APP.format("[for e in v: { name: e.k, value: e.v }]")},
    "a file of parameters": {"main.bicep": "param stage string\n" + APP.format(PLAIN % "stage"), "main.prod.bicepparam": "using './main.bicep'\nparam stage = '@ENV@'\n", "main.dev.bicepparam": "using './main.bicep'\nparam stage = 'dev'\n"},
    "parameters in JSON": {"main.bicep": "param stage string\n" + APP.format(PLAIN % "stage"), "main.parameters.json": '{"parameters": {"stage": {"value": "other"}}}', "main.parameters.production.json": '{"parameters": {"stage": {"value": "@ENV@"}}}'},
    "a call's parameters": {"infra/main.bicep": "param stage string = 'other'\n" + APP.format(PLAIN % "stage"), "deploy.sh": "az deployment group create -g rg --template-file infra/main.bicep --parameters stage=@ENV@ image=$I\n"},
    "a module": {"main.bicep": "module api 'modules/app.bicep' = {\n  params: { stage: '@ENV@' }\n}\n", "modules/app.bicep": "param stage string\n" + APP.format(PLAIN % "stage")},
    "a module of Azure": {"main.bicep": "module api 'br/public:avm/res/app/container-app:0.11.0' = {\n  params: {\n    name: 'shop'\n    containers: [{ name: 'a', image: image, env: " + PLAIN % "'@ENV@'" + " }]\n  }\n}\n"},
    "a web app": {"main.bicep": (WEB % "").replace("appCommandLine", "appSettings: " + (PLAIN % "'@ENV@'").replace("secretRef", "value").replace("'shop'", "'@Microsoft.KeyVault(x)'") + "\n      appCommandLine")},
    "settings inside": {"main.bicep": WEB % ("  resource s 'config' = {\n    name: 'appsettings'\n    " + CONFIG + "\n  }\n")},
    "settings beside": {"main.bicep": WEB % "" + "resource s 'Microsoft.Web/sites/config@2023-12-01' = {\n  parent: web\n  name: 'appsettings'\n  " + CONFIG + "\n}\n"},
    "JSON": {"azuredeploy.json": ARM % ("", "@ENV@")},
    "JSON's parameter": {"azuredeploy.json": ARM % (', "defaultValue": "@ENV@"', "[parameters('stage')]")},
    "JSON's joined text": {"azuredeploy.json": ARM % (', "defaultValue": "@ENV@"', "[concat('', parameters('stage'))]")},
}  # fmt: skip


def read(files: Files) -> Deployment:
    whole = {**CODE, **IMAGE, **files}
    return Deployment.read(Project({name: text.encode() for name, text in whole.items()}))


def said(one: Service) -> dict[str, str | None]:
    return {v.name: v.value.reveal() if v.value else None for v in one.variables}


def given(text: str) -> list[dict[str, str | None]]:
    return [said(one) for one in read({"main.bicep": text}).services if one.source == "azure"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_gives_the_application_what_it_says(template: str) -> None:
    files = {path: text.replace("@ENV@", "production") for path, text in TEMPLATES[template].items()}  # fmt: skip

    found = [one for one in read(files).services if one.source == "azure"]

    assert [said(one) for one in found] == [{"APP_ENV": "production", "SECRET": None}]
    assert found[0].variable("APP_ENV").state == "known"  # type: ignore[union-attr]
    assert found[0].runs_code
    assert found[0].argv
    assert not found[0].unread_sources


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_switch_of_a_template_decides(template: str) -> None:
    def judged(env: str) -> str:
        files = {path: text.replace("@ENV@", env) for path, text in TEMPLATES[template].items()}
        return check("environment.consistent", {"files": {**CODE, **IMAGE, **files}}).outcome

    assert judged("production") == "pass"
    assert judged("staging") == "fail"


@pytest.mark.parametrize("value", ["stage", "f('x')", "a ? 'x' : 'y'", "'${stage}'", "o.x[0]", "secret"])  # fmt: skip
def test_what_only_an_installation_tells_is_supplied(value: str) -> None:
    before = "param stage string\nparam a bool\n@secure()\nparam secret string = 'production'\n"

    assert given(before + APP.format(PLAIN % value)) == [{"APP_ENV": None, "SECRET": None}]


def test_a_list_that_is_not_known_may_give_anything() -> None:
    text = "param more array\n" + APP.format("[\n  ...more\n  { name: 'A', value: '1' }\n]")

    found = read({"main.bicep": text}).services

    assert ["computed part" in str(one.unread_sources) for one in found] == [True]


@pytest.mark.parametrize(
    ("before", "after"),
    [("= {\n  name: 'shop'", "existing = {\n  name: 'shop'"), ("= {\n  name: 'shop'", "= if (false) {\n  name: 'shop'"),
     ("'shop'\n", "'shop-staging'\n"), ("'shop'\n", "'shop-${stage}'\n")],
)  # fmt: skip
def test_what_is_not_deployed_to_the_environment_gives_nothing(before: str, after: str) -> None:
    text = "var stage = 'dev'\n" + APP.format(PLAIN % "'x'")

    assert given(text)
    assert given(text.replace(before, after, 1)) == []


def test_an_application_says_how_many_run() -> None:
    found = read({"main.bicep": APP.format("[]")}).services

    assert [(one.replicas.least, one.replicas.most) for one in found if one.replicas] == [(1, 3)]


@pytest.mark.parametrize(
    "text",
    ["", "x", "param", "resource a 'b' = {", "var a = a\n" + APP.format("a"), APP.format("null"),
     "var a = [...a]\n" + APP.format("a"), APP.format("[1, [], {}]"), "module a 'a.bicep' = {}\n",
     "module m 'main.bicep' = {}\n", "resource r 'Microsoft.App/containerApps@1' = {}\n",
     "resource r 'Microsoft.Web/sites/config@1' = { name: 'appsettings' }\n", APP.format("union(1, 2)"),
     "resource r 'Microsoft.App/containerApps@1' = [for i in range(0, 2): { name: 'a' }]\n"],
)  # fmt: skip
def test_odd_files_of_bicep_do_not_crash(text: str) -> None:
    assert read({"main.bicep": text, "main.bicepparam": text}).environment == "production"


def test_odd_templates_in_json_do_not_crash() -> None:
    for inner in ('"resources": 1', '"resources": [1, {"type": 2, "name": "[x]"}]', '"resources": {"a": {"type": "Microsoft.Web/sites", "name": "[variables(\'a\')]"}}, "variables": {"a": "[variables(\'a\')]"}'):  # fmt: skip
        assert read({"a.json": f'{{"$schema": "deploymentTemplate.json", {inner}}}'}).environment
