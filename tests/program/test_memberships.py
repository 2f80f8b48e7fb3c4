"""What is in a holder that says so by an answer which nobody knows, or that is no truth value."""

import pytest

from tests.program.conftest import Make

ENVIRON = (
    "import nobody\nos.environ.update(nobody.variables())\nheld, item = os.environ, 'STAGE'\n"
)
OWN = """
import nobody
class Held:
    def __contains__(self, item):
        return {}
held, item = Held(), 'x'
"""
CHOOSES = """
db = InMemoryDb()
if item {} held:
    db = PostgresDb("postgresql://h/d")
Agent(db=db)
"""


@pytest.mark.parametrize("said", ["in", "not in"])
@pytest.mark.parametrize("before", [ENVIRON, OWN.format("nobody.knows(item)")])
def test_either_way_is_open_where_the_answer_is(program: Make, before: str, said: str) -> None:
    agents = program(before + CHOOSES.format(said)).agents()

    assert [one.db for one in agents] == ["unknown"]


@pytest.mark.parametrize(
    ("answer", "is_there"), [("[item]", True), ("''", False), ("1", True), ("None", False)]
)
def test_the_truth_of_an_answer_counts(program: Make, answer: str, *, is_there: bool) -> None:
    for said, holds in (("in", is_there), ("not in", not is_there)):
        agents = program(OWN.format(answer) + CHOOSES.format(said)).agents()
        assert [one.db for one in agents] == ["durable" if holds else "volatile"]


MANY = """
from flagship import feature
held = {}
for number in range(60):
    if feature(str(number)):
        HELD["key"] = str(number)
Agent(db=PostgresDb("postgresql://h/d") if "key" SAID HELD else InMemoryDb())
"""


@pytest.mark.parametrize("holder", ["held", "os.environ"])
@pytest.mark.parametrize("said", ["in", "not in"])
def test_what_may_be_missing_is_so_under_very_many_conditions(
    program: Make, holder: str, said: str
) -> None:
    agents = program(MANY.replace("HELD", holder).replace("SAID", said)).agents()

    assert [one.db for one in agents] == ["unknown"]
