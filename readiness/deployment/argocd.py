"""Argo CD and helmfile: which charts they install, with which values."""

from collections.abc import Iterator

from readiness.deployment.installed import Installed, nested, written
from readiness.deployment.reading import Reading, joined
from readiness.document import yaml
from readiness.document.node import Malformed, Node
from readiness.project import Unreadable


def read_installations(reading: Reading) -> None:
    """Note the charts of the project that are installed in the environment."""
    for path in reading.project.files("*.yaml", "*.yml"):
        try:
            content = reading.project.read(path)
            if b"argoproj.io" in content and b"helm:" in content and reading.is_mine(path):
                for root in reading.project.yaml_all(path):
                    reading.installed.extend(_application(reading, root))
            elif path.rpartition("/")[2].startswith("helmfile") and reading.is_mine(path):
                reading.installed.extend(_releases(path, reading.project.yaml(path)))
        except (Malformed, Unreadable):
            continue  # whoever reads manifests says so


def _application(reading: Reading, root: Node) -> Iterator[Installed]:
    kind, name = root.get("kind"), root.get("metadata", "name")
    if kind is None or kind.text != "Application":
        return
    space = root.get("spec", "destination", "namespace")
    labels = [one.text for one in (name, space) if one is not None]
    if any(reading.belongs(one) == "other" for one in labels):
        return
    for source in (root.get("spec", "source"), *(root.get("spec", "sources") or ())):
        helm, chart = (source.get("helm"), source.get("path")) if source else (None, None)
        if helm is None or chart is None:
            continue
        folder = joined("", chart.text)
        files = [joined(folder, one.text) for one in helm.get("valueFiles") or ()]
        yield Installed(name.text if name else "", folder, tuple(files), tuple(_given(helm)))


def _given(helm: Node) -> Iterator[Node]:
    """Values inside of an application, weakest first: a text, an object, parameters."""
    text, given = helm.get("values"), helm.get("valuesObject")
    if text is not None and isinstance(text.value, str):
        try:
            yield yaml.parse(text.value, text.at.path).lowered(text.at.line or 0)
        except Malformed:
            return
    if given is not None:
        yield given
    for one in helm.get("parameters") or ():
        name, value = one.get("name"), one.get("value")
        if name is not None and value is not None:
            forced = one.get("forceString")
            plain = forced is not None and forced.value is True
            made = nested(name.text, written(value.text, value.at, plain=plain))
            yield from (made,) if made is not None else ()


def _releases(path: str, root: Node) -> Iterator[Installed]:
    """The releases of a helmfile whose chart lies in the project."""
    base = path.rpartition("/")[0]
    for one in root.get("releases") or ():
        chart, name = one.get("chart"), one.get("name")
        if chart is None or not chart.text.startswith("."):
            continue
        given = list(one.get("values") or ())
        files = [joined(base, value.text) for value in given if value.children is None]
        values = [value for value in given if value.is_mapping]
        for pair in one.get("set") or ():
            key, value = pair.get("name"), pair.get("value")
            if key is not None and value is not None and (made := nested(key.text, value)):
                values.append(made)
        yield Installed(
            name.text if name else "", joined(base, chart.text), tuple(files), tuple(values)
        )
