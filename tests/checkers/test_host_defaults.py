"""A host that is only the default of a variable does not keep a connection on this machine."""

import pytest

from readiness.testing import check

HEAD = "import os\nfrom sqlalchemy import create_engine\n"
GET = "def get_env(name, default=None):\n    return os.environ.get('APP_' + name) or default\n"
URL = "create_engine(os.getenv('DATABASE_URL', 'postgresql://app@localhost/app'){})\n"
CASES = {
    "an address": ("DATABASE_URL", HEAD + URL.format("")),
    "a host": (
        "DB_HOST",
        HEAD
        + "h = os.getenv('DB_HOST', '127.0.0.1')\ncreate_engine(f'postgresql://app@{h}/app')\n",
    ),
    "a function of the project": (
        "DB_HOST",
        HEAD + GET + "h = get_env('DB_HOST', 'localhost')\n"
        "create_engine(f'postgresql://app@{h}/app')\n",
    ),
}


def _outcome(code: str, **said: list[str] | dict[str, str]) -> str:
    state = {"files": {"app.py": code}, "environment": {"name": "production", **said}}
    return check("engines.ssl", state).outcome


@pytest.mark.parametrize("name", CASES)
def test_where_nothing_sets_the_variable_nobody_can_tell(name: str) -> None:
    variable, code = CASES[name]

    found = check("engines.ssl", {"files": {"app.py": code}})

    assert found.outcome == "unknown"
    assert "only as long as nothing sets " in found.undecided[0].message
    assert f"{variable}: elsewhere" in found.undecided[0].message


@pytest.mark.parametrize("name", CASES)
def test_a_variable_that_is_certainly_not_set_leaves_it_here(name: str) -> None:
    variable, code = CASES[name]

    assert _outcome(code, unset=[variable, f"APP_{variable}"]) == "pass"


@pytest.mark.parametrize("name", CASES)
def test_what_a_described_environment_does_not_give_is_not_set_in_it(name: str) -> None:
    assert _outcome(CASES[name][1], set={"LOG_LEVEL": "info"}) == "pass"


def test_a_host_that_the_code_writes_stays_here() -> None:
    assert _outcome(HEAD + "create_engine('postgresql://app@localhost/app')\n") == "pass"


def test_a_mode_of_the_codes_own_holds_for_every_address() -> None:
    code = HEAD + URL.format(", connect_args={'sslmode': 'require'}")

    assert _outcome(code) == "pass"
