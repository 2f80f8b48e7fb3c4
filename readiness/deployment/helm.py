"""Helm charts that bring a PostgreSQL server along: what their values open and set."""

import re
from collections.abc import Iterator

from readiness.deployment.facts import DeclaredSetting, Exposure
from readiness.deployment.reading import Reading, joined
from readiness.deployment.server_settings import settings_in
from readiness.document.node import Malformed, Node
from readiness.project import Unreadable

_CHARTS = frozenset({"postgresql", "postgresql-ha", "postgres", "timescaledb-single"})
_SERVICES = (("service",), ("primary", "service"), ("readReplicas", "service"),
             ("pgpool", "service"), ("postgresql", "service"))  # fmt: skip
# Where charts take settings of the server: as a file's text, or by name.
_TEXTS = (("primary", "configuration"), ("primary", "extendedConfiguration"))
_NAMED = (("postgresqlConfiguration",), ("postgresqlExtendedConf",),
          ("patroni", "bootstrap", "dcs", "postgresql", "parameters"),
          ("patroni", "postgresql", "parameters"))  # fmt: skip
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def read_charts(reading: Reading) -> None:
    """Add the ways to the servers that charts of the project depend on."""
    for path in reading.mine("Chart.yaml"):
        folder = path.rpartition("/")[0]
        names = [*_servers(_root(reading, path))]
        values = [joined(folder, "values.yaml"), *reading.mine(joined(folder, "values-*.yaml"))]
        settings: dict[str, DeclaredSetting] = {}
        for file in values if names else ():
            if reading.project.has(file):
                for name in names:
                    own = _own(name, _root(reading, file))
                    reading.exposures.extend(_opened(name, own) if own else ())
                    settings |= {one.name: one for one in _set(name, own)} if own else {}
        reading.settings.extend(settings.values())


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


def _own(name: str, values: Node | None) -> Node | None:
    """What the values say of a server, unless it is switched off."""
    own = values.get(name) if values else None
    enabled = own.get("enabled") if own else None
    return None if enabled is not None and enabled.value is False else own


def _set(name: str, own: Node) -> Iterator[DeclaredSetting]:
    """The settings that the values give the server."""
    source = f"the values of {name}"
    for path in _TEXTS:
        if (text := own.get(*path)) is not None and isinstance(text.value, str):
            yield from settings_in(((line, text.at) for line in text.value.splitlines()), source)
    for way in _NAMED:
        found = own.get(*way)
        for key, node in found.items() if found else ():
            setting = _HUMP.sub("_", key).lower()
            yield DeclaredSetting(setting, node.text, node.key_at or node.at, source)


def _opened(name: str, own: Node) -> Iterator[Exposure]:
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
