"""GitHub Actions: what the jobs that deploy the environment call."""

import re
from collections.abc import Iterator, Mapping

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
_LITERAL = re.compile(r"'(?P<text>[^']*)'\Z")
# Inputs that say for which environment a workflow is called.
_NAMES_ONE = re.compile(r"env|stage|target", re.IGNORECASE)
_DEEPEST = 4
_ENV = re.compile(r"env\.(?P<name>\w+)\Z")


Known = Mapping[str, str]
"""What expressions of GitHub come to, by their text."""


def github_work(reading: Reading) -> Iterator[Work]:
    """Each job that may deploy the environment, those of called workflows as they are called."""
    roots = dict(_roots(reading))
    called = {target for root in roots.values() for _, node in _jobs(root)
              if (target := _target(node)) in roots}  # fmt: skip
    for path, root in roots.items():
        if path not in called and not _is_for_others(reading, root.get("on") or root.get("true")):
            yield from _all(reading, roots, root, {}, 0)


def _roots(reading: Reading) -> Iterator[tuple[str, Node]]:
    for path in reading.project.files(".github/workflows/*.{yml,yaml}"):
        try:
            if is_file_of(reading, path):
                yield path, reading.project.yaml(path)
        except (Malformed, Unreadable):
            continue  # the reader of schedules says so


def _jobs(root: Node) -> list[tuple[str, Node]]:
    jobs = root.get("jobs")
    return list(jobs.items()) if jobs is not None else []


def _target(node: Node) -> str:
    """The workflow of the project that a job calls."""
    uses = node.get("uses")
    return uses.text.removeprefix("./") if uses is not None else ""


def _all(
    reading: Reading, roots: dict[str, Node], root: Node, known: Known, depth: int
) -> Iterator[Work]:
    for name, node in _jobs(root):
        target = _target(node)
        if target not in roots:
            if (work := _work(reading, root, name, node, known)) is not None:
                yield work
        elif depth < _DEEPEST and _is_called(reading, name, node, known):
            events = roots[target].get("on") or roots[target].get("true")
            inner = _inputs(events, node.get("with"), known)
            yield from _all(reading, roots, roots[target], inner, depth + 1)


def _is_called(reading: Reading, name: str, node: Node, known: Known) -> bool:
    """Whether a job calls a workflow for the environment: no input names another one."""
    given = node.get("with")
    texts = [_written(one.text, known) for key, one in (given.items() if given else ())
             if _NAMES_ONE.search(key)]  # fmt: skip
    off = _is_off(reading, node) or any(not is_for(reading, text) for text in texts)
    return not off and is_for(reading, None, name)


def _inputs(events: Node | None, given: Node | None, known: Known) -> Known:
    """What a called workflow finds as its inputs: what it is given, else their defaults."""
    found: dict[str, str] = {}
    declared = events.get("workflow_call", "inputs") if events is not None else None
    for name, one in declared.items() if declared is not None else ():
        default = one.get("default")
        found[f"inputs.{name}"] = default.text if default is not None else ""
    for name, one in given.items() if given is not None else ():
        found[f"inputs.{name}"] = _written(one.text, known)
    return found


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


def _work(reading: Reading, root: Node, name: str, node: Node, known: Known) -> Work | None:
    target = node.get("environment", "name") or node.get("environment")
    named = target.text if target is not None and target.children is None else None
    expression = _EXPRESSION.fullmatch(named or "")
    label = node.get("name")
    said = _written(named, known) if named else None
    if not is_for(reading, said, name, label.text if label else "") or _is_off(reading, node):
        return None
    if expression is not None and expression["inner"] not in known:
        # Whoever deploys this environment asks for it by its name.
        known = {**known, expression["inner"]: reading.environment}

    def text(one: str) -> str:
        return _written(one, known)

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


def _written(text: str, known: Known) -> str:
    """A text with the expressions of GitHub: those that are known, variables, unknowns."""

    def fill(one: re.Match[str]) -> str:
        first, _, otherwise = (part.strip() for part in one["inner"].partition("||"))
        if known.get(first):
            return known[first]
        if first in known and (literal := _LITERAL.match(otherwise)):
            return literal["text"]
        found = _ENV.match(one["inner"])
        return f"${{{found['name']}}}" if found else "${GITHUB}"

    return _EXPRESSION.sub(fill, text)
