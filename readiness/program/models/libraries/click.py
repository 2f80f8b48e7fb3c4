"""``click``: an option has its variable or default, unless the command line gives it."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from readiness.program.models.libraries.click_contexts import context
from readiness.program.models.libraries.command_line import Option
from readiness.program.models.libraries.command_starts import (
    Line,
    line_of,
    names_of,
    note_told,
    start,
)
from readiness.program.models.libraries.command_words import CHOICE
from readiness.program.models.table import OPTIONS, FunctionModel, LibraryClass, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Dict,
    External,
    Function,
    Host,
    Instance,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

COMMAND = "click.Command"


def _function(value: Value) -> Function | None:
    if isinstance(value, Instance) and isinstance(value.data, Function):
        return value.data
    return value if isinstance(value, Function) else None


def _name(arguments: Arguments) -> str | None:
    """The parameter that an option fills: the bare name, else that of the long form."""
    names = [getattr(one, "known", None) or "" for one in arguments.positional]
    bare = next((name for name in names if name and not name.startswith("-")), None)
    long = next((name for name in names if name.startswith("--")), names[0] if names else "")
    chosen = bare or long.partition("/")[0].lstrip("-")
    return chosen.replace("-", "_").lower() or None


def _default(name: str, arguments: Arguments, *, positional: bool) -> Value | None:
    """What an option has by default; nobody knows what one has that has to be given."""
    several = getattr(arguments.keywords.get("nargs"), "value", 1) == -1
    needed = getattr(arguments.keywords.get("required"), "value", positional and not several)
    default = arguments.keywords.get("default")
    if default is None and needed and "envvar" not in arguments.keywords:
        return Unknown(f"{name} of the command line", arguments.at)
    return default


def _option(*, positional: bool) -> FunctionModel:
    """``@click.option`` and ``@click.argument``."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        del machine

        def decorate(inner: "Machine", given: Arguments) -> Value:
            del inner
            target = given.positional[0]
            function, name = _function(target), _name(arguments)
            if function is not None and name is not None:
                default = _default(name, arguments, positional=positional)
                told = Option(name, arguments, default, is_option=not positional)
                note_told(function, told, first=True)  # decorators are told from the last on
            return target

        return Host("option", decorate)

    return run


def _command(machine: "Machine", arguments: Arguments, *, group: bool = False) -> Value:
    """``@click.command()``, with and without brackets."""
    if arguments.positional and isinstance(arguments.positional[0], Function):
        return _made(machine, arguments.positional[0], arguments, group=group)
    return Host("command", lambda m, a: _made(m, a.positional[0], a, group=group))


def _made(machine: "Machine", function: Value, arguments: Arguments, *, group: bool) -> Value:
    if not isinstance(function, Function):
        return function
    function.attributes.values.setdefault(OPTIONS, Dict())
    made = Instance(External(COMMAND), {"commands": Dict()} if group else None, arguments.at)
    made.data = function
    machine.records.groups += [function] if group else []
    return made


def _run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """Run a command with its options; of a group, the one that the command line names too."""
    if "obj" in arguments.keywords:
        held = arguments.keywords["obj"]
        machine.state.write(context(machine).slots, "obj", held)
    return _start(machine, receiver, line_of(machine, arguments), arguments)


def _start(machine: "Machine", receiver: Value, line: Line, arguments: Arguments) -> Value:
    function, commands = _function(receiver), _commands(receiver)
    if function is None:
        return NONE
    held = None if commands is None else commands.slots.values
    made, chosen, rest = start(machine, function, line, arguments, commands=held)
    return made if chosen is None else _start(machine, chosen, rest, arguments)


def _commands(receiver: Value) -> Dict | None:
    held = receiver.slots.values.get("commands") if isinstance(receiver, Instance) else None
    return held if isinstance(held, Dict) else None


def _subcommand(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return _within(machine, receiver, arguments, group=False)


def _within(machine: "Machine", receiver: Value, arguments: Arguments, *, group: bool) -> Value:
    """``@cli.command("serve")``, with and without brackets: the group knows it by its name."""

    def decorate(inner: "Machine", given: Arguments) -> Value:
        made = _made(inner, given.positional[0], arguments, group=group)
        _add(inner, receiver, replace(given, positional=(made, *arguments.positional),
                                      keywords=arguments.keywords))  # fmt: skip
        return made

    if arguments.positional and isinstance(arguments.positional[0], Function):
        bare = Arguments((), {}, arguments.at)
        return decorate(machine, replace(bare, positional=arguments.positional[:1]))
    return Host("command", decorate)


def _add(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``cli.add_command(serve, "serve")``."""
    made, *named_by = arguments.positional
    function, commands = _function(made), _commands(receiver)
    if function is not None and commands is not None:
        told = replace(arguments, positional=tuple(named_by))
        commands.slots.values.update(dict.fromkeys(names_of(function, told), made))
    return NONE


def _group(machine: "Machine", arguments: Arguments) -> Value:
    """``@click.group()``: what it prepares is there for its commands."""
    return _command(machine, arguments, group=True)


def _subgroup(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return _within(machine, receiver, arguments, group=True)


def _callback(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    function = _function(receiver)
    if function is None:
        return NONE
    return machine.call(function, arguments)


_METHODS = {"__call__": _run, "main": _run, "command": _subcommand, "group": _subgroup,
            "add_command": _add,
            "callback": _callback}  # fmt: skip
TABLE = Table(
    functions={
        "click.command": _command, "click.group": _group,
        "click.option": _option(positional=False), "click.argument": _option(positional=True),
    },
    classes={
        COMMAND: LibraryClass(methods=_METHODS),
        CHOICE: LibraryClass(("choices", "case_sensitive")),
        "click.Path": LibraryClass(),
    },
    aliases={"click.types.Choice": CHOICE, "click.types.Path": "click.Path",
             "click.types.INT": "click.INT", "click.types.STRING": "click.STRING"},
)  # fmt: skip
