"""GitHub Actions: what the jobs that deploy the environment call."""

import re
from collections.abc import Iterator

from readiness.deployment.reading import Reading
from readiness.deployment.steps.actions import called_by
from readiness.deployment.steps.work import (
    Piece,
    Work,
    is_file_of,
    is_for,
    is_of_another,
    piece,
    texts_of,
)
from readiness.document.node import Malformed, Node
from readiness.project import Unreadable

_EXPRESSION = re.compile(r"\$\{\{\s*(?P<inner>[^{}]*?)\s*\}\}")
_ENV = re.compile(r"env\.(?P<name>\w+)\Z")


def github_work(reading: Reading) -> Iterator[Work]:
    """Each job that may deploy the environment."""
    for path in reading.project.files(".github/workflows/*.{yml,yaml}"):
        if not is_file_of(reading, path):
            continue
        try:
            root = reading.project.yaml(path)
        except (Malformed, Unreadable):
            continue  # the reader of schedules says so
        if _is_for_others(reading, root.get("on") or root.get("true")):
            continue
        jobs = root.get("jobs")
        for name, node in jobs.items() if jobs else ():
            if work := _work(reading, root, name, node):
                yield work


def _is_for_others(reading: Reading, events: Node | None) -> bool:
    """Whether a workflow only runs for a review, or for the branches of other environments."""
    if events is None:
        return False
    names = {name for name, _ in events.items()} or {one.text for one in events} or {events.text}
    if names <= {"pull_request", "pull_request_target", "merge_group"}:
        return True
    branches = [one.text for one in events.get("push", "branches") or ()]
    others = [one for one in branches if reading.belongs(one) == "other"]
    return names == {"push"} and bool(branches) and others == branches


def _work(reading: Reading, root: Node, name: str, node: Node) -> Work | None:
    target = node.get("environment", "name") or node.get("environment")
    named = target.text if target is not None and target.children is None else None
    expression = _EXPRESSION.fullmatch(named or "")
    label = node.get("name")
    said = None if expression else named
    if not is_for(reading, said, name, label.text if label else "") or _is_off(reading, node):
        return None
    inner = expression["inner"] if expression else None

    def text(one: str) -> str:
        return _written(one, inner, reading.environment)

    texts = {key: text(one) for key, one in texts_of(root.get("env"), node.get("env")).items()}
    pieces: list[Piece] = []
    for step in node.get("steps") or ():
        own = {key: text(one) for key, one in texts_of(step.get("env")).items()}
        run, uses = step.get("run"), step.get("uses")
        if _is_off(reading, step):
            continue
        if run is not None:
            pieces.append(piece(run, own, text(run.text)))
        elif uses is not None:
            pieces.extend(called_by(uses.text, step, own, text))
    return Work(tuple(pieces), (name, said or ""), texts)


def _is_off(reading: Reading, node: Node) -> bool:
    condition = node.get("if")
    if condition is None:
        return False
    return condition.text.strip(" ${}").lower() == "false" or is_of_another(
        reading, condition.text
    )


def _written(text: str, target: str | None, environment: str) -> str:
    """A text with the expressions of GitHub: the environment's own name, variables, unknowns."""

    def fill(one: re.Match[str]) -> str:
        if target is not None and one["inner"] == target:
            return environment
        found = _ENV.match(one["inner"])
        return f"${{{found['name']}}}" if found else "${GITHUB}"

    return _EXPRESSION.sub(fill, text)
