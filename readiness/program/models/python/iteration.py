"""Walking through the items of one container, or of several side by side."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import (
    generators,
    operators,
)
from readiness.program.interpreter.plain import NotPlain, plain
from readiness.program.models.lifting import arg, given
from readiness.program.models.python.views import in_any_order
from readiness.program.models.table import Table
from readiness.program.values import (
    FALSE,
    NONE,
    Arguments,
    Constant,
    List,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _columns(machine: "Machine", iterables: tuple[Value, ...], at: Place) -> Value:
    """The items of several iterables side by side, as many as the shortest has."""
    columns: list[tuple[Value, ...]] = []

    def more(index: int) -> Value:
        if index == len(iterables):
            return Tuple(tuple(Tuple(row) for row in zip(*columns, strict=False)))
        content = machine.content(iterables[index], at, some=True)
        return machine.each(content, lambda one: taken(index, one))

    def taken(index: int, content: Value) -> Value:
        if not isinstance(content, Tuple):
            return content
        columns.append(content.items)
        try:
            return more(index + 1)
        finally:
            columns.pop()

    return more(0)


def _once(machine: "Machine", content: Value, kind: str) -> Value:
    """What can be walked through once over such a content."""
    made = List((), (), kind)
    made.slots.values["items"] = content
    return made


def _map(machine: "Machine", arguments: Arguments) -> Value:
    function, iterables = given(arguments, 0), arguments.positional[1:]
    if arguments.open is not None or not iterables:
        return Unknown("what map() gives", arguments.at)
    if len(iterables) == 1:
        return generators.deferred(lambda consume: machine.walk(
            iterables[0], lambda item: consume(machine.invoke(function, arguments.at, item)),
            arguments.at))  # fmt: skip
    rows = _columns(machine, tuple(iterables), arguments.at)

    def one(content: Value) -> Value:
        if not isinstance(content, Tuple):
            return content
        return Tuple(tuple(machine.invoke(function, arguments.at, *row.items)
                           for row in content.items if isinstance(row, Tuple)))  # fmt: skip

    return _once(machine, machine.each(rows, one), "map")


def _zip(machine: "Machine", arguments: Arguments) -> Value:
    strict = machine.truth(arguments.keywords.get("strict", FALSE), arguments.at)
    if strict is not False:
        found = [machine.content(one, arguments.at) for one in arguments.positional]
        lengths = {len(one.items) if isinstance(one, Tuple) else None for one in found}
        if strict is None or None in lengths:
            return Unknown("items side by side", arguments.at)
        if len(lengths) > 1:
            raise machine.error("ValueError", "zip() arguments differ in length", arguments.at)
        return _once(machine, _columns(machine, tuple(found), arguments.at), "zip")
    return _once(machine, _columns(machine, arguments.positional, arguments.at), "zip")


def _enumerate(machine: "Machine", arguments: Arguments) -> Value:
    content = machine.content(arg(arguments, 0), arguments.at)
    try:
        start = plain(arguments.get("start", 1) or Constant(0))
    except NotPlain:
        return Unknown("numbers from an unknown one", arguments.at)
    if not isinstance(start, int):
        raise machine.error("TypeError", "enumerate() counts in integers", arguments.at)

    def one(held: Value) -> Value:
        if not isinstance(held, Tuple):
            return held
        return Tuple(tuple(Tuple((Constant(i), item)) for i, item in enumerate(held.items, start)))

    return _once(machine, machine.each(content, one), "enumerate")


def _filter(machine: "Machine", arguments: Arguments) -> Value:
    function = arg(arguments, 0)
    none = isinstance(function, Constant) and function.value is None

    def start(consume: Callable[[Value], Value]) -> Value:
        def one(item: Value) -> Value:
            value = item if none else machine.invoke(function, arguments.at, item)
            return machine.decide(
                value, arguments.at, "an item is kept", lambda: consume(item), lambda: NONE
            )

        return machine.walk(arg(arguments, 1), one, arguments.at)

    return generators.deferred(start)


def _sum(machine: "Machine", arguments: Arguments) -> Value:
    first = arguments.get("start", 1) or Constant(0)
    held = in_any_order(machine, arg(arguments, 0), arguments.at)
    content = machine.content(held, arguments.at)

    def one(held: Value) -> Value:
        if not isinstance(held, Tuple):
            return held
        total = first
        for item in held.items:
            total = operators.binary(machine, ast.Add(), total, item, arguments.at)
        return total

    return machine.each(content, one)


TABLE = Table(functions={
    "builtins.map": _map, "builtins.zip": _zip, "builtins.enumerate": _enumerate,
    "builtins.filter": _filter, "builtins.sum": _sum,
})  # fmt: skip
