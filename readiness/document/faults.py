"""What pydantic finds wrong, in plain words and with the nearest right word."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from readiness.document.node import Node
from readiness.model.errors import Fault
from readiness.model.place import Place

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_EXPECTED = {
    "string_type": "a text is expected",
    "int_type": "a whole number is expected",
    "int_from_float": "a whole number is expected",
    "float_type": "a number is expected",
    "bool_type": "true or false is expected",
    "list_type": "a list is expected",
    "tuple_type": "a list is expected",
    "set_type": "a list is expected",
    "frozen_set_type": "a list is expected",
    "dict_type": "a mapping is expected",
    "mapping_type": "a mapping is expected",
    "model_type": "a mapping is expected",
    "dataclass_type": "a mapping is expected",
    "date_type": "a day like 2027-01-31 is expected",
    "date_from_datetime_parsing": "a day like 2027-01-31 is expected",
    "none_required": "nothing is expected",
}
_FORMS = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": "small letters and digits are expected, a dash between words",
}
_LONGEST = 60


class Wrong(Struct, frozen=True):
    """One wrong value: the way to it, what was found, what was expected."""

    path: tuple[str | int, ...]
    found: str
    expected: str
    nearest: str | None = None
    is_key: bool = False


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word that was probably meant; None where none is near."""
    return next(iter(get_close_matches(word, known, n=1)), None)


def wrongs(error: "ValidationError", keys: Sequence[str]) -> list[Wrong]:
    """Put every error of a validation into words; ``keys`` are the right ones at the top."""
    return [_wrong(detail, keys) for detail in error.errors(include_url=False)]


def locate(wrong: Wrong, root: Node) -> Fault:
    """Give a wrong value its place in the text that it was read from."""
    return Fault(_place(wrong, root), wrong.found, wrong.expected, wrong.nearest)


def _place(wrong: Wrong, root: Node) -> Place:
    node, at = root, root.at
    for step in wrong.path:
        child = node.child(step)
        if child is None:
            break
        node = child
        at = child.key_at if wrong.is_key and child.key_at else child.at
    return at


def _wrong(detail: "ErrorDetails", keys: Sequence[str]) -> Wrong:
    path = tuple(step for step in detail["loc"] if not _is_type_tag(step))
    context: dict[str, Any] = detail.get("ctx", {})
    name = str(path[-1]) if path else ""
    match detail["type"]:
        case "extra_forbidden" | "unexpected_keyword_argument":
            known = keys if len(path) == 1 else ()
            expected = (
                f"one of {', '.join(known)} is expected" if known else "no such key is known"
            )
            return Wrong(path, f"unknown key {name}", expected, nearest(name, known), is_key=True)
        case "missing" | "missing_keyword_only_argument":
            return Wrong(path, f"{name} is missing", f"`{name}` must be given")
        case "literal_error" | "enum":
            choices = str(context.get("expected", "")).replace("'", "")
            words = choices.replace(" or ", ", ").split(", ")
            found = shown(detail["input"])
            return Wrong(path, f"{name} is {found}", f"one of {choices} is expected",
                         nearest(str(detail["input"]), words))  # fmt: skip
        case "value_error":
            return Wrong(
                path, f"{name} is {shown(detail['input'])}", str(context.get("error", ""))
            )
        case "string_pattern_mismatch":
            pattern = str(context.get("pattern", ""))
            expected = _FORMS.get(pattern, f"a text of the form {pattern} is expected")
            return Wrong(path, f"{name} is {shown(detail['input'])}", expected)
        case kind:
            expected = _EXPECTED.get(kind, detail["msg"])
            return Wrong(path, f"{name} is {shown(detail['input'])}", expected)


def _is_type_tag(step: str | int) -> bool:
    """Tell whether a step is pydantic's name of a union member, not a key of the text."""
    return isinstance(step, str) and (step.endswith("]") or step.startswith("function-"))


def shown(value: Any) -> str:
    """A value as a reader of the file would recognise it, cut where it is long."""
    match value:
        case None:
            return "empty"
        case bool():
            return "true" if value else "false"
        case dict():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case str():
            text = value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
            return f"the text {text!r}"
        case _:
            return str(value)
