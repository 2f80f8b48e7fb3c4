"""The text of a record, parsed strictly: everything that is wrong, each at its place."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from readiness.document.faults import nearest, shown
from readiness.document.node import Malformed, Node
from readiness.document.yaml import parse_strictly
from readiness.evidence.record import Record
from readiness.model.age import Age
from readiness.model.errors import Fault
from readiness.model.place import Place

KEYS = ("rule", "by", "on", "valid", "commit", "note", "files")
REQUIRED = ("rule", "by", "on", "valid", "note")

_RULE = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*\Z")
_COMMIT = re.compile(r"[0-9a-f]{7,64}\Z")
_DOCUMENT = re.compile(r"^---(?=[ \t\r\n]|\Z)", re.MULTILINE)

Parsed = tuple[str | None, Record | None, tuple[Fault, ...]]
"""The rule that a text speaks of where it can be told, its record, and its faults."""


def parse_records(text: str, path: str) -> Iterator[Parsed]:
    """Read every document of a file; each is a record, or the faults that it has."""
    for part in _documents(text):
        try:
            root, faults = parse_strictly(part, path)
        except Malformed as error:
            yield None, None, (Fault(error.at, error.reason, "a YAML record is expected"),)
            continue
        if root.value is not None or faults:
            yield _record(root, faults)


def _documents(text: str) -> Iterator[str]:
    """Part a stream at its markers, each part with the line numbers of the whole."""
    starts = [0, *(found.start() for found in _DOCUMENT.finditer(text)), len(text)]
    for start, end in pairwise(starts):
        if text[start:end].strip():
            yield "\n" * len(re.findall(r"\r\n|\n|\r", text[:start])) + text[start:end]


def _record(root: Node, faults: Sequence[Fault]) -> Parsed:
    if not root.is_mapping:
        expected = f"a mapping with {', '.join(REQUIRED)} is expected"
        found = f"a record is {shown(root.value)}"
        return None, None, (*faults, Fault(root.at, found, expected))
    found_faults = [*faults, *_key_faults(root)]
    values = {key: _value(key, node, found_faults) for key, node in root.items() if key in KEYS}
    rule = values.get("rule")
    if found_faults:
        return rule, None, tuple(found_faults)
    return rule, Record(**values, at=_without_column(root)), ()


def _without_column(root: Node) -> Place:
    return Place(root.at.path, root.at.line)


def _key_faults(root: Node) -> Iterator[Fault]:
    for key, node in root.items():
        if key not in KEYS:
            expected = f"one of {', '.join(KEYS)} is expected"
            yield Fault(node.key_at or node.at, f"unknown key {key}", expected, nearest(key, KEYS))
    for key in REQUIRED:
        if root.get(key) is None:
            yield Fault(root.at, f"{key} is missing", f"`{key}` must be given")


def _value(key: str, node: Node, faults: list[Fault]) -> Any:
    # A hash is read as it is written: YAML takes one of digits for a number.
    value = node.raw if key == "commit" and node.raw is not None else node.value
    try:
        return _READERS[key](value)
    except ValueError as error:
        faults.append(Fault(node.at, f"{key} is {shown(node.value)}", str(error)))
        return None


def _read_rule(value: Any) -> str:
    if not isinstance(value, str) or not _RULE.match(value):
        raise ValueError("the id of a rule is expected")
    return value


def _read_text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("a text is expected")
    return value.strip()


def _read_day(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("a day like 2027-01-31 is expected") from None


def _read_valid(value: Any) -> Age:
    age = Age.parse(value)
    if not age.length.days:
        raise ValueError("at least one day is expected, like 90d")
    return age


def _read_commit(value: Any) -> str:
    if not isinstance(value, str) or not _COMMIT.match(value):
        raise ValueError("the hash of a commit is expected, at least 7 of 0 to 9 and a to f")
    return value


def _read_files(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(path, str) and path for path in value):
        raise ValueError("a list of paths is expected")
    for path in value:
        if path.startswith("/") or "\\" in path or ".." in path.split("/"):
            raise ValueError("paths inside the project are expected, with slashes")
    return tuple(value)


_READERS = {
    "rule": _read_rule,
    "by": _read_text,
    "on": _read_day,
    "valid": _read_valid,
    "commit": _read_commit,
    "note": _read_text,
    "files": _read_files,
}
