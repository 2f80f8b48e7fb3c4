"""Where nothing calls a function, the hint asks for who does, and not for a variable alone."""

import pytest

from readiness.testing import check

HEAD = "import os\nfrom agno.agent import Agent\nfrom agno.db.postgres import PostgresDb\n"
CODE = HEAD + "def build(db, url):\n    PostgresDb(db_url=url)\n    return Agent(db=db)\n"
KNOWN = "build(PostgresDb(db_url='postgresql://h/d'), 'postgresql://h/d?sslmode=require')\n"


@pytest.mark.parametrize("checker", ["agents.durable-db", "engines.ssl", "engines.address"])
def test_a_function_that_nothing_calls_needs_its_caller(checker: str) -> None:
    found = check(checker, {"files": {"app.py": CODE}})

    assert found.undecided
    assert all((one.hint or "").startswith("let readiness see who") for one in found.undecided)


@pytest.mark.parametrize("checker", ["agents.durable-db", "engines.address"])
def test_with_its_caller_it_is_decided(checker: str) -> None:
    assert check(checker, {"files": {"app.py": CODE + KNOWN}}).outcome == "pass"


def test_an_address_of_which_nothing_is_known_is_called_that() -> None:
    found = check("engines.agreement", {"files": {"app.py": CODE}})

    assert "reaches a server and a database that are not known here" in found.findings[0].message
