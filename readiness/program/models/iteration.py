"""Making containers, and walking through them item by item."""

from typing import TYPE_CHECKING

from readiness.program.interpreter import items
from readiness.program.interpreter.limits import LONGEST_SEQUENCE
from readiness.program.interpreter.plain import NotPlain, plain
from readiness.program.models.lifting import arg, replaced
from readiness.program.models.table import FunctionModel, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Choice,
    Constant,
    Dict,
    List,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _sequence(kind: str) -> FunctionModel:
    def run(machine: "Machine", arguments: Arguments) -> Value:
        if not arguments.positional:
            return Tuple(()) if kind == "tuple" else List((), (), kind)
        value = arguments.positional[0]
        if isinstance(value, Choice):
            return machine.each(value, lambda one: run(machine, replaced(arguments, 0, one)))
        found = machine.iterate(value, arguments.at)
        if isinstance(found, Unknown):
            return found
        if kind in {"set", "frozenset"}:
            found = items.distinct(machine, found)
        elif items.unordered(value):
            unknown = Unknown(items.NO_ORDER, arguments.at)
            return unknown if kind == "tuple" else List(tuple(found), (), "unordered")
        return Tuple(tuple(found)) if kind == "tuple" else List(tuple(found), (), kind)

    return run


def _dict(machine: "Machine", arguments: Arguments) -> Value:
    made = Dict()
    update = machine.library.method(machine, made, "update", arguments.at)
    machine.call(update, arguments)
    if arguments.open is not None:
        made.rest = arguments.open
    return made


def _next(machine: "Machine", arguments: Arguments) -> Value:
    value = arg(arguments, 0)
    if not isinstance(value, List):
        method = machine.library.find_method(machine, value, "__next__", arguments.at)
        if method is not None:
            return machine.invoke(method, arguments.at)
    found = machine.iterate(value, arguments.at)
    if isinstance(found, Unknown):
        return found
    if items.unordered(value):
        return Unknown(items.NO_ORDER, arguments.at)
    if not found:
        if len(arguments.positional) > 1:
            return arguments.positional[1]
        raise machine.error("StopIteration", "", arguments.at)
    if isinstance(value, List):
        machine.state.write(value.slots, "items", Tuple(tuple(found[1:])))
    return found[0]


def _map(machine: "Machine", arguments: Arguments) -> Value:
    function, *iterables = arguments.positional
    columns = [machine.iterate(one, arguments.at) for one in iterables]
    for column in columns:
        if isinstance(column, Unknown):
            return column
    rows = zip(*(c for c in columns if isinstance(c, list)), strict=False)
    return List(tuple(machine.invoke(function, arguments.at, *row) for row in rows), (), "map")


def _zip(machine: "Machine", arguments: Arguments) -> Value:
    columns = [machine.iterate(one, arguments.at) for one in arguments.positional]
    for column in columns:
        if isinstance(column, Unknown):
            return column
    rows = zip(*(c for c in columns if isinstance(c, list)), strict=False)
    return List(tuple(Tuple(row) for row in rows), (), "zip")


def _enumerate(machine: "Machine", arguments: Arguments) -> Value:
    found = machine.iterate(arg(arguments, 0), arguments.at)
    if isinstance(found, Unknown):
        return found
    try:
        start = plain(arguments.get("start", 1) or Constant(0))
    except NotPlain:
        start = 0
    return List(tuple(Tuple((Constant(i), one)) for i, one in enumerate(found, start)))


def _filter(machine: "Machine", arguments: Arguments) -> Value:
    function, found = arg(arguments, 0), machine.iterate(arg(arguments, 1), arguments.at)
    if isinstance(found, Unknown):
        return found
    kept = List((), (), "filter")
    for item in found:
        none = isinstance(function, Constant) and function.value is None
        value = item if none else machine.invoke(function, arguments.at, item)

        def keep(one: Value = item) -> Value:
            append = machine.library.method(machine, kept, "append", arguments.at)
            return machine.invoke(append, arguments.at, one)

        machine.decide(value, arguments.at, "an item is kept", keep, lambda: NONE)
    return kept


def _range(machine: "Machine", arguments: Arguments) -> Value:
    try:
        made = range(*[plain(one) for one in arguments.positional])
    except NotPlain:
        return Unknown("a range that is not known", arguments.at)
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.error(type(error).__name__, str(error), arguments.at) from None
    if made[LONGEST_SEQUENCE:]:
        return Unknown(f"a range of more than {LONGEST_SEQUENCE} numbers", arguments.at)
    return List(tuple(Constant(number) for number in made), (), "range")


TABLE = Table(functions={
    "builtins.list": _sequence("list"), "builtins.tuple": _sequence("tuple"),
    "builtins.set": _sequence("set"), "builtins.frozenset": _sequence("frozenset"),
    "builtins.iter": _sequence("generator"), "builtins.dict": _dict,
    "builtins.next": _next, "builtins.map": _map, "builtins.zip": _zip,
    "builtins.enumerate": _enumerate, "builtins.filter": _filter,
    "builtins.range": _range, "builtins.anext": _next, "builtins.aiter": _sequence("list"),
})  # fmt: skip
