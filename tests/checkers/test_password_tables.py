# ruff: noqa: E501 - a small file stands in one line
"""Names, labels, codes and masks where a password could stand: a real one there is one still."""

import pytest

from readiness.testing import check

Files = dict[str, str]

PW = "Gr33n-table-91"
HELD = 'import os\n\nSHOP_PASSWORD = "{}"\n{}\n'
RENAMED = (
    '{} = dict(\n    real_name="display_name",\n    mod_password="{}",\n    news_prefix="{}",\n)\n'
)
WRITTEN = (
    'def {}(user):\n    db_pass = "{}"\n    return f"CREATE USER {{user}} WITH {{db_pass}}"\n'
)
LABELS = "const fields = {{\n  shop_url: '{}',\n  shop_pass: '{}'\n}}\n"
MASKED = "CONNECTION 'host={{{{data.host}}}} {{% if dummy %}}password={}{{% else %}}password={}{{% endif %}}'\n"


def signs(last: str, count: int = 120) -> Files:
    """A file of so many codes, one of them called after a password, and another value."""
    rows = [f'    "sign_{n}": "E{n:03X}",' for n in range(count)]
    return {
        "font.json": "\n".join(
            ["{", '    "password": "F042",', *rows, f'    "last": "{last}"', "}\n"]
        )
    }


TWINS = [
    pytest.param({"a.py": HELD.format("SHOP_PASSWORD", "os.environ[SHOP_PASSWORD] = given")},
                 {"a.py": HELD.format("SHOP_PASSWORD", 'os.environ["SHOP"] = SHOP_PASSWORD')}, "a.py:3",
                 id="the name of a variable that is set"),
    pytest.param({"a.py": HELD.format("SHOP_PASSWORD", "given = os.environ.get(SHOP_PASSWORD)")},
                 {"a.py": HELD.format("SHOP_PASSWORD", "given = os.environ.get('A', SHOP_PASSWORD)")}, "a.py:3",
                 id="the name of a variable that is asked for"),
    pytest.param({"a.py": HELD.format("SHOP_PASSWORD", "given = os.getenv(SHOP_PASSWORD)")},
                 {"a.py": HELD.format("SHOP_PASSWORD", "given = connect(SHOP_PASSWORD)")}, "a.py:3",
                 id="the name of a variable, or what is handed on"),
    pytest.param({"a.py": RENAMED.format("NAME_MAPPINGS", "moderator_password", "nntp_prefix")},
                 {"a.py": RENAMED.format("NAME_MAPPINGS", "tiger_in_the_tank", "nntp_prefix")}, "a.py:3",
                 id="another name, or what is none for a password"),
    pytest.param({"a.py": RENAMED.format("NAME_MAPPINGS", "moderator_password", "nntp_prefix")},
                 {"a.py": RENAMED.format("SETTINGS", "moderator_password", "nntp_prefix")}, "a.py:3",
                 id="a table of names, or of settings"),
    pytest.param({"a.py": RENAMED.format("NAME_MAPPINGS", "moderator_password", "nntp_prefix")},
                 {"a.py": RENAMED.format("NAME_MAPPINGS", "moderator_password", "Nntp: now!")}, "a.py:3",
                 id="a table in which all are names"),
    pytest.param({"a.py": 'FIELD_MAP = {"a": "b", "c": "d", "pw": "user_pw"}\n'},
                 {"a.py": f'FIELD_MAP = {{"a": "b", "c": "d", "pw": "{PW}"}}\n'}, "a.py:1", id="a dictionary of names"),
    pytest.param({"a.py": WRITTEN.format("setup_instructions", "<password>")},
                 {"a.py": WRITTEN.format("setup_instructions", PW)}, "a.py:2", id="instructions with a password"),
    pytest.param({"a.py": WRITTEN.format("setup_instructions", "<password>")},
                 {"a.py": WRITTEN.format("set_up", "<password>")}, "a.py:2", id="a function that does it itself"),
    pytest.param({"form.js": LABELS.format("URL", "Password")}, {"form.js": LABELS.format("https://shop.example", "Password")},
                 "form.js:3", id="labels, or an address"),
    pytest.param({"form.js": LABELS.format("URL", "Key")}, {"form.js": LABELS.format("URL", "Tiger")}, "form.js:3",
                 id="a label, or another word"),
    pytest.param({"c.sql": MASKED.format("xxxxxx", "{{ data.password }}")},
                 {"c.sql": MASKED.format("xxxxxx", "xxxxxx")}, "c.sql:1", id="a mask, or no other value"),
    pytest.param({"c.sql": MASKED.format("xxxxxx", "{{ data.password }}")},
                 {"c.sql": MASKED.format("hunter2", "{{ data.password }}")}, "c.sql:1", id="a mask, or a password"),
    pytest.param(signs("F8FF"), signs("shop"), "font.json:2", id="codes, or settings among them"),
    pytest.param(signs("F8FF"), signs("F8FF", 20), "font.json:2", id="a table, or a few settings"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "line"), TWINS)
def test_one_change_decides(good: Files, bad: Files, line: str) -> None:
    fine = check("passwords.default", {"files": good})
    wrong = check("passwords.default", {"files": bad})

    assert (fine.outcome, fine.problems) == ("pass", ())
    assert [str(one.at) for one in wrong.problems] == [line]
