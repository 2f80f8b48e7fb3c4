# ruff: noqa: E501 - a small file stands in one line
"""Supervisor, CloudFormation, Serverless, Zappa, Vercel, DigitalOcean and Azure Container Apps."""

import pytest

from readiness.deployment import Deployment
from readiness.project import Project
from readiness.testing import check

CODE = "import os\nimport psycopg\n\ndef handler(event, context):\n    psycopg.connect(os.environ['DATABASE_URL'])\n"
URL = "postgresql://app@db.internal/shop?sslmode=MODE"
SAM = """AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Mode: {Type: String, Default: MODE}
Globals:
  Function: {Runtime: python3.12, Environment: {Variables: {LEVEL: prod}}}
Resources:
  Api:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Environment:
        Variables:
          DATABASE_URL: VALUE
"""
TASK = f"""Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - {{Name: api, Image: 'shop/api:1', Environment: [{{Name: DATABASE_URL, Value: '{URL}'}}]}}
"""
FORMS = {
    "supervisor": {"supervisord.conf": f'[program:web]\ncommand=python app.py\nenvironment=LEVEL="prod",DATABASE_URL="{URL}"\n'},
    "supervisor for all": {"etc/supervisord.conf": f'[supervisord]\nenvironment=DATABASE_URL="{URL}"\n[program:web]\ncommand=python app.py\n'},
    "a variable in Supervisor": {"supervisord.conf": f'[program:web]\ncommand=python app.py\nenvironment=DATABASE_URL="{URL.replace("db.internal", "%(ENV_HOST)s")}"\n'},
    "sam": {"template.yaml": SAM.replace("VALUE", URL)},
    "sam with sub": {"template.yaml": SAM.replace("VALUE", "!Sub 'postgresql://app@${Db.Endpoint}/shop?sslmode=${Mode}'")},
    "sam with a function": {"template.yaml": SAM.replace("VALUE", "{'Fn::Sub': 'postgresql://app@${Db.Endpoint}/shop?sslmode=MODE'}")},
    "sam with ref": {"template.yaml": SAM.replace("VALUE", "!Ref Mode").replace("Default: MODE", f"Default: '{URL}'")},
    "ecs": {"infra/ecs.yaml": TASK},
    "nested references": {"serverless.yml": f"provider: {{name: aws, environment: {{DATABASE_URL: '{URL}'}}}}\nfunctions: {{api: {{handler: app.handler}}}}\n".replace("db.internal", "${self:custom.${sls:stage}}")},
    "serverless": {"serverless.yml": f"provider: {{name: aws, runtime: python3.12, environment: {{DATABASE_URL: '{URL}'}}}}\nfunctions: {{api: {{handler: app.handler}}}}\n"},
    "serverless, one function": {"serverless.yml": f"provider: {{name: aws, environment: {{DATABASE_URL: x}}}}\nfunctions: {{api: {{handler: app.handler, environment: {{DATABASE_URL: '{URL}'}}}}}}\n"},
    "zappa": {"zappa_settings.json": f'{{"dev": {{}}, "production": {{"environment_variables": {{"DATABASE_URL": "{URL}"}}}}}}'},
    "vercel": {"vercel.json": f'{{"builds": [{{"src": "app.py", "use": "@vercel/python"}}], "env": {{"DATABASE_URL": "{URL}"}}}}'},
    "digital ocean": {".do/app.yaml": f"name: shop\nservices:\n  - {{name: api, run_command: python app.py, envs: [{{key: DATABASE_URL, value: '{URL}'}}]}}\n"},
    "digital ocean for all": {"app.yaml": f"name: shop\nenvs: [{{key: DATABASE_URL, value: '{URL}'}}]\nworkers: [{{name: api, run_command: python app.py}}]\n"},
    "container apps": {"aca.yaml": f"properties:\n  template:\n    containers:\n      - {{name: api, image: 'r.io/api:1', env: [{{name: DATABASE_URL, value: '{URL}'}}]}}\n"},
}  # fmt: skip


@pytest.mark.parametrize(("mode", "outcome"), [("require", "pass"), ("prefer", "fail")])
@pytest.mark.parametrize("form", FORMS)
def test_the_variables_of_a_platform_count(form: str, mode: str, outcome: str) -> None:
    files = {name: text.replace("MODE", mode) for name, text in FORMS[form].items()}

    assert check("engines.ssl", {"files": {"app.py": CODE, **files}}).outcome == outcome


@pytest.mark.parametrize(("mode", "outcome"), [("require", "pass"), ("prefer", "fail")])
def test_what_stands_elsewhere_in_the_file_is_known(mode: str, outcome: str) -> None:
    text = FORMS["serverless"]["serverless.yml"].replace("MODE", "${self:custom.tls.mode}")
    files = {"app.py": CODE, "serverless.yml": f"{text}custom: {{tls: {{mode: {mode}}}}}\n"}

    assert check("engines.ssl", {"files": files}).outcome == outcome


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("sam", URL, "!GetAtt Db.Url"),
        ("sam", URL, "'{{resolve:secretsmanager:x}}'"),
        ("serverless", URL, "${ssm:/shop/url}"),
        ("serverless", URL, "${self:custom.${sls:stage}.url}"),
        ("digital ocean", URL, "${db.DATABASE_URL}"),
        ("supervisor", URL, "%(ENV_URL)s"),
        ("container apps", f"value: '{URL}'", "secretRef: url"),
    ],
)
def test_what_only_the_platform_knows_is_not_known(form: str, old: str, new: str) -> None:
    files = {name: text.replace(old, new) for name, text in FORMS[form].items()}

    assert check("engines.ssl", {"files": {"app.py": CODE, **files}}).outcome == "unknown"


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("sam", "app.handler", "other.handler"),
        ("sam", "python3.12", "nodejs22.x"),
        ("sam", "Handler: app.handler", "Handler: app.handler\n      InlineCode: x = 1"),
        ("serverless", "app.handler", "other.handler"),
        ("serverless", "python3.12", "nodejs22.x"),
        ("vercel", "@vercel/python", "@vercel/next"),
        ("zappa", '"production"', '"staging"'),
        ("supervisor", "python app.py", "nginx -g x"),
    ],
)
def test_what_is_not_of_this_code_or_environment_gives_it_nothing(
    form: str, old: str, new: str
) -> None:
    texts = {
        "app.py": CODE,
        **{name: text.replace(old, new) for name, text in FORMS[form].items()},
    }

    found = Deployment.read(Project({name: text.encode() for name, text in texts.items()}))

    assert not any(one.runs_code for one in found.services)


def test_another_file_of_that_name_starts_nothing() -> None:
    files = {
        "app.py": CODE,
        "config/app.yaml": "services:\n  - {name: mail, envs: [{key: A, value: b}]}\n",
    }

    found = Deployment.read(Project({name: text.encode() for name, text in files.items()}))

    assert found.services == ()


def test_a_secret_of_a_template_is_no_password_in_it() -> None:
    value = "'postgresql://app:{{resolve:secretsmanager:x:SecretString:pw}}@db.internal/shop?sslmode=require'"
    files = {"app.py": CODE, "template.yaml": SAM.replace("VALUE", value)}

    assert check("engines.ssl", {"files": files}).outcome == "pass"
    found = Deployment.read(Project({name: text.encode() for name, text in files.items()}))
    states = {one.name: one.state for one in found.services[0].variables}
    assert states == {"DATABASE_URL": "injected", "LEVEL": "known"}
