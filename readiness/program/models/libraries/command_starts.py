"""Starting a command with its options, and which of several the command line names."""

import ast
from collections.abc import Hashable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from readiness.program.interpreter.outcomes import Raised
from readiness.program.models.libraries.click_contexts import LAZY, context, resolved
from readiness.program.models.libraries.command_line import Option, Walked, walk
from readiness.program.models.libraries.command_words import of_words, otherwise, perhaps
from readiness.program.models.table import OPTIONS
from readiness.program.values import (
    NONE,
    Arguments,
    Dict,
    External,
    Function,
    Instance,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

TOLD = "\0told"
"""Where a function keeps what a command is told of its parameters."""
_ENDINGS = ("_command", "_cmd", "_group", "_grp")


class Line(Struct, frozen=True):
    """The words that a command has, and how the variables of its options begin."""

    words: tuple[str, ...] | None
    prefix: str = ""


def line_of(machine: "Machine", arguments: Arguments) -> Line:
    """The words of the process, unless the code gives a program others: ``main(["--env"])``."""
    given, words = arguments.get("args", 0), machine.words
    if given is not None and given != NONE:
        items = machine.iterate(given, arguments.at)
        known = [getattr(one, "known", None) for one in items] if isinstance(items, list) else []
        words = None if isinstance(items, Unknown) or None in known else tuple(map(str, known))
    said = arguments.keywords.get("auto_envvar_prefix")
    return Line(words, getattr(said, "known", None) or "")


def start(
    machine: "Machine", function: Function, line: Line, at: Arguments, *,
    commands: Mapping[Hashable, Value] | None = None,
) -> tuple[Value, Value | None, Line]:  # fmt: skip
    """Call a command; of a group also tell which command the words name, with those for it."""
    options = told_of(function)
    found = None if line.words is None else walk(options, line.words, group=commands is not None)
    given = {name: resolved(machine, one) for name, one in _held(function).items()
             if not any(name == option.name for option in options)}  # fmt: skip
    for option in sorted(options, key=lambda one: not one.has("is_eager")):
        value = called_back(machine, option, _value(machine, option, line, found))
        if option.plain("expose_value") is not False:
            given[option.name] = value
    made = machine.call(function, Arguments((), given, at.at))
    chosen, rest = named(line, found, commands or {})
    return made, chosen, rest


def _value(machine: "Machine", option: Option, line: Line, found: Walked | None) -> Value:
    if line.words is None or found is None:
        value = perhaps(machine, option)
        unsure = line.prefix and otherwise(machine, option, line.prefix)[1]
        reason = f"the option {option.name}, which a variable may give"
        return Unknown(reason, option.said.at) if unsure else value
    given = found.given.get(option.name)
    return otherwise(machine, option, line.prefix)[0] if given is None else of_words(
        machine, option, given)  # fmt: skip


def called_back(machine: "Machine", option: Option, value: Value) -> Value:
    """What the function makes of a value that an option asks by ``callback=``."""
    function = option.said.keywords.get("callback", NONE)
    if function == NONE:
        return value
    parameter = Unknown(f"the parameter {option.name} of a command", option.said.at)
    given = (context(machine), parameter, value)
    if isinstance(function, Function):
        return machine.call(function, _arguments(function, given, option.said))
    return machine.invoke(function, option.said.at, *given)


def _arguments(
    function: Function, given: tuple[Value, Value, Value], said: Arguments
) -> Arguments:
    """Typer gives each parameter what its annotation or place asks for, click gives all three."""
    spec = function.node.args
    parameters = [*spec.posonlyargs, *spec.args]
    if len(parameters) == len(given) or spec.vararg is not None:
        return Arguments(given, {}, said.at)
    kinds = {one.arg: _kind(one) for one in parameters}
    plain = [name for name, kind in kinds.items() if kind not in {"Context", "CallbackParam"}]
    found = {name: given[0] if kind == "Context" else given[1] for name, kind in kinds.items()}
    if plain:
        found[plain.pop()] = given[2]
    found |= dict(zip(plain, given[:2] if "Context" not in kinds.values() else given[1:2],
                      strict=False))  # fmt: skip
    return Arguments((), found, said.at)


def _kind(parameter: ast.arg) -> str:
    said = parameter.annotation
    return "" if said is None else ast.unparse(said).rpartition(".")[2]


def note_told(function: Function, option: Option, *, first: bool = False) -> None:
    """Remember what a command is told of a parameter, in the order in which it is told."""
    kept = function.attributes.values.setdefault(TOLD, Instance(External(TOLD)))
    held = function.attributes.values.setdefault(OPTIONS, Dict())
    assert isinstance(kept, Instance)  # noqa: S101 - for the type checker
    assert isinstance(held, Dict)  # noqa: S101 - for the type checker
    before = kept.data or []
    kept.data = [option, *before] if first else [*before, option]
    lazy = held.slots.values[option.name] = Instance(External(LAZY))
    lazy.data = partial(_of_nobody, option)


def _of_nobody(option: Option, machine: "Machine") -> Value:
    """What an option has where nobody is seen to start the command."""
    try:
        return called_back(machine, option, perhaps(machine, option))
    except Raised:
        return Unknown(f"the option {option.name}, which is refused", option.said.at)


def told_of(function: Function) -> Sequence[Option]:
    """What a command was told of its parameters, in their order."""
    kept = function.attributes.values.get(TOLD)
    return kept.data if isinstance(kept, Instance) else []


def _held(function: Function) -> dict[str, Value]:
    held = function.attributes.values.get(OPTIONS)
    return {str(name): one for name, one in held.slots.values.items()} if isinstance(
        held, Dict) else {}  # fmt: skip


def named(
    line: Line, found: Walked | None, commands: Mapping[Hashable, Value]
) -> tuple[Value | None, Line]:
    """The command that the words of the command line name, where they are known."""
    words = list(line.words or ())
    if found is not None and found.rest[:1] and found.rest[0] in commands:
        words = found.rest
    at = next((n for n, word in enumerate(words) if word in commands), None)
    if at is None:
        return None, Line(None, line.prefix)
    prefix = f"{line.prefix}_{words[at].replace('-', '_')}" if line.prefix else ""
    return commands[words[at]], Line(tuple(words[at + 1 :]), prefix)


def names_of(function: Function, arguments: Arguments) -> tuple[str, ...]:
    """The names of a command, as given or as made from its function by one release or another."""
    said = arguments.get("name", 0)
    if isinstance(said, Text) and said.known is not None:
        return (said.known,)
    name = "" if isinstance(function.node, ast.Lambda) else function.node.name.lower()
    shorter = next((name.removesuffix(one) for one in _ENDINGS if name.endswith(one)), name)
    return tuple(dict.fromkeys(one.replace("_", "-") for one in (name, shorter)))
