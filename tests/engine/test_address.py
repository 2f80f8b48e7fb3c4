"""Which server is asked: what the user named, never what a repository chooses."""

import pytest

from readiness import Environment, Program, Project
from readiness.database import Address
from readiness.engine.address import choose_address
from readiness.engine.facts import Missing
from readiness.model.errors import ReadinessError

ENGINE = "from sqlalchemy import create_engine\n"


def program(code: str) -> list[Program]:
    project = Project({"app.py": f"import os\n{ENGINE}{code}".encode()})
    return [Program(project, Environment("production", described=True))]


def nobody() -> list[Program]:
    raise AssertionError("the code was asked, although the user named the server")


def test_nothing_said_is_unknown_and_says_both_ways_out() -> None:
    found = choose_address(None, nobody)

    assert isinstance(found, Missing)
    assert found.why == "unread"
    assert "--database auto" in (found.hint or "")
    assert "--database none" in (found.hint or "")


def test_none_leaves_it_out() -> None:
    found = choose_address("none", nobody)

    assert isinstance(found, Missing)
    assert found.why == "left-out"


def test_a_variable_of_this_program_is_read_where_it_is_named() -> None:
    found = choose_address("env:URL", nobody, {"URL": "postgresql://app:pw@db.internal/shop"})

    assert isinstance(found, Address)
    assert (found.host, found.dbname) == ("db.internal", "shop")


@pytest.mark.parametrize(
    "asked", ["env:NOWHERE", "mysql://u:canary@h/d", "canary", "host=h port=x"]
)
def test_words_that_name_no_server_are_wrong_use_and_not_shown(asked: str) -> None:
    with pytest.raises(ReadinessError) as caught:
        choose_address(asked, nobody, {})

    assert "canary" not in str(caught.value) + (caught.value.hint or "")


def test_auto_is_the_connection_that_the_code_would_make() -> None:
    code = 'create_engine("postgresql+psycopg://app:pw@db.internal:6543/shop?sslmode=require")\n'

    found = choose_address("auto", lambda: program(code))

    assert isinstance(found, Address)
    assert (found.host, found.port, found.dbname) == ("db.internal", 6543, "shop")
    assert found.sslmode == "require"
    assert found.password is not None


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "makes no connection"),
        ('create_engine("sqlite:///a.db")\n', "makes no connection"),
        ('create_engine("postgresql://a@one/x")\ncreate_engine("postgresql://a@two/x")\n',
         "2 databases"),
        ('create_engine(os.environ["DATABASE_URL"])\n', "not known in full"),
    ],
)  # fmt: skip
def test_auto_does_not_guess(code: str, reason: str) -> None:
    found = choose_address("auto", lambda: program(code))

    assert isinstance(found, Missing)
    assert found.why == "unread"
    assert reason in found.reason
    assert "--database env:NAME" in (found.hint or "")
