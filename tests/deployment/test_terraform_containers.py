# ruff: noqa: E501 - a small file stands in one line
import pytest

from readiness.deployment import Deployment
from readiness.deployment.service import Service
from readiness.project import Project
from readiness.testing import check

Files = dict[str, str]

BLOCK = """env {{
      name  = "APP_ENV"
      value = {value}
    }}
    env {{
      name = "PASSWORD"
      {reference}
    }}"""


def block(kind: str, opening: str, reference: str) -> str:
    depth = opening.count("{")
    env = BLOCK.replace("{reference}", reference.replace("{", "{{").replace("}", "}}"))
    opened = opening.replace("{", "{{")
    return (f'resource "{kind}" "api" {{{{\n  {opened}\n    image = "acme.io/api:1"\n'
            f"    {env}\n  {'}} ' * depth}\n}}}}\n")  # fmt: skip


def mapping(kind: str, opening: str, name: str, more: str = "") -> str:
    opened, depth = opening.replace("{", "{{"), opening.count("{")
    return (f'resource "{kind}" "api" {{{{\n  {opened}\n    {name} = {{{{\n'
            f"      APP_ENV = {{value}}\n      PASSWORD = data.x.y.z\n    }}}}\n"
            f"  {'}} ' * depth}\n  {more}\n}}}}\n")  # fmt: skip


REFERENCE = 'value_from {\n secret_key_ref {\n name = "x"\n key = "y"\n }\n }'
POD = "spec {\n template {\n spec {\n container {"
FORMS = [
    block("google_cloud_run_service", "template {\n spec {\n containers {", REFERENCE),
    block("google_cloud_run_v2_service", "template {\n containers {",
          REFERENCE.replace("value_from", "value_source")),
    block("azurerm_container_app", "template {\n container {", 'secret_name = "pw"'),
    block("kubernetes_deployment", POD, REFERENCE),
    block("kubernetes_deployment_v1", POD, REFERENCE),
    mapping("aws_lambda_function", "environment {", "variables",
            'runtime = "python3.12"\n  handler = "app.handler"'),
    mapping("azurerm_linux_web_app", "", "app_settings",
            'site_config {{\n application_stack {{\n python_version = "3.12"\n }}\n }}'),
    mapping("aws_apprunner_service", "source_configuration {\n image_repository {\n"
            ' image_identifier = "acme.io/api:1"\n image_configuration {',
            "runtime_environment_variables"),
]  # fmt: skip
STAGE = 'variable "stage" {}\n'


def read(text: str, **files: str) -> Deployment:
    named = {name: one.encode() for name, one in files.items()}
    return Deployment.read(Project({"app.py": b"", "main.tf": text.encode(), **named}))


def service(found: Deployment) -> Service:
    one = found.service("api")
    assert one is not None
    return one


def values(one: Service) -> dict[str, str | None]:
    return {v.name: v.value.reveal() if v.value is not None else None for v in one.variables}


@pytest.mark.parametrize("form", FORMS)
def test_a_container_is_given_its_variables_at_their_lines(form: str) -> None:
    text = form.format(value='"production"')
    found = read(text)
    one = service(found)

    assert values(one) == {"APP_ENV": "production", "PASSWORD": None}
    line = next(n for n, said in enumerate(text.split("\n"), 1) if '"production"' in said)
    assert [v.at.line for v in one.variables if v.at and v.name == "APP_ENV"] == [line]
    assert one.runs_code
    assert found.unread == ()


@pytest.mark.parametrize("form", FORMS)
def test_the_value_of_production_decides(form: str) -> None:
    code = 'import os\nif os.environ["APP_ENV"] == "production":\n    pass\n'

    def judged(stage: str) -> str:
        files = {"app.py": code, "main.tf": STAGE + form.format(value="var.stage"),
                 "terraform.tfvars.json": f'{{"stage": "{stage}"}}\n'}  # fmt: skip
        return check("environment.consistent", {"files": files}).outcome

    assert judged("production") == "pass"
    assert judged("development") == "fail"


@pytest.mark.parametrize("form", FORMS)
def test_a_value_that_is_computed_is_supplied(form: str) -> None:
    assert values(service(read(form.format(value="module.x.y"))))["APP_ENV"] is None


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"terraform.tfvars.json": '{"stage": "one"}'}, "one"),
        ({"terraform.tfvars": 'stage = "two"\n', "terraform.tfvars.json": '{"stage": "one"}'}, "one"),
        ({"terraform.tfvars.json": '{"stage": "one"}', "a.auto.tfvars.json": '{"stage": "three"}'}, "three"),
        ({"a.auto.tfvars.json": '{"stage": "three"}', "production.tfvars.json": '{"stage": "four"}'}, "four"),
        ({"staging.tfvars.json": '{"stage": "five"}'}, None),
        ({"some.tfvars.json": '{"stage": "six"}'}, None),
        ({"terraform.tfvars.json": "[1]"}, None),
    ],
)  # fmt: skip
def test_files_of_values_in_json_have_terraforms_precedence(files: Files, expected: str) -> None:
    assert (
        values(service(read(STAGE + FORMS[0].format(value="var.stage"), **files)))["APP_ENV"]
        == expected
    )


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        (FORMS[5], '"app.handler"', '"other.handler"'),
        (FORMS[6], "python_version", "node_version"),
        (FORMS[3], "acme.io/api:1", "redis:7"),
    ],
)
def test_what_does_not_run_this_code_is_told_apart(form: str, old: str, new: str) -> None:
    text = form.format(value='"x"')

    assert service(read(text)).runs_code
    assert not service(read(text.replace(old, new))).runs_code


def test_beside_a_known_service_what_may_be_a_helper_is_named() -> None:
    compose = "services: {web: {build: .}}\n"
    text = FORMS[5].format(value='"x"')
    found = read(text, **{"compose.yaml": compose, "Dockerfile": "FROM python:3.12\n"})

    assert service(found).runs_code is None
    assert [one.path for one in found.unread] == ["main.tf:1"]


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        (FORMS[7], "runtime_environment_variables = {", "runtime_environment_variables = merge(local.x, {"),
        (FORMS[3], 'env {\n      name  = "APP_ENV"', 'dynamic "env" {\n      name  = "APP_ENV"'),
    ],
)  # fmt: skip
def test_variables_that_are_computed_as_a_whole_are_named(form: str, old: str, new: str) -> None:
    text = form.format(value='"x"').replace(old, new)
    if "merge(" in new:
        text = text.replace("data.x.y.z\n    }", "data.x.y.z\n    })")
    found = read(text)

    assert "APP_ENV" not in values(service(found))
    assert len(found.unread) == len(service(found).unread_sources) == 1


@pytest.mark.parametrize(
    "text",
    [
        'resource "google_cloud_run_service" "api" {\n template = 3\n}\n',
        'resource "google_cloud_run_v2_service" "api" {\n template {\n containers = [1]\n }\n}\n',
        'resource "azurerm_container_app" "api" {\n template {\n container {\n env = var.env\n }\n }\n}\n',
        'resource "kubernetes_deployment" "api" {\n metadata {\n name = [1]\n }\n}\n',
        'resource "aws_lambda_function" "api" {\n environment = 3\n handler = 4\n}\n',
        'resource "aws_lambda_function" "api" {\n environment {\n variables = var.all\n }\n}\n',
        'resource "helm_release" "api" {\n}\n',
    ],
)
def test_what_is_odd_or_computed_is_named_and_does_not_crash(text: str) -> None:
    assert read(text).unread


PARTLY = [
    ('"postgresql://app@${aws_db_instance.x.address}/shop?sslmode=MODE"', ""),
    (
        "local.dsn",
        'locals {\n dsn = "postgresql://app@${aws_db_instance.x.address}/shop?sslmode=MODE"\n}\n',
    ),
    ("var.dsn", 'variable "dsn" {\n default = "postgresql://app@${x.y.z}/shop?sslmode=MODE"\n}\n'),
    ('"postgresql://app@${x.y.z}/shop?sslmode=${local.mode}"', 'locals {\n mode = "MODE"\n}\n'),
]
TASK = """resource "aws_ecs_task_definition" "api" {{
  container_definitions = jsonencode([{{ name = "api", image = "a/api:1",
    environment = [{{ name = "DATABASE_URL", value = {} }}] }}])
}}
"""
RUN = """resource "google_cloud_run_v2_service" "api" {{
  template {{
    containers {{
      image = "a/api:1"
      env {{
        name  = "DATABASE_URL"
        value = {}
      }}
    }}
  }}
}}
"""


@pytest.mark.parametrize(("mode", "outcome"), [("require", "pass"), ("prefer", "fail")])
@pytest.mark.parametrize("resource", [TASK, RUN])
@pytest.mark.parametrize(("value", "beside"), PARTLY)
def test_what_is_written_of_an_address_that_is_computed_in_part_counts(
    value: str, beside: str, resource: str, mode: str, outcome: str
) -> None:
    text = (beside + resource.format(value)).replace("MODE", mode)
    code = 'import os\nimport psycopg\npsycopg.connect(os.environ["DATABASE_URL"])\n'

    assert check("engines.ssl", {"files": {"app.py": code, "main.tf": text}}).outcome == outcome


@pytest.mark.parametrize("value", ["module.x.dsn", "local.gone", '"${x.y.z}"'])
def test_an_address_that_is_computed_as_a_whole_is_not_known(value: str) -> None:
    code = 'import os\nimport psycopg\npsycopg.connect(os.environ["DATABASE_URL"])\n'
    files = {"app.py": code, "main.tf": TASK.format(value)}

    assert check("engines.ssl", {"files": files}).outcome == "unknown"


STRING = """resource "azurerm_linux_web_app" "api" {{
  name = "api"
  site_config {{}}
  connection_string {{
    name  = "Shop"
    type  = "{}"
    value = "postgresql://app@db.internal/shop?sslmode={}"
  }}
}}
"""


@pytest.mark.parametrize(
    ("kind", "mode", "outcome"),
    [
        ("PostgreSQL", "require", "pass"),
        ("PostgreSQL", "prefer", "fail"),
        ("Custom", "require", "unknown"),
    ],
)
def test_a_connection_string_of_azure_is_a_variable(kind: str, mode: str, outcome: str) -> None:
    code = 'import os\nimport psycopg\npsycopg.connect(os.environ["POSTGRESQLCONNSTR_Shop"])\n'
    files = {"app.py": code, "main.tf": STRING.format(kind, mode)}

    assert check("engines.ssl", {"files": files}).outcome == outcome


TASKS = """resource "aws_ecs_task_definition" "api" {
  family = "api"
  container_definitions = jsonencode([{ name = "api", image = "acme.io/api" }])
}
resource "aws_ecs_service" "api" {
  task_definition = aws_ecs_task_definition.api.arn
  desired_count   = 4
}
"""
SCALING = """resource "aws_appautoscaling_target" "api" {
  resource_id  = "service/main/${aws_ecs_service.api.name}"
  min_capacity = 2
  max_capacity = 6
}
"""
RUN = """resource "google_cloud_run_v2_service" "api" {
  template {
    scaling { max_instance_count = 10 }
    containers { image = "acme.io/api" }
  }
}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TASKS, (4, 4)),
        (TASKS + SCALING, (2, 6)),
        (TASKS.replace("api.arn", "other.arn"), None),
        (TASKS.replace("= 4", "= var.tasks"), (1, None)),
        (RUN, (1, 10)),
        (RUN.replace("scaling { max_instance_count = 10 }", ""), None),
    ],
)
def test_instances_are_counted(text: str, expected: tuple[int, int | None] | None) -> None:
    project = Project({"main.tf": text.encode()})

    found = Deployment.read(project).services[0].replicas

    assert (found and (found.least, found.most)) == expected
