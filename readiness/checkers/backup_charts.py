"""Backups that a Helm chart of PostgreSQL takes, as the values ask for them."""

import posixpath
from collections.abc import Iterator

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
)
from readiness.checkers.backup_releases import by_releases
from readiness.checkers.scope import is_aside, is_for

_CHARTS = frozenset({"postgresql", "postgresql-ha"})


def by_charts(project: Project, environment: Environment) -> Iterator[Finding]:
    """The jobs that the chart of Bitnami makes for the servers that the project depends on."""
    for path in project.files("Chart.yaml"):
        chart = _root(project, path)
        for one in (chart.get("dependencies") if chart and not is_aside(path) else None) or ():
            name, alias = one.get("name"), one.get("alias")
            if name is not None and name.text in _CHARTS:
                own = alias.text if alias is not None else name.text
                yield from _judge(own, name.at, path, project, environment)
    yield from by_releases(project, environment, _CHARTS)


def _judge(
    name: str, told: Place, chart: str, project: Project, environment: Environment
) -> Iterator[Finding]:
    folder = posixpath.dirname(chart)
    files = [path for path in project.files("values*.yaml")
             if posixpath.dirname(path) == folder and is_for(path, environment.name)]  # fmt: skip
    found: Node | None = None
    for path in sorted(files, key=lambda one: not one.endswith("/values.yaml")):
        root = _root(project, path)
        own = root.get(name) if root else None
        switch = own.get("enabled") if own else None
        if switch is not None and switch.value is False:
            return
        found = (own.get("backup", "enabled") if own else None) or found
    if found is None:
        yield problem(f"the chart deploys {name}, and no value lets it be dumped", at=told,
                      hint="set backup.enabled to true, with a schedule and a volume")  # fmt: skip
        return
    at = found.key_at or found.at
    if found.value:
        yield ok(f"the chart's values let {name} be dumped on a schedule", at=at)
    else:
        yield problem(f"the chart's values switch the backups of {name} off", at=at,
                      hint="set backup.enabled to true, with a schedule and a volume")  # fmt: skip


def _root(project: Project, path: str) -> Node | None:
    try:
        return project.yaml(path)
    except (Unreadable, Malformed):
        return None
