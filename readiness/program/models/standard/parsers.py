"""What a parser of ``argparse`` was told: its options, defaults and commands, in order."""

from typing import TYPE_CHECKING

from msgspec import Struct, field

from readiness.program.values import (
    FALSE,
    NONE,
    TRUE,
    Arguments,
    External,
    Instance,
    List,
    Text,
    Tuple,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

COMMANDS = "argparse._SubParsersAction"
_SWITCHES = {"store_true": FALSE, "store_false": TRUE}
_PLAIN = frozenset({"prog", "usage", "description", "epilog", "help", "formatter_class",
                    "add_help", "parents", "exit_on_error", "title", "metavar"})  # fmt: skip
"""What a parser is told that changes nothing of what it makes of its words."""


class Told(Struct):
    """All that a parser was told; ``unsure`` where some of it is not seen, or only perhaps so."""

    options: list[Arguments] = field(default_factory=list)
    defaults: dict[str, Value] = field(default_factory=dict)
    commands: "Commands | None" = None
    unsure: bool = False


class Commands(Struct):
    """The commands of a parser, by their names, and what tells which of them is given."""

    parsers: dict[str, Instance] = field(default_factory=dict)
    dest: str | None = None
    required: bool = False


def told_of(receiver: Value) -> Told:
    """What this parser was told."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    if receiver.data is None:
        receiver.data = Told()
    held: Told = receiver.data
    return held


def known(value: Value | None) -> str | None:
    """A text that is known."""
    return value.known if isinstance(value, Text) else None


def build(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """A parser: those that it has as parents have told it already."""
    told = told_of(instance)
    told.unsure = bool({*arguments.keywords} - _PLAIN) or arguments.open is not None
    parents = arguments.keywords.get("parents", Tuple(()))
    found = machine.iterate(parents, arguments.at) if isinstance(parents, (List, Tuple)) else None
    told.unsure |= not isinstance(found, list)
    for one in found if isinstance(found, list) else ():
        if not isinstance(one, Instance) or not isinstance(one.data, Told):
            told.unsure = True
            continue
        told.options += one.data.options
        told.defaults |= one.data.defaults
        told.unsure |= one.data.unsure or one.data.commands is not None


def add(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``add_argument``."""
    told = told_of(receiver)
    told.options.append(arguments)
    told.unsure |= bool(machine.state.path) or arguments.open is not None
    return Instance(External("argparse.Action"), None, arguments.at)


def add_group(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """A group adds to its parser."""
    return receiver


def add_commands(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``add_subparsers``."""
    told, made = told_of(receiver), Instance(External(COMMANDS), None, arguments.at)
    required = arguments.keywords.get("required", FALSE)
    told.commands = made.data = Commands(
        dest=known(arguments.keywords.get("dest")),
        required=getattr(required, "value", None) is True,
    )
    odd = {*arguments.keywords} - _PLAIN - {"dest", "required"}
    told.unsure |= bool(machine.state.path or odd)
    return made


def add_command(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``add_parser``: a parser of its own, by one or several names."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    commands: Commands = receiver.data
    made = Instance(External("argparse.ArgumentParser"), None, arguments.at)
    names = arguments.keywords.get("aliases", Tuple(()))
    others = machine.iterate(names, arguments.at)
    rest = {name: one for name, one in arguments.keywords.items()
            if name not in {"aliases", "deprecated"}}  # fmt: skip
    build(machine, made, Arguments((), rest, arguments.at, arguments.open))
    first = arguments.positional[:1]
    for one in (*first, *(others if isinstance(others, list) else ())):
        commands.parsers[known(one) or "\0unknown"] = made
    sure = isinstance(others, list) and "\0unknown" not in commands.parsers
    told_of(made).unsure |= bool(machine.state.path) or not sure
    return made


def set_defaults(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``set_defaults``: of an option as of a name that no option has."""
    told = told_of(receiver)
    told.defaults |= arguments.keywords
    told.unsure |= bool(machine.state.path) or arguments.open is not None
    return NONE


def name_of(option: Arguments) -> str | None:
    """The name under which an option is found."""
    names = [known(one) or "" for one in option.positional]
    chosen = known(option.keywords.get("dest"))
    long = next((name for name in names if name.startswith("--")), names[0] if names else "")
    positional = not long.startswith("-")
    return chosen or (long if positional else long.lstrip("-").replace("-", "_")) or None


def default_of(machine: "Machine", told: Told, option: Arguments) -> Value:
    """What an option has where the command line does not give it."""
    action = known(option.keywords.get("action"))
    default = option.keywords.get("default", _SWITCHES.get(action or "", NONE))
    default = told.defaults.get(name_of(option) or "", default)
    kind = option.keywords.get("type")
    if kind is not None and isinstance(default, Text):
        return machine.each(default, lambda one: machine.invoke(kind, option.at, one))
    return default
