"""From YAML to a checklist: everything that is wrong at once, then `extends`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readiness.checklist.shipped import shipped
from readiness.document.faults import locate, nearest, wrongs
from readiness.document.node import Malformed, Node
from readiness.document.yaml import parse_strictly
from readiness.model.errors import ChecklistError, Fault
from readiness.model.outcome import Severity
from readiness.model.place import Place
from readiness.model.rule import Checklist, Condition, Examples, Rule

if TYPE_CHECKING:
    from readiness.checklist.text import ChecklistText, RuleText

LARGEST = 1024 * 1024
_DEEPEST = 10


@dataclass(frozen=True, slots=True)
class _Entry:
    """A rule as far as the files say so far: the fields that were given, and where."""

    given: Mapping[str, Any]
    places: Mapping[tuple[str | int, ...], Place]
    checklist: str
    at: Place


@dataclass(slots=True)
class _Loading:
    """One load: the folder that paths are shown relative to, and every fault so far."""

    base: Path
    faults: list[Fault] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    disabled: list[str] = field(default_factory=list)

    def shown(self, path: Path) -> str:
        if path.is_relative_to(self.base):
            return path.relative_to(self.base).as_posix()
        return f"checklists/{path.name}" if path in shipped().values() else path.as_posix()


def load(asked: str, *, base: Path, at: Place | None = None) -> Checklist:
    """Load a checklist by shipped name or by path (relative to ``base``).

    Raises `ChecklistError` with everything that is wrong in it and in what it extends.
    """
    loading = _Loading(base)
    path = _find(asked, base)
    if path is None:
        loading.faults.append(_not_found(asked, at or Place(asked)))
        raise _error(loading)
    return _finish(asked, _read(path, loading), loading, folder=path.parent)


def load_inline(node: Node, *, base: Path, source: str) -> Checklist:
    """Load the checklist that stands inside the settings; raises as `load` does."""
    loading = _Loading(base, sources=[source])
    return _finish(source, node, loading, folder=base)


def load_text(text: str, *, name: str, base: Path) -> Checklist:
    """Load a checklist from its text; raises as `load` does."""
    loading = _Loading(base, sources=[name])
    return _finish(name, _parse(text, name, loading), loading, folder=base)


def _finish(asked: str, node: Node | None, loading: _Loading, folder: Path) -> Checklist:
    entries, text = _merge(node, loading, folder, depth=0)
    rules = tuple(_rule(entry, loading) for entry in entries.values())
    if loading.faults or node is None or text is None:
        raise _error(loading)
    return Checklist(
        name=text.checklist or asked,
        title=text.title or text.checklist or asked,
        rules=tuple(rule for rule in rules if rule is not None),
        owner=text.owner,
        review_by=text.review_by,
        sources=tuple(loading.sources),
        disabled=tuple(loading.disabled),
        at=node.at,
    )


def _error(loading: _Loading) -> ChecklistError:
    return ChecklistError(
        sorted(loading.faults, key=lambda fault: fault.at),
        hint="`readiness schema checklist` prints the JSON Schema that editors use",
    )


def _find(asked: str, folder: Path) -> Path | None:
    if asked in shipped():
        return shipped()[asked]
    path = folder / asked
    return path.resolve() if path.is_file() else None


def _not_found(asked: str, at: Place) -> Fault:
    names = list(shipped())
    expected = f"a file, or one of the shipped checklists {', '.join(names)}, is expected"
    return Fault(at, f"there is no checklist {asked}", expected, nearest(asked, names))


def _read(path: Path, loading: _Loading) -> Node | None:
    name = loading.shown(path)
    loading.sources.append(name)
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        loading.faults.append(Fault(Place(name), reason, "a readable file is expected"))
        return None
    if len(content) > LARGEST:
        expected = f"at most {LARGEST} bytes are expected"
        loading.faults.append(Fault(Place(name), f"{len(content)} bytes", expected))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"byte {error.start} is no UTF-8"
        loading.faults.append(Fault(Place(name), found, "a text in UTF-8 is expected"))
        return None
    return _parse(text, name, loading)


def _parse(text: str, name: str, loading: _Loading) -> Node | None:
    try:
        node, faults = parse_strictly(text, name)
    except Malformed as error:
        loading.faults.append(Fault(error.at, error.reason, "a YAML mapping is expected"))
        return None
    loading.faults.extend(faults)
    return node


def _merge(
    node: Node | None, loading: _Loading, folder: Path, depth: int
) -> "tuple[dict[str, _Entry], ChecklistText | None]":
    """Read a file's rules over those of what it extends."""
    text = _validate(node, loading)
    if node is None or text is None:
        return {}, None
    entries: dict[str, _Entry] = {}
    for index, asked in enumerate(text.extends):
        entries |= _extended(asked, node.get("extends", index), loading, folder, depth)
    own: set[str] = set()
    for index, rule in enumerate(text.rules):
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
    asked: str, named: Node | None, loading: _Loading, folder: Path, depth: int
) -> dict[str, _Entry]:
    at = named.at if named else Place(asked)
    path = _find(asked, folder)
    if path is None:
        loading.faults.append(_not_found(asked, at))
        return {}
    if depth >= _DEEPEST:
        found = f"{asked} extends more than {_DEEPEST} checklists deep, or itself"
        loading.faults.append(Fault(at, found, "a checklist that ends is expected"))
        return {}
    return _merge(_read(path, loading), loading, path.parent, depth + 1)[0]


def _validate(node: Node | None, loading: _Loading) -> "ChecklistText | None":
    from pydantic import ValidationError  # noqa: PLC0415 - only where texts are validated

    from readiness.checklist.text import ChecklistText  # noqa: PLC0415 - as above

    if node is None:
        return None
    if not node.is_mapping:
        found = "an empty file" if node.value is None else "no mapping at the top"
        expected = "a mapping with `rules` is expected"
        loading.faults.append(Fault(node.at, found, expected))
        return None
    try:
        return ChecklistText.model_validate(node.value)
    except ValidationError as error:
        keys = _keys()
        for wrong in wrongs(error, keys["checklist"]):
            loading.faults.append(locate(_with_keys(wrong, keys), node))
        return None


def _keys() -> dict[str, list[str]]:
    from readiness.checklist.text import (  # noqa: PLC0415 - only where texts are validated
        ChecklistText,
        ConditionText,
        ExamplesText,
        RuleText,
        Text,
    )

    models: dict[str, type[Text]] = {
        "checklist": ChecklistText,
        "rules": RuleText,
        "when": ConditionText,
        "examples": ExamplesText,
    }
    return {
        name: [info.alias or key for key, info in model.model_fields.items()]
        for name, model in models.items()
    }


def _with_keys(wrong: Any, keys: Mapping[str, list[str]]) -> Any:
    """Name the right keys of the part of the checklist that an unknown key stands in."""
    from dataclasses import replace  # noqa: PLC0415 - only on a fault

    parents = [step for step in wrong.path[:-1] if isinstance(step, str) and step in keys]
    if not wrong.is_key or not parents:
        return wrong
    known = keys[parents[-1]]
    expected = f"one of {', '.join(known)} is expected"
    return replace(wrong, expected=expected, nearest=nearest(str(wrong.path[-1]), known))


def _take(
    rule: "RuleText", node: Node, entries: dict[str, _Entry], checklist: str, loading: _Loading
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
    entries[rule.id] = _Entry(given, places, before.checklist if before else checklist, node.at)


def _drop(name: str, node: Node, entries: dict[str, _Entry], loading: _Loading) -> None:
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


def _rule(entry: _Entry, loading: _Loading) -> Rule | None:
    given = entry.given
    missing = [key for key in ("title", "check") if not given.get(key)]
    for key in missing:
        expected = "`title` and `check` are expected of a rule that no extended checklist has"
        loading.faults.append(Fault(entry.at, f"{given['id']} has no `{key}`", expected))
    if missing:
        return None
    return Rule(
        id=given["id"],
        title=given["title"],
        severity=given.get("severity") or Severity.MEDIUM,
        why=(given.get("why") or "").strip(),
        fix=(given.get("fix") or "").strip(),
        check=given["check"],
        parameters=given.get("with_") or {},
        references=tuple(given.get("references") or ()),
        tags=tuple(given.get("tags") or ()),
        when=_condition(given.get("when")),
        examples=_examples(given.get("examples")),
        checklist=entry.checklist,
        at=entry.at,
        places=entry.places,
    )


def _condition(text: Any) -> Condition | None:
    if text is None:
        return None
    return Condition(text.environment, dict(text.traits), tuple(text.facts))


def _examples(text: Any) -> Examples:
    if text is None:
        return Examples()
    return Examples(tuple(text.good), tuple(text.bad))
