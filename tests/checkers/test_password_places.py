# ruff: noqa: E501 - a small file stands in one line
"""Passwords in places that no pattern for one line shows."""

import pytest

from readiness.testing import check

Files = dict[str, str]

PW = "Gr33n-table-91"
TWINS = [
    pytest.param({"a.py": 'def run(db_password: str = typer.Option(..., envvar="DB_PASSWORD")): ...\n'},
                 {"a.py": 'def run(db_password: str = typer.Option("postgres", envvar="DB_PASSWORD")): ...\n'},
                 "a.py:1", id="the default of a command line's option"),
    pytest.param({"a.py": 'schema = {"example": {"user": "ann", "password": "hunter2hunter2"}}\n'},
                 {"a.py": 'account = {"user": "ann", "password": "hunter2hunter2"}\n'}, "a.py:1",
                 id="an example of a schema"),
    pytest.param({"t.json": '{"name": "DB_PASSWORD", "valueFrom": "arn:aws:ssm:eu:1:parameter/x"}\n'},
                 {"t.json": f'{{"name": "DB_PASSWORD", "value": "{PW}"}}\n'}, "t.json:1", id="a name beside its value"),
    pytest.param({"i.sql": "CREATE ROLE app LOGIN PASSWORD :'app_password';\n"},
                 {"i.sql": f"CREATE ROLE app LOGIN PASSWORD '{PW}';\n"}, "i.sql:1", id="a variable of psql"),
    pytest.param({"c.yaml": "MasterUserPassword: !Ref DbPassword\n"}, {"c.yaml": f"MasterUserPassword: !Sub {PW}\n"},
                 "c.yaml:1", id="a tag that refers"),
    pytest.param({"c.yaml": "password: env:DB_PASSWORD\n"}, {"c.yaml": f"password: app:{PW}\n"}, "c.yaml:1",
                 id="the name of a variable"),
    pytest.param({"m.py": 'op.execute("CREATE ROLE app LOGIN")\n'},
                 {"m.py": f'op.execute("CREATE ROLE app LOGIN PASSWORD \'{PW}\'")\n'}, "m.py:1", id="a statement in the code"),
    pytest.param({"l.py": 'SHOWN = {"password": "[REDACTED]"}\n'}, {"l.py": 'GIVEN = {"password": "[fill-in]"}\n'}, "l.py:1",
                 id="what stands in a log"),
    pytest.param({"l.py": 'SHOWN = "postgresql://app:***@db/app"\n'}, {"l.py": f'SHOWN = "postgresql://app:{PW}@db/app"\n'},
                 "l.py:1", id="an address without its password"),
    pytest.param({"v.yaml": "password: DB_PASSWORD_KEY\n"}, {"v.yaml": "password: CHANGE_ME\n"}, "v.yaml:1",
                 id="capitals that name, or ask"),
    pytest.param({"a.py": 'ENV_PASSWORD = "SHOP_DB_PASSWORD"\n'}, {"a.py": 'ENV_PASSWORD = "CHANGE_DB_PASSWORD"\n'}, "a.py:1",
                 id="the name of a variable, or what asks"),
    pytest.param({"a.py": 'NAMES = {"smtp.password": "SHOP_SMTP_PASSWORD"}\n'}, {"a.py": 'NAMES = {"smtp.password": "MY_SMTP_PASSWORD"}\n'},
                 "a.py:1", id="a table of variables"),
    pytest.param({"a.py": 'open_(box.get("password", None))\n'}, {"a.py": 'open_(box.get("password", "postgres"))\n'}, "a.py:1",
                 id="what stands in for a key, in a place without a name"),
    pytest.param({"a.py": 'users.create_superuser("ann", "a@b.example", given)\n'},
                 {"a.py": 'users.create_superuser("ann", "a@b.example", "admin123")\n'}, "a.py:1", id="the first account"),
    pytest.param({"a.py": "user.set_password(given)\n"}, {"a.py": 'user.set_password("hunter22")\n'}, "a.py:1", id="an account"),
    pytest.param({"a.py": 'login = connect(password=secret.get("password"))\n'},
                 {"a.py": 'login = connect(password=secret.get("password", "postgres"))\n'}, "a.py:1", id="what stands in for a key"),
    pytest.param({"v.yaml": "text: |\n  url = postgres://USER:PASSWORD@HOST/NAME\n"},
                 {"v.yaml": f"text: |\n  url = postgres://app:{PW}@host/NAME\n"}, "v.yaml:2", id="the shape of an address"),
    pytest.param({"shop/test_fixtures/a.py": 'PASSWORD = "hunter2"\n', "b.py": "PASSWORD = None\n"},
                 {"shop/fixed/a.py": 'PASSWORD = "hunter2"\n', "b.py": "PASSWORD = None\n"}, "shop/fixed/a.py:1", id="what tests share"),
    pytest.param({"a.py": 'RESOURCE_PASSWORD = "Passwords"\n'}, {"a.py": f'RESOURCE_PASSWORD = "{PW}"\n'}, "a.py:1",
                 id="a title"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "line"), TWINS)
def test_one_change_decides(good: Files, bad: Files, line: str) -> None:
    fine = check("passwords.default", {"files": good})
    wrong = check("passwords.default", {"files": bad})

    assert (fine.outcome, fine.problems) == ("pass", ())
    assert [str(one.at) for one in wrong.problems] == [line]


SEED = "if {}:\n    create_user(name='root', password='admin')\n"


def test_a_condition_about_anything_but_the_environment_leaves_a_password_open() -> None:
    missing = check("passwords.default", {"files": {"a.py": SEED.format("not users.exists()")}})
    elsewhere = check("passwords.default", {"files": {"a.py": SEED.format("settings.debug")}})

    assert (missing.outcome, elsewhere.outcome) == ("unknown", "pass")
    assert str(missing.undecided[0].at) == "a.py:2"
