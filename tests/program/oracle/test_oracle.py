"""The real interpreter is the oracle: where the evaluation decides, it must agree."""

from itertools import combinations

import pytest

from readiness.program import Program
from readiness.project import Project
from tests.program.conftest import environment
from tests.program.oracle.execution import Sites, run
from tests.program.oracle.grammar import FLAGS, NAMES, Writer

SEEDS = range(150)


def evaluated(files: dict[str, str], variables: dict[str, str]) -> dict[str, str]:
    project = Project({path: text.encode() for path, text in files.items()})
    around = environment({name: variables.get(name) for name in NAMES})
    program = Program(project, around, entry_points=["main.py"])
    return {str(one.at): one.db for one in program.agents()}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_program_that_the_environment_decides_is_decided_as_it_runs(seed: int) -> None:
    files, variables = Writer(seed).program()

    found = evaluated(files, variables)

    assert found == run(files, variables)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_decided_holds_however_the_unknown_flags_stand(seed: int) -> None:
    files, variables = Writer(seed, asks=True).program()

    found = evaluated(files, variables)

    for size in range(len(FLAGS) + 1):
        for on in combinations(FLAGS, size):
            assert agrees(found, run(files, variables, frozenset(on)))


def agrees(found: dict[str, str], really: Sites | None) -> bool:
    """Whether no decided site differs from what really was there; each site is found."""
    return really is None or all(found.get(site) in {"unknown", db} for site, db in really.items())
