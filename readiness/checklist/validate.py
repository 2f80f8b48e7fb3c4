"""The text of a checklist against its strict models."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from readiness.checklist.plain import Checklist, plain
from readiness.checklist.source import Loading
from readiness.document.faults import Wrong, locate, nearest, wrongs
from readiness.document.node import Node
from readiness.model.errors import Fault

if TYPE_CHECKING:
    from readiness.checklist.text import ChecklistText


def validate(node: Node | None, loading: Loading) -> "Checklist | ChecklistText | None":
    """Give the validated text; None, with the faults noted, where it is wrong."""
    if node is None:
        return None
    if not node.is_mapping:
        found = "an empty file" if node.value is None else "no mapping at the top"
        expected = "a mapping with `rules` is expected"
        loading.faults.append(Fault(node.at, found, expected))
        return None
    return plain(node.value) or _validated(node, loading)


def _validated(node: Node, loading: Loading) -> "ChecklistText | None":
    from pydantic import ValidationError  # noqa: PLC0415 - only where texts are validated

    from readiness.checklist.text import ChecklistText  # noqa: PLC0415 - as above

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


def _with_keys(wrong: Wrong, keys: Mapping[str, list[str]]) -> Wrong:
    """Name the right keys of the part of the checklist that an unknown key stands in."""
    parents = [step for step in wrong.path[:-1] if isinstance(step, str) and step in keys]
    if not wrong.is_key or not parents:
        return wrong
    known = keys[parents[-1]]
    expected = f"one of {', '.join(known)} is expected"
    return replace(wrong, expected=expected, nearest=nearest(str(wrong.path[-1]), known))
