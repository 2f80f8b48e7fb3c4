"""The arguments of a call as the values of a function's parameters."""

from collections.abc import Hashable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.choices import choose
from readiness.program.values import (
    MISSING,
    Arguments,
    Choice,
    Condition,
    Dict,
    Function,
    Slots,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def bind(
    machine: "Machine", function: Function, arguments: Arguments, slots: Slots, at: Place
) -> None:
    """Give the parameters of a function their values."""
    spec = function.node.args
    names = [argument.arg for argument in (*spec.posonlyargs, *spec.args)]
    values = slots.values
    positional = list(arguments.positional)
    for name, value in zip(names, positional, strict=False):
        values[name] = value
    surplus = positional[len(names) :]
    if spec.vararg is not None:
        rest: Value = Tuple(tuple(surplus))
        unseen = arguments.open is not None and (arguments.more or not surplus)
        values[spec.vararg.arg] = arguments.open if arguments.open and unseen else rest
    elif surplus:
        raise _wrong(machine, function, f"takes {len(names)} positional arguments", at)
    _keywords(machine, function, arguments, values, at)
    _defaults(machine, function, arguments, values, at)


def _keywords(
    machine: "Machine",
    function: Function,
    arguments: Arguments,
    values: dict[Hashable, Value],
    at: Place,
) -> None:
    spec = function.node.args
    names = {argument.arg for argument in (*spec.args, *spec.kwonlyargs)}
    extra: dict[str, Value] = {}
    for name, value in arguments.keywords.items():
        if name in names:
            if name in values:
                raise _wrong(machine, function, f"got multiple values for '{name}'", at)
            values[name] = value
        else:
            extra[name] = value
    if spec.kwarg is not None:
        values[spec.kwarg.arg] = Dict(
            dict(extra), {name: text(name) for name in extra}, (), arguments.open
        )
    elif extra:
        raise _wrong(machine, function, f"got an unexpected argument '{next(iter(extra))}'", at)


def _defaults(
    machine: "Machine",
    function: Function,
    arguments: Arguments,
    values: dict[Hashable, Value],
    at: Place,
) -> None:
    spec = function.node.args
    names = [argument.arg for argument in (*spec.posonlyargs, *spec.args)]
    defaults = dict(zip(reversed(names), reversed(function.defaults), strict=False))
    defaults.update(function.keyword_defaults)
    for name in (*names, *(argument.arg for argument in spec.kwonlyargs)):
        if name in values:
            values[name] = _present(values[name], defaults.get(name), name)
        elif name in defaults:
            default = machine.library.filled_in(function, name, defaults[name])
            values[name] = _defaulted(default, arguments, name, at)
        elif arguments.open is not None:
            values[name] = arguments.open
        else:
            raise _wrong(machine, function, f"misses the argument '{name}'", at)


def _present(value: Value, default: Value | None, name: str) -> Value:
    """A value that may turn out not to be passed at all gives way to the default."""
    if not isinstance(value, Choice):
        return value
    instead = default if default is not None else Unknown(f"the argument {name}")
    return _replaced(value, MISSING, instead)


def _replaced(value: Value, old: Value, new: Value) -> Value:
    if isinstance(value, Choice):
        then, otherwise = _replaced(value.then, old, new), _replaced(value.otherwise, old, new)
        return choose(value.condition, then, otherwise)
    return new if value is old else value


def _defaulted(default: Value, arguments: Arguments, name: str, at: Place) -> Value:
    if arguments.open is None:
        return default
    condition = Condition(("passed", arguments.open, name), f"{name} is passed", at)
    return Choice(condition, arguments.open, default)


def _wrong(machine: "Machine", function: Function, what: str, at: Place) -> Exception:
    return machine.error("TypeError", f"{function.qualified}() {what}", at)
