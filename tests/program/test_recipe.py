"""The recipe for a library, as the README of the room has it."""

import re
from importlib.resources import files

import pytest

from readiness.model.place import Place
from readiness.program.interpreter.limits import Limits
from readiness.program.interpreter.loading import run_module
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.variables import Variables
from readiness.program.models.library import Library
from readiness.program.models.table import Table
from readiness.program.models.tables import TABLES
from readiness.program.sources import Sources
from readiness.program.values import Unknown
from readiness.project import Project
from tests.program.conftest import environment

SOURCE = """
import acme, acme.pools
stage = acme.setting("stage")
size = 20 if stage == "production" else 2
pool = acme.pools.Pool("postgresql://h/d", size=size)
import elsewhere
other = acme.setting(elsewhere.name())
"""


def _table() -> Table:
    readme = (files("readiness.program") / "README.md").read_text(encoding="utf-8")
    (recipe,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    names: dict[str, Table] = {}
    exec(compile(recipe, "acme.py", "exec"), names)
    return names["TABLE"]


def _run(stage: str) -> Machine:
    library = Library((*TABLES, _table()))
    sources = Sources(Project({"app.py": SOURCE.encode()}))
    sources.libraries = library.first_names
    limits = Limits()
    limits.begin()
    limits.refill()
    variables = Variables(environment({"ACME_STAGE": stage}), set(), {})
    machine = Machine(sources, library, variables, limits)
    run_module(machine, "app.py", "app")
    return machine


@pytest.mark.parametrize(("stage", "size"), [("production", 20), ("staging", 2)])
def test_a_table_tells_what_a_library_reads_and_builds(stage: str, size: int) -> None:
    machine = _run(stage)

    (event,) = [one for one in machine.records.events if one.name == "acme.Pool"]

    assert event.arguments["size"].value == size  # type: ignore[attr-defined]
    assert event.at == Place("app.py", 5, 8)


def test_what_the_model_cannot_say_is_unknown_with_its_reason() -> None:
    other = _run("production").modules["app"].slots.values["other"]

    assert isinstance(other, Unknown)
    assert "whose name is not known" in other.reason
