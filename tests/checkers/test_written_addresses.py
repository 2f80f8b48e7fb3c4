"""Addresses that the code hands to libraries without a model: judged as a variable's would be."""

import pytest

from readiness.testing import check

CALL = 'optuna.create_study(storage="{}")\n'
PLAIN = "postgresql://app@db.internal/shop"
STRONG = f"{PLAIN}?sslmode=require"
CONNINFO = "host=db.internal dbname=shop user=app"
TRIED = "try:\n    {}except ValueError:\n    raise\n"
MAIN = 'if __name__ == "__main__":\n    {}'
LOCAL = """
def go(big):
    if big:
        url = "{}"
    else:
        url = "sqlite:///x"
    acme.connect(url)
"""


def outcome(text: str, **environment: str) -> str:
    lines = "".join(f"{name}={value}\n" for name, value in environment.items())
    files = {"a.py": f"import os\n\nimport acme\nimport optuna\n\n{text}"}
    if lines:
        files[".env.production"] = lines
    return check("engines.ssl", {"files": files}).outcome


@pytest.mark.parametrize("around", ["{}", TRIED, MAIN, "def go():\n    while True:\n        {}"])
def test_a_call_with_an_address_connects_wherever_it_stands(around: str) -> None:
    assert outcome(around.format(CALL.format(PLAIN))) == "fail"
    assert outcome(around.format(CALL.format(STRONG))) == "pass"


@pytest.mark.parametrize(
    ("weak", "strong"),
    [
        ("postgresql://db.internal", "postgresql://db.internal?sslmode=require"),
        (CONNINFO, f"{CONNINFO} sslmode=require"),
        (f"{CONNINFO} password='a b'", f"{CONNINFO} password='a b' sslmode='require'"),
    ],
)
def test_an_address_may_name_no_more_than_its_host_or_be_written_in_pairs(
    weak: str, strong: str
) -> None:
    assert outcome(f'acme.connect("{weak}")\n') == "fail"
    assert outcome(f'acme.connect("{strong}")\n') == "pass"


@pytest.mark.parametrize(
    "text",
    [
        'acme.say("give host=db.internal dbname=shop")\n',
        'acme.say("host=db.internal size=3")\n',
        'URL = "x".replace("postgres://", "postgresql://")\n',
        'URL = "postgresql+asyncpg://" + acme.rest()\n',
        'def go():\n    """postgresql://app@db.internal/shop"""\n',
    ],
)
def test_what_only_begins_like_an_address_or_speaks_of_one_is_none(text: str) -> None:
    assert outcome(text) == "not-applicable"


def test_the_environment_decides_which_address_is_used() -> None:
    code = f'if os.environ.get("PLACE") == "here":\n    {CALL.format(PLAIN)}'

    assert outcome(code, PLACE="here") == "fail"
    assert outcome(code, PLACE="there") == "not-applicable"


def test_what_nothing_decides_is_not_passed_over() -> None:
    chosen = f'acme.connect("{PLAIN}" if acme.big() else "sqlite:///x")\n'
    handler = f'try:\n    acme.start()\nexcept ValueError:\n    acme.connect("{PLAIN}")\n'

    assert outcome(LOCAL.format(PLAIN)) == "unknown"
    assert outcome(LOCAL.format(STRONG)) == "unknown"
    assert outcome(chosen) == outcome(handler) == "unknown"
