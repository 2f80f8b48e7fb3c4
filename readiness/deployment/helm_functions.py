"""The functions that templates of charts call."""

import base64
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from readiness.deployment.helm_language import Unsupported
from readiness.deployment.interpolation import COMPUTED as MARK


class Computed:
    """A value that only an installation tells."""


COMPUTED = Computed()


def shown(value: Any) -> str:
    """A value as a template writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)


def is_empty(value: Any) -> bool:
    """Whether a condition takes a value for false; `Unsupported` of one that is not known."""
    if value is COMPUTED:
        raise Unsupported("a condition on what only an installation tells")
    return not value


def call(name: str, given: list[Any]) -> Any:
    """What a function gives; what is made of an unknown value is unknown."""
    if name in _LAZY:
        return _LAZY[name](*given)
    if name == "nindent" and given[-1] is COMPUTED:
        return f"\n{' ' * given[0]}{MARK}"
    if name not in _PLAIN or any(one is COMPUTED for one in given):
        return COMPUTED
    try:
        return _PLAIN[name](*given)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError):
        return COMPUTED


def _default(value: Any, given: Any = None) -> Any:
    return given or value


def _coalesce(*given: Any) -> Any:
    return next((one for one in given if one is COMPUTED or one), None)


def _and(*given: Any) -> Any:
    return next((one for one in given if is_empty(one)), given[-1])


def _or(*given: Any) -> Any:
    return next((one for one in given if not is_empty(one)), given[-1])


def _ternary(yes: Any, no: Any, asked: Any) -> Any:
    return no if is_empty(asked) else yes


def _indented(width: int, text: str) -> str:
    return "\n".join(f"{' ' * width}{line}" for line in shown(text).split("\n"))


def _printf(form: str, *given: Any) -> str:
    values = iter(given)
    return re.sub(r"%[-\d]*[sdvq]", lambda found: _formatted(found[0], next(values)), form)


def _formatted(sign: str, value: Any) -> str:
    return json.dumps(shown(value)) if sign.endswith("q") else shown(value)


def _to_yaml(value: Any) -> str:
    return "\n".join(_lines(value))


def _lines(value: Any) -> list[str]:
    """A value in lines of YAML, as block as far as it holds anything."""
    if isinstance(value, dict) and value:
        return [line for key, one in value.items() for line in _entry(f"{shown(key)}:", one)]
    if isinstance(value, list) and value:
        return [f"{'- ' if not n else '  '}{line}" for one in value
                for n, line in enumerate(_lines(one))]  # fmt: skip
    return [json.dumps(value)]


def _entry(key: str, value: Any) -> list[str]:
    inner = _lines(value)
    if isinstance(value, dict | list) and value:
        return [key, *(f"  {line}" for line in inner)]
    return [f"{key} {inner[0]}"]


def _equal(first: Any, *others: Any) -> bool:
    return any(first == one for one in others)


_LAZY: Mapping[str, Callable[..., Any]] = {
    "default": _default, "coalesce": _coalesce, "and": _and, "or": _or, "ternary": _ternary,
    "not": is_empty, "empty": is_empty, "required": lambda _, value=None: value or COMPUTED,
}  # fmt: skip
_PLAIN: Mapping[str, Callable[..., Any]] = {
    "quote": lambda *given: " ".join(json.dumps(shown(one)) for one in given if one is not None),
    "squote": lambda *given: " ".join(f"'{shown(one)}'" for one in given if one is not None),
    "toString": shown, "print": lambda *given: "".join(map(shown, given)), "printf": _printf,
    "int": int, "int64": int, "float64": float, "upper": str.upper, "lower": str.lower,
    "trim": str.strip, "trunc": lambda size, text: text[:size] if size >= 0 else text[size:],
    "trimSuffix": lambda end, text: text.removesuffix(end),
    "trimPrefix": lambda start, text: text.removeprefix(start),
    "replace": lambda old, new, text: text.replace(old, new),
    "eq": _equal, "ne": lambda one, other: one != other,
    "gt": lambda one, other: one > other, "lt": lambda one, other: one < other,
    "ge": lambda one, other: one >= other, "le": lambda one, other: one <= other,
    "contains": lambda part, text: part in text,
    "hasPrefix": lambda start, text: text.startswith(start),
    "hasSuffix": lambda end, text: text.endswith(end),
    "hasKey": lambda held, name: name in held, "get": lambda held, name: held.get(name, ""),
    "has": lambda one, every: one in every, "len": len,
    "dict": lambda *given: dict(zip(given[::2], given[1::2], strict=True)),
    "list": lambda *given: list(given), "index": lambda held, *keys: _indexed(held, keys),
    "merge": lambda first, *others: {**{k: v for one in others for k, v in one.items()}, **first},
    "toYaml": _to_yaml, "toJson": json.dumps, "indent": _indented,
    "nindent": lambda width, text: "\n" + _indented(width, text),
    "b64enc": lambda text: base64.b64encode(text.encode()).decode(),
    "join": lambda sign, every: sign.join(map(shown, every)),
    "add": lambda *given: sum(given), "sub": lambda one, other: one - other,
    "mul": lambda one, other: one * other, "kindIs": lambda kind, value: _kind(value) == kind,
}  # fmt: skip


def _indexed(held: Any, keys: tuple[Any, ...]) -> Any:
    for key in keys:
        held = held[key]
    return held


def _kind(value: Any) -> str:
    names = {dict: "map", list: "slice", str: "string", bool: "bool", int: "int",
             float: "float64", type(None): "invalid"}  # fmt: skip
    return names.get(type(value), "")
