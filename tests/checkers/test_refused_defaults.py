"""A default password that the code itself refuses at its start is never in use."""

import pytest

from readiness.testing import check

READ = 'import os\n\nPASSWORD = os.getenv("DB_PASSWORD", "changeme")\n'
REFUSED = f'{READ}if PASSWORD == "changeme":\n    raise SystemExit("no")\n'
SETTINGS = """from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    db_password: str = "changeme"


settings = Settings()
if settings.db_password == "{}":
    raise SystemExit("no")
"""
SHARED = """import os


def secret(name):
    return os.getenv(name, "changeme")


if secret("DB_PASSWORD") == "changeme":
    raise SystemExit("no")
{}
"""


def outcome(text: str, **others: str) -> str:
    files = {"a.py": text, **{f"{name}.py": other for name, other in others.items()}}
    return check("passwords.default", {"files": files}).outcome


@pytest.mark.parametrize(
    ("refusing", "taking"),
    [
        (REFUSED, REFUSED.replace('raise SystemExit("no")', 'print("no")')),
        (REFUSED, REFUSED.replace('== "changeme"', '== "sample"')),
        (
            REFUSED.replace('== "changeme"', 'in ("changeme", "x")'),
            REFUSED.replace('== "changeme"', 'in ("y", "x")'),
        ),
        (REFUSED, REFUSED.replace("if ", 'if not os.getenv("ALLOW") and ')),
        (
            REFUSED,
            f"{READ}def go():\n    if PASSWORD == 'changeme':\n        raise SystemExit('no')\n",
        ),
        (SETTINGS.format("changeme"), SETTINGS.format("sample")),
        (SHARED.format(""), SHARED.format('OTHER = secret("CACHE_PASSWORD")')),
    ],
)
def test_a_default_that_ends_the_start_is_not_deployed(refusing: str, taking: str) -> None:
    assert outcome(refusing) == "pass"
    assert outcome(taking) == "fail"


def test_what_one_program_refuses_another_may_take() -> None:
    assert outcome(REFUSED, b="import a\n") == "pass"
    assert outcome(REFUSED, b=READ) == "fail"
    assert outcome('import os\n\nPASSWORD = os.environ["DB_PASSWORD"]\n', b=READ) == "fail"
