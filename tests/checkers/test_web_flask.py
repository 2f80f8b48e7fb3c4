# ruff: noqa: E501 - a small file stands in one line
"""Whether Flask debugs, in whatever way its configuration is told, and switches of other frameworks."""

import pytest

from readiness.testing import check

HEAD = "import os\nfrom flask import Flask\n\nDEV = os.environ['STAGE'] {} 'dev'\napp = Flask(__name__)\n"
WAYS = {
    "an entry": "app.config['DEBUG'] = DEV\n",
    "an attribute": "app.debug = DEV\n",
    "an update": "app.config.update(DEBUG=DEV, TESTING=False)\n",
    "a mapping": "app.config.from_mapping(DEBUG=DEV)\n",
    "a default": "app.config.setdefault('DEBUG', DEV)\n",
    "a class": "class Config:\n    DEBUG = DEV\napp.config.from_object(Config)\n",
    "a chosen class": "class A:\n    DEBUG = False\nclass B(A):\n    DEBUG = True\napp.config.from_object(B if DEV else A)\n",
    "a factory": "def create():\n    app = Flask(__name__)\n    app.config['DEBUG'] = DEV\n    return app\napp = create()\n",
    "the last word": "app.config['DEBUG'] = not DEV\napp.config['DEBUG'] = DEV\n",
    "a call": "app.run(debug=DEV)\n",
    "a call that reads itself": "app.run(debug=bool(os.environ['STAGE'] and DEV))\n",
}
OTHERS = {
    "quart": "import os\nfrom quart import Quart\napp = Quart('x')\napp.run(debug=os.environ['STAGE'] {} 'dev')\n",
    "litestar": "import os\nfrom litestar import Litestar\napp = Litestar([], debug=os.environ['STAGE'] {} 'dev')\n",
}
SOURCES = {**{name: HEAD + way for name, way in WAYS.items()}, **OTHERS}


@pytest.mark.parametrize(("sign", "outcome"), [("==", "pass"), ("!=", "fail")])
@pytest.mark.parametrize("way", SOURCES)
def test_one_sign_decides(way: str, sign: str, outcome: str) -> None:
    files = {"app.py": SOURCES[way].format(sign)}

    found = check("web.debug", {"files": files, "environment": {"set": {"STAGE": "production"}}})

    assert found.outcome == outcome


def test_each_application_has_a_configuration_of_its_own() -> None:
    source = "from flask import Flask\na, b = Flask('a'), Flask('b')\na.config['DEBUG'] = False\nb.config['DEBUG'] = True\n"

    found = check("web.debug", {"files": {"app.py": source}})

    assert [str(one.at) for one in found.problems] == ["app.py:4"]


def test_a_switch_that_nobody_knows_is_not_passed() -> None:
    source = "from flask import Flask\nfrom more import wanted\napp = Flask('a')\napp.config['DEBUG'] = wanted()\n"

    assert check("web.debug", {"files": {"app.py": source}}).outcome == "unknown"


def test_the_name_of_a_parameter_is_not_that_of_the_module() -> None:
    source = "import os\nfrom litestar import Litestar\nflag = bool(os.environ.get('NONE'))\ndef create(flag):\n    return Litestar([], debug=not not flag)\n"

    assert check("web.debug", {"files": {"app.py": source}}).outcome == "unknown"


def test_only_the_last_word_is_blamed() -> None:
    source = "from flask import Flask\napp = Flask('a')\napp.config['DEBUG'] = False\napp.config['DEBUG'] = True\n"

    found = check("web.debug", {"files": {"app.py": source}})

    assert [str(one.at) for one in found.problems] == ["app.py:4"]


HEAD_OF_ORIGINS = "import os\nfrom fastapi import FastAPI\nfrom flask_cors import CORS\nDEV = os.environ['STAGE'] {} 'dev'\n"
ORIGINS = {
    "paths": "CORS(app, resources={{r'/api/*': {{'origins': '*' if DEV else 'https://x.example'}}}}, supports_credentials=True)\n",
    "a function's call": "def origins():\n    return ['*'] if DEV else ['https://x.example']\ndef setup(app):\n    app.add_middleware(Cors, allow_origins=origins(), allow_credentials=True)\n",
}


@pytest.mark.parametrize(("sign", "outcome"), [("==", "pass"), ("!=", "fail")])
@pytest.mark.parametrize("way", ORIGINS)
def test_origins_are_worked_out(way: str, sign: str, outcome: str) -> None:
    files = {"app.py": (HEAD_OF_ORIGINS + ORIGINS[way]).format(sign)}

    found = check("web.origins", {"files": files, "environment": {"set": {"STAGE": "production"}}})

    assert found.outcome == outcome


@pytest.mark.parametrize(
    "inner", ["from more import origins", "def origins(): ...", "origins = 1", "pass  # {origins}"]
)
def test_a_name_that_a_function_has_for_itself_is_its_own(inner: str) -> None:
    parameter = "origins" if "{" in inner else "app"
    source = f"from fastapi import FastAPI\ndef origins():\n    return ['https://x.example']\ndef setup({parameter}):\n    {inner}\n    app.add_middleware(Cors, allow_origins=origins(), allow_credentials=True)\n"

    assert check("web.origins", {"files": {"app.py": source}}).outcome == "unknown"


@pytest.mark.parametrize(("sign", "outcome"), [("==", "pass"), ("!=", "fail")])
def test_a_name_that_only_another_environment_sets_is_not_asked_for(
    sign: str, outcome: str
) -> None:
    source = f"import os\nCORS_ALLOW_CREDENTIALS = True\nif os.environ['STAGE'] {sign} 'dev':\n    CORS_ALLOW_ALL_ORIGINS = True\nelse:\n    CORS_ALLOWED_ORIGINS = ['https://x.example']\n"

    found = check(
        "web.origins",
        {"files": {"s/settings.py": source}, "environment": {"set": {"STAGE": "production"}}},
    )

    assert found.outcome == outcome
