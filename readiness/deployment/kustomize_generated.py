"""The ConfigMaps and Secrets that a kustomization generates."""

import re
from collections.abc import Iterator

from readiness.deployment.manifest import Manifest
from readiness.deployment.reading import Reading, joined
from readiness.document.node import Node
from readiness.model.place import Place
from readiness.project import Unreadable

_QUOTED = re.compile(r"(?P<quote>[\"'])(?P<text>.*)(?P=quote)\Z", re.DOTALL)


def generated(
    reading: Reading, root: Node, folder: str, consumed: set[str]
) -> Iterator[tuple[str, Manifest]]:
    """Every generated object, with how it joins one that is there: create, merge or replace."""
    for key, kind in (("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret")):
        for one in root.get(key) or ():
            name, behavior = one.get("name"), one.get("behavior")
            if name is None:
                continue
            pairs = dict(_pairs(reading, one, folder, consumed))
            field = "data" if kind == "ConfigMap" else "stringData"
            node = Node.mapping(
                {"metadata": Node.mapping({"name": name}, one.at),
                 field: Node.mapping(pairs, one.at)}, one.at,
            )  # fmt: skip
            yield behavior.text if behavior else "create", Manifest(kind, name.text, None, node)


def _pairs(
    reading: Reading, node: Node, folder: str, consumed: set[str]
) -> Iterator[tuple[str, Node]]:
    single = node.get("env")
    for one in (*(node.get("envs") or ()), *((single,) if single else ())):
        path = joined(folder, one.text)
        consumed.add(path)
        yield from _of_lines(reading, path, one.at)
    for one in node.get("files") or ():
        key, equals, name = one.text.partition("=")
        path = joined(folder, name if equals else key)
        consumed.add(path)
        key = key if equals else path.rpartition("/")[2]
        yield key, _content(reading, path, one.at)
    for one in node.get("literals") or ():
        key, _, value = one.text.partition("=")
        quoted = _QUOTED.match(value)
        text = quoted["text"] if quoted else value
        yield key, Node(text, one.at, raw=text, key_at=one.at)


def _of_lines(reading: Reading, path: str, at: Place) -> Iterator[tuple[str, Node]]:
    """The lines of a file as kustomize reads them: quotes are a part of the value."""
    try:
        lines = reading.project.lines(path)
    except Unreadable as answer:
        reading.refuse(path, f"{at} draws it in: {answer.reason}")
        return
    for line in lines:
        text = line.text.lstrip()
        if not text or text.startswith("#"):
            continue
        key, equals, value = text.partition("=")
        if equals:
            yield key, Node(value, line.at, raw=value, key_at=line.at)


def _content(reading: Reading, path: str, at: Place) -> Node:
    try:
        text = reading.project.text(path)
    except Unreadable as answer:
        reading.refuse(path, f"{at} draws it in: {answer.reason}")
        text = ""
    return Node(text, Place(path, 1), raw=text, key_at=Place(path, 1))
