"""``argparse``: what is parsed is known where the arguments are; else each may be given."""

import argparse
from typing import TYPE_CHECKING, Any

from readiness.program.interpreter.choices import choose
from readiness.program.interpreter.plain import NotPlain, lifted, plain
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    FALSE,
    NONE,
    TRUE,
    Arguments,
    Condition,
    Constant,
    External,
    Instance,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

PARSER = "argparse.ArgumentParser"
_SWITCHES = {"store_true": FALSE, "store_false": TRUE}


def _known(value: Value | None) -> str | None:
    return value.known if isinstance(value, Text) else None


def _options(receiver: Value) -> list[Arguments]:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    if receiver.data is None:
        receiver.data = []
    options: list[Arguments] = receiver.data
    return options


def _add(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    _options(receiver).append(arguments)
    return Instance(External("argparse.Action"), None, arguments.at)


def _itself(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """A group adds to its parser."""
    return receiver


def _set_defaults(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    _options(receiver).append(Arguments((), {"\0set": NONE, **arguments.keywords}, arguments.at))
    return NONE


def _name(option: Arguments) -> str | None:
    names = [_known(one) or "" for one in option.positional]
    chosen = _known(option.keywords.get("dest"))
    long = next((name for name in names if name.startswith("--")), names[0] if names else "")
    return chosen or long.lstrip("-").replace("-", "_") or None


def _default(machine: "Machine", option: Arguments) -> Value:
    action = _known(option.keywords.get("action"))
    default = option.keywords.get("default", _SWITCHES.get(action or "", NONE))
    kind = option.keywords.get("type")
    if kind is not None and isinstance(default, Text):
        return machine.each(default, lambda one: machine.invoke(kind, option.at, one))
    return default


def _defaults(machine: "Machine", receiver: Value) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for option in _options(receiver):
        if "\0set" in option.keywords:
            found.update({k: v for k, v in option.keywords.items() if k != "\0set"})
        elif (name := _name(option)) is not None:
            needed = getattr(option.keywords.get("required"), "value", False)
            positional = not (_known(option.positional[0]) or "-").startswith("-")
            optional = _known(option.keywords.get("nargs")) in {"?", "*"}
            if needed or (positional and not optional):
                found[name] = Unknown(f"the argument {name} of the command line", option.at)
            else:
                found[name] = _default(machine, option)
    return found


def _parse(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    given = arguments.get("args", 0)
    found = _defaults(machine, receiver)
    words = _words(machine, given, arguments)
    if words is None and (given is None or _is_none(given)):
        found = {name: _perhaps(name, value, arguments) for name, value in found.items()}
    elif words is None:
        found = {name: Unknown("an argument of the command line", arguments.at) for name in found}
    elif words:
        found |= _given(receiver, words, found, arguments)
    return Instance(External("argparse.Namespace"), found, arguments.at)


def _is_none(value: Value) -> bool:
    return isinstance(value, Constant) and value.value is None


def _perhaps(name: str, default: Value, arguments: Arguments) -> Value:
    """An argument that the command line may give."""
    given = Unknown(f"the argument {name} of the command line", arguments.at)
    condition = Condition(("given", arguments.at, name),
                          f"{name} is given on the command line", arguments.at, given)  # fmt: skip
    return choose(condition, given, default)


def _words(machine: "Machine", given: Value | None, arguments: Arguments) -> list[str] | None:
    """The arguments that the code or the deployment gives the parser; None for unknown ones."""
    if given is None or _is_none(given):
        return None if machine.words is None else list(machine.words)
    items = machine.iterate(given, arguments.at)
    words = [_known(one) for one in items] if isinstance(items, list) else [None]
    return None if None in words else [word for word in words if word is not None]


def _given(
    receiver: Value, words: list[str], found: dict[str, Value], arguments: Arguments
) -> dict[str, Value]:
    """What known arguments say, by the library itself where the options are plain."""
    parsed = _parsed(receiver, words)
    if parsed is None:
        return {name: Unknown("an argument of a command line", arguments.at) for name in found}
    return {name: lifted(value) for name, value in vars(parsed[0]).items()}


def _parsed(receiver: Value, words: list[str]) -> tuple[argparse.Namespace, list[str]] | None:
    parser = argparse.ArgumentParser(exit_on_error=False, add_help=False)
    try:
        for option in _options(receiver):
            if "\0set" not in option.keywords:
                parser.add_argument(*map(plain, option.positional), **_plain_keywords(option))
        return parser.parse_known_args(words)
    except (NotPlain, SystemExit, Exception):  # noqa: BLE001 - whatever it refuses is not known
        return None


# What such an option makes of its argument hangs on its default.
_ON_TOP = frozenset({"append", "append_const", "extend", "count"})


def _plain_keywords(option: Arguments) -> dict[str, Any]:
    kept = {"action", "nargs", "dest", "choices", "const"}
    found = {name: plain(one) for name, one in option.keywords.items() if name in kept}
    kind = option.keywords.get("type")
    if isinstance(kind, External) and kind.name in {"builtins.int", "builtins.float"}:
        found["type"] = {"builtins.int": int, "builtins.float": float}[kind.name]
    elif kind is not None and kind != External("builtins.str"):
        raise NotPlain(kind)
    before = option.keywords.get("default")
    if found.get("action") in _ON_TOP and before is not None and plain(before):
        raise NotPlain(before)
    return {**found, "default": argparse.SUPPRESS}


def _parse_known(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    words = _words(machine, arguments.get("args", 0), arguments)
    parsed = None if words is None else _parsed(receiver, words)
    rest: Value = Unknown("the words of a command line that nobody asks for", arguments.at)
    if parsed is not None:
        rest = List(tuple(map(text, parsed[1])))
    return Tuple((_parse(machine, receiver, arguments), rest))


TABLE = Table(
    classes={
        PARSER: LibraryClass(("prog", "usage", "description"), methods={
            "add_argument": _add, "add_argument_group": _itself,
            "add_mutually_exclusive_group": _itself, "set_defaults": _set_defaults,
            "parse_args": _parse, "parse_known_args": _parse_known}),
        "argparse.Action": LibraryClass(),
    },
)  # fmt: skip
