"""The objects that a chart of the project installs, by the values that it has itself."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from weakref import WeakKeyDictionary

from msgspec.structs import replace

from readiness.deployment.helm_language import Part, Unsupported, parse
from readiness.deployment.helm_running import Runner, placed
from readiness.deployment.installed import only
from readiness.deployment.reading import Reading, joined
from readiness.document import yaml
from readiness.document.node import Node
from readiness.project import Project


def documents(reading: Reading, path: str) -> Iterator[Node]:
    """The documents of a template; raises `Unsupported` or `Malformed` if it is not followed."""
    folder = chart_of(reading, path)
    if folder is None:
        raise Unsupported("it belongs to no chart")
    try:
        written = _runner(reading, folder).write(parse(reading.project.text(path)), path)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError,
            ValueError) as fault:  # fmt: skip
        raise Unsupported(type(fault).__name__) from None
    for one in yaml.parse_all(written.text, path):
        yield placed(one, written.places)


# What each chart was found to say; gone with the project.
_read: "WeakKeyDictionary[Project, dict[tuple[str, str], Runner]]" = WeakKeyDictionary()


def _runner(reading: Reading, folder: str) -> Runner:
    known, key = _read.setdefault(reading.project, {}), (folder, reading.environment)
    if key not in known:
        known[key] = Runner(_root(reading, folder), _defined(reading, folder))
    return replace(known[key])


def chart_of(reading: Reading, path: str) -> str | None:
    """The folder of the chart that a template belongs to."""
    parts = PurePosixPath(path).parts
    if "templates" not in parts:
        return None
    folder = "/".join(parts[: parts.index("templates")])
    return folder if reading.project.has(joined(folder, "Chart.yaml")) else None


def _root(reading: Reading, folder: str) -> dict[str, Any]:
    """What templates see of the installation: its own name is that of the chart."""
    chart = reading.project.yaml(joined(folder, "Chart.yaml"))
    said = {key: one.value for key, one in chart.items()}
    name = str(said.get("name", "release"))
    return {
        "Values": _values(reading, folder),
        "Chart": {key[:1].upper() + key[1:]: value for key, value in said.items()},
        "Release": {"Name": name, "Service": "Helm", "Namespace": "default", "IsInstall": True},
    }


def _values(reading: Reading, folder: str) -> Node | None:
    """The values of a chart: its own, those of the environment, and what a chart above gives."""
    found: Node | None = None
    for path in (joined(folder, "values.yaml"), *_named(reading, folder)):
        if reading.project.has(path):
            found = _laid(found, reading.project.yaml(path))
    if (install := only(reading.installed, folder)) is not None:
        files = [reading.project.yaml(one) for one in install.files if reading.project.has(one)]
        for one in (*files, *install.values):
            found = _laid(found, one)
    above, _, name = folder.rpartition("/charts/")
    if above and reading.project.has(joined(above, "Chart.yaml")):
        outer = _values(reading, above)
        given = [outer.get(name), outer.get("global")] if outer else []
        found = _laid(found, given[0]) if given and given[0] else found
    return found


def _named(reading: Reading, folder: str) -> list[str]:
    """The files of values that name the environment: the chart's, or those of the only one."""
    globs = [joined(folder, "values*.yaml"), joined(folder, "values/*.yaml")]
    if [one for one in reading.project.files("Chart.yaml") if "/charts/" not in one[:-11]] == [
        joined(folder, "Chart.yaml")
    ]:
        globs += ["*values*.yaml", "*values*.yml", "values/*.yaml"]
    return [path for path in reading.project.files(*globs) if reading.belongs(path) == "this"]


def _laid(weaker: Node | None, stronger: Node) -> Node:
    """Values laid over others: mappings key by key."""
    if weaker is None or not (weaker.is_mapping and stronger.is_mapping):
        return stronger
    children = dict(weaker.items())
    for key, one in stronger.items():
        children[key] = _laid(children.get(key), one)
    return Node.mapping(children, stronger.at, stronger.key_at)


def _defined(reading: Reading, folder: str) -> dict[str, tuple[Part, ...]]:
    """What the templates of a chart, and of those within it, define by name."""
    found: dict[str, tuple[Part, ...]] = {}
    inside = joined(folder, "**/templates")
    for path in reading.project.files(f"{joined(folder, 'templates')}/**", f"{inside}/**"):
        text = reading.project.text_if_any(path)
        if text is None or "define" not in text:
            continue
        try:
            found |= {one.text: one.body for one in parse(text) if one.kind == "define"}
        except Unsupported:
            continue
    return found
