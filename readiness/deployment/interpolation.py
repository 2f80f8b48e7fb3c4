"""References to variables in texts, as Compose and Dockerfiles fill them in."""

import re
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from readiness.model.place import Place
from readiness.model.secret import Secret
from readiness.model.variable import Origin, Variable

COMPUTED = "${COMPUTED}"
"""What stands in a text for a part that only an installation tells."""
_DEEPEST = 20
# Names are of ASCII letters: `$Aé` is the variable A, and a letter.
_START = re.compile(
    r"\$(?:(?P<escaped>\$)|(?P<plain>[A-Za-z_]\w*)|\{(?P<name>[A-Za-z_]\w*))", re.ASCII
)
_HOLE = re.compile(r"\0(\w+)\0")
_OPERATOR = re.compile(r":?[-?+]")

Known = Mapping[str, Variable]


class Filled(Struct):
    """A text with its references filled in, and what that took.

    ``unknown`` names references whose value nobody here knows; their part is left out of
    ``text``, and stands as ``${NAME}`` in ``partial``.
    ``defaults`` names those whose written default was taken, ``used`` the sources of the
    known ones, ``missing`` the required ones that are certainly unset.
    """

    text: str = ""
    partial: str = ""
    unknown: list[str] = field(default_factory=list)
    defaults: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    used: list[Origin] = field(default_factory=list)


def fill(text: str, known: Known, *, absent: Literal["unknown", "empty"] = "unknown") -> Filled:
    """Fill in ``$A``, ``${A}``, ``${A:-b}``, ``${A-b}``, ``${A:?e}``, ``${A:+x}`` and ``$$``.

    A name that ``known`` does not have is a value that the platform supplies, or empty
    where ``absent`` says so; a default that is written beside it counts in any case.
    """
    filled = Filled()
    marked = _Filler(known, absent, filled).text(text, 0)
    filled.text = _HOLE.sub("", marked)
    filled.partial = _HOLE.sub(r"${\1}", marked)
    return filled


def reference_end(text: str, offset: int) -> int:
    """Where a reference that begins at an offset ends; just behind its sign where it is none."""
    found = _START.match(text, offset)
    if found is None or found["escaped"]:
        return offset + 1
    return found.end() if found["plain"] else min(_closing(text, found.end()) + 1, len(text))


def variable(
    name: str,
    filled: Filled,
    *,
    source: str,
    at: Place,
    weaker: tuple[Origin, ...] = (),
) -> Variable:
    """A variable whose value is a filled text; its chain says what took part.

    The value of an injected one is unknown: its first origin keeps the text with ``${NAME}``
    for what is not known, so that what does not depend on it can still be judged.
    """
    if filled.unknown:
        how = f", supplied as {_names(filled.unknown)}"
        origin = Origin(source + how, at, Secret(filled.partial))
        return Variable(name, "injected", None, (origin, *filled.used, *weaker))
    how = f", by the default of {_names(filled.defaults)}" if filled.defaults else ""
    value = Secret(filled.text)
    return Variable(name, "known", value, (Origin(source + how, at, value), *filled.used, *weaker))


def as_known(given: Mapping[str, "Variable | Secret | str"]) -> dict[str, Variable]:
    """Variables from plain texts and secrets, for callers who have no sources to name."""
    return {name: _as_variable(name, value) for name, value in given.items()}


def _as_variable(name: str, value: "Variable | Secret | str") -> Variable:
    if isinstance(value, Variable):
        return value
    secret = value if isinstance(value, Secret) else Secret(value)
    return Variable(name, "known", secret, (Origin("given", None, secret),))


def _names(names: list[str]) -> str:
    return ", ".join(f"${{{name}}}" for name in dict.fromkeys(names))


class _Filler:
    """One text being filled in, by descent into its defaults."""

    def __init__(self, known: Known, absent: str, filled: Filled) -> None:
        self.known = known
        self.absent = absent
        self.filled = filled

    def text(self, text: str, depth: int) -> str:
        parts: list[str] = []
        offset = 0
        while found := _START.search(text, offset):
            parts.append(text[offset : found.start()])
            offset = found.end()
            if found["escaped"]:
                parts.append("$")
            elif found["plain"]:
                parts.append(self._reference(found["plain"], "", "", depth))
            else:
                end = _closing(text, offset)
                operator = _OPERATOR.match(text, offset, end)
                rest = text[operator.end() : end] if operator else text[offset:end]
                sign = operator[0] if operator else ""
                if rest and not sign:
                    # A change of the value (``${A#x}``) that is not made here.
                    self.filled.unknown.append(found["name"])
                    parts.append(f"\0{found['name']}\0")
                else:
                    parts.append(self._reference(found["name"], sign, rest, depth))
                offset = end + 1
        return "".join((*parts, text[offset:]))

    def _reference(self, name: str, operator: str, rest: str, depth: int) -> str:
        one = self.known.get(name)
        value = one.value.reveal() if one and one.state == "known" and one.value else None
        if one and one.state == "known" and value is None:
            value = ""
        injected = one is not None and one.state == "injected"
        is_set = injected or (value is not None and not (operator[:1] == ":" and not value))
        match operator[-1:]:
            case "-" if not is_set:
                self.filled.defaults.append(name)
                return self._nested(rest, depth)
            case "+":
                return self._nested(rest, depth) if is_set else ""
            case "?" if not is_set and one is not None:
                self.filled.missing.append(name)
        return self._value(name, one, value, required=operator[-1:] == "?")

    def _value(self, name: str, one: Variable | None, value: str | None, *, required: bool) -> str:
        if value is not None and one is not None:
            self.filled.used.extend(_use(name, origin) for origin in one.chain)
            return value
        if one is None and self.absent == "empty" and not required:
            return ""
        if one is None or one.state == "injected" or required:
            self.filled.unknown.append(name)
            return f"\0{name}\0"
        return ""

    def _nested(self, rest: str, depth: int) -> str:
        return rest if depth >= _DEEPEST else self.text(rest, depth + 1)


def _use(name: str, origin: Origin) -> Origin:
    return Origin(f"{name} from {origin.text}", origin.at, origin.value)


def _closing(text: str, offset: int) -> int:
    """The closing brace of a reference that may hold others; the end where there is none."""
    depth = 1
    for n in range(offset, len(text)):
        if text.startswith("${", n):
            depth += 1
        elif text[n] == "}":
            depth -= 1
            if depth == 0:
                return n
    return len(text)
