"""Helm charts that bring a PostgreSQL server along: what their values open."""

from collections.abc import Iterator

from readiness.deployment.facts import Exposure
from readiness.deployment.reading import Reading, joined
from readiness.document.node import Malformed, Node
from readiness.project import Unreadable

_CHARTS = frozenset({"postgresql", "postgresql-ha", "postgres", "timescaledb-single"})
_SERVICES = (("service",), ("primary", "service"), ("readReplicas", "service"),
             ("pgpool", "service"), ("postgresql", "service"))  # fmt: skip


def read_charts(reading: Reading) -> None:
    """Add the ways to the servers that charts of the project depend on."""
    for path in reading.mine("Chart.yaml"):
        folder = path.rpartition("/")[0]
        names = [*_servers(_root(reading, path))]
        values = [joined(folder, "values.yaml"), *reading.mine(joined(folder, "values-*.yaml"))]
        for file in values if names else ():
            if reading.project.has(file):
                for name in names:
                    reading.exposures.extend(_opened(name, _root(reading, file)))


def _root(reading: Reading, path: str) -> Node | None:
    try:
        return reading.project.yaml(path)
    except (Malformed, Unreadable) as answer:
        reading.refuse(path, answer)
        return None


def _servers(chart: Node | None) -> Iterator[str]:
    """The names under which the values of the servers stand."""
    for one in (chart.get("dependencies") if chart else None) or ():
        name, alias = one.get("name"), one.get("alias")
        if name is not None and name.text in _CHARTS:
            yield alias.text if alias is not None else name.text


def _opened(name: str, values: Node | None) -> Iterator[Exposure]:
    own = values.get(name) if values else None
    enabled = own.get("enabled") if own else None
    if own is None or (enabled is not None and enabled.value is False):
        return
    for path in _SERVICES:
        kind = own.get(*path, "type")
        if kind is None:
            continue
        text = f"the chart's values open {name} by a Service of type {kind.text}"
        if kind.text == "LoadBalancer":
            yield Exposure("service-load-balancer", name, text, kind.at)
        elif kind.text == "NodePort":
            yield Exposure("service-node-port", name, text, kind.at)
        else:
            text = f"the Service of {name} is reached inside the cluster only ({kind.text})"
            yield Exposure("service-load-balancer", name, text, kind.at, open=False)
