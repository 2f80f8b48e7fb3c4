"""Whether what the evaluation says of a value covers what the real interpreter made."""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from readiness.program.values import (
    MISSING,
    Choice,
    Class,
    Condition,
    Constant,
    Dict,
    External,
    Instance,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
)

DEEPEST = 6


@dataclass
class Cover:
    """Compares one value; ``unknown`` are the reasons that were met on the way."""

    unknown: list[str] = field(default_factory=list)
    ask: Callable[[Condition], bool] | None = None
    """Answers conditions; where nothing does, either value will do."""
    tell: Callable[[Value], object] | None = None
    """Tells the text that a value is, where that is known."""

    def holds(self, value: Value | None, real: object, depth: int = 0) -> bool:  # noqa: C901, PLR0911 - one answer for each kind of value
        """Whether the real object is among those that the value stands for."""
        if depth > DEEPEST:
            return True
        match value:
            case Unknown():
                self.unknown.append(value.reason)
                return True
            case Choice():
                return any(self._apart().holds(one, real, depth) for one in self._sides(value))
            case Text():
                return self._text(value, real)
            case Constant():
                return type(value.value) is type(real) and _equal(value.value, real)
            case Tuple():
                return isinstance(real, tuple) and self._items(value.items, list(real), depth)
            case List():
                return self._list(value, real, depth)
            case Dict():
                return self._dict(value, real, depth)
            case Instance():
                return self._instance(value, real, depth)
            case Class():
                return isinstance(real, type) and real.__name__ == value.name
            case External():
                short = value.name.rpartition(".")[2]
                return getattr(real, "__name__", short) == short
            case None:
                return False
        return value is not MISSING

    def _apart(self) -> "Cover":
        return Cover(ask=self.ask, tell=self.tell)

    def _sides(self, value: Choice) -> tuple[Value, ...]:
        if self.ask is not None:
            return (value.then if self.ask(value.condition) else value.otherwise,)
        self.unknown.append(value.condition.text)
        return value.then, value.otherwise

    def _text(self, value: Text, real: object) -> bool:
        if not isinstance(real, str):
            return False
        if value.known is not None:
            return value.known == real
        told = self.tell(value) if self.tell is not None else None
        if isinstance(told, str):
            return told == real
        self.unknown.append("a part of a text")
        pattern = "".join(".*" if p.text is None else re.escape(p.text) for p in value.parts)
        return re.fullmatch(pattern, str(real), re.DOTALL) is not None

    def _items(self, items: tuple[Value, ...], real: list[Any], depth: int) -> bool:
        return len(items) == len(real) and all(
            self.holds(one, other, depth + 1) for one, other in zip(items, real, strict=True)
        )

    def _list(self, value: List, real: object, depth: int) -> bool:
        content = value.slots.values["items"]
        if isinstance(real, (set, frozenset)):
            return self._set(content, real, depth) and value.kind in {"set", "frozenset"}
        if not isinstance(real, (list, deque)):
            if isinstance(real, (str, int, float, dict, tuple)) or real is None:
                return False
            if not hasattr(real, "__next__") and not isinstance(real, range):
                return True
            real = list(real)  # type: ignore[call-overload]
        return self._content(content, list(real), depth)  # type: ignore[call-overload]

    def _content(self, content: Value, real: list[Any], depth: int) -> bool:
        if isinstance(content, Choice):
            return any(self._apart()._content(one, real, depth) for one in self._sides(content))
        if isinstance(content, Tuple):
            return self._items(content.items, real, depth)
        self.unknown.append(getattr(content, "reason", "items"))
        return True

    def _set(self, content: Value, real: Any, depth: int) -> bool:
        if isinstance(content, Choice):
            return any(self._apart()._set(one, real, depth) for one in self._sides(content))
        if not isinstance(content, Tuple):
            return self._content(content, list(real), depth)
        left = list(real)
        for item in sorted(content.items, key=_openness):  # what is known takes its own first
            found = next((one for one in left if self._apart().holds(item, one, depth + 1)), None)
            if found is None:
                return False
            self.holds(item, found, depth + 1)
            left.remove(found)
        return not left

    def _dict(self, value: Dict, real: object, depth: int) -> bool:
        if not isinstance(real, dict):
            return not isinstance(real, (str, int, float, list, tuple)) and real is not None
        held = {key: one for key, one in value.slots.values.items()
                if not (isinstance(key, str) and key.startswith("\0"))}  # fmt: skip
        if value.rest is not None:
            self.unknown.append(value.rest.reason)
        plain = {key: one for key, one in held.items() if not isinstance(key, Value)}
        if value.rest is None and not all(key in held for key in real if _simple(key)):
            return False
        certain = [key for key, one in plain.items() if not _may_be_absent(one)]
        if not self._same_order(certain, list(real)) and value.rest is None:
            return False
        return all(self._entry(one, key, real, depth) for key, one in plain.items())

    def _same_order(self, mine: list[Any], real: list[Any]) -> bool:
        shared = [key for key in mine if key in real]
        return shared == [key for key in real if key in shared]

    def _entry(self, value: Value, key: Any, real: dict[Any, Any], depth: int) -> bool:
        if key in real:
            return self.holds(value, real[key], depth + 1)
        return self._may_miss(value)

    def _may_miss(self, value: Value) -> bool:
        if isinstance(value, Choice):
            return any(self._may_miss(one) for one in self._sides(value))
        return value is MISSING

    def _instance(  # noqa: PLR0911 - one answer for each kind of object
        self, value: Instance, real: object, depth: int
    ) -> bool:
        if isinstance(real, Enum):
            name = value.slots.values.get("name")
            return getattr(name, "known", None) == real.name or isinstance(name, Unknown)
        if not isinstance(value.cls, Class):
            short = value.cls.name.rpartition(".")[2]
            if short in {"InMemoryDb", "PostgresDb", "Agent", "Engine"}:
                return type(real).__name__ == short or type(real).__mro__[1].__name__ == short
            if real is None or type(real) in {int, float, bool, list, dict, tuple}:
                return False
            if isinstance(value.data, Text):
                return self._text(value.data, str(real))
            return True
        if type(real).__name__ != value.cls.name:
            return False
        if isinstance(real, str):
            return True
        return self._attributes(value, getattr(real, "__dict__", {}), depth)

    def _attributes(self, value: Instance, real: dict[str, Any], depth: int) -> bool:
        for name, one in real.items():
            if name.startswith("__"):
                continue
            if not self.holds(value.slots.values.get(name), one, depth + 1):
                return False
        return True


def _openness(value: Value) -> int:
    if isinstance(value, Unknown):
        return 2
    return int(isinstance(value, Choice) or getattr(value, "known", "") is None)


def _may_be_absent(value: Value) -> bool:
    """Whether an entry is there on some ways only: nothing is said of where it stands."""
    if isinstance(value, Choice):
        return _may_be_absent(value.then) or _may_be_absent(value.otherwise)
    return value is MISSING


def _simple(key: object) -> bool:
    return isinstance(key, (str, int, float, tuple, bool)) or key is None


def _equal(one: object, other: object) -> bool:
    return bool(one == other) or (one != one and other != other)  # noqa: PLR0124 - not a number
