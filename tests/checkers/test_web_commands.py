# ruff: noqa: E501 - a small file stands in one line
"""What commands tell web servers, settings that are said anew, and values that the code works out."""

import pytest

from readiness.testing import check

Files = dict[str, str]
APP = "from fastapi import FastAPI\napp = FastAPI()\n"
IMAGE = "FROM python:3.13\nENV FLASK_DEBUG={}\nCOPY . .\nCMD {}\n"
COMPOSE = "services:\n  app:\n    build: .\n    command: {}\n"


def image(command: str, debug: str = "") -> Files:
    return {"Dockerfile": IMAGE.format(debug, command), "app.py": APP}


@pytest.mark.parametrize(
    ("good", "bad", "name"),
    [
        ("uvicorn app:app", "uvicorn app:app --reload", "reload"),
        ("gunicorn app:app -w 4", "gunicorn --reload app:app", "reload"),
        ("fastapi run app.py", "fastapi dev app.py", "reload"),
        (
            "sh -c 'alembic upgrade head && uvicorn app:app'",
            "sh -c 'alembic upgrade head && uvicorn app:app --reload'",
            "reload",
        ),
        ("gunicorn shop.wsgi", "python manage.py runserver 0.0.0.0:8000", "reload"),
        ("python manage.py runserver --noreload", "python manage.py runserver", "reload"),
        ("flask --app app run", "flask --app app run --debug", "debug"),
        ("sanic app.app", "sanic app.app --dev", "reload"),
    ],
)
def test_the_command_of_a_server_decides(good: str, bad: str, name: str) -> None:
    fine, wrong = (check("web.debug", {"files": image(one)}) for one in (good, bad))

    assert (fine.outcome, wrong.outcome) == ("pass", "fail")
    assert [(str(one.at), one.data["setting"]) for one in wrong.problems] == [
        ("Dockerfile:4", name)
    ]


@pytest.mark.parametrize(
    ("said", "outcome"), [("1", "fail"), ("true", "fail"), ("0", "pass"), ("", "pass")]
)
def test_the_variable_of_flask_decides_where_flask_starts_it(said: str, outcome: str) -> None:
    assert check("web.debug", {"files": image("flask run", said)}).outcome == outcome
    assert check("web.debug", {"files": image("gunicorn app:app", said)}).outcome == "pass"


def test_the_command_of_compose_stands_for_that_of_the_image() -> None:
    files = image("uvicorn app:app --reload")
    found = [check("web.debug", {"files": {**files, "compose.yaml": COMPOSE.format(one)}})
             for one in ("uvicorn app:app", "uvicorn app:app --reload")]  # fmt: skip

    assert [one.outcome for one in found] == ["pass", "fail"]
    assert [str(one.at) for one in found[1].problems] == ["compose.yaml:4"]


@pytest.mark.parametrize(
    ("line", "outcome"),
    [("DEBUG = False\n", "pass"), ("", "fail"), ("if DEBUG:\n    DEBUG = False\n", "fail")],
)
@pytest.mark.parametrize("star", ["from .base import *", "from shop.settings.base import *"])
def test_settings_that_are_said_anew_do_not_count_as_they_stood(
    star: str, line: str, outcome: str
) -> None:
    files = {
        "shop/settings/base.py": "DEBUG = True\n",
        "shop/settings/production.py": f"{star}\n{line}",
    }

    assert check("web.debug", {"files": files}).outcome == outcome


def test_settings_of_another_environment_do_not_hide_the_base() -> None:
    files = {
        "shop/settings/base.py": "DEBUG = True\n",
        "shop/settings/development.py": "from .base import *\nDEBUG = False\n",
    }

    assert check("web.debug", {"files": files}).outcome == "fail"


HOSTS = 'import os\nALLOWED_HOSTS = os.environ.get("HOSTS", "{}").split(",")\n'
CORS = "from fastapi import FastAPI\nfrom conf import settings\napp = FastAPI()\napp.add_middleware(Cors, allow_origins=settings.origins, allow_credentials=True)\n"
CONF = 'from pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    origins: list[str] = ["{}"]\nsettings = Settings()\n'
FLASK = (
    "from flask import Flask\nfrom flask_cors import CORS\napp = Flask(__name__)\nCORS(app, {})\n"
)


def cors(origin: str) -> Files:
    return {"app.py": CORS, "conf.py": CONF.format(origin)}


@pytest.mark.parametrize(
    ("checker", "files", "outcome"),
    [
        ("web.hosts", {"settings.py": HOSTS.format("a.example,b.example")}, "pass"),
        ("web.hosts", {"settings.py": HOSTS.format("a.example,*")}, "fail"),
        ("web.origins", cors("https://a.example"), "pass"), ("web.origins", cors("*"), "fail"),
        ("web.origins", {"app.py": FLASK.format("supports_credentials=True")}, "fail"),
        ("web.origins", {"app.py": FLASK.format("supports_credentials=True, origins=['https://a.example']")}, "pass"),
        ("web.origins", {"app.py": FLASK.format("supports_credentials=False")}, "not-applicable"),
    ],
)  # fmt: skip
def test_what_the_code_works_out_counts(checker: str, files: Files, outcome: str) -> None:
    assert check(checker, {"files": files}).outcome == outcome


FACTORY = "from fastapi import FastAPI\ndef create_app(docs=True):\n    return FastAPI(openapi_url='/openapi.json' if docs else None)\n{}"


@pytest.mark.parametrize(
    ("call", "outcome"),
    [
        ("app = create_app()\n", "fail"), ("app = create_app(docs=False)\n", "pass"),
        ("", "unknown"),
    ],
)  # fmt: skip
def test_the_call_of_a_factory_decides_whether_it_documents(call: str, outcome: str) -> None:
    assert check("web.docs", {"files": {"app.py": FACTORY.format(call)}}).outcome == outcome


SQL = 'resource "google_sql_database_instance" "db" {{\n  database_version = "POSTGRES_16"\n  settings {{\n    tier = "x"\n    ip_configuration {{\n      ipv4_enabled = true\n      {}\n    }}\n  }}\n}}\n'
NETWORK = 'authorized_networks {{\n        value = "{}"\n      }}'


@pytest.mark.parametrize(
    ("inside", "outcome"),
    [
        (NETWORK.format("203.0.113.7/32"), "pass"), (NETWORK.format("0.0.0.0/0"), "fail"),
        (NETWORK.format("203.0.113.7/32") + "\n" + NETWORK.format("0.0.0.0/0"), "fail"), ("", "fail"),
    ],
)  # fmt: skip
def test_a_public_address_may_let_few_in(inside: str, outcome: str) -> None:
    assert check("access.database", {"files": {"main.tf": SQL.format(inside)}}).outcome == outcome
