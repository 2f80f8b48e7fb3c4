"""What applications and servers are told counts however it is written."""

import pytest

from readiness.testing import check

_FASTAPI = "from fastapi import FastAPI\n"
_STARLETTE = "from starlette.applications import Starlette\n"
_FLASK = "from flask import Flask\napp = Flask(__name__)\n"
_MAIN = 'if __name__ == "__main__":\n    '
CODE = {
    "stars of FastAPI": (f"{_FASTAPI}app = FastAPI(**{{'debug': VALUE}})\n", 2),
    "stars of Starlette": (f"{_STARLETTE}told = {{'debug': VALUE}}\napp = Starlette(**told)\n", 3),
    "by its place": (f"{_STARLETTE}app = Starlette(VALUE)\n", 2),
    "stars of uvicorn": (
        "import uvicorn\ntold = dict(reload=VALUE)\nuvicorn.run('a:b', **told)\n",
        3,
    ),
    "a main block": (f"import uvicorn\n{_MAIN}uvicorn.run('a:b', **dict(reload=VALUE))\n", 3),
    "a configuration": ("import uvicorn\nuvicorn.Config('a:b', reload=VALUE)\n", 2),
    "stars of Flask": (f"{_FLASK}told = {{'debug': VALUE}}\n{_MAIN}app.run(**told)\n", 5),
    "an attribute of FastAPI": (f"{_FASTAPI}app = FastAPI()\napp.debug = VALUE\n", 2),
    "set anew on": (f"{_FASTAPI}app = FastAPI(debug=False)\napp.debug = VALUE\n", 2),
    "set anew off": (f"{_FASTAPI}app = FastAPI(debug=True)\napp.debug = VALUE\n", 2),
    "an attribute of Starlette": (f"{_STARLETTE}app = Starlette()\napp.debug = VALUE\n", 2),
    "an attribute of Flask": (f"{_FLASK}app.debug = VALUE\n", 2),
}
SETTINGS = {
    "first of two": ("DEBUG, NAME = VALUE, 1\n", 1),
    "second of two": ("NAME, DEBUG = 1, VALUE\n", 1),
    "a list": ("[DEBUG, NAME] = (VALUE, 1)\n", 1),
    "of a function": (
        "def told():\n    return VALUE, 1\nDEBUG, NAME = told()\nDATABASES = {}\n",
        3,
    ),
    "with a star": ("DEBUG, *NAMES = VALUE, 1, 2\nDATABASES = {}\n", 1),
    "within another": ("(NAME, DEBUG), REST = (1, VALUE), 2\n", 1),
}


@pytest.mark.parametrize(
    ("path", "code", "line"),
    [pytest.param("serve.py", *one, id=name) for name, one in CODE.items()]
    + [pytest.param("settings.py", *one, id=name) for name, one in SETTINGS.items()],
)
def test_debugging_is_found_however_it_is_told(path: str, code: str, line: int) -> None:
    fine = check("web.debug", {"files": {path: code.replace("VALUE", "False")}})
    wrong = check("web.debug", {"files": {path: code.replace("VALUE", "True")}})

    assert (fine.outcome, wrong.outcome) == ("pass", "fail")
    assert [str(one.at) for one in wrong.problems] == [f"{path}:{line}"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("from elsewhere import told", "unknown"),
        ("told = {'title': 'a'}", "not-applicable"),
        ("told = {'debug': False}", "pass"),
    ],
)
def test_what_stars_hide_is_undecided(told: str, expected: str) -> None:
    code = f"{_FASTAPI}{told}\napp = FastAPI(**told)\n"

    assert check("web.debug", {"files": {"app.py": code}}).outcome == expected


@pytest.mark.parametrize(("told", "expected"), [("True", "fail"), ("False", "pass")])
def test_what_is_only_asked_changes_nothing(told: str, expected: str) -> None:
    code = f"{_FASTAPI}app = FastAPI(debug={told})\nprint(app.debug)\n"
    silent = f"{_FASTAPI}app = FastAPI()\nprint(app.debug, {told})\n"

    assert check("web.debug", {"files": {"app.py": code}}).outcome == expected
    assert check("web.debug", {"files": {"app.py": silent}}).outcome == "not-applicable"


def test_what_is_set_on_a_condition_of_the_environment_counts_there() -> None:
    code = (
        f"import os\n{_FASTAPI}app = FastAPI()\nif os.getenv('D') == 'on':\n    app.debug = True\n"
    )
    files = {"files": {"app.py": code}}
    told = ({"set": {"D": "on"}}, {"set": {"D": "off"}})
    found = [check("web.debug", {**files, "environment": one}).outcome for one in told]

    assert found == ["fail", "not-applicable"]
