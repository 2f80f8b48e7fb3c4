"""Backups that a Helm chart of PostgreSQL takes, as a release in Terraform asks for them."""

import posixpath
import re
from collections.abc import Collection, Iterator

from readiness import (
    Environment,
    Finding,
    Malformed,
    Node,
    Place,
    Project,
    Unreadable,
    ok,
    problem,
    undecided,
)
from readiness.checkers.scope import deployed_files

_SWITCH = "backup.enabled"
_MEND = "set backup.enabled to true, with a schedule and a volume"
_IN_YAML = re.compile(
    r"(?m)^(?P<indent> *)backup:[ \t]*\n(?:(?P=indent) +[^\n]*\n)*?"
    r"(?P=indent) +enabled:[ \t]*(?P<said>\w+)"
)
_IN_CODE = re.compile(r"\bbackup\s*=\s*\{[^{}]*?\benabled\s*=\s*(?P<said>\w+)")
_FILE = re.compile(r"(?:template)?file\(\s*\"(?:\$\{path\.module\}/)?(?P<path>[^\"$]+)\"")
_Said = tuple[str, Place]


def by_releases(
    project: Project, environment: Environment, charts: Collection[str]
) -> Iterator[Finding]:
    """The jobs that charts make for the servers that ``helm_release`` installs."""
    for path in deployed_files(project, environment, "*.tf"):
        if not _speaks(project, path):
            continue
        try:
            releases = project.hcl(path).get("resource", "helm_release")
        except (Malformed, Unreadable):
            continue
        for name, node in releases.items() if releases else ():
            chart = node.get("chart")
            if chart is not None and posixpath.basename(chart.text) in charts:
                yield _judge(name, node, project)


def _speaks(project: Project, path: str) -> bool:
    try:
        return b"helm_release" in project.read(path)
    except Unreadable:
        return False


def _judge(name: str, node: Node, project: Project) -> Finding:
    at = node.key_at or node.at
    found = list(_said(node, project))
    if not found:
        said = f"helm_release.{name} deploys PostgreSQL, and no value lets it be dumped"
        return problem(said, at=at, hint=_MEND)
    text, where = found[-1]
    match text:
        case "true":
            return ok(
                f"the values of helm_release.{name} let it be dumped on a schedule", at=where
            )
        case "false":
            return problem(f"helm_release.{name} switches the backups of its chart off", at=where,
                           hint=_MEND)  # fmt: skip
    return undecided(f"whether helm_release.{name} is dumped is computed: {text}", at=where,
                     hint="give the Terraform variable a value in a tfvars file")  # fmt: skip


def _said(node: Node, project: Project) -> Iterator[_Said]:
    """What is said of the switch, the weakest first: texts of values, then single settings."""
    for one in node.get("values") or ():
        yield from _in_values(one, project)
    for one in node.get("set") or ():
        name, value = one.get("name"), one.get("value")
        if name is not None and value is not None and name.text == _SWITCH:
            yield value.text.lower(), value.at


def _in_values(node: Node, project: Project) -> Iterator[_Said]:
    if named := _FILE.search(node.text):
        yield from _in_file(posixpath.dirname(node.at.path), named["path"], node, project)
    for pattern in (_IN_YAML, _IN_CODE):
        if found := pattern.search(node.text):
            yield found["said"].lower(), node.at


def _in_file(folder: str, name: str, node: Node, project: Project) -> Iterator[_Said]:
    path = posixpath.normpath(posixpath.join(folder, name))
    try:
        found = project.yaml(path).get("backup", "enabled") if project.has(path) else None
    except (Malformed, Unreadable):
        yield f"{path} is not understood", node.at
        return
    if not project.has(path):
        yield f"{path} is not there", node.at
    elif found is not None:
        yield found.text.lower(), found.at
