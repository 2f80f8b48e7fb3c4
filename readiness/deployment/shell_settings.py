"""How a shell script sets variables, apart from a plain assignment."""

import re

Pair = tuple[str, str]

_NAME = re.compile(r"[A-Za-z_]\w*\Z")
# `: "${NAME:=value}"` sets a variable that is not set.
_UNLESS_SET = re.compile(r"\$\{(?P<name>[A-Za-z_]\w*):?=(?P<value>.*)\}\Z", re.DOTALL)
_ASKED = re.compile(r"\$\{?(?P<name>[A-Za-z_]\w*)(?::?-)?\}?\Z")
_ENDS = frozenset({(), ("]",), ("]]",)})
_OF_A_FILE = re.compile(
    r"\s*export\s+\$\((?:cat|grep\b[^|)]*?|<)\s*(?P<path>[\w./-]+)\s*(?:\|[^)]*)?\)"
)


def exports(words: tuple[str, ...]) -> bool | None:
    """Whether the programs after a command find what it, or any after it, assigns.

    ``export`` and ``set -a`` say so, ``set +a`` takes it back; None for any other command.
    """
    if words[0] in {"export", "declare", "typeset"}:
        return words[0] == "export" or "-x" in words
    if words[0] != "set":
        return None
    signs = [one[0] for one in words[1:2] if re.fullmatch(r"[-+][a-z]*a[a-z]*", one)]
    signs += [one[0] for one in words[1:2] if words[2:3] == ("allexport",)]
    return signs == ["-"] if signs else None


def kept(words: tuple[str, ...]) -> tuple[Pair, ...]:
    """Variables that keep the value that they have: ``export NAME``, ``: ${NAME:=value}``."""
    if words[0] == ":":
        found = (_UNLESS_SET.match(word) for word in words[1:])
        return tuple((one["name"], f"${{{one['name']}:-{one['value']}}}") for one in found if one)
    names = words[1:] if words[0] == "export" else ()
    return tuple((one, f"${{{one}}}") for one in names if _NAME.match(one))


def file_of(text: str) -> str | None:
    """The file whose lines are exported: ``export $(cat .env | xargs)``; None for another line."""
    found = _OF_A_FILE.match(text)
    return found["path"] if found else None


def asked(words: tuple[str, ...], sign: str) -> str:
    """The variable that a test finds not set (``-z``) or set (``-n``); empty for another test."""
    match words:
        case ("[" | "[[" | "test", said, one, *rest) if said == sign and tuple(rest) in _ENDS:
            found = _ASKED.match(one)
            return found["name"] if found else ""
    return ""


def unless(sign: str, before: tuple[str, ...]) -> str:
    """The variable that has to be missing for what stands behind a test to run."""
    return asked(before, {"&&": "-z", "||": "-n"}.get(sign, ""))
