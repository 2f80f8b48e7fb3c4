"""Arguments for functions that only a framework, a request or nobody here calls."""

import ast
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.choices import choose
from readiness.program.interpreter.outcomes import Abrupt
from readiness.program.values import Arguments, Condition, Function, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def arguments_of(
    machine: "Machine", function: Function, *, after: int = 0, requested: bool = False,
    others: bool = False,
) -> Arguments:  # fmt: skip
    """An argument for each parameter but the first ones: injected, or not known.

    ``requested`` tells that each request brings its own, ``others`` that ``**`` takes some.
    """
    spec = function.node.args
    at = Place(function.path, getattr(function.node, "lineno", None))
    names = [argument.arg for argument in (*spec.posonlyargs, *spec.args)]
    defaults = dict(zip(reversed(names), reversed(function.defaults), strict=False))
    free = requested or any(value is function for value in machine.records.callbacks)

    def one(name: str, default: Value | None, position: int) -> Value:
        supplied = machine.library.supplied(machine, function, name, position)
        return supplied or _argument(machine, function, name, default, at, free)

    positional = tuple(
        one(name, defaults.get(name), position)
        for position, name in enumerate(names[after:], after)
    )
    keywords = {
        argument.arg: one(argument.arg, function.keyword_defaults.get(argument.arg), -1)
        for argument in spec.kwonlyargs
    }
    rest = _others(machine, function, at, free) if others else None
    return Arguments(positional, keywords, at, rest)


def _others(
    machine: "Machine", function: Function, at: Place, free: bool,  # noqa: FBT001 - handed on
) -> Unknown | None:  # fmt: skip
    """What ``**`` takes: whoever calls a function may give it anything there."""
    taken = function.node.args.kwarg
    if taken is None or machine.library.is_command(function):
        return None
    return Unknown(f"the arguments **{taken.arg} of {function.qualified}(), which nothing calls",
                   at, free=free)  # fmt: skip


def _argument(  # noqa: PLR0917 - what is known of a parameter
    machine: "Machine", function: Function, name: str, default: Value | None, at: Place,
    free: bool,  # noqa: FBT001 - handed on
) -> Value:  # fmt: skip
    reason = f"the argument {name} of {function.qualified}(), which nothing calls"
    unknown = Unknown(f"the argument {name} of a request" if free else reason, at, free=free)
    annotation = annotation_of(machine, function, name)
    unknown.memo.update(machine.library.of_request(machine, annotation, name))
    for source in (default, annotation):
        injected = machine.library.injected(machine, source, at) if source else None
        if injected is not None:
            return injected
    if machine.library.is_command(function):
        return machine.library.option(machine, function, name) or default or unknown
    if default is None:
        return unknown
    key = ("passed", function.path, getattr(function.node, "lineno", 0), name)
    condition = Condition(key, f"{name} is passed to {function.qualified}()", at, unknown)
    return choose(condition, unknown, default)


def annotation_of(machine: "Machine", function: Function, name: str) -> Value | None:
    """The value of a parameter's annotation, where it may say what a framework injects."""
    spec = function.node.args
    for argument in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs):
        node = argument.annotation
        if argument.arg == name and node is not None and not isinstance(node, ast.Constant):
            try:
                return machine.evaluate(node, function.closure)
            except Abrupt:
                return None
    return None
