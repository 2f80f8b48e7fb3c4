"""Known words of a command line, parsed by ``argparse`` itself."""

import argparse
import contextlib
import io
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from readiness.model.place import Place
from readiness.program.interpreter.plain import NotPlain, lifted, plain
from readiness.program.models.standard.parsers import Told, default_of, name_of, told_of
from readiness.program.values import Arguments, External, List, Value, text

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_ACTIONS = frozenset({None, "store", "store_true", "store_false", "store_const", "append",
                      "append_const", "extend", "count"})  # fmt: skip
# What such an option makes of its argument hangs on its default.
_ON_TOP = frozenset({"append", "append_const", "extend", "count"})
_KEPT = frozenset({"action", "nargs", "dest", "choices", "required"})
_TYPES = {"builtins.int": int, "builtins.float": float, "builtins.str": str}


class Refused(Exception):  # noqa: N818 - an answer about words
    """The words are not parsed; ``ends`` tells that the program ends because of them."""

    def __init__(self, *, ends: bool) -> None:
        super().__init__()
        self.ends = ends


class _Held(Struct, frozen=True):
    """A value of the evaluation among those of the library."""

    value: Value


class _Typed(Struct, frozen=True):
    """A word that a function of the code makes something of."""

    kind: Value
    word: str
    at: Place


def parsed(machine: "Machine", told: Told, words: list[str]) -> tuple[dict[str, Value], list[str]]:
    """The names that the words give values to, and the words that nobody asks for."""
    try:
        parser = argparse.ArgumentParser(prog="program", exit_on_error=False)
        _fill(machine, parser, told)
    except Exception:  # noqa: BLE001 - whatever it refuses is not known
        raise Refused(ends=False) from None
    try:
        with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
            found, rest = parser.parse_known_args(words)
    except (SystemExit, argparse.ArgumentError, argparse.ArgumentTypeError):
        raise Refused(ends=True) from None
    except Exception:  # noqa: BLE001 - as above
        raise Refused(ends=False) from None
    return {name: _valued(machine, value) for name, value in vars(found).items()}, rest


def _fill(machine: "Machine", parser: argparse.ArgumentParser, told: Told) -> None:
    if told.unsure:
        raise Refused(ends=False)
    parser.set_defaults(**{name: _Held(value) for name, value in told.defaults.items()})
    for option in told.options:
        names = [plain(one) for one in option.positional]
        parser.add_argument(*names, **_keywords(machine, told, option))
    if told.commands is None:
        return
    several = parser.add_subparsers(
        dest=told.commands.dest or argparse.SUPPRESS, required=told.commands.required
    )
    for name, one in told.commands.parsers.items():
        _fill(machine, several.add_parser(name), told_of(one))


def _keywords(machine: "Machine", told: Told, option: Arguments) -> dict[str, Any]:
    found = {name: plain(one) for name, one in option.keywords.items() if name in _KEPT}
    if found.get("action") not in _ACTIONS:
        raise Refused(ends=False)
    if "const" in option.keywords:
        found["const"] = _Held(option.keywords["const"])
    kind = option.keywords.get("type")
    if kind is not None:
        found["type"] = _type(kind, option.at, choices="choices" in found)
    set_later = name_of(option) in told.defaults
    if "default" not in option.keywords and not set_later:
        return found
    if found.get("action") in _ON_TOP:
        before = told.defaults if set_later else option.keywords
        found["default"] = plain(before[name_of(option) or "" if set_later else "default"])
        if set_later:
            raise Refused(ends=False)
        return found
    return {**found, "default": _Held(default_of(machine, told, option))}


def _type(kind: Value, at: Place, *, choices: bool) -> Any:
    if isinstance(kind, External) and kind.name in _TYPES:
        return _TYPES[kind.name]
    if choices:
        raise NotPlain(kind)
    return lambda word: _Typed(kind, word, at)


def _valued(machine: "Machine", found: Any) -> Value:
    """What the library found, as a value."""
    match found:
        case _Held():
            return found.value
        case _Typed():
            return machine.invoke(found.kind, found.at, text(found.word))
        case list():
            return List(tuple(_valued(machine, one) for one in found))
    return lifted(found)
