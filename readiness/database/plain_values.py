"""Plain JSON values made into what a fact holds."""

import types
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import fields

from readiness.database.server import (
    Version,
)

BOOLEANS = ("on", "off")


def made_value(path: str, kind: Any, data: Any) -> Any:
    """What a field of this kind holds; raises ValueError with a sentence."""
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        inner = [one for one in get_args(kind) if one is not type(None)]
        if data is None:
            return None
        return made_value(path, inner[0], data)
    if origin is tuple:
        if not isinstance(data, list | tuple):
            raise ValueError(f"{path} is a {type(data).__name__}, a list is required")
        inner = [get_args(kind)[0]]
        return tuple(made_value(f"{path}[{n}]", inner[0], one) for n, one in enumerate(data))
    if isinstance(kind, type) and issubclass(kind, Struct):
        return made_record(path, kind, data)
    return _scalar(path, kind, data)


def made_record(path: str, kind: Any, data: Any) -> Any:
    """A record, each of its fields made of what stands under its name."""
    hints = get_type_hints(kind)
    known = {item.name: item for item in fields(kind)}
    if isinstance(data, str) and "name" in known:
        data = {"name": data}
    if not isinstance(data, Mapping):
        raise ValueError(f"{path} is a {type(data).__name__}, a mapping is required")
    for key in data:
        if key not in known:
            raise ValueError(f"{path}.{key} is no part of it{nearest(str(key), list(known))}")
    for name, item in known.items():
        required = item.required
        if required and name not in data:
            raise ValueError(f"{path}.{name} is missing")
    return kind(**{key: made_value(f"{path}.{key}", hints[key], one) for key, one in data.items()})


def _scalar(path: str, kind: Any, data: Any) -> Any:
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    wrong = not isinstance(data, kind) or (isinstance(data, bool) and kind is not bool)
    if wrong:
        found = type(data).__name__
        raise ValueError(f"{path} is {data!r} ({found}), a {kind.__name__} is required")
    return data


def made_version(data: Any) -> Version:
    """A number such as 150018, a text such as "15.18", or the record itself."""
    if isinstance(data, Mapping):
        made = made_record("database.version", Version, data)
        return Version(made.number, made.text, made.build)
    if isinstance(data, int) and not isinstance(data, bool):
        return Version(data if data >= 10000 else data * 10000)  # noqa: PLR2004 - 15 is 15.0
    parts = str(data).split(" ")[0].split(".")
    if not all(part.isdigit() for part in parts):
        raise ValueError(f'database.version is {data!r}, one such as "15.18" is required')
    return Version(int(parts[0]) * 10000 + int(parts[1] if parts[1:] else 0), str(data))


def nearest(word: str, known: list[str]) -> str:
    """What may have been meant by a word that is not known."""
    found = get_close_matches(word, known, n=1)
    return f" (did you mean {found[0]}?)" if found else f"; known are {', '.join(sorted(known))}"
