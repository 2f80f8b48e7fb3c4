"""Bicep: the applications that its files deploy, with the parameters of the environment."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from readiness.deployment.azure_resources import Resource, add_resources, containers
from readiness.deployment.bicep_values import Scope
from readiness.deployment.interpolation import COMPUTED
from readiness.deployment.reading import Reading, joined
from readiness.document.bicep import parse, parse_parameters
from readiness.document.node import Malformed, Node
from readiness.document.syntax import Syntax
from readiness.project import Unreadable

_DEEPEST = 8
_APPLICATION = re.compile(r"avm/res/app/(?:container-app|job):")


def read_bicep(reading: Reading) -> None:
    """Add the applications of each file of Bicep that no other one calls."""
    roots: dict[str, Syntax] = {}
    for path in reading.project.files("*.bicep"):
        try:
            if reading.is_mine(path):
                roots[path] = parse(reading.project.text(path), path)
        except (Malformed, Unreadable) as answer:
            reading.refuse(path, answer)
    called = {target for path, root in roots.items() for target in _modules(path, root)}
    files = _Files(reading, roots)
    for path in sorted(roots.keys() - called):
        add_resources(reading, files.resources(path, parameters(reading, path), 0))


def _modules(path: str, root: Syntax) -> Iterator[str]:
    """The files of the project that a file calls."""
    for one in root:
        source = one.first("string") if one.kind == "module_declaration" else None
        if source is not None and source.text.strip("'").endswith(".bicep"):
            yield joined(path.rpartition("/")[0], source.text.strip("'"))


class _Files(Struct):
    """The files of Bicep of a project, which call each other."""

    reading: Reading
    roots: dict[str, Syntax]

    def resources(self, path: str, given: Mapping[str, Node], depth: int) -> Iterator[Resource]:
        """What a file deploys with the parameters that it is given."""
        if depth > _DEEPEST:
            return
        scope = Scope.of(self.roots[path], given)
        labels: dict[str, str] = {}
        for one in self.roots[path]:
            if one.kind == "resource_declaration":
                yield from _resource(scope, one, labels, "", None)
            elif one.kind == "module_declaration":
                yield from self._called(path, scope, one, depth)

    def _called(self, path: str, scope: Scope, node: Syntax, depth: int) -> Iterator[Resource]:
        """What a module deploys: a file of the project, or one of Azure's own."""
        label, source = node.first("identifier"), node.first("string")
        for body in _bodies(scope, list(node)[-1]):
            given = scope.value(body).get("params") or Node.mapping({}, body.at)
            named = source.text.strip("'") if source else ""
            target = joined(path.rpartition("/")[0], named)
            if target in self.roots:
                yield from self.resources(target, dict(given.items()), depth + 1)
            elif _APPLICATION.search(named):
                name = given.get("name")
                text = name.text if name is not None and COMPUTED not in name.text else ""
                said = text or (label.text if label else "app")
                nodes, scale = given.get("containers"), given.get("scaleSettings")
                self.reading.services.extend(containers(said, nodes, scale))


def _resource(
    scope: Scope, node: Syntax, labels: dict[str, str], outer: str, owner: str | None
) -> Iterator[Resource]:
    """A resource and those inside of it; none of what already exists or is switched off."""
    parts = list(node)
    label, kind = parts[0].text, parts[1].text.strip("'").partition("@")[0].lower()
    whole = f"{outer}/{kind}" if outer else kind
    for body in _bodies(scope, parts[-1]):
        value = scope.value(body)
        name = value.get("name")
        text = name.text if name is not None else label
        labels[label] = text
        above = next((list(one)[-1].text for one in body if one.kind == "object_property"
                      and next(iter(one)).text == "parent"), "")  # fmt: skip
        if "existing" not in node.signs:
            yield Resource(whole, text, value, owner or labels.get(above))
        for one in body:
            inner = one.first("resource_declaration")
            if inner is not None:
                yield from _resource(scope, inner, labels, whole, text)


def _bodies(scope: Scope, node: Syntax) -> list[Syntax]:
    """The body of a declaration, unless its condition says that it is not deployed."""
    if node.kind == "object":
        return [node]
    if node.kind == "if_statement":
        condition, *rest = list(node)
        return [] if scope.truth(condition) is False else rest[-1:]
    body = node.named("body") if node.kind == "for_statement" else None
    return [body] if body is not None and body.kind == "object" else []


def parameters(reading: Reading, path: str) -> dict[str, Node]:
    """What the files of parameters for the environment give to a file, the named ones last."""
    folder, _, file = path.rpartition("/")
    stem = file.rpartition(".")[0]
    found: dict[str, Node] = {}
    paths = [one for one in reading.mine("*.bicepparam", "*.parameters*.json", "*.parameters.json")
             if _is_of(reading, one, folder, stem)]  # fmt: skip
    for one in sorted(paths, key=lambda one: reading.belongs(one) == "this"):
        found |= _given(reading, one)
    return {**found, **reading.parameters}


def _is_of(reading: Reading, path: str, folder: str, stem: str) -> bool:
    """Whether parameters are those of a file: they say so, or are called so."""
    if path.endswith(".bicepparam"):
        text = reading.project.text_if_any(path) or ""
        used = re.search(r"using\s+'([^']*)'", text)
        target = joined(path.rpartition("/")[0], used[1]) if used else ""
        return target == joined(folder, f"{stem}.bicep")
    name = path.rpartition("/")[2]
    return name.startswith(f"{stem}.") or path.rpartition("/")[0] == folder or (
        path.startswith(f"{folder}/") if folder else True)  # fmt: skip


def _given(reading: Reading, path: str) -> dict[str, Node]:
    try:
        if path.endswith(".bicepparam"):
            root = parse_parameters(reading.project.text(path), path)
            scope = Scope.of(root, {})
            return {name: scope.value(one) for name, one in scope.written.items()}
        root_node = reading.project.json(path)
    except (Malformed, Unreadable) as answer:
        reading.refuse(path, answer)
        return {}
    given = root_node.get("parameters")
    return {name: value for name, one in (given.items() if given else ())
            if (value := one.get("value")) is not None}  # fmt: skip
