# ruff: noqa: E501 - a small file stands in one line
import pytest

from readiness.testing import check

Files = dict[str, str]

UVICORN = 'import uvicorn\n\nif __name__ == "__main__":\n    uvicorn.run("app:app", reload=True)\n'
FLAG = 'import os\nfrom fastapi import FastAPI\n\nFLAG = os.getenv("FLAG", "{}") == "on"\napp = FastAPI(debug=FLAG)\n'
ATTRIBUTE = 'import os\nfrom fastapi import FastAPI\n\n\nclass Settings:\n    debug = os.getenv("FLAG", "{}") == "on"\n\n\napp = FastAPI(debug=Settings.debug)\n'
CORS = "from fastapi import FastAPI\n\napp = FastAPI()\napp.add_middleware(Cors, allow_origins=[{}], allow_credentials={})\n"
MANAGED = {
    "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
    "shop/__init__.py": "",
    "shop/settings.py": "from .base import *\nCORS_ALLOW_ALL_ORIGINS = True\n",
}
DOCKERFILE = 'FROM python:3.13\nCOPY . /app\nWORKDIR /app\nCMD ["{}"]\n'


def image(*words: str) -> str:
    return DOCKERFILE.format('", "'.join(words))


TWINS = [
    pytest.param("web.debug", {"a.py": FLAG.format("off")}, {"a.py": FLAG.format("on")}, "a.py:5", id="a default"),
    pytest.param("web.debug", {"a.py": ATTRIBUTE.format("off")}, {"a.py": ATTRIBUTE.format("on")}, "a.py:9",
                 id="a class of settings"),
    pytest.param("web.debug", {"settings.py": 'import os\nDEBUG = os.getenv("D", "")\n'},
                 {"settings.py": 'import os\nDEBUG = os.getenv("D", "False")\n'}, "settings.py:2", id="a text is true"),
    pytest.param("web.debug", {"shop/settings/dev.py": "DEBUG = True\n", "shop/settings/prod.py": "DEBUG = False\n"},
                 {"shop/settings/dev.py": "DEBUG = False\n", "shop/settings/prod.py": "DEBUG = True\n"},
                 "shop/settings/prod.py:1", id="the settings of the environment"),
    pytest.param("web.hosts", {"settings.py": "ALLOWED_HOSTS = ['.example.com']\n"}, {"settings.py": "ALLOWED_HOSTS = ['*']\n"},
                 "settings.py:1", id="hosts"),
    pytest.param("web.origins", {"a.py": CORS.format("'*'", "False")}, {"a.py": CORS.format("'*'", "True")}, "a.py:4",
                 id="credentials"),
    pytest.param("web.origins", {"a.py": CORS.format("'https://shop.example'", "True")}, {"a.py": CORS.format("'*'", "True")},
                 "a.py:4", id="origins"),
    pytest.param("web.origins", {**MANAGED, "shop/base.py": "CORS_ALLOW_CREDENTIALS = False\n"},
                 {**MANAGED, "shop/base.py": "CORS_ALLOW_CREDENTIALS = True\n"}, "shop/settings.py:2", id="credentials of another module"),
]  # fmt: skip


@pytest.mark.parametrize(("checker", "good", "bad", "line"), TWINS)
def test_one_change_decides(checker: str, good: Files, bad: Files, line: str) -> None:
    fine = check(checker, {"files": good})
    wrong = check(checker, {"files": bad})

    assert (fine.outcome, fine.problems) == ("pass", ())
    assert wrong.outcome == "fail"
    assert [str(one.at) for one in wrong.problems] == [line]


DJANGO = "import os\nDATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'HOST': os.environ['H']}}\n"
LATER = [
    pytest.param("for debug in [True]:\n    DEBUG = debug\n", {}, id="a loop"),
    pytest.param("match 1:\n    case _:\n        DEBUG = True\n", {}, id="a case"),
    pytest.param("try:\n    import json\n    raise ImportError\nexcept ImportError:\n    DEBUG = True\n", {}, id="a handler"),
    pytest.param("DEBUG |= True\n", {}, id="an operation"),
    pytest.param("globals()['DEBUG'] = True\n", {}, id="the names themselves"),
    pytest.param("from .more import *\n", {"app/more.py": "DEBUG = True\n"}, id="a star"),
    pytest.param("from .more import DEBUG\n", {"app/more.py": "DEBUG = True\n"}, id="an import"),
    pytest.param("def change():\n    global DEBUG\n    DEBUG = True\nchange()\n", {}, id="a function"),
]  # fmt: skip


@pytest.mark.parametrize(("behind", "more"), LATER)
def test_what_a_name_is_given_behind_its_last_line_decides(behind: str, more: Files) -> None:
    def settings(text: str) -> Files:
        return {"app/__init__.py": "", "app/settings.py": f"{DJANGO}DEBUG = False\n{text}", **more}

    harmless = {path: text.replace("True", "False") for path, text in settings(behind).items()}

    assert check("web.debug", {"files": harmless}).outcome == "pass"
    assert check("web.debug", {"files": settings(behind)}).outcome == "fail"


def test_a_list_that_is_changed_behind_its_line_is_what_it_became() -> None:
    hosts = f"{DJANGO}ALLOWED_HOSTS = ['shop.example']\nALLOWED_HOSTS.append('*')\n"
    named = hosts.replace("*", "b.example")

    assert check("web.hosts", {"files": {"settings.py": hosts}}).outcome == "fail"
    assert check("web.hosts", {"files": {"settings.py": named}}).outcome == "pass"


def test_a_module_that_was_not_run_tells_nothing_of_what_changes_behind() -> None:
    settings = "DEBUG = False\nfor debug in []:\n    DEBUG = True\n"

    assert check("web.debug", {"files": {"settings.py": settings}}).outcome == "unknown"


def test_a_main_block_counts_where_it_runs() -> None:
    served = {"app.py": UVICORN, "Dockerfile": image("uvicorn", "app:app")}
    run = {"app.py": UVICORN, "Dockerfile": image("python", "app.py")}

    assert check("web.debug", {"files": served}).outcome == "pass"
    assert check("web.debug", {"files": run}).outcome == "fail"


def test_what_nobody_knows_is_not_passed() -> None:
    files = {"shop/settings.py": "from elsewhere import read\n\nDEBUG = read('DEBUG')\n"}

    assert check("web.debug", {"files": files}).outcome == "unknown"


CORS = "from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\n\napp = FastAPI()\napp.add_middleware(CORSMiddleware, {})\n"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("allow_origin_regex=r'https://.*\\.com', allow_credentials=True", "fail"),
        ("allow_origin_regex=r'https://.*\\.our-house\\.com', allow_credentials=True", "pass"),
        ("allow_origin_regex='(([a-z:/.-]+)+)+!', allow_credentials=True", "pass"),
        ("allow_origins=['*'], allow_credentials=given()", "unknown"),
        ("allow_origins=['https://our-house.com'], allow_credentials=given()", "pass"),
        ("allow_origins=['*'], allow_credentials=False", "pass"),
    ],
)
def test_a_pattern_and_open_credentials_are_no_pass(text: str, outcome: str) -> None:
    assert check("web.origins", {"files": {"app.py": CORS.format(text)}}).outcome == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("DEBUG = False\n", "pass"),
        ("DEBUG = False\nif os.environ['SHOP'] == 'open':\n    DEBUG = True\n", "fail"),
        ("DEBUG: bool = True\n", "fail"),
        ("DEBUG = True\nDEBUG = False\n", "pass"),
    ],
)
def test_the_last_value_of_a_setting_counts(text: str, outcome: str) -> None:
    files = {"shop/settings.py": f"import os\nimport django\n\n{text}"}
    judged = check("web.debug", {"files": files, "environment": {"set": {"SHOP": "open"}}})

    assert judged.outcome == outcome, judged.findings
