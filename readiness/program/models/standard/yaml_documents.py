"""YAML as PyYAML reads it, which has words of its own for truths, numbers and dates."""

from typing import Any

from readiness.document.node import Malformed, Node
from readiness.program.interpreter.plain import lifted
from readiness.program.models.standard.documents import placed
from readiness.program.values import Arguments, Class, Dict, External, List, Text, Unknown, Value

ERROR = "yaml.YAMLError"
_ALIKE = frozenset({
    "SafeLoader", "CSafeLoader", "FullLoader", "CFullLoader", "Loader", "CLoader", "UnsafeLoader",
})  # fmt: skip
"""Loaders that take a bare word for the same."""
_OTHERWISE = "a document with tags, or that another loader reads"


def parse(content: str, path: str) -> Node:
    """The document, with its places."""
    from readiness.document import yaml as document  # noqa: PLC0415 - only where code reads one

    return document.parse(content, path)


def _loaded(content: str) -> Any:
    from readiness.document.old_yaml import loaded  # noqa: PLC0415 - as above

    return loaded(content)


def valued(node: Node, given: Text, arguments: Arguments, *, whole: bool) -> Value:
    """A document as a value: what it holds by PyYAML, and where by its nodes."""
    loader = arguments.get("Loader", 1)
    if isinstance(loader, Class):
        return _without(node, given, whole=whole)
    if loader is not None and not _is_alike(loader):
        return Unknown(_OTHERWISE, arguments.at, given.trace)
    try:
        thing = _loaded(given.known or "")
    except Malformed:
        return _without(node, given, whole=whole)
    return _paired(node, thing, given, whole=whole)


def _is_alike(loader: Value) -> bool:
    module, _, name = loader.name.rpartition(".") if isinstance(loader, External) else ("", "", "")
    return module.partition(".")[0] == "yaml" and name in _ALIKE


def _paired(node: Node, thing: Any, given: Text, *, whole: bool) -> Value:
    """A part of a document; where mappings are merged, no place is known."""
    children = node.children
    if isinstance(children, dict) and isinstance(thing, dict):
        if len(children) != len(thing) or "<<" in children:
            return lifted(thing, given.trace)
        pairs = zip(children.values(), thing.items(), strict=True)
        entries = {key: _paired(one, held, given, whole=whole) for one, (key, held) in pairs}
        return Dict(entries, {key: lifted(key) for key in entries}, given.trace)
    if isinstance(children, (list, tuple)) and isinstance(thing, list):
        both = zip(children, thing, strict=False)
        return List(tuple(_paired(*pair, given, whole=whole) for pair in both), given.trace)
    if isinstance(thing, str):
        return placed(node, thing, given, whole=whole)
    return lifted(thing, given.trace)


def _without(node: Node, given: Text, *, whole: bool) -> Value:
    """A document with tags that only a loader of its own knows: its shape, and its texts."""
    if node.tag is not None:
        return Unknown("a value with a tag", node.at, given.trace)
    children = node.children
    if isinstance(children, dict):
        if "<<" in children:
            return Unknown("a mapping that others are merged into", node.at, given.trace)
        entries: dict[Any, Value] = {
            key: _without(one, given, whole=whole) for key, one in children.items()
        }
        return Dict(entries, {key: lifted(key) for key in entries}, given.trace)
    if isinstance(children, (list, tuple)):
        return List(tuple(_without(one, given, whole=whole) for one in children), given.trace)
    return _bare(node, given, whole=whole)


def _bare(node: Node, given: Text, *, whole: bool) -> Value:
    """A word that all readers take for the same, or one that none can tell."""
    word = node.raw if node.raw is not None else node.value
    try:
        thing = _loaded(word) if isinstance(word, str) else word
    except Malformed:
        thing = node.value
    if isinstance(node.value, str) and node.value == thing:
        return placed(node, node.value, given, whole=whole)
    if type(thing) is type(node.value) and thing == node.value:
        return lifted(thing, given.trace)
    return Unknown("a word that readers of YAML take differently", node.at, given.trace)
