"""A world: a value for each open variable and flag, and what that says of conditions."""

import ast
import operator
import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from readiness.program.interpreter.machine import Machine
from readiness.program.values import Condition, Constant, Text, Tuple, Unknown, Value

OPEN = object()
"""What a world does not tell of."""
_BY_PART = {name: getattr(str, name) for name in
            ("lower", "upper", "casefold", "strip", "lstrip", "rstrip", "swapcase")}  # fmt: skip
_RISK = "flagship.risky()"


@dataclass(frozen=True)
class World:
    """What the open variables are, and which flags are on."""

    variables: Mapping[str, str]
    on: frozenset[str]
    files: Mapping[str, str]
    machine: Machine

    def __str__(self) -> str:
        return f"with {dict(self.variables)} and {sorted(self.on)}"

    def answer(self, condition: Condition) -> bool | None:
        """Whether a condition holds here; None where this world does not tell."""
        key = condition.key
        if not isinstance(key, tuple):
            return None
        known = _ANSWERS.get(str(key[0]))
        return known(self, condition, *key[1:]) if known is not None else None

    def real(self, value: object) -> Any:
        """What a value is here."""
        match value:
            case Constant():
                return value.value
            case Text():
                return self._text([(part.key,) if part.text is None else part.text
                                   for part in value.parts])  # fmt: skip
            case Tuple():
                items = tuple(map(self.real, value.items))
                return OPEN if OPEN in items else items
            case Unknown():
                return self._flag(value)
        return OPEN

    def subject(self, key: Any) -> Any:
        """What the subject of a condition is here, by its key."""
        if not isinstance(key, tuple):
            return OPEN
        return self._text(key[1]) if key[0] == "text" else self.real(key[1])

    def _text(self, parts: Any) -> Any:
        pieces = [self._piece(part[0]) if isinstance(part, tuple) else part for part in parts]
        return OPEN if OPEN in pieces else "".join(pieces)

    def _piece(self, key: str) -> Any:
        name, *methods = key.split(".")
        if name not in self.variables or not all(one in _BY_PART for one in methods):
            return OPEN
        text = self.variables[name]
        for one in methods:
            text = _BY_PART[one](text)
        return text

    def _flag(self, value: Unknown) -> Any:
        event = self.machine.records.results.get(value.number)
        if event is None or event.name != "flagship.feature":
            return OPEN
        name = next((one.known for one in event.arguments.values() if isinstance(one, Text)), None)
        return OPEN if name is None else name in self.on

    def fails(self, condition: Condition) -> bool | None:
        """Whether a call of the service of flags fails."""
        if condition.text.startswith("flagship.feature()"):
            return False
        if not condition.text.startswith(_RISK) or condition.at is None:
            return None
        line = self.files[condition.at.path].split("\n")[(condition.at.line or 0) - 1]
        names = re.findall(r'risky\("(\w+)"\)', line)
        return names[0] in self.on if len(names) == 1 else None


Known = Callable[..., bool | None]


def _true(world: World, _: Condition, value: Value) -> bool | None:
    found = world.real(value)
    return None if found is OPEN else bool(found)


def _equal(world: World, _: Condition, key: Hashable, shown: str) -> bool | None:
    found = world.subject(key)
    try:
        return None if found is OPEN else bool(found == ast.literal_eval(shown))
    except (ValueError, SyntaxError):
        return None


def _within(world: World, _: Condition, holder: Hashable, item: Hashable) -> bool | None:
    found, wanted = world.subject(holder), world.subject(item)
    return None if OPEN in {found, wanted} else wanted in found


def _edge(name: str) -> Known:
    def known(world: World, _: Condition, key: Hashable, words: tuple[str, ...]) -> bool | None:
        found = world.subject(key)
        return None if found is OPEN else bool(getattr(found, name)(words))

    return known


def _member(world: World, _: Condition, holder: Value, item: Value) -> bool | None:
    found, wanted = world.real(holder), world.real(item)
    return None if OPEN in (found, wanted) else operator.contains(found, wanted)


def _fails(world: World, condition: Condition, *_: object) -> bool | None:
    return world.fails(condition)


def _kind(_: World, __: Condition, error: Value, name: str) -> bool | None:
    if _RISK not in getattr(error, "reason", ""):
        return None
    return name.rpartition(".")[2] in {"OSError", "Exception", "BaseException"}


_ANSWERS: dict[str, Known] = {
    "true": _true, "equal": _equal, "within": _within, "startswith": _edge("startswith"),
    "endswith": _edge("endswith"), "member": _member, "fails": _fails, "kind": _kind,
}  # fmt: skip
