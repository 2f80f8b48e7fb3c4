"""The search by bytes finds whatever a walk through the parsed files would judge."""

import pytest

from readiness.checkers import literals as reading
from readiness.checkers.literals import literals
from readiness.testing import check, project

SECRET = "kT9vQ2mX7pLw4ZrB8nYc"
WRITTEN = [
    'password = "{}"',
    'KEY = "SECRET_KEY"\napp.config[KEY] = "{}"',
    'class Keys:\n    SIGN: str = "SECRET_KEY"  # of Flask\napp.config[Keys.SIGN] = "{}"',
    'PREFIX = "DB_"\nheld[PREFIX + "PASS" + "WORD"] = "{}"',
    'PREFIX = "DB_"\nheld = {{f"{{PREFIX}}PASSWORD": "{}"}}',
    'NAME = "DB_PASSWORD"\nimport os\nx = os.getenv(NAME, "{}")',
    'DB_PASSWORD: str = "{}"',
    'x["db_password"] = "{}"',
    'x = {{"password": "{}"}}',
    "x = {{'db-password-prod':\n     '{}'}}",
    'connect(host, password="{}")',
    'connect(password=(\n    "{}"\n))',
    'connect(password=\n    "{}")',
    'connect(password=given  # as told\n        or "{}")',
    'connect(password=get(one, two) or "{}")',
    'connect(password=a(b(c(d))) or "{}")',
    'connect(password=given if given else "{}")',
    'password = given \\\n    or "{}"',
    'password = ("{}"\n    "")',
    'def f(user, *, password: str | None = "{}"): ...',
    'import os\npassword = os.getenv("DB_PASSWORD", "{}")',
    'import os\nx = os.environ.get(\n    "DB_PASSWORD",\n    "{}",\n)',
    'p.add_argument("--db-password", help="what it is", default="{}")',
    'class S(BaseSettings):\n    password: str = "{}"',
    'class S(BaseSettings):\n    password: str = Field(..., title=name, default="{}")',
    'class S(BaseSettings):\n    password: str = Field(default_factory=f(g(x)), default="{}")',
    'class S(BaseSettings):\n    db_pass: str = Field("{}")',
    'class S(BaseSettings):\n    word: str = Field(default="{}", alias="DB_PASSWORD")',
    'pgPassword = "{}"',
    'dbpwd2 = "{}"',
    'REDIS_PW = "{}"',
    'client_secret = "{}"',
    'SIGNING_KEY = "{}"',
    'api_key = "{}"',
    'apiKey = other or "{}"',
    'x = {{"auth.token": "{}"}}',
    'access_token: str = (\n    "{}"\n)',
    'url = "amqp://me:{}@host/x"',
    'url = f"redis://me:{}@{{host}}"',
    'url = "amqp://" + "me:{}@host/x"',
    'url = ("amqp://"\n    "me:{}@host/x")',
    'x = "host=h user=u password={}"',
    'x = ("host=h "\n     "user=u password={} port=1")',
    "x = \"host='h' user='u' password={}\"",
    'p.add_argument("-p", "--password", default="{}")',
    'x = connect(getenv("DB_PASSWORD") or "{}")',
    'def f(db: str = Option("{}", envvar="DB_PASSWORD")): ...',
    'def f(password: Annotated[str, Field(min_length=1)] = "{}"): ...',
    'def f(password: Annotated[\n    str, Option("--pw")\n] = "{}"): ...',
    '"{}".encode() == api_token',
    'api_token.strip() == "{}"',
    'auth = "me", "{}"',
    'x = {{f"password_{{env}}": "{}"}}',
    'd.get("password" + env, "{}")',
]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_text_is_found_however_it_is_written(written: str) -> None:
    repo = project({"app.py": written.format(SECRET) + "\n"})

    assert any(SECRET in literal.text for literal in literals(repo))


@pytest.mark.parametrize(
    "written",
    [
        "password = given\nname = 'x'",
        "connect(password=given, name='x')",
        "def f(password: str | None = None, name=None): ...",
        "api_key = os.getenv('SOME_API_KEY')",
        "max_tokens = 4096",
        "for key in ('a', 'b'):\n    pass",
        "assert the == 'a task-1 for the risk-averse, see http://example.com'",
        "TOKEN_MODEL = 'gpt-4'",
        "password: str = password or os.getenv('X_PASSWORD')\nif password:\n    x = 'a'",
        "api_key = Field(default=None, description='the key, 1 of 2')",
        "x['api_key'] = self.api_key\nif x['api_key']:\n    y = 'a1'",
        "tokens.get('token', 0)\nf('the password', 'a')\n['password', 'a']",
        "if token == None or y == 'a1':\n    pass",
        "credentials = {'type': kinds['a1']}\nsecret = a['b']",
    ],
)
def test_a_file_without_such_a_text_is_not_even_parsed(
    written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    monkeypatch.setattr(reading, "_read_by", lambda _, path: parsed.append(path))
    repo = project({"app.py": written + "\n"})

    assert literals(repo) == ()
    assert not parsed


def test_a_file_that_cannot_be_read_may_hold_anything() -> None:
    repo = project({"app.py": "password = '\0'\n"})

    assert check("secrets.hardcoded", repo).outcome == "unknown"
