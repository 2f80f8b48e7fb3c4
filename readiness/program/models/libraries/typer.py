"""``typer``: an option is a parameter's default, or stands beside its type in ``Annotated``."""

import ast
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.models.libraries.click import value_of
from readiness.program.models.libraries.click_contexts import context, resolved
from readiness.program.models.lifting import given
from readiness.program.models.table import OPTIONS, LibraryClass, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Class,
    Constant,
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

_OPTION, _ARGUMENT = "typer.Option", "typer.Argument"
_NUMBERS = {External("builtins.int"), External("builtins.float")}
_SWITCH = External("builtins.bool")
_ENUMERATIONS = {External(f"enum.{one}") for one in ("Enum", "StrEnum", "IntEnum")}


def _value(machine: "Machine", arguments: Arguments) -> Value:
    """``typer.Option("default", envvar="X")``."""
    default = arguments.get("default", 0) or NONE
    if isinstance(default, Constant) and default.value is Ellipsis:
        default = Unknown("an argument of the command line", arguments.at)
    return value_of(machine, arguments, default)


def _prepare(machine: "Machine", function: Function) -> None:
    """What each parameter gets: the context by its annotation, else what its option says."""
    held = function.attributes.values.setdefault(OPTIONS, Dict())
    spec = function.node.args
    ordered = [*spec.posonlyargs, *spec.args]
    defaults: dict[str, Value | None] = dict(
        zip((one.arg for one in reversed(ordered)), reversed(function.defaults), strict=False)
    )
    defaults |= function.keyword_defaults
    for one in (*ordered, *spec.kwonlyargs):
        found = _parameter(machine, function, one, defaults.get(one.arg))
        if found is not None and isinstance(held, Dict):
            held.slots.values[one.arg] = found


def _parameter(
    machine: "Machine", function: Function, parameter: ast.arg, default: Value | None
) -> Value | None:
    kind, beside = _parted(parameter.annotation)
    if kind is None:
        return default
    if ast.unparse(kind).rpartition(".")[2] == "Context":
        return context(machine)
    called = next((one for one in beside if isinstance(one, ast.Call)), None)
    if called is not None:
        default = _annotated(machine, function, parameter.arg, called, default)
    if default is None or not isinstance(kind, ast.Name | ast.Attribute):
        return default
    wanted, at = machine.evaluate(kind, function.closure), function.closure.at(kind)
    return machine.each(default, lambda value: _read(machine, value, wanted, at))


def _annotated(
    machine: "Machine", function: Function, name: str, called: ast.Call, default: Value | None
) -> Value | None:
    """``Annotated[str, typer.Option("--store", envvar="STORE")] = "memory"``."""
    option = machine.evaluate(called.func, function.closure)
    if option not in {External(_OPTION), External(_ARGUMENT)}:
        return default
    said = [machine.evaluate(one, function.closure) for one in called.args]
    if not said and option == External(_OPTION):
        dashed = name.replace("_", "-")
        said = [text(f"--{dashed}/--no-{dashed}")]
    words = {one.arg: machine.evaluate(one.value, function.closure)
             for one in called.keywords if one.arg}  # fmt: skip
    at = function.closure.at(called)
    if default is None:
        default = Unknown(f"{name} of the command line", at)
    return value_of(machine, Arguments(tuple(said), words, at), default)


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


def _read(machine: "Machine", value: Value, kind: Value, at: Place) -> Value:
    """A word of the command line or of a variable as the type of its parameter."""
    if not isinstance(value, Text):
        return value
    if kind == _SWITCH:
        given = Arguments((value,), {}, at)
        return machine.call(External("distutils.util.strtobool"), given)
    is_member = isinstance(kind, Class) and not _ENUMERATIONS.isdisjoint(kind.order)
    if is_member or kind in _NUMBERS:
        return machine.call(kind, Arguments((value,), {}, at))
    return value


def _run(machine: "Machine", arguments: Arguments) -> Value:
    function = given(arguments, 0)
    if not isinstance(function, Function):
        return machine.invoke(function, arguments.at)
    _prepare(machine, function)
    return _started(machine, function, arguments)


def _started(machine: "Machine", function: Function, arguments: Arguments) -> Value:
    held = function.attributes.values.get(OPTIONS)
    words = held.slots.values if isinstance(held, Dict) else {}
    named = {str(key): resolved(machine, value) for key, value in words.items()}
    return machine.call(function, Arguments((), named, arguments.at))


def _command(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``@app.command()``: the app runs it where it is the only one."""

    def decorate(inner: "Machine", given: Arguments) -> Value:
        function = given.positional[0]
        if isinstance(receiver, Instance):
            receiver.data = [*(receiver.data or []), function]
        if isinstance(function, Function):
            _prepare(inner, function)
        return function

    return Host("command", decorate)


def _callback(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``@app.callback()``: it runs before any command."""

    def decorate(inner: "Machine", given: Arguments) -> Value:
        function = given.positional[0]
        if isinstance(function, Function):
            _prepare(inner, function)
            inner.records.groups.append(function)
        return function

    return Host("callback", decorate)


def _app(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    commands = receiver.data if isinstance(receiver, Instance) else None
    if not commands or len(commands) != 1:
        return NONE
    if isinstance(commands[0], Function):
        return _started(machine, commands[0], arguments)
    return machine.invoke(commands[0], arguments.at)


TABLE = Table(
    functions={_OPTION: _value, _ARGUMENT: _value, "typer.run": _run},
    classes={
        "typer.Typer": LibraryClass(methods={
            "command": _command, "callback": _callback, "__call__": _app}),
    },
)  # fmt: skip
