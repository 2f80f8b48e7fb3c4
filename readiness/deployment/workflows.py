"""GitHub Actions: the jobs that deploy to the environment, and those on a schedule."""

from collections.abc import Iterator

from readiness.deployment.naming import aliases, belongs
from readiness.deployment.reading import Reading
from readiness.deployment.service import Command, Schedule, Service
from readiness.document.node import Malformed, Node
from readiness.model.secret import Secret
from readiness.model.variable import Origin, Variable
from readiness.project import Unreadable


def read_workflows(reading: Reading) -> None:
    """Add the jobs of workflows that run on a schedule or deploy to the environment.

    Any other job is a test of the code, not a part of the deployment.
    """
    for path in reading.project.files(".github/workflows/*.{yml,yaml}"):
        try:
            root = reading.project.yaml(path)
        except (Malformed, Unreadable) as answer:
            reading.refuse(path, answer)
            continue
        jobs = root.get("jobs")
        for name, node in jobs.items() if jobs else ():
            reading.services.extend(_job(reading, path, root, name, node))


def _job(reading: Reading, path: str, root: Node, name: str, node: Node) -> Iterator[Service]:
    if _is_off(node):
        return
    schedule = _schedule(root)
    target = node.get("environment", "name") or node.get("environment")
    word = target.text.lower() if target is not None and not target.is_mapping else ""
    mine = word in aliases(reading.environment)
    if not mine and (schedule is None or (word and belongs(word, reading.environment) == "other")):
        return
    file = path.rpartition("/")[2].rpartition(".")[0]
    yield Service(
        f"{file}/{name}", "github-actions", node.key_at or node.at, command=_command(node),
        variables=tuple(_variables(root, node)), schedule=schedule, runs_code=False,
        workload="deploys" if mine else "scheduled",
    )  # fmt: skip


def _is_off(node: Node) -> bool:
    """Tell whether a job or a step says that it never runs: ``if: false``."""
    condition = node.get("if")
    return condition is not None and condition.text.strip(" ${}").lower() == "false"


def _steps(node: Node) -> list[Node]:
    return [step for step in node.get("steps") or () if not _is_off(step)]


def _schedule(root: Node) -> Schedule | None:
    for one in root.get("on", "schedule") or root.get("true", "schedule") or ():
        if cron := one.get("cron"):
            return Schedule(cron.text, cron.at)
    return None


def _command(node: Node) -> Command | None:
    steps = [run for step in _steps(node) if (run := step.get("run"))]
    if not steps:
        return None
    return Command.for_shell(("\n".join(step.text for step in steps),), steps[0].at)


def _variables(root: Node, node: Node) -> Iterator[Variable]:
    found: dict[str, Variable] = {}
    steps = [step.get("env") for step in _steps(node)]
    for holder in (root.get("env"), node.get("env"), *steps):
        for name, one in holder.items() if holder else ():
            weaker = found[name].chain if name in found else ()
            found[name] = _variable(name, one, weaker)
    return iter([found[name] for name in sorted(found)])


def _variable(name: str, node: Node, weaker: tuple[Origin, ...]) -> Variable:
    at = node.key_at or node.at
    value = Secret(node.text)
    origin = Origin("env of the workflow", at, value)
    if "${{" in node.text:
        return Variable(name, "injected", None, (origin, *weaker))
    return Variable(name, "known", value, (origin, *weaker))
