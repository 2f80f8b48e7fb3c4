"""What a web application is told under a condition counts in the environments that come to it."""

import pytest

from readiness.testing import check

HEAD = "import os\nfrom fastapi import FastAPI\nimport uvicorn\n"
FLAG = 'DEBUG = os.getenv("DEBUG", "0") == "1"\n'
OPEN = "app.add_middleware(Cors, allow_origins=['*'], allow_credentials=True)\n"
SETTINGS = """from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    debug: bool = False
settings = Settings()
"""
CASES = {
    "a branch": ("web.origins", f"{HEAD}{FLAG}app = FastAPI()\nif DEBUG:\n    {OPEN}"),
    "a field of settings": (
        "web.origins",
        f"{HEAD}from config import settings\napp = FastAPI()\nif settings.debug:\n    {OPEN}",
    ),
    "another branch": (
        "web.origins",
        f"{HEAD}{FLAG}app = FastAPI()\nif not DEBUG:\n    pass\nelse:\n    {OPEN}",
    ),
    "a function that leaves before": (
        "web.origins",
        f"{HEAD}{FLAG}app = FastAPI()\ndef set_up():\n    if not DEBUG:\n        return\n"
        f"    {OPEN}set_up()\n",
    ),
    "a function that nothing calls": (
        "web.debug",
        f"{HEAD}{FLAG}def main():\n    if DEBUG:\n        uvicorn.run('app:app', reload=True)\n",
    ),
}


def _outcome(checker: str, code: str, debug: str) -> str:
    state = {
        "files": {"app.py": code, "config.py": SETTINGS},
        "environment": {"name": "production", "set": {"DEBUG": debug}},
    }
    return check(checker, state).outcome


@pytest.mark.parametrize("name", CASES)
def test_the_environment_decides_whether_it_is_said(name: str) -> None:
    checker, code = CASES[name]

    assert _outcome(checker, code, "1") == "fail"
    assert _outcome(checker, code, "0") != "fail"
    assert _outcome(checker, code, "0") != "unknown"


def test_a_condition_that_nobody_decides_is_named() -> None:
    code = f"{HEAD}def make(debug):\n    app = FastAPI()\n    if debug:\n        {OPEN}"

    found = check("web.origins", {"files": {"app.py": code}})

    assert found.outcome == "unknown"
    assert [one.message.endswith(", if debug") for one in found.undecided] == [True]


def test_a_name_of_the_function_is_not_that_of_its_module() -> None:
    run = "    if debug:\n        uvicorn.run('a:b', reload=True)\n"
    code = f"{HEAD}debug = False\ndef main(debug):\n{run}"

    assert check("web.debug", {"files": {"app.py": code}}).outcome == "unknown"
