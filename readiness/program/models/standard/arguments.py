"""``argparse``: what is parsed is known where the arguments are; else each may be given."""

from typing import TYPE_CHECKING

from readiness.program.interpreter.choices import choose
from readiness.program.models.lifting import arg
from readiness.program.models.python.builtin import left
from readiness.program.models.standard import parsers
from readiness.program.models.standard.command_words import Refused, parsed
from readiness.program.models.standard.parsers import Told, told_of
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    Condition,
    Constant,
    External,
    Instance,
    List,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

PARSER = "argparse.ArgumentParser"
NAMESPACE = "argparse.Namespace"


def _parse(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``parse_args``: words that nobody asks for end the program."""
    found, rest = _parsed(machine, receiver, arguments)
    if isinstance(rest, List) and getattr(rest.slots.values["items"], "items", None):
        raise left(machine, Constant(2), arguments.at)
    return found


def _parse_known(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return Tuple(_parsed(machine, receiver, arguments))


def _parsed(machine: "Machine", receiver: Value, arguments: Arguments) -> tuple[Value, Value]:
    told, given = told_of(receiver), arguments.get("args", 0)
    words = _words(machine, given, arguments)
    unseen = given is None or _is_none(given)
    rest: Value = Unknown("the words of a command line that nobody asks for", arguments.at)
    names: dict[str, Value] | None = None
    if words is not None:
        try:
            names, others = parsed(machine, told, words)
            rest = List(tuple(map(text, others)))
        except Refused as refused:
            names = None
            if refused.ends:
                raise left(machine, Constant(2), arguments.at) from None
    if words is None and not unseen:
        error = machine.exception("SystemExit", "", arguments.at)
        machine.may_fail("the words of a command line", arguments.at, error)
    if names is None:
        names = _open(machine, told, arguments, perhaps=words is None and unseen)
    return _namespace(machine, told, names, arguments), rest


def _namespace(
    machine: "Machine", told: Told, names: dict[str, Value], arguments: Arguments
) -> Value:
    """The names that were found, in the object that the code gives for them if it does."""
    held = arguments.get("namespace", 1)
    if held is not None and not _is_none(held):
        for name, value in names.items():
            machine.set_attribute(held, name, value, arguments.at)
        return held
    made = Instance(External(NAMESPACE), names, arguments.at)
    unnamed = any(parsers.name_of(one) is None for one in told.options)
    made.data = "open" if told.unsure or unnamed else None
    return made


def _open(
    machine: "Machine", told: Told, arguments: Arguments, *, perhaps: bool
) -> dict[str, Value]:
    """The names where the words are not known: ``perhaps`` where any of them may be missing."""
    found = {name: value for name, value in told.defaults.items()
             if not any(parsers.name_of(one) == name for one in told.options)}  # fmt: skip
    for option in told.options:
        name = parsers.name_of(option)
        if name is None:
            continue
        given = Unknown(f"the argument {name} of the command line", arguments.at)
        sure = perhaps and not _is_needed(option) and not told.unsure
        default = parsers.default_of(machine, told, option)
        found[name] = _perhaps(name, default, given, arguments) if sure else given
    return found | _open_commands(machine, told, arguments, perhaps=perhaps)


def _is_needed(option: Arguments) -> bool:
    required = getattr(option.keywords.get("required"), "value", False)
    positional = bool(option.positional) and not (
        parsers.known(option.positional[0]) or "-").startswith("-")  # fmt: skip
    optional = parsers.known(option.keywords.get("nargs")) in {"?", "*"}
    return bool(required) or (positional and not optional)


def _open_commands(
    machine: "Machine", told: Told, arguments: Arguments, *, perhaps: bool
) -> dict[str, Value]:
    """What each command makes known, under the condition that it is the one that is given."""
    commands = told.commands
    if commands is None:
        return {}
    given = Unknown("the command of the command line", arguments.at)
    none = commands.required
    found: dict[str, Value] = {}
    for name, one in reversed(commands.parsers.items()):
        own = _open(machine, told_of(one), arguments, perhaps=perhaps)
        if commands.dest is not None:
            own = {commands.dest: text(name)} | own
        if none:  # the last one, where one of them is given anyway
            found, none = own, False
            continue
        condition = Condition(("given", arguments.at, given, name), f"the command is {name}",
                              arguments.at, given)  # fmt: skip
        absent = {commands.dest: NONE} if commands.dest is not None else {}
        found = {key: choose(condition, own.get(key, MISSING),
                             found.get(key, absent.get(key, MISSING)))
                 for key in {**own, **found}}  # fmt: skip
    return found


def _is_none(value: Value) -> bool:
    return isinstance(value, Constant) and value.value is None


def _perhaps(name: str, default: Value, given: Unknown, arguments: Arguments) -> Value:
    """An argument that the command line may give."""
    condition = Condition(("given", arguments.at, name),
                          f"{name} is given on the command line", arguments.at, given)  # fmt: skip
    return choose(condition, given, default)


def _words(machine: "Machine", given: Value | None, arguments: Arguments) -> list[str] | None:
    """The arguments that the code or the deployment gives the parser; None for unknown ones."""
    if given is None or _is_none(given):
        return None if machine.words is None else list(machine.words)
    items = machine.iterate(given, arguments.at)
    words = [parsers.known(one) for one in items] if isinstance(items, list) else [None]
    return None if None in words else [word for word in words if word is not None]


def _ends(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``parser.error(message)``."""
    raise left(machine, Constant(2), arguments.at)


def _exits(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``parser.exit(status)``."""
    raise left(machine, arguments.get("status", 0) or Constant(0), arguments.at)


def _default(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``parser.get_default(name)``."""
    told, name = told_of(receiver), parsers.known(arg(arguments, 0))
    if name is None or told.unsure:
        return Unknown("a default of the command line", arguments.at)
    if name in told.defaults:
        return told.defaults[name]
    found = (one for one in told.options if parsers.name_of(one) == name)
    option = next(found, None)
    return NONE if option is None else option.keywords.get("default", NONE)


_NOTHING = ("print_help", "print_usage")
TABLE = Table(
    classes={
        PARSER: LibraryClass(
            ("prog", "usage", "description"), build=parsers.build, methods={
                "add_argument": parsers.add, "add_argument_group": parsers.add_group,
                "add_mutually_exclusive_group": parsers.add_group,
                "set_defaults": parsers.set_defaults, "add_subparsers": parsers.add_commands,
                "parse_args": _parse, "parse_known_args": _parse_known, "get_default": _default,
                "error": _ends, "exit": _exits,
                **{name: lambda m, r, a: NONE for name in _NOTHING},
            }),
        parsers.COMMANDS: LibraryClass(methods={"add_parser": parsers.add_command}),
        "argparse.Action": LibraryClass(),
    },
)  # fmt: skip
