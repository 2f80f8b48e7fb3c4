"""The one vocabulary of expectations: equals, in, matches, min, max, not."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

WORDS = ("equals", "in", "matches", "min", "max", "not")
_UNSET: Any = object()

JSON_SCHEMA: dict[str, Any] = {
    "description": "An expectation. A plain value means `equals`, a list means `in`; "
    "in a mapping every word must hold.",
    "anyOf": [
        {"type": ["string", "number", "boolean", "null"]},
        {"type": "array", "items": {"type": ["string", "number", "boolean", "null"]}},
        {
            "type": "object",
            "additionalProperties": False,
            "minProperties": 1,
            "properties": {
                "equals": {"description": "the value is this one"},
                "in": {"type": "array", "description": "the value is one of these"},
                "matches": {
                    "type": "string",
                    "description": "an RE2 pattern is found in the text (anchor it with ^ and $)",
                },
                "min": {"type": "number", "description": "the number is at least this"},
                "max": {"type": "number", "description": "the number is at most this"},
                "not": {"description": "the expectation below does not hold"},
            },
        },
    ],
}


class Matcher(Struct, frozen=True):
    """An expectation of one value; every word that is given must hold.

    ``matches`` is an RE2 pattern (linear in time, so that no pattern can hang the
    program) that is searched for in the text. ``min`` and ``max`` compare numbers, and
    texts that are numbers. A text equals a number or truth value that is written so.
    """

    equals: Any = _UNSET
    among: tuple[Any, ...] | None = None
    matches: str | None = None
    least: float | None = None
    most: float | None = None
    no: "Matcher | None" = None

    @classmethod
    def parse(cls, data: Any) -> "Matcher":
        """Read an expectation; a plain value means ``equals``, a list means ``in``.

        Raises ValueError with what was found and what was expected.
        """
        match data:
            case Matcher():
                return data
            case Mapping():
                return cls._from_words(data)
            case list() | tuple():
                return cls(among=tuple(data))
            case _:
                return cls(equals=data)

    @classmethod
    def _from_words(cls, data: Mapping[str, Any]) -> "Matcher":
        unknown = sorted(str(word) for word in data if word not in WORDS)
        if unknown or not data:
            found = f"{', '.join(unknown)} is no expectation" if unknown else "nothing is expected"
            raise ValueError(f"{found}; expectations are {', '.join(WORDS)}")
        among = data.get("in")
        if among is not None and not isinstance(among, list | tuple):
            raise ValueError("`in` takes a list")
        return cls(
            equals=data.get("equals", _UNSET),
            among=None if among is None else tuple(among),
            matches=_pattern(data.get("matches")),
            least=_bound("min", data.get("min")),
            most=_bound("max", data.get("max")),
            no=cls.parse(data["not"]) if "not" in data else None,
        )

    def accepts(self, value: Any) -> bool:
        """Tell whether the value is as expected."""
        return (
            (self.equals is _UNSET or _same(value, self.equals))
            and (self.among is None or any(_same(value, one) for one in self.among))
            and (self.matches is None or _found(self.matches, value))
            and (self.least is None or _number(value) >= self.least)
            and (self.most is None or _number(value) <= self.most)
            and (self.no is None or (self.no.applies_to(value) and not self.no.accepts(value)))
        )

    def applies_to(self, value: Any) -> bool:
        """Tell whether the value can be compared at all: a bound wants a number.

        Without this, "not at least 5" would hold of every value that is no number.
        """
        bounded = self.least is not None or self.most is not None
        if bounded and math.isnan(_number(value)):
            return False
        return self.no is None or self.no.applies_to(value)

    def __str__(self) -> str:
        """The expectation in words, to stand behind "expected"."""
        parts: list[str] = []
        if self.equals is not _UNSET:
            parts.append(str(self.equals))
        if self.among is not None:
            parts.append(f"one of {', '.join(map(str, self.among))}")
        if self.matches is not None:
            parts.append(f"a text that matches {self.matches}")
        if self.least is not None:
            parts.append(f"at least {self.least:g}")
        if self.most is not None:
            parts.append(f"at most {self.most:g}")
        if self.no is not None:
            parts.append(f"not {self.no}")
        return " and ".join(parts)

    @classmethod
    def __get_pydantic_core_schema__(
        cls,
        source: Any,
        handler: "GetCoreSchemaHandler",
    ) -> "CoreSchema":
        """Let an expectation be a parameter of a checker."""
        from pydantic_core import core_schema  # noqa: PLC0415 - only where texts are validated

        return core_schema.no_info_plain_validator_function(cls.parse)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        """Describe an expectation to editors."""
        return dict(JSON_SCHEMA)


def _pattern(pattern: Any) -> str | None:
    if pattern is None:
        return None
    if not isinstance(pattern, str):
        raise ValueError("`matches` takes a text")
    compile_pattern(pattern)
    return pattern


def compile_pattern(pattern: str) -> Any:
    """Compile an RE2 pattern; raises ValueError with what is wrong with it."""
    import re2  # noqa: PLC0415 - only where a pattern is used

    options = re2.Options()
    options.log_errors = False
    options.never_nl = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else "it does not compile"
        text = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
        raise ValueError(f"{pattern} is no RE2 pattern: {text}") from None


def _bound(word: str, value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"`{word}` takes a number")
    return value


def _same(value: Any, expected: Any) -> bool:
    if isinstance(value, bool) is not isinstance(expected, bool) and not (
        isinstance(value, str) or isinstance(expected, str)
    ):
        return False
    if isinstance(value, str) is not isinstance(expected, str):
        return _text(value) == _text(expected)
    return bool(value == expected)


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)


def _found(pattern: str, value: Any) -> bool:
    return value is not None and compile_pattern(pattern).search(_text(value)) is not None


def _number(value: Any) -> float:
    """Give the number that a value is; NaN, which no bound accepts, where it is none."""
    if isinstance(value, bool) or value is None:
        return float("nan")
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")
