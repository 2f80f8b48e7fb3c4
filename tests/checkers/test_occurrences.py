"""A file that is not parsed holds no text that the walk through the parsed file would find."""

import ast
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.checkers.literal import Around, Literal
from readiness.checkers.literal_reader import Reader
from readiness.checkers.literals import literals
from readiness.checkers.named_keys import spelled_out
from readiness.testing import project

SECRET = "kT9vQ2mX7pLw4ZrB8nYc"
# `~` is a blank between brackets, `^` one outside of them, and a backquote one that must be.
_BLANK = ["", " ", "\n  ", " # it's (\n", "\\\n", "\t\r\n", '\n\n# "\n']
_OUTSIDE = ["", " ", "\\\n "]
_TEXTS = [
    '"{}"',
    "'{}'",
    'f"{}{{x}}"',
    'rb"{}"',
    '"""{}"""',
    "f'{{f(a)}}{}'",
    '"" "{}"',
    '"\\x41{}"',
]
_VALUES = [
    "TEXT", "(~TEXT~)", "given`or`TEXT", "TEXT`if`given`else`None", "None`if`given`else`TEXT",
    "a.b(c)[0]`or`TEXT", "SecretStr(~TEXT~)", "TEXT~.encode(~)", "a~+~TEXT",
    'getenv(~"OTHER"~)`or`TEXT', 'getenv(~"OTHER"~,~TEXT~)', 'other["a"]`or`TEXT',
    '{"a": {1: "b"}}.get(~"x"~)`or`TEXT', "f(a=1, b='2')`or`TEXT", "quote(~f(TEXT)`or`TEXT)",
]  # fmt: skip
_PLACES = [
    "NAME^=^(~VALUE~)", "x.NAME^=^(~VALUE~)", "NAME^:^str^=^(~VALUE~)", "a^=^NAME^=^(~VALUE~)",
    "NAME: Annotated[~str, Field(~min_length=1~)~] = (VALUE)", '(x[~"NAME"~])^=^(VALUE)',
    'x[~f"{a or b}_NAME"~]^=^(~VALUE~)', 'x = {~"NAME"~:~VALUE~,~"b":~1~}', "(~NAME~)^=^(VALUE)",
    'x = {~"a": 1,~**b,~"NAME"~:~(VALUE)~}', "f(~a~,~NAME~=~VALUE~)", "f(**{'NAME'~:~VALUE})",
    "def f(~a~,~NAME~:~str~=~VALUE~): ...", "def f(~*~,~NAME~=~VALUE~,~): ...",
    "x = (lambda~`NAME~=~VALUE~: 1)", "x = (~NAME~==~TEXT~)", "x = (~TEXT~==~NAME~)",
    'x = (~a["NAME"]~!=~TEXT~)', "x = (~NAME.strip(~)~==~TEXT~)", "f(~a(NAME)~,~NAME~!=~TEXT)",
    "x = (a == b`and`TEXT~.encode('utf-8') == self.NAME)", "x = compare_digest(~NAME~,~TEXT~)",
    'os.environ.get(~"ENV_NAME"~,~VALUE~)', 'x = (getenv(~"ENV_NAME"~)`or`TEXT)',
    'x = (getenv("ENV_NAME", None)`or`TEXT)', 'd.get(~"NAME"~,~VALUE~)',
    'd.pop(~f"{x}_NAME"~,~VALUE~)', 'x = config(~"ENV_NAME"~,~type="a"~,~default~=~VALUE~)',
    'p.add_argument(~"-p"~,~"--NAME"~,~help="a"~,~default=VALUE~)',
    "class S(BaseSettings):\n    NAME: str = (~VALUE~)",
    'class S(BaseSettings):\n    x: str = Field(~default=VALUE~,~alias="ENV_NAME"~)',
    "class S(BaseSettings):\n    NAME: str = Field(~VALUE~,~description='1 of 2'~)",
    'def f(x: str = Option(~VALUE~,~envvar~=~"ENV_NAME"~)): ...',
    "def f(NAME: str = Option(~VALUE~,~help='1 of 2'~)): ...",
    "jwt.encode(~{'a': '1'}~,~VALUE~)", "Fernet(~VALUE~)", "HTTPBasicAuth(~'a'~,~VALUE~)",
    'x = (~"Bearer "~+~TEXT~)', f'x = (~" Token "~"{SECRET}"~)',
    'KEY = "ENV_NAME"\nx[~KEY~]^=^(~VALUE~)', 'KEY = "NAME"  # a\nx = {~KEY~:~VALUE~}',
    'class K:\n    KEY: str = "ENV_NAME"\nx = getenv(~K.KEY~,~VALUE~)',
    'KEY = "ENV_NAME"\nx = (getenv(~KEY~)`or`TEXT)', "x = auth = (~'a'~,~VALUE~)",
    'A = "X_"\nx[~A~+~"NAME"~] = (~VALUE~)', 'A = "X_"\nx = {~f"{A}NAME"~:~VALUE~}',
    "auth = None or ('a'~,~VALUE)", "x = {'b': 1, 'auth'~:~('a',~VALUE~)}",
    "f(~auth~=~(~'a'~,~VALUE~)~)", "auth = 'a', (VALUE)", "if NAME: pass\nNAME = (VALUE)",
    "def f(self, NAME):\n    self.NAME = NAME or (VALUE)", "x = {'NAME': NAME, 'b_NAME': VALUE}",
]  # fmt: skip
_NAMES = ["password", "DB_PASSWORD", "dbPwd", "pgpass2", "api_key", "apiKey", "client_secret",
          "JWT_KEY", "password_prod", "pâte_password", "authToken", "REDIS_PW", "x_credentials",
          "Secret"]  # fmt: skip


@st.composite
def _sources(draw: st.DrawFn) -> str:
    source = draw(st.sampled_from(_PLACES))
    for _ in range(draw(st.integers(0, 2))):
        source = source.replace("VALUE", draw(st.sampled_from(_VALUES)).replace("TEXT", "(VALUE)"))
    source = source.replace("VALUE", draw(st.sampled_from(_VALUES)))
    name = draw(st.sampled_from(_NAMES))
    source = source.replace("ENV_NAME", f"X_{name.upper()}").replace("NAME", name)
    text = draw(st.sampled_from(_TEXTS)).format(SECRET)
    blanks = {"~": _BLANK, "^": _OUTSIDE, "`": [one for one in _BLANK if one]}
    laid = re.sub("[~^`]", lambda m: draw(st.sampled_from(blanks[m[0]])), source)
    return laid.replace("TEXT", text) + "\n"


def _walked(source: str) -> list[Literal]:
    """What a walk through the whole file finds."""
    reader = Reader("app.py")
    reader.below(spelled_out(ast.parse(source)), Around())
    return reader.found


@settings(max_examples=300, deadline=None)
@given(_sources())
def test_no_text_is_passed_over_that_a_walk_through_the_file_finds(source: str) -> None:
    found = literals(project({"app.py": source}))

    assert list(found) == _walked(source)
