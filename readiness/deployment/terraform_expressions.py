"""What expressions of Terraform come to: functions, lists out of lists, choices."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct, field

_DEEPEST = 20
_PATH = re.compile(r"(?P<root>[A-Za-z_][\w-]*)(?P<steps>(?:\.[\w-]+|\[(?:\"[^\"]*\"|\d+)\])*)\Z")
_STEP = re.compile(r"\.(?P<name>[\w-]+)|\[\"(?P<key>[^\"]*)\"\]|\[(?P<index>\d+)\]")
_CALL = re.compile(r"(?P<name>[a-z_]\w*)\((?P<inner>.*)\)\Z", re.DOTALL)
_FOR = re.compile(
    r"for\s+(?P<first>\w+)(?:\s*,\s*(?P<second>\w+))?\s+in\s+(?P<rest>.*)\Z", re.DOTALL
)
_OPENS, _CLOSES = "([{", ")]}"
_PLAIN = re.compile(
    r'"(?P<text>(?:\\.|[^"\\$%])*)"\Z|(?P<number>\d+)\Z|(?P<word>true|false|null)\Z'
)
_TEMPLATE = re.compile(r'"(?P<text>(?:\\.|[^"\\])*)"\Z')
_WORDS = {"true": True, "false": False, "null": None}


class Unresolved:
    """The value of an attribute that only Terraform itself can tell."""


UNRESOLVED = Unresolved()


class Several(list[Any]):
    """A set: what goes through it finds each element as its own key."""


class Expression(Struct):
    """Expressions of one module; ``root`` gives the value of a name, with the steps behind it."""

    root: Callable[[str], Any]
    names: dict[str, Any] = field(default_factory=dict)
    depth: int = 0

    def value(self, text: str) -> Any:
        """The value of an expression; `UNRESOLVED` where it is computed."""
        text = text.strip()
        if self.depth > _DEEPEST or not text:
            return UNRESOLVED
        inner = Expression(self.root, self.names, self.depth + 1)
        if found := _PLAIN.match(text):
            return _written(found)
        for reader in (_template, _choice, _compared, _path, _list, _object, _call):
            made = reader(inner, text)
            if made is not None:
                return made[0]
        return UNRESOLVED


Made = tuple[Any] | None


def _written(found: re.Match[str]) -> Any:
    if found["text"] is not None:
        return found["text"].replace('\\"', '"').replace("\\\\", "\\")
    return int(found["number"]) if found["number"] else _WORDS[found["word"]]


def _template(one: Expression, text: str) -> Made:
    found = _TEMPLATE.match(text)
    if found is None or "%{" in text:
        return None
    pieces: list[str] = []
    for n, piece in enumerate(re.split(r"\$\{([^{}]*)\}", found["text"])):
        value = one.value(piece) if n % 2 else piece
        if not isinstance(value, str | int):
            return (UNRESOLVED,)
        pieces.append(str(value).lower() if isinstance(value, bool) else str(value))
    return ("".join(pieces),)


def _choice(one: Expression, text: str) -> Made:
    parts = _split(text, "?")
    if len(parts) != 2:  # noqa: PLR2004 - a condition and what follows it
        return None
    yes, *no = _split(parts[1], ":")
    holds = one.value(parts[0])
    if not isinstance(holds, bool) or len(no) != 1:
        return (UNRESOLVED,)
    return (one.value(yes if holds else no[0]),)


def _compared(one: Expression, text: str) -> Made:
    for sign, equal in (("==", True), ("!=", False)):
        parts = _split(text, sign)
        if len(parts) == 2:  # noqa: PLR2004 - two sides
            left, right = map(one.value, parts)
            if UNRESOLVED in (left, right):
                return (UNRESOLVED,)
            return ((left == right) is equal,)
    return None


def _path(one: Expression, text: str) -> Made:
    found = _PATH.match(text)
    if found is None:
        return None
    if found["root"] not in one.names:
        return (one.root(text),)
    return (stepped(one.names[found["root"]], found["steps"]),)


def stepped(value: Any, steps: str) -> Any:
    """What lies behind steps into a value."""
    for step in _STEP.finditer(steps):
        key = step["name"] or step["key"]
        if isinstance(value, dict) and key is not None:
            value = value.get(key, UNRESOLVED)
        elif isinstance(value, list) and step["index"] and int(step["index"]) < len(value):
            value = value[int(step["index"])]
        else:
            return UNRESOLVED
    return value


def _list(one: Expression, text: str) -> Made:
    if text[:1] != "[" or text[-1:] != "]":
        return None
    inner = text[1:-1].strip()
    if found := _FOR.match(inner):
        made = list(_each(one, found))
        return (UNRESOLVED,) if UNRESOLVED in made else (made,)
    return ([one.value(part) for part in _split(inner, ",") if part.strip()],)


def _object(one: Expression, text: str) -> Made:
    if text[:1] != "{" or text[-1:] != "}":
        return None
    inner = text[1:-1].strip()
    if found := _FOR.match(inner):
        pairs = list(_each(one, found))
        whole = all(isinstance(pair, tuple) and isinstance(pair[0], str) for pair in pairs)
        return (dict(pairs),) if whole else (UNRESOLVED,)
    made: dict[str, Any] = {}
    for part in _split(inner.replace("\n", ","), ","):
        key, *value = _split(part, "=", most=1)
        if len(value) != 1:
            key, *value = _split(part, ":", most=1)
        name = key.strip().strip('"')
        if not part.strip():
            continue
        if len(value) != 1 or not re.fullmatch(r"[\w.-]+", name):
            return (UNRESOLVED,)
        made[name] = one.value(value[0])
    return (made,)


def _each(one: Expression, found: re.Match[str]) -> Iterator[Any]:
    """What a loop gives: values of a list or pairs of an object, else what is not resolved."""
    source, *rest = _split(found["rest"], ":", most=1)
    values = one.value(source)
    if not isinstance(values, list | dict) or len(rest) != 1 or len(_split(rest[0], " if ")) > 1:
        yield UNRESOLVED
        return
    key_text, *value_text = _split(rest[0].removesuffix("..."), "=>")
    for key, value in pairs_of(values):
        names = ({found["first"]: key, found["second"]: value} if found["second"]
                 else {found["first"]: key if isinstance(values, dict) else value})  # fmt: skip
        if isinstance(values, dict) and not found["second"]:
            names = {found["first"]: value}
        inner = Expression(one.root, {**one.names, **names}, one.depth + 1)
        made = inner.value(key_text)
        yield (made, inner.value(value_text[0])) if value_text else made


def pairs_of(values: Any) -> Iterator[tuple[Any, Any]]:
    """The keys and values that go through a list, a set or an object finds."""
    if isinstance(values, dict):
        yield from values.items()
    elif isinstance(values, Several):
        yield from ((one, one) for one in values)
    elif isinstance(values, list):
        yield from enumerate(values)


def _call(one: Expression, text: str) -> Made:
    found = _CALL.match(text)
    function = _FUNCTIONS.get(found["name"]) if found else None
    if found is None or function is None:
        return None
    values = [one.value(part) for part in _split(found["inner"], ",") if part.strip()]
    return (function(values),)


def _merge(values: list[Any]) -> Any:
    if not all(isinstance(one, dict) for one in values):
        return UNRESOLVED
    return {key: inner for one in values for key, inner in one.items()}


def _concat(values: list[Any]) -> Any:
    if not all(isinstance(one, list) for one in values):
        return UNRESOLVED
    return [inner for one in values for inner in one]


def _set(values: list[Any]) -> Any:
    return Several(values[0]) if values and isinstance(values[0], list) else UNRESOLVED


def _same(values: list[Any]) -> Any:
    return values[0] if values else UNRESOLVED


def _lookup(values: list[Any]) -> Any:
    if len(values) < 2 or not isinstance(values[0], dict):  # noqa: PLR2004 - a map and a key
        return UNRESOLVED
    return values[0].get(values[1], values[2] if len(values) > 2 else UNRESOLVED)  # noqa: PLR2004


def _format(values: list[Any]) -> Any:
    text, *rest = values or [UNRESOLVED]
    if not all(isinstance(one, str | int) for one in values) or not isinstance(text, str):
        return UNRESOLVED
    if len(re.findall(r"%[sdv]", text)) != len(rest) or text.count("%") != len(rest):
        return UNRESOLVED
    pieces = re.split(r"%[sdv]", text)
    return "".join(f"{piece}{one}" for piece, one in zip(pieces, [*rest, ""], strict=True))


def _changed(change: Callable[[str], str]) -> Callable[[list[Any]], Any]:
    return lambda values: (
        change(values[0]) if len(values) == 1 and isinstance(values[0], str) else UNRESOLVED
    )


_FUNCTIONS: dict[str, Callable[[list[Any]], Any]] = {
    "merge": _merge, "concat": _concat, "toset": _set, "tomap": _same, "tolist": _same,
    "tostring": _same, "lookup": _lookup, "format": _format, "lower": _changed(str.lower),
    "upper": _changed(str.upper), "trimspace": _changed(str.strip),
}  # fmt: skip


def _split(text: str, sign: str, most: int = -1) -> list[str]:
    """The parts of a text between signs that stand in no brackets and no quotes."""
    parts, start, depth, quoted, n = [], 0, 0, False, 0
    while n < len(text):
        letter = text[n]
        if quoted:
            n += letter == "\\"
            quoted = letter != '"'
        elif letter == '"':
            quoted = True
        elif letter in _OPENS:
            depth += 1
        elif letter in _CLOSES:
            depth -= 1
        elif depth == 0 and most and text.startswith(sign, n) and _is_whole(text, n, sign):
            parts.append(text[start:n])
            n += len(sign)
            start, most = n, most - 1
            continue
        n += 1
    return [*parts, text[start:]]


def _is_whole(text: str, n: int, sign: str) -> bool:
    """Whether a sign is not a part of a longer one: ``=`` of ``==`` and ``=>``."""
    around = text[max(0, n - 1) : n] + text[n + len(sign) : n + len(sign) + 1]
    return sign not in {"=", "=="} or not set(around) & set("=!<>")
