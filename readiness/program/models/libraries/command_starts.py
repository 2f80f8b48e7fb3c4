"""Starting a command with its options, and which of several the command line names."""

import ast
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

from readiness.program.models.libraries.click_contexts import resolved
from readiness.program.models.libraries.command_words import converted, plain_words, variable_of
from readiness.program.models.table import OPTIONS
from readiness.program.values import (
    Arguments,
    Dict,
    External,
    Function,
    Instance,
    Text,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

TOLD = "\0told"
"""Where a function keeps what a command is told of its parameters."""
_ENDINGS = ("_command", "_cmd", "_group", "_grp")


def start(machine: "Machine", function: Function, arguments: Arguments) -> Value:
    """Call a command with what its options have; ``arguments`` are those of the whole program."""
    held = function.attributes.values.get(OPTIONS)
    options = held.slots.values if isinstance(held, Dict) else {}
    given = {str(name): variable_of(machine, arguments, str(name)) or resolved(machine, value)
             for name, value in options.items()}  # fmt: skip
    given |= _of_words(machine, function)
    return machine.call(function, Arguments((), given, arguments.at))


def note_told(
    function: Function, name: str, said: Arguments, default: Value, *, option: bool
) -> None:
    """Remember what a command is told of a parameter, in the order in which it is told."""
    kept = function.attributes.values.setdefault(TOLD, Instance(External(TOLD)))
    assert isinstance(kept, Instance)  # noqa: S101 - for the type checker
    kept.data = [*(kept.data or []), (name, said, default, option)]


def _of_words(machine: "Machine", function: Function) -> dict[str, Value]:
    """What the words that belong to no option give the arguments of a command, in their order."""
    kept = function.attributes.values.get(TOLD)
    told = kept.data if isinstance(kept, Instance) else []
    arguments = [one for one in told if not one[3]]
    words = None if machine.words is None else plain_words(
        [said for _, said, _, option in told if option], machine.words)  # fmt: skip
    if words is None or any(
        said.keywords.keys() & {"nargs", "envvar"} for _, said, _, _ in arguments
    ):
        return {}
    found: dict[str, Value] = {}
    for position, (name, said, default, _) in enumerate(arguments):
        if position < len(words):
            found[name] = converted(machine, text(words[position]), said)
        elif not isinstance(default, Unknown):
            found[name] = default
    return found


def named(machine: "Machine", commands: Mapping[Hashable, Value]) -> Value | None:
    """The command that the words of the command line name, where they are known."""
    return next((commands[word] for word in machine.words or () if word in commands), None)


def names_of(function: Function, arguments: Arguments) -> tuple[str, ...]:
    """The names of a command, as given or as made from its function by one release or another."""
    said = arguments.get("name", 0)
    if isinstance(said, Text) and said.known is not None:
        return (said.known,)
    name = "" if isinstance(function.node, ast.Lambda) else function.node.name.lower()
    shorter = next((name.removesuffix(one) for one in _ENDINGS if name.endswith(one)), name)
    return tuple(dict.fromkeys(one.replace("_", "-") for one in (name, shorter)))
