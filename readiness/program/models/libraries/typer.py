"""``typer``: each parameter of a command is an option, or an argument where it has no default."""

import ast
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from readiness.model.place import Place
from readiness.program.models.libraries.click_contexts import context
from readiness.program.models.libraries.command_line import Option
from readiness.program.models.libraries.command_starts import (
    Line,
    line_of,
    named,
    names_of,
    note_told,
    start,
)
from readiness.program.models.libraries.command_words import perhaps, type_of
from readiness.program.models.lifting import arg
from readiness.program.models.table import OPTIONS, FunctionModel, LibraryClass, Table
from readiness.program.values import (
    FALSE,
    NONE,
    TRUE,
    Arguments,
    Constant,
    Dict,
    External,
    Function,
    Host,
    Instance,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_OPTION = "typer.models.OptionInfo"
_ARGUMENT = "typer.models.ArgumentInfo"


def _info(kind: str) -> FunctionModel:
    """``typer.Option("default", "--env", envvar="X")``: what is said of a parameter."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        made = Instance(External(kind), None, arguments.at)
        made.data = arguments
        return made

    return run


def _is_info(value: Value | None) -> bool:
    return isinstance(value, Instance) and value.cls in {External(_OPTION), External(_ARGUMENT)}


def _give_options(machine: "Machine", function: Function) -> None:
    """Note what each parameter of a command has."""
    held = function.attributes.values.setdefault(OPTIONS, Dict())
    assert isinstance(held, Dict)  # noqa: S101 - for the type checker
    for parameter, default in _parameters(function):
        kind, beside = _parted(parameter.annotation)
        if kind is not None and ast.unparse(kind).rpartition(".")[2] == "Context":
            held.slots.values[parameter.arg] = context(machine)
            continue
        typed = None if kind is None else machine.evaluate(kind, function.closure)
        said = [machine.evaluate(one, function.closure) for one in beside]
        made = _parameter(function, parameter.arg, typed, said, default)
        note_told(function, made.as_option(machine))


def _parameters(function: Function) -> Iterator[tuple[ast.arg, Value | None]]:
    """Each parameter with its default."""
    spec = function.node.args
    ordered = [*spec.posonlyargs, *spec.args]
    names = [one.arg for one in ordered]
    defaults = dict(zip(reversed(names), reversed(function.defaults), strict=False))
    yield from ((one, defaults.get(one.arg)) for one in ordered)
    yield from ((one, function.keyword_defaults.get(one.arg)) for one in spec.kwonlyargs)


def _parted(annotation: ast.expr | None) -> tuple[ast.expr | None, list[ast.expr]]:
    """The type that is meant, without what else may stand there, and what stands beside it."""
    if isinstance(annotation, ast.BinOp):
        sides = (annotation.left, annotation.right)
        return next((one for one in sides if ast.unparse(one) != "None"), None), []
    if not isinstance(annotation, ast.Subscript):
        return annotation, []
    name, inner = ast.unparse(annotation.value).rpartition(".")[2], annotation.slice
    if name == "Annotated" and isinstance(inner, ast.Tuple):
        kind, beside = _parted(inner.elts[0])
        return kind, [*beside, *inner.elts[1:]]
    return _parted(inner) if name == "Optional" else (annotation, [])


class _Parameter(Struct, frozen=True):
    """A parameter of a command: its type, its default, and what is said of it as an option."""

    name: str
    kind: Value | None
    default: Value | None
    said: Arguments
    is_option: bool

    def default_value(self, machine: "Machine") -> Value:
        """What it has where nothing is said."""
        factory = self.said.keywords.get("default_factory")
        if factory is not None:
            return machine.invoke(factory, self.said.at)
        if self.default is None or _is_dots(self.default):
            return Unknown(f"{self.name} of the command line", self.said.at)
        return self.default

    def as_option(self, machine: "Machine") -> Option:
        """The same as ``click.option`` is told it."""
        dashed = self.name.replace("_", "-")
        kind = self.kind or type_of(self.default)
        switch = kind == External("builtins.bool")
        names = self.said.positional
        if self.is_option and not names:
            names = (text(f"--{dashed}/--no-{dashed}" if switch else f"--{dashed}"),)
        told = {**self.said.keywords, "is_flag": TRUE if switch else FALSE}
        typed = {"type": kind} if kind is not None else {}
        said = Arguments(names if self.is_option else (), {**typed, **told}, self.said.at)
        return Option(self.name, said, self.default_value(machine), self.is_option)


def _parameter(
    function: Function, name: str, kind: Value | None, beside: Sequence[Value],
    default: Value | None,
) -> _Parameter:  # fmt: skip
    said = next((one for one in (default, *beside) if _is_info(one)), None)
    if not isinstance(said, Instance):
        nothing = Arguments((), {}, Place(function.path, function.node.lineno))
        return _Parameter(name, kind, default, nothing, is_option=default is not None)
    told: Arguments = said.data
    if said is default:
        default = told.get("default", 0)
        told = replace(told, positional=told.positional[1:])
    return _Parameter(name, kind, default, told, is_option=said.cls == External(_OPTION))


def _is_dots(value: Value) -> bool:
    return isinstance(value, Constant) and value.value is Ellipsis


def _injected(machine: "Machine", value: Instance, at: Place) -> Value:
    """What a command has that is started in a way which is not known."""
    told: Arguments = value.data
    made = _Parameter("an argument", None, told.get("default", 0),
                      replace(told, positional=told.positional[1:]),
                      is_option=value.cls == External(_OPTION))  # fmt: skip
    return perhaps(machine, made.as_option(machine))


def _command(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``@app.command()``: the app runs it where it is the only one."""

    def decorate(inner: "Machine", given: Arguments) -> Value:
        function = given.positional[0]
        if isinstance(function, Function):
            _give_options(inner, function)
            if isinstance(receiver, Instance):
                made = dict.fromkeys(names_of(function, arguments), function)
                receiver.data = [*(receiver.data or []), (function, made)]
        return function

    return Host("command", decorate)


def _callback(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``@app.callback()``: it runs before any command."""

    def decorate(inner: "Machine", given: Arguments) -> Value:
        function = given.positional[0]
        if isinstance(function, Function):
            _give_options(inner, function)
            inner.records.groups.append(function)
        return function

    return Host("callback", decorate)


def _app(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """Run the only command, or the one that the command line names."""
    commands = receiver.data if isinstance(receiver, Instance) and receiver.data else []
    by_name = {name: one for _, names in commands for name, one in names.items()}
    line = line_of(machine, arguments)
    chosen, rest = (commands[0][0], line) if len(commands) == 1 else named(line, None, by_name)
    return start(machine, chosen, rest, arguments)[0] if isinstance(chosen, Function) else NONE


def _run(machine: "Machine", arguments: Arguments) -> Value:
    """``typer.run(main)``."""
    function = arg(arguments, 0)
    if not isinstance(function, Function):
        return machine.invoke(function, arguments.at)
    _give_options(machine, function)
    return start(machine, function, Line(machine.words), arguments)[0]


TABLE = Table(
    functions={"typer.Option": _info(_OPTION), "typer.Argument": _info(_ARGUMENT),
               "typer.run": _run},
    classes={
        _OPTION: LibraryClass(injected=_injected),
        _ARGUMENT: LibraryClass(injected=_injected),
        "typer.Typer": LibraryClass(methods={
            "command": _command, "callback": _callback, "__call__": _app}),
    },
)  # fmt: skip
