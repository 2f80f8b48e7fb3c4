"""The steps of agno's workflows, which hold the agents, teams and workflows that they run."""

from typing import TYPE_CHECKING

from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import Arguments, Instance, List

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_STEPS = {
    "agno.workflow.step.Step": LibraryClass(("name", "agent", "team", "executor", "workflow")),
    "agno.workflow.steps.Steps": LibraryClass(("name", "description", "steps")),
    "agno.workflow.loop.Loop": LibraryClass(("steps",)),
    "agno.workflow.condition.Condition": LibraryClass(("evaluator", "steps", "else_steps")),
    "agno.workflow.router.Router": LibraryClass(("choices", "selector")),
}


def _parallel(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """``Parallel(*steps)``."""
    steps = [value for name, value in arguments.keywords.items() if name.startswith("step")]
    instance.slots.values["steps"] = List(tuple(steps))


_STEPS["agno.workflow.parallel.Parallel"] = LibraryClass(
    tuple(f"step{number}" for number in range(40)), build=_parallel
)


def _aliases() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _STEPS:
        cls = name.rpartition(".")[2]
        found |= dict.fromkeys(
            (f"agno.workflow.{cls}", f"agno.workflow.v2.{cls}", f"agno.workflow.types.{cls}"), name
        )
    return found


TABLE = Table(classes=_STEPS, aliases=_aliases())
