"""Nomad: the tasks of a job's file, with their variables, instances and clock."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from readiness.deployment.platforms import Chosen, Keys, known, laid, listed, supplied, words
from readiness.deployment.reading import Reading
from readiness.deployment.service import Command, Replicas, Schedule, Service
from readiness.document.node import Node

_FILES = ("*.nomad", "*.nomad.hcl", "*.nomad.tf")
_SOURCE = "env of the task"
_TEMPLATE = "a template of the task"
_LINE = re.compile(r"\s*(?:export\s+)?(?P<name>[A-Za-z_]\w*)=(?P<value>.*)\Z")
# Names that a template makes, or takes whole from somewhere else.
_COMPUTED_NAME = re.compile(r"\{\{-?\s*(?:range|file|tree)\b|(?m:^\s*\{\{[^}]*\}\}\w*=)")


def read_nomad(reading: Reading) -> None:
    """Add a service for each task of the jobs of the environment."""
    for _, root in Chosen(reading, _FILES).documents("hcl"):
        for name, job in _labelled(root, "job"):
            tasks = [(f"{name}/{first}/{second}", group, task)
                     for first, group in _labelled(job, "group")
                     for second, task in _labelled(group, "task")]  # fmt: skip
            for whole, group, task in tasks:
                said = whole if len(tasks) > 1 else name
                reading.services.append(_service(said, job, group, task))


def _labelled(node: Node, kind: str) -> Iterator[tuple[str, Node]]:
    found = node.get(kind)
    for name, body in found.items() if found and found.is_mapping else ():
        if body.is_mapping:
            yield name, body


def _service(name: str, job: Node, group: Node, task: Node) -> Service:
    image = task.get("config", 0, "image")
    kind = job.get("type")
    return Service(
        name, "nomad", task.key_at or task.at,
        image=image.text if image else None, image_at=image.at if image else None,
        command=_command(task), entrypoint=words(task.get("config", 0, "entrypoint")),
        variables=listed(_variables(task)), replicas=_replicas(group.get("count")),
        schedule=_schedule(job), workload=kind.text if kind else "service",
        unread_sources=tuple(_templates(task)),
    )  # fmt: skip


def _command(task: Node) -> Command | None:
    config = task.get("config", 0)
    first = config.get("command") if config else None
    more = words(config.get("args")) if config else None
    if first is None:
        return more
    return Command((first.text, *(more.words if more else ())), (more or first).at)


def _variables(task: Node) -> Keys:
    """What the blocks ``env`` say; what Nomad puts into it where it runs is supplied."""
    found: Keys = {}
    for block in task.get("env") or ():
        for name, node in block.items() if block.is_mapping else ():
            computed = "${" in node.text
            found[name] = supplied(name, node, _SOURCE) if computed else known(name, node, _SOURCE)
    # Templates beat what the task says itself.
    return laid(found, _given(task))


def _given(task: Node) -> Keys:
    """The variables that templates name in lines of their own."""
    found: Keys = {}
    for block in _of_variables(task):
        data = block.get("data")
        for line in data.text.splitlines() if data is not None else ():
            if (pair := _LINE.match(line)) and data is not None:
                node = replace(data, value=pair["value"], raw=pair["value"].strip("\"' "))
                name, open_ = pair["name"], "{{" in line
                found[name] = supplied(name, node, _TEMPLATE) if open_ else (
                    known(name, node, _TEMPLATE))  # fmt: skip
    return found


def _templates(task: Node) -> Iterator[str]:
    """The templates whose names of variables are not written in the job."""
    for block in _of_variables(task):
        data, target = block.get("data"), block.get("destination")
        if data is None or _COMPUTED_NAME.search(data.text):
            yield target.text if target else "a template of variables"


def _of_variables(task: Node) -> Iterator[Node]:
    for block in task.get("template") or ():
        said = block.get("env")
        if said is not None and said.value is True:
            yield block


def _replicas(count: Node | None) -> Replicas | None:
    if count is None or not count.text.isdigit():
        return None
    return Replicas(int(count.text), int(count.text), count.at)


def _schedule(job: Node) -> Schedule | None:
    """When a periodic job runs: by one line of cron, or the first of several."""
    periodic = job.get("periodic", 0)
    if periodic is None:
        return None
    when = periodic.get("cron") or periodic.get("crons", 0)
    off = periodic.get("enabled")
    if when is None:
        return None
    suspended = off is not None and off.value is False
    return Schedule(when.text, when.at, suspended, off.at if off and suspended else None)
