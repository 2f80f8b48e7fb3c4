"""What Flask's configuration is read from, as Flask 3.1 itself does."""

import pytest

from tests.program.conftest import Make

HEAD = """import json, tomllib
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
app = Flask(__name__)
"""
REST = "db = SQLAlchemy(app)\n"
MODE = "postgresql://a@db/x?sslmode="


@pytest.mark.parametrize(
    ("line", "variables", "mode", "size"),
    [
        ("app.config.from_prefixed_env()",
         {"FLASK_SQLALCHEMY_DATABASE_URI": f"{MODE}require"}, "require", 5),
        ("app.config.from_prefixed_env()",
         {"FLASK_SQLALCHEMY_DATABASE_URI": f'"{MODE}prefer"'}, "prefer", 5),
        ("app.config.from_prefixed_env('SHOP')",
         {"FLASK_SQLALCHEMY_DATABASE_URI": f"{MODE}require",
          "SHOP_SQLALCHEMY_DATABASE_URI": f"{MODE}allow"}, "allow", 5),
        ("app.config.from_prefixed_env()",
         {"FLASK_SQLALCHEMY_DATABASE_URI": f"{MODE}require",
          "FLASK_SQLALCHEMY_ENGINE_OPTIONS__pool_size": "7"}, "require", 7),
        ("app.config.from_prefixed_env()",
         {"FLASK_SQLALCHEMY_DATABASE_URI": f"{MODE}require",
          "FLASK_SQLALCHEMY_ENGINE_OPTIONS": '{"pool_size": 8}'}, "require", 8),
        ("app.config.from_prefixed_env(loads=str)",
         {"FLASK_SQLALCHEMY_DATABASE_URI": f"{MODE}require"}, "require", 5),
        ("app.config.from_file('live.json', load=json.load)", {}, "verify-full", 9),
        ("app.config.from_file('live.toml', load=tomllib.load, text=False)", {}, "verify-ca", 5),
        ("app.config.from_pyfile('live.cfg')", {}, "require", 5),
        ("app.config.from_envvar('SETTINGS')", {"SETTINGS": "live.cfg"}, "require", 5),
        ("app.config.from_object('base')\napp.config.from_envvar('SETTINGS', silent=True)",
         {"SETTINGS": None}, "disable", 5),
    ],
)  # fmt: skip
def test_the_configuration_says_where_the_engine_leads(
    program: Make, line: str, variables: dict[str, str | None], mode: str, size: int
) -> None:
    files = {
        "base.py": f"\n@SQLALCHEMY_DATABASE_URI = '{MODE}disable'\n",
        "live.cfg": f"\n@SQLALCHEMY_DATABASE_URI = '{MODE}require'\n",
        "live.json": f'{{"SQLALCHEMY_DATABASE_URI": "{MODE}verify-full", '
                     '"SQLALCHEMY_ENGINE_OPTIONS": {"pool_size": 9}}',
        "live.toml": f'SQLALCHEMY_DATABASE_URI = "{MODE}verify-ca"\n',
    }  # fmt: skip
    files = {path: text.removeprefix("\n@") for path, text in files.items()}

    made = program(f"{HEAD}{line}\n{REST}", variables, head=False, files=files)

    assert [(one.sslmode, one.pool_size) for one in made.engines()] == [(mode, size)]
