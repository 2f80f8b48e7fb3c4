"""Functions over all the items of an iterable: order, extremes, truth."""

import builtins
from typing import TYPE_CHECKING

from readiness.program.interpreter.choices import choose
from readiness.program.interpreter.plain import NotPlain, plain
from readiness.program.interpreter.truths import guard
from readiness.program.models.lifting import arg, lift
from readiness.program.models.table import FunctionModel, Table
from readiness.program.values import (
    FALSE,
    TRUE,
    Arguments,
    Choice,
    List,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _any_or_all(*, every: bool) -> FunctionModel:
    def run(machine: "Machine", arguments: Arguments) -> Value:
        found = machine.iterate(arg(arguments, 0), arguments.at)
        if isinstance(found, Unknown):
            return found
        result: Value = TRUE if every else FALSE
        for item in reversed(found):
            truth = guard(machine, item, arguments.at, "an item")
            result = _combine(truth, result, every=every)
        return result

    return run


def _combine(truth: Value, rest: Value, *, every: bool) -> Value:
    if isinstance(truth, Choice):
        then = _combine(truth.then, rest, every=every)
        return choose(truth.condition, then, _combine(truth.otherwise, rest, every=every))
    holds = bool(getattr(truth, "value", True))
    return rest if holds == every else truth


def _reversed(machine: "Machine", arguments: Arguments) -> Value:
    found = machine.iterate(arg(arguments, 0), arguments.at)
    return found if isinstance(found, Unknown) else List(tuple(reversed(found)))


def _sorted(machine: "Machine", arguments: Arguments) -> Value:
    found = machine.iterate(arg(arguments, 0), arguments.at)
    if isinstance(found, Unknown):
        return found
    key = arguments.get("key")
    keys = found if key is None else [machine.invoke(key, arguments.at, one) for one in found]
    try:
        order = sorted(range(len(found)), key=lambda i: plain(keys[i]))
        backwards = plain(arguments.get("reverse") or FALSE)
    except (NotPlain, TypeError):
        return found[0] if len(found) == 1 else Unknown("the order of sorted items", arguments.at)
    chosen = [found[i] for i in order]
    return List(tuple(reversed(chosen) if backwards else chosen))


def _extreme(name: str) -> FunctionModel:
    """``max`` and ``min``, with or without a key."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        key = arguments.get("key")
        if key is None:
            return lift(getattr(builtins, name))(machine, arguments)
        given = arguments.positional
        found = machine.iterate(given[0], arguments.at) if len(given) == 1 else list(given)
        if isinstance(found, Unknown):
            return found
        keys = [machine.invoke(key, arguments.at, one) for one in found]
        try:
            best = getattr(builtins, name)(range(len(found)), key=lambda i: plain(keys[i]))
        except (NotPlain, TypeError, ValueError):
            return Unknown(f"what {name}() gives", arguments.at)
        chosen: Value = found[best]
        return chosen

    return run


TABLE = Table(functions={
    "builtins.any": _any_or_all(every=False), "builtins.all": _any_or_all(every=True),
    "builtins.reversed": _reversed, "builtins.sorted": _sorted,
    "builtins.max": _extreme("max"), "builtins.min": _extreme("min"),
})  # fmt: skip
