"""From YAML to a checklist: everything that is wrong at once."""

from pathlib import Path
from typing import Any

from readiness.checklist.merge import Entry, merge
from readiness.checklist.source import Loading, find, not_found, read
from readiness.document.node import Node
from readiness.model.errors import Fault
from readiness.model.outcome import Severity
from readiness.model.place import Place
from readiness.model.rule import Checklist, Condition, Examples, Rule


def load(asked: str, *, base: Path, at: Place | None = None) -> Checklist:
    """Load a checklist by shipped name or by path (relative to ``base``).

    Raises `ChecklistError` with everything that is wrong in it and in what it extends.
    """
    loading = Loading(base)
    path = find(asked, base)
    if path is None:
        loading.faults.append(not_found(asked, at or Place(asked)))
        raise loading.error()
    return _finish(asked, read(path, loading), loading, folder=path.parent)


def load_inline(node: Node, *, base: Path, source: str) -> Checklist:
    """Load the checklist that stands inside the settings; raises as `load` does."""
    loading = Loading(base, sources=[source])
    return _finish(source, node, loading, folder=base)


def _finish(asked: str, node: Node | None, loading: Loading, folder: Path) -> Checklist:
    entries, text = merge(node, loading, folder, depth=0)
    rules = tuple(_rule(entry, loading) for entry in entries.values())
    if loading.faults or node is None or text is None:
        raise loading.error()
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


def _rule(entry: Entry, loading: Loading) -> Rule | None:
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
