# ruff: noqa: E501 - a small file stands in one line
import pytest

from readiness.testing import check

BUILT = "import os\nfrom elsewhere import read\nfrom fastapi import FastAPI\n\nSHOWN = os.environ['APP_ENV'] != 'production'\napp = FastAPI({})\n"
SETTINGS = "from fastapi import FastAPI\nfrom pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    app_env: str = 'development'\n\n    @property\n    def is_production(self) -> bool:\n        return self.app_env == 'production'\n\n\nsettings = Settings()\napp = FastAPI(openapi_url=None if settings.is_production else '/openapi.json')\n"
AGENT_OS = "from agno.os import AgentOS\nfrom fastapi import FastAPI\n\nbase = FastAPI()\nos = AgentOS(agents=[]{})\n"


def outcome(text: str, variables: dict[str, str]) -> str:
    return check(
        "web.docs", {"files": {"app.py": text}, "environment": {"set": variables}}
    ).outcome


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", "fail"),
        ("docs_url=None", "fail"),
        ("redoc_url=None", "fail"),
        ("docs_url='/internal', redoc_url=None", "fail"),
        ("docs_url=None, redoc_url=None", "pass"),
        ("openapi_url=None", "pass"),
        ("openapi_url=''", "pass"),
        ("openapi_url='/schema.json'", "fail"),
        ("docs_url='/docs' if SHOWN else None, redoc_url=None", "pass"),
        ("openapi_url='/openapi.json' if SHOWN else None", "pass"),
        ("openapi_url=None if SHOWN else '/openapi.json'", "fail"),
        ("openapi_url=read()", "unknown"),
        ("docs_url=read(), redoc_url=None", "unknown"),
        ("**read()", "unknown"),
    ],
)
def test_the_addresses_of_this_environment_count(options: str, expected: str) -> None:
    assert outcome(BUILT.format(options), {"APP_ENV": "production"}) == expected


def test_the_environment_decides_through_settings() -> None:
    assert outcome(SETTINGS, {"APP_ENV": "production"}) == "pass"
    assert outcome(SETTINGS, {"APP_ENV": "staging"}) == "fail"


def test_what_an_agent_os_takes_over_is_judged_there() -> None:
    assert outcome(AGENT_OS.format(", base_app=base"), {}) == "not-applicable"
    assert outcome(AGENT_OS.format(""), {}) == "fail"


def test_the_place_of_the_application_is_told() -> None:
    judged = check(
        "web.docs", {"files": {"app.py": "from fastapi import FastAPI\n\napp = FastAPI()\n"}}
    )

    assert [(str(one.at), one.message) for one in judged.problems] == [
        ("app.py:3", "FastAPI serves /docs and /redoc to anybody")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("app = FastAPI()", "fail"),
        ("app = FastAPI(docs_url=None)", "fail"),
        ("app = FastAPI(docs_url=None, redoc_url=None)", "pass"),
        ("app = FastAPI(openapi_url=None)", "pass"),
        ("app = FastAPI(openapi_url=read())", "unknown"),
        ("app = FastAPI(**read())", "unknown"),
        ("if read():\n    app = FastAPI()", "unknown"),
        ("def build():\n    return FastAPI()", "unknown"),
    ],
)
def test_what_the_evaluation_does_not_come_to_is_judged_as_written(
    text: str, expected: str
) -> None:
    assert (
        outcome(f"from fastapi import FastAPI\nfrom elsewhere import read\n\n{text}\n", {})
        == expected
    )


FACTORY = "import os\nfrom fastapi import FastAPI\n\nSHOP = os.environ['SHOP']\n\ndef build():\n    return FastAPI({})\n"


def test_a_function_that_nobody_here_calls_is_no_pass() -> None:
    assert outcome(FACTORY.format(""), {"SHOP": "a"}) == "unknown"
    assert outcome(FACTORY.format("openapi_url=None"), {"SHOP": "a"}) == "pass"


def test_a_branch_that_is_not_taken_builds_nothing() -> None:
    text = "import os\nfrom fastapi import FastAPI\n\nif os.environ['SHOP'] == 'open':\n    app = FastAPI()\n"

    assert outcome(text, {"SHOP": "closed"}) == "not-applicable"
    assert outcome(text, {"SHOP": "open"}) == "fail"


COMPOSE = "services:\n  shop:\n    build: .\n    command: uvicorn shop.app:app\n    environment: {APP_ENV: production}\n  desk:\n    build: .\n    command: uvicorn desk.app:app\n    environment: {APP_ENV: live}\n"
SERVED = "import os\nfrom fastapi import FastAPI\n\n\ndef build():\n    return FastAPI(openapi_url=None if os.environ['APP_ENV'] == '%s' else '/schema')\n\n\napp = build()\n"


@pytest.mark.parametrize(("desk", "expected"), [("live", "pass"), ("production", "fail")])
def test_each_service_is_judged_with_its_own_variables(desk: str, expected: str) -> None:
    files = {
        "shop/app.py": SERVED % "production",
        "desk/app.py": SERVED % desk,
        "compose.yaml": COMPOSE,
        "Dockerfile": "FROM python:3.13\nCOPY . .\n",
    }

    assert check("web.docs", {"files": files}).outcome == expected


def test_a_module_that_ends_with_an_error_is_no_pass() -> None:
    text = "import os\nfrom fastapi import FastAPI\n\nSHOP = os.environ['SHOP']\nSHOP = unheard_of\napp = FastAPI({})\n"

    assert outcome(text.format(""), {"SHOP": "a"}) == "fail"
    assert outcome(text.format("openapi_url=None"), {"SHOP": "a"}) == "pass"


@pytest.mark.parametrize(
    "text",
    [
        "from fastapi import FastAPI as Api\napp = Api({})\n",
        "import fastapi as web\napp = web.FastAPI({})\n",
        "from fastapi import (\n    FastAPI\n    as Api,\n)\napp = Api({})\n",
        "from fastapi import FastAPI\napp = (FastAPI)({})\n",
    ],
)
def test_an_application_by_another_name_is_found(text: str) -> None:
    assert outcome(text.format(""), {}) == "fail"
    assert outcome(text.format("openapi_url=None"), {}) == "pass"
