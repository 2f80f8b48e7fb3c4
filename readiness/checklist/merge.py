"""A checklist over what it extends: the fields that it gives win."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from readiness.checklist.plain import Checklist, Rule
from readiness.checklist.source import Loading, find, not_found, read
from readiness.checklist.validate import validate
from readiness.document.faults import nearest
from readiness.document.node import Node
from readiness.model.errors import Fault
from readiness.model.place import Place

if TYPE_CHECKING:
    from readiness.checklist.text import ChecklistText, RuleText

_DEEPEST = 10


class Entry(Struct, frozen=True):
    """A rule as far as the files say so far: the fields that were given, and where."""

    given: Mapping[str, Any]
    places: Mapping[tuple[str | int, ...], Place]
    checklist: str
    at: Place


def merge(
    node: Node | None, loading: Loading, folder: Path, depth: int
) -> "tuple[dict[str, Entry], Checklist | ChecklistText | None]":
    """Read a file's rules over those of what it extends."""
    text = validate(node, loading)
    if node is None or text is None:
        return {}, None
    entries: dict[str, Entry] = {}
    for index, asked in enumerate(text.extends):
        entries |= _extended(asked, node.get("extends", index), loading, folder, depth)
    own: set[str] = set()
    rules: Sequence[Rule | RuleText] = text.rules
    for index, rule in enumerate(rules):
        child = node.get("rules", index)
        if child is None:
            continue
        if rule.id in own:
            expected = "each id once is expected"
            loading.faults.append(Fault(child.at, f"the rule {rule.id} stands twice", expected))
        own.add(rule.id)
        _take(rule, child, entries, text.checklist or node.at.path, loading)
    return entries, text


def _extended(
    asked: str, named: Node | None, loading: Loading, folder: Path, depth: int
) -> dict[str, Entry]:
    at = named.at if named else Place(asked)
    path = find(asked, folder)
    if path is None:
        loading.faults.append(not_found(asked, at))
        return {}
    if depth >= _DEEPEST:
        found = f"{asked} extends more than {_DEEPEST} checklists deep, or itself"
        loading.faults.append(Fault(at, found, "a checklist that ends is expected"))
        return {}
    return merge(read(path, loading), loading, path.parent, depth + 1)[0]


def _take(
    rule: "Rule | RuleText",
    node: Node,
    entries: dict[str, Entry],
    checklist: str,
    loading: Loading,
) -> None:
    """Put a rule over what the extended checklists say of its id."""
    before = entries.get(rule.id)
    if not rule.enabled:
        _drop(rule.id, node, entries, loading)
        return
    given = {key: getattr(rule, key) for key in rule.model_fields_set if key != "enabled"}
    places = dict(_places(node, ()))
    if before is not None:
        if given.get("with_") is not None:
            given["with_"] = {**(before.given.get("with_") or {}), **given["with_"]}
        given = {**before.given, **given}
        places = {**before.places, **places}
    entries[rule.id] = Entry(given, places, before.checklist if before else checklist, node.at)


def _drop(name: str, node: Node, entries: dict[str, Entry], loading: Loading) -> None:
    if entries.pop(name, None) is None:
        at = (node.get("id") or node).at
        expected = "the id of a rule of an extended checklist is expected"
        found = f"{name} is disabled, but nothing has it"
        loading.faults.append(Fault(at, found, expected, nearest(name, list(entries))))
        return
    loading.disabled.append(name)


def _places(
    node: Node, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Place]]:
    for key, child in node.items():
        yield (*path, key), child.key_at or child.at
        yield from _places(child, (*path, key))
    for index, child in enumerate(node):
        yield (*path, index), child.at
        yield from _places(child, (*path, index))
