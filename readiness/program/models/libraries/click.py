"""``click``: an option has its variable or default, unless the command line gives it."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from readiness.program.models.libraries.command_starts import (
    TOLD,
    named,
    names_of,
    note_told,
    start,
)
from readiness.program.models.libraries.command_words import CHOICE, is_switch, value_of
from readiness.program.models.table import OPTIONS, FunctionModel, LibraryClass, Table
from readiness.program.values import (
    FALSE,
    NONE,
    Arguments,
    Constant,
    Dict,
    External,
    Function,
    Host,
    Instance,
    Tuple,
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


def _default(machine: "Machine", arguments: Arguments, *, positional: bool) -> Value:
    needed = getattr(arguments.keywords.get("required"), "value", positional)
    default = arguments.keywords.get("default")
    if default is None and needed and "envvar" not in arguments.keywords:
        default = Unknown(f"{_name(arguments)} of the command line", arguments.at)
    return value_of(machine, arguments, default or _nothing(arguments))


def _nothing(arguments: Arguments) -> Value:
    """What an option has that has no default and that nobody gives."""
    said = {name for name in ("multiple", "count")
            if getattr(arguments.keywords.get(name), "value", False)}  # fmt: skip
    if "multiple" in said:
        return Tuple(())
    if "count" in said:
        return Constant(0)
    return FALSE if is_switch(arguments) else NONE


def _option(*, positional: bool) -> FunctionModel:
    """``@click.option`` and ``@click.argument``."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        def decorate(inner: "Machine", given: Arguments) -> Value:
            target = given.positional[0]
            function, name = _function(target), _name(arguments)
            if function is not None and name is not None:
                held = function.attributes.values.setdefault(OPTIONS, Dict())
                assert isinstance(held, Dict)  # noqa: S101 - for the type checker
                held.slots.values[name] = _default(inner, arguments, positional=positional)
                _note(function, name, arguments, positional=positional)
            return target

        return Host("option", decorate)

    return run


def _note(function: Function, name: str, arguments: Arguments, *, positional: bool) -> None:
    """Decorators are told from the last to the first."""
    nothing = Unknown(f"{name} of the command line", arguments.at)
    default = arguments.keywords.get("default", nothing)
    note_told(function, name, arguments, default, option=not positional)
    kept = function.attributes.values[TOLD]
    assert isinstance(kept, Instance)  # noqa: S101 - for the type checker
    kept.data = [kept.data[-1], *kept.data[:-1]]


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
    function = _function(receiver)
    if function is None:
        return NONE
    made = start(machine, function, arguments)
    commands = _commands(receiver)
    chosen = named(machine, commands.slots.values) if commands else None
    return made if chosen is None else machine.invoke(chosen, arguments.at)


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
