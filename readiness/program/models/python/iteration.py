"""Making containers, and walking through them item by item."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import (
    drawing,
    generators,
    items,
    iterables,
    operators,
    stepping,
)
from readiness.program.interpreter.equalities import equality
from readiness.program.interpreter.limits import LONGEST_SEQUENCE
from readiness.program.interpreter.plain import NotPlain, plain
from readiness.program.models.lifting import arg, given, replaced
from readiness.program.models.python.reflection import with_fallback
from readiness.program.models.python.sets import SETS, distinct
from readiness.program.models.table import FunctionModel, Table
from readiness.program.values import (
    FALSE,
    NONE,
    Arguments,
    Choice,
    Class,
    Constant,
    Dict,
    List,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


MOST_UNTIL = 1_000


def _sequence(kind: str) -> FunctionModel:
    def run(machine: "Machine", arguments: Arguments) -> Value:
        if not arguments.positional:
            return Tuple(()) if kind == "tuple" else List((), (), kind)
        value = arguments.positional[0]
        if isinstance(value, Choice):
            return machine.each(value, lambda one: run(machine, replaced(arguments, 0, one)))
        content = machine.content(value, arguments.at)
        if kind not in SETS and iterables.unordered(value):
            kept = List((), (), "unordered")
            kept.slots.values["items"] = content
            return Unknown(iterables.NO_ORDER, arguments.at) if kind == "tuple" else kept
        return machine.each(content, lambda one: _of_kind(machine, kind, one, arguments))

    return run


def _of_kind(machine: "Machine", kind: str, content: Value, arguments: Arguments) -> Value:
    if not isinstance(content, Tuple):
        return content
    found: tuple[Value, ...] | Unknown = content.items
    if kind in SETS:
        found = distinct(machine, list(content.items), arguments.at)
    if isinstance(found, Unknown):
        return found
    return Tuple(found) if kind == "tuple" else List(found, (), kind)


def _until(machine: "Machine", arguments: Arguments) -> Value:
    """``iter(function, sentinel)``: what the function gives up to the sentinel."""
    found: list[Value] = []
    while len(found) < MOST_UNTIL:
        one = machine.invoke(arg(arguments, 0), arguments.at)
        over = equality(machine, one, arg(arguments, 1), arguments.at, "it is the sentinel")
        if not isinstance(over, Constant):
            break
        if over.value:
            return List(tuple(found), kind="generator")
        found.append(one)
    return Unknown("the items up to a sentinel", arguments.at)


def _iter(machine: "Machine", arguments: Arguments) -> Value:
    if len(arguments.positional) > 1:
        return _until(machine, arguments)
    value = arg(arguments, 0)
    if isinstance(value, List) and value.kind in generators.ONCE:
        return value
    method = machine.library.find_method(machine, value, "__iter__", arguments.at)
    if method is not None and getattr(value, "cls", None).__class__ is Class:
        return machine.invoke(method, arguments.at)
    return _sequence("generator")(machine, arguments)


def _dict(machine: "Machine", arguments: Arguments) -> Value:
    made = Dict()
    update = machine.library.method(machine, made, "update", arguments.at)
    machine.call(update, arguments)
    if arguments.open is not None:
        made.rest = arguments.open
    return made


def _from_keys(machine: "Machine", arguments: Arguments) -> Value:
    """``dict.fromkeys(items, value)``."""
    value = arg(arguments, 1)

    def one(content: Value) -> Value:
        made = Dict()
        if not isinstance(content, Tuple):
            made.rest = content if isinstance(content, Unknown) else Unknown("keys", arguments.at)
            return made
        for key in content.items:
            items.put(machine, made, key, value, arguments.at)
        return made

    return machine.each(machine.content(arg(arguments, 0), arguments.at), one)


def _next(machine: "Machine", arguments: Arguments) -> Value:
    value = arg(arguments, 0)
    if not isinstance(value, List):
        method = machine.library.find_method(machine, value, "__next__", arguments.at)
        if method is not None:
            return _or_default(machine, method, arguments)
        return Unknown("what next() gives", arguments.at)
    if iterables.unordered(value):
        return Unknown(iterables.NO_ORDER, arguments.at)
    step = stepping.advance(machine, value, arguments.at) if value.stepper is not None else None
    if step is not None:
        return _stepped(machine, step, arguments)
    drawing.fill(machine, value, stepwise=True)

    def one(content: Value) -> Value:
        if not isinstance(content, Tuple):
            return content
        if content.items:
            machine.state.write(value.slots, "items", Tuple(content.items[1:]))
            return content.items[0]
        if len(arguments.positional) > 1:
            return arguments.positional[1]
        returned = value.slots.values.get("returned")
        raise machine.stopped(returned, arguments.at)

    return machine.each(value.slots.values["items"], one)


def _next_awaited(machine: "Machine", arguments: Arguments) -> Value:
    """``anext``, whose end is another error."""
    value = arg(arguments, 0)
    method = None if isinstance(value, List) else machine.library.find_method(
        machine, value, "__anext__", arguments.at)  # fmt: skip

    def find() -> Value:
        if method is None:
            return _next(machine, arguments)
        return machine.library.awaited(machine, machine.invoke(method, arguments.at), arguments.at)

    def over() -> Value:
        if len(arguments.positional) > 1:
            return arguments.positional[1]
        raise machine.error("StopAsyncIteration", "", arguments.at)

    ends = "StopIteration" if method is None else "StopAsyncIteration"
    return with_fallback(machine, ends, find, over)


def _stepped(machine: "Machine", step: stepping.Step, arguments: Arguments) -> Value:
    """What ``next`` makes of a step of a generator."""
    if not step.over:
        return step.value
    if len(arguments.positional) > 1:
        return arguments.positional[1]
    none = isinstance(step.value, Constant) and step.value.value is None
    raise machine.stopped(None if none else step.value, arguments.at)


def _or_default(machine: "Machine", method: Value, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:  # noqa: PLR2004 - the iterator and a default
        return machine.invoke(method, arguments.at)
    return with_fallback(machine, "StopIteration", lambda: machine.invoke(method, arguments.at),
                         lambda: arguments.positional[1])  # fmt: skip


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
    content = machine.content(arg(arguments, 0), arguments.at)

    def one(held: Value) -> Value:
        if not isinstance(held, Tuple):
            return held
        total = first
        for item in held.items:
            total = operators.binary(machine, ast.Add(), total, item, arguments.at)
        return total

    return machine.each(content, one)


def _range(machine: "Machine", arguments: Arguments) -> Value:
    try:
        made = range(*[plain(one) for one in arguments.positional])
    except NotPlain:
        return Unknown("a range that is not known", arguments.at)
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.raised(error, arguments.at) from None
    if made[LONGEST_SEQUENCE:]:
        return Unknown(f"a range of more than {LONGEST_SEQUENCE} numbers", arguments.at)
    return List(tuple(Constant(number) for number in made), (), "range")


TABLE = Table(functions={
    "builtins.list": _sequence("list"), "builtins.tuple": _sequence("tuple"),
    "builtins.set": _sequence("set"), "builtins.frozenset": _sequence("frozenset"),
    "builtins.iter": _iter, "builtins.sum": _sum, "builtins.dict": _dict,
    "builtins.dict.fromkeys": _from_keys,
    "builtins.next": _next, "builtins.map": _map, "builtins.zip": _zip,
    "builtins.enumerate": _enumerate, "builtins.filter": _filter,
    "builtins.range": _range, "builtins.anext": _next_awaited, "builtins.aiter": _sequence("list"),
})  # fmt: skip
