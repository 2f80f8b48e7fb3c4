# ruff: noqa: E501 - a small file stands in one line
"""Terraform: blocks that are made, functions, and the modules of others that start containers."""

from typing import Any

import pytest

from readiness.deployment import Deployment
from readiness.deployment.service import Service
from readiness.deployment.terraform_expressions import UNRESOLVED, Expression, Several
from readiness.project import Project
from readiness.testing import check

Files = dict[str, str]

CODE = {"main.py": "import os\n\nprint(os.environ['APP_ENV'])\n"}
IMAGE = {"Dockerfile": "FROM python:3.13\nCMD python main.py\n"}
RUN = 'variable "image" {}\nresource "google_cloud_run_v2_service" "shop" {\n  template {\n    containers {\n      image = var.image\n%s    }\n  }\n}\n'  # fmt: skip
MADE = 'dynamic "env" {\n  for_each = %s\n  content {\n    name  = %s\n    value = %s\n  }\n}\n'
SECRET = 'dynamic "env" {\n  for_each = toset(["SECRET"])\n  content {\n    name = env.value\n    value_source {}\n  }\n}\n'
TASK = 'resource "aws_ecs_task_definition" "shop" {\n  container_definitions = jsonencode([{ name = "a", image = aws_ecr.x.url, environment = %s, secrets = %s }])\n}\n'  # fmt: skip
LAMBDA = 'resource "aws_lambda_function" "shop" {\n  handler = "main.x"\n  environment {\n    variables = %s\n  }\n}\n'
NAMES: dict[str, str] = {
    "an object": RUN % (MADE % ('{ APP_ENV = "@ENV@" }', "env.key", "env.value") + SECRET),
    "a local object": 'locals { all = { APP_ENV = "@ENV@" } }\n' + RUN % (MADE % ("local.all", "env.key", "env.value") + SECRET),
    "a list of objects": RUN % (MADE % ('[{ name = "APP_ENV", value = "@ENV@" }]', "env.value.name", 'env.value["value"]') + SECRET),
    "a variable with its default": 'variable "all" { default = [{ n = "APP_ENV", v = "@ENV@" }] }\n' + RUN % (MADE % ("{ for e in var.all : e.n => e.v }", "env.key", "env.value") + SECRET),
    "an iterator of its own": RUN % (MADE % ('{ APP_ENV = "@ENV@" }', "one.key", "one.value") + SECRET).replace("  content", "  iterator = one\n  content", 1),
    "merged objects": RUN % (MADE % ('merge({ APP_ENV = "x" }, { APP_ENV = "@ENV@" })', "env.key", "env.value") + SECRET),
    "a choice": 'variable "p" { default = true }\n' + RUN % (MADE % ('var.p == true ? { APP_ENV = "@ENV@" } : {}', "env.key", "env.value") + SECRET),
    "a task's list": 'locals { all = { APP_ENV = "@ENV@" } }\n' + TASK % ("[for k, v in local.all : { name = k, value = v }]", '[{ name = "SECRET", valueFrom = "arn" }]'),
    "a task's joined lists": TASK % ('concat([{ name = "APP_ENV", value = "@ENV@" }], [])', '[for n in ["SECRET"] : { name = n, valueFrom = "arn" }]'),
    "a function's variables": "locals { all = { SECRET = aws_db.x.url } }\n" + LAMBDA % 'merge(local.all, { APP_ENV = "@ENV@" })',
    "a module for Cloud Run": 'module "shop" {\n  source = "GoogleCloudPlatform/cloud-run/google"\n  image = var.x\n  env_vars = [{ name = "APP_ENV", value = "@ENV@" }]\n  env_secret_vars = [{ name = "SECRET", value_from = [] }]\n}\n',
    "its second version": 'module "shop" {\n  source = "GoogleCloudPlatform/cloud-run/google//modules/v2"\n  containers = [{ container_image = "a/shop", env_vars = { APP_ENV = "@ENV@" }, env_secret_vars = { SECRET = { secret = "s" } } }]\n}\n',
    "a module for ECS": 'module "shop" {\n  source = "terraform-aws-modules/ecs/aws//modules/service"\n  container_definitions = { a = { image = "a/shop", environment = [{ name = "APP_ENV", value = "@ENV@" }], secrets = [{ name = "SECRET", valueFrom = "arn" }] } }\n}\n',
    "a module for a cluster": 'module "all" {\n  source = "terraform-aws-modules/ecs/aws"\n  services = { shop = { container_definitions = { a = { image = "a/shop", environment = [{ name = "APP_ENV", value = "@ENV@" }, { name = "SECRET", value = aws_x.y.z }] } } } }\n}\n',
    "a module for definitions": 'module "shop" {\n  source = "cloudposse/ecs-container-definition/aws"\n  container_image = "a/shop"\n  map_environment = { APP_ENV = "@ENV@" }\n  map_secrets = { SECRET = "arn" }\n}\n',
    "a module for Lambda": 'module "shop" {\n  source = "terraform-aws-modules/lambda/aws"\n  runtime = "python3.12"\n  environment_variables = { APP_ENV = "@ENV@", SECRET = aws_x.y.z }\n}\n',
}  # fmt: skip


def project(text: str) -> Files:
    """A function of Lambda is of no image here."""
    return {**CODE, **({} if "aws_lambda" in text else IMAGE), "main.tf": text}


def read(text: str, **more: str) -> Deployment:
    whole = {**project(text), **more}
    return Deployment.read(Project({name: text.encode() for name, text in whole.items()}))


def said(one: Service) -> dict[str, str | None]:
    return {v.name: v.value.reveal() if v.value else None for v in one.variables}


@pytest.mark.parametrize("name", NAMES)
def test_variables_that_an_expression_makes_are_given(name: str) -> None:
    found = [one for one in read(NAMES[name].replace("@ENV@", "production")).services
             if one.source != "dockerfile"]  # fmt: skip

    assert [said(one) for one in found] == [{"APP_ENV": "production", "SECRET": None}]
    assert found[0].variable("APP_ENV").state == "known"  # type: ignore[union-attr]
    assert found[0].runs_code
    assert not found[0].unread_sources


@pytest.mark.parametrize("name", NAMES)
def test_the_switch_that_an_expression_makes_decides(name: str) -> None:
    def judged(env: str) -> str:
        files = project(NAMES[name].replace("@ENV@", env))
        return check("environment.consistent", {"files": files}).outcome

    assert judged("production") == "pass"
    assert judged("staging") == "fail"


@pytest.mark.parametrize("source", ["var.unknown", "merge(local.a, var.b)", "data.x.y", "f({})", '{ "${x}" = 1 }'])  # fmt: skip
def test_blocks_of_a_list_that_is_not_known_may_give_anything(source: str) -> None:
    found = read(RUN % (MADE % (source, "env.key", "env.value"))).services

    assert [len(one.unread_sources) for one in found] == [1]


@pytest.mark.parametrize("given", ["var.env", "[for e in var.all : e]"])
def test_a_task_whose_variables_are_computed_may_be_given_anything(given: str) -> None:
    found = [one for one in read(TASK % (given, "[]")).services if one.source == "ecs"]

    assert ["computed environment" in str(one.unread_sources) for one in found] == [True]


def test_a_call_gives_variables_of_terraform_a_value() -> None:
    text = 'variable "stage" { default = "dev" }\nvariable "other" { default = "a" }\n' + LAMBDA
    files = {"deploy.sh": "export TF_VAR_other=b\nterraform apply -auto-approve -var stage=live\n"}

    found = read(text % "{ APP_ENV = var.stage, B = var.other }", **files).services

    assert {"APP_ENV": "live", "B": "b"} in [said(one) for one in found]


NAMED: dict[str, Any] = {"a": {"b": ["x", 2]}, "n": None, "t": True}


@pytest.mark.parametrize(
    ("text", "value"),
    [('"a"', "a"), ("1", 1), ("true", True), ("null", None), ("a.b[0]", "x"), ('a["b"][1]', 2),
     ('"${a.b[0]}-y"', "x-y"), ("t ? 1 : 2", 1), ('a.b[0] == "x" ? 1 : 2', 1), ('"a" != "a"', False),
     ("n == null ? [] : [1]", []), ("[1, [2, 3], {}]", [1, [2, 3], {}]), ('{ a = 1, "b" : 2 }', {"a": 1, "b": 2}),
     ("{\n  a = 1\n  b = [1,\n 2]\n}", {"a": 1, "b": [1, 2]}), ("merge({ a = 1 }, { a = 2 })", {"a": 2}),
     ("concat([1], [2])", [1, 2]), ("[for x in [1, 2] : x]", [1, 2]), ("{ for k, v in { a = 1 } : k => v }", {"a": 1}),
     ("[for v in { a = 1 } : v]", [1]), ("[for i, v in [5] : i]", [0]), ('lookup({ a = 1 }, "a", 2)', 1),
     ('lookup({ a = 1 }, "b", 2)', 2), ('format("%s-%d", "a", 1)', "a-1"), ('format("%s", "%s")', "%s"),
     ('upper("a")', "A"), ("(1)", UNRESOLVED), ("[for x in y : x]", UNRESOLVED), ("a.c", UNRESOLVED),
     ("merge({}, y)", UNRESOLVED), ("[for x in [1] : x if x > 0]", UNRESOLVED), ("y ? 1 : 2", UNRESOLVED),
     ("1 + 1", UNRESOLVED), ("", UNRESOLVED), ('"${y}"', UNRESOLVED), ('"%{ if t }a%{ endif }"', UNRESOLVED),
     ('format("%s")', UNRESOLVED), ("f(1)", UNRESOLVED), ("a.b[7]", UNRESOLVED), ('{ "${y}" = 1 }', UNRESOLVED)],
)  # fmt: skip
def test_an_expression_comes_to_what_terraform_makes_of_it(text: str, value: object) -> None:
    found = Expression(lambda _: UNRESOLVED, NAMED).value(text)

    assert found is value if value is UNRESOLVED else found == value


def test_a_set_gives_each_element_as_its_own_key() -> None:
    assert isinstance(Expression(lambda _: UNRESOLVED).value('toset(["a"])'), Several)


@pytest.mark.parametrize("text", ["[" * 300, "f(" * 300, "{a=" * 200, '"${', "for", "{for x in y}", "?:", "a ? b", "(((", "\\"])  # fmt: skip
def test_odd_expressions_do_not_crash(text: str) -> None:
    assert Expression(lambda _: UNRESOLVED).value(text) is UNRESOLVED
