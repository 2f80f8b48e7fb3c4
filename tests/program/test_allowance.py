"""What the programs of one check may compute together."""

import pytest

from readiness.program import Allowance, Program
from readiness.project import Project
from readiness.testing import check
from tests.program.conftest import environment
from tests.program.test_time import GOOD

SECONDS = 15.0


@pytest.mark.parametrize(
    ("took", "left"),
    [
        ([], 15),
        ([(15, False)], 15),
        ([(15, False), (10, False)], 5),
        ([(15, False), (15, False)], 0),
        ([(14, True), (14, True)], 15),
        ([(14, True), (14, True), (14, True), (14, True)], 4),
        ([(16, False), (16, False), (1, True)], 0),
    ],
)
def test_what_does_not_come_to_its_end_is_waited_for_twice(
    took: list[tuple[float, bool]], left: float
) -> None:
    allowance = Allowance(SECONDS)

    for seconds, finished in took:
        allowance.evaluated(seconds, finished=finished)

    assert allowance.left == left


def test_all_searches_together_take_as_long_as_one_program() -> None:
    allowance = Allowance(SECONDS)

    allowance.searched(9)
    first = allowance.search
    allowance.searched(9)

    assert (first, allowance.search) == (6, 0)
    assert allowance.left == SECONDS


@pytest.mark.parametrize(("lost", "outcome"), [(0.0, "pass"), (2 * SECONDS, "unknown")])
def test_what_others_left_no_time_for_is_unknown(lost: float, outcome: str) -> None:
    project, allowance = Project({"b.py": GOOD.encode()}), Allowance(SECONDS)
    allowance.evaluated(lost, finished=False)

    made = Program(project, environment({}), allowance=allowance)

    assert check("agents.durable-db", project, made).outcome == outcome
    told = [one.reason for one in made.coverage.not_parsed]
    assert any("more than 15 seconds" in reason for reason in told) == (outcome == "unknown")


def test_an_evaluation_is_taken_note_of() -> None:
    project, allowance = Project({"b.py": GOOD.encode()}), Allowance(0.0001)

    Program(project, environment({}), allowance=allowance, seconds=0.0001).agents()

    assert allowance.left == 0
