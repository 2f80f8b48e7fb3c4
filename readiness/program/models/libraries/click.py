"""``click``: an option has its variable or default, unless one gives it."""

from typing import TYPE_CHECKING

from readiness.program.interpreter.choices import choose
from readiness.program.interpreter.variables import held_in
from readiness.program.models.libraries.click_contexts import resolved
from readiness.program.models.table import OPTIONS, FunctionModel, LibraryClass, Table
from readiness.program.values import (
    FALSE,
    NONE,
    Arguments,
    Condition,
    Dict,
    External,
    Function,
    Host,
    Instance,
    Text,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

COMMAND = "click.Command"
_SHORT = 2


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


NOT_GIVEN = "\0"


def _word(machine: "Machine", arguments: Arguments) -> str | None:
    """What the deployment's command line gives an option; None where that is not known."""
    words = machine.words
    if not words:
        return None if words is None else NOT_GIVEN
    told = (getattr(one, "known", None) or "" for one in arguments.positional)
    names = [name for one in told if one.startswith("-") for name in one.split("/")]
    if not names:
        return None
    for position, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name in names:
            return value if equals else _following(arguments, words[position + 1 :])
        if any(len(one) == _SHORT and word.startswith(one) for one in names):
            return None
    return NOT_GIVEN


def _following(arguments: Arguments, rest: tuple[str, ...]) -> str | None:
    """The value after an option; a switch has none, and what it says is not told here."""
    switch = getattr(arguments.keywords.get("is_flag"), "value", False)
    return None if switch or not rest or rest[0].startswith("-") else rest[0]


def value_of(machine: "Machine", arguments: Arguments, default: Value) -> Value:
    """What an option has when nothing is given: its variable, then its default."""
    variable, is_set = arguments.keywords.get("envvar"), False
    held = held_in(machine.variables.slots.values, getattr(variable, "known", None) or "")
    # An empty variable counts as none.
    if isinstance(variable, Text) and getattr(held, "known", None) != "":
        is_set = isinstance(held, Text)
        found = machine.call(External("os.getenv"), Arguments((variable, default), {},
                                                             arguments.at))  # fmt: skip
        default = machine.each(found, lambda one: _converted(machine, one, arguments))
    word = _word(machine, arguments)
    if word is NOT_GIVEN or (word is None and is_set and not machine.words):
        return default
    if word is not None:
        return _converted(machine, text(word), arguments)
    given = Unknown("an argument of the command line", arguments.at)
    condition = Condition(("given", arguments.at),
                          "it is given on the command line", arguments.at, given)  # fmt: skip
    return choose(condition, given, default)


def _converted(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    kind = arguments.keywords.get("type")
    switch = getattr(arguments.keywords.get("is_flag"), "value", False)
    plain = kind in {External("builtins.int"), External("builtins.float")} if isinstance(
        kind, External) else False  # fmt: skip
    if not isinstance(value, Text) or not (plain or switch or kind == External("builtins.bool")):
        return value
    if plain and kind is not None:
        return machine.invoke(kind, arguments.at, value)
    return machine.call(External("distutils.util.strtobool"), Arguments((value,), {},
                                                                        arguments.at))  # fmt: skip


def _default(machine: "Machine", arguments: Arguments, *, positional: bool) -> Value:
    switch = getattr(arguments.keywords.get("is_flag"), "value", False)
    default = arguments.keywords.get("default")
    needed = getattr(arguments.keywords.get("required"), "value", positional)
    if default is None and needed and "envvar" not in arguments.keywords:
        return Unknown(f"{_name(arguments)} of the command line", arguments.at)
    return value_of(machine, arguments, default or (FALSE if switch else NONE))


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
    made = Instance(External(COMMAND), None, arguments.at)
    made.data = function
    machine.records.groups += [function] if group else []
    return made


def _run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    function = _function(receiver)
    if function is None:
        return NONE
    held = function.attributes.values.get(OPTIONS)
    given = {str(k): resolved(machine, v) for k, v in held.slots.values.items()} if isinstance(
        held, Dict) else {}  # fmt: skip
    return machine.call(function, Arguments((), given, arguments.at))


def _subcommand(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return _command(machine, Arguments((), {}, arguments.at))


def _group(machine: "Machine", arguments: Arguments) -> Value:
    """``@click.group()``: what it prepares is there for its commands."""
    return _command(machine, arguments, group=True)


def _subgroup(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return _group(machine, Arguments((), {}, arguments.at))


def _callback(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    function = _function(receiver)
    if function is None:
        return NONE
    return machine.call(function, arguments)


_METHODS = {"__call__": _run, "main": _run, "command": _subcommand, "group": _subgroup,
            "callback": _callback}  # fmt: skip
TABLE = Table(
    functions={
        "click.command": _command, "click.group": _group,
        "click.option": _option(positional=False), "click.argument": _option(positional=True),
    },
    classes={
        COMMAND: LibraryClass(methods=_METHODS),
    },
)  # fmt: skip
