"""Starting a command with its options, and which of several the command line names."""

import ast
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

from readiness.program.models.libraries.click_contexts import resolved
from readiness.program.models.libraries.command_words import variable_of
from readiness.program.models.table import OPTIONS
from readiness.program.values import Arguments, Dict, Function, Text, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_ENDINGS = ("_command", "_cmd", "_group", "_grp")


def start(machine: "Machine", function: Function, arguments: Arguments) -> Value:
    """Call a command with what its options have; ``arguments`` are those of the whole program."""
    held = function.attributes.values.get(OPTIONS)
    options = held.slots.values if isinstance(held, Dict) else {}
    given = {str(name): variable_of(machine, arguments, str(name)) or resolved(machine, value)
             for name, value in options.items()}  # fmt: skip
    return machine.call(function, Arguments((), given, arguments.at))


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
