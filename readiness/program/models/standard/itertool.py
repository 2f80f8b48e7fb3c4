"""``itertools``: items of iterables put together, picked and repeated."""

import ast
import itertools
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from readiness.program.interpreter import equalities, generators, operators
from readiness.program.interpreter.plain import NotPlain, plain
from readiness.program.models.lifting import arg
from readiness.program.models.table import FunctionModel, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Choice,
    Constant,
    List,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

ENDLESS = 1_000


def _once(content: Value, *, more: bool = False) -> Value:
    made = List((), (), "generator")
    made.slots.values["items"] = content
    if more:
        made.slots.values["more"] = NONE
    return made


def _chain(machine: "Machine", arguments: Arguments) -> Value:
    def start(consume: Callable[[Value], Value]) -> Value:
        for one in arguments.positional:
            machine.walk(one, consume, arguments.at)
        return NONE

    return generators.deferred(start)


def _flattened(machine: "Machine", arguments: Arguments) -> Value:
    def start(consume: Callable[[Value], Value]) -> Value:
        return machine.walk(
            arg(arguments, 0), lambda one: machine.walk(one, consume, arguments.at), arguments.at
        )

    return generators.deferred(start)


def _over(change: Callable[["Machine", tuple[Value, ...], Arguments], Value]) -> FunctionModel:
    """A model over all the items of the first argument."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        content = machine.content(arg(arguments, 0), arguments.at, some=True)

        def one(held: Value) -> Value:
            if not isinstance(held, Tuple):
                return held
            return _once(change(machine, held.items, arguments))

        return machine.each(content, one)

    return run


def _slice(machine: "Machine", held: tuple[Value, ...], arguments: Arguments) -> Value:
    try:
        bounds = [plain(one) for one in arguments.positional[1:]]
        return Tuple(tuple(itertools.islice(held, *bounds)))
    except (NotPlain, ValueError, TypeError):
        return Unknown("a part of some items", arguments.at)


def _combined(function: Callable[..., object]) -> FunctionModel:
    def rows(machine: "Machine", held: tuple[Value, ...], arguments: Arguments) -> Value:
        try:
            given = [plain(one) for one in arguments.positional[1:]]
            found = list(itertools.islice(function(held, *given), ENDLESS))  # type: ignore[call-overload]
        except NotPlain:
            return Unknown("combinations", arguments.at)
        except (TypeError, ValueError) as error:
            raise machine.error(type(error).__name__, str(error), arguments.at) from None
        return Tuple(tuple(Tuple(tuple(row)) for row in found))

    return _over(rows)


def _product(machine: "Machine", arguments: Arguments) -> Value:
    contents = [machine.content(one, arguments.at) for one in arguments.positional]
    if arguments.keywords or not all(isinstance(one, Tuple) for one in contents):
        return Unknown("combinations", arguments.at)
    rows = itertools.product(*(one.items for one in contents if isinstance(one, Tuple)))
    return _once(Tuple(tuple(Tuple(row) for row in itertools.islice(rows, ENDLESS))))


def _longest(machine: "Machine", arguments: Arguments) -> Value:
    contents = [machine.content(one, arguments.at) for one in arguments.positional]
    if not all(isinstance(one, Tuple) for one in contents):
        return Unknown("items side by side", arguments.at)
    fill = arguments.keywords.get("fillvalue", NONE)
    rows = itertools.zip_longest(
        *(one.items for one in contents if isinstance(one, Tuple)), fillvalue=fill
    )
    return _once(Tuple(tuple(Tuple(row) for row in rows)))


def _while(*, take: bool) -> FunctionModel:
    """``takewhile`` and ``dropwhile``, where every test is decided."""

    def chosen(machine: "Machine", arguments: Arguments) -> Value:
        test, content = arg(arguments, 0), machine.content(arg(arguments, 1), arguments.at)
        if not isinstance(content, Tuple):
            return Unknown("items up to one", arguments.at)
        for index, item in enumerate(content.items):
            truth = machine.truth(machine.invoke(test, arguments.at, item), arguments.at)
            if truth is None:
                return Unknown("items up to one", arguments.at)
            if not truth:
                return _once(Tuple(content.items[:index] if take else content.items[index:]))
        return _once(content if take else Tuple(()))

    return chosen


def _accumulate(machine: "Machine", held: tuple[Value, ...], arguments: Arguments) -> Value:
    function = arguments.get("func", 1)
    total = arguments.keywords.get("initial")
    found = [] if total is None else [total]
    for item in held:
        if total is None:
            total = item
        elif function is None or (isinstance(function, Constant) and function.value is None):
            total = operators.binary(machine, ast.Add(), total, item, arguments.at)
        else:
            total = machine.invoke(function, arguments.at, total, item)
        found.append(total)
    return Tuple(tuple(found))


def _starmap(machine: "Machine", arguments: Arguments) -> Value:
    function = arg(arguments, 0)

    def start(consume: Callable[[Value], Value]) -> Value:
        def one(row: Value) -> Value:
            found = machine.content(row, arguments.at)
            given = found.items if isinstance(found, Tuple) else (found,)
            return consume(machine.invoke(function, arguments.at, *given))

        return machine.walk(arg(arguments, 1), one, arguments.at)

    return generators.deferred(start)


def _group(machine: "Machine", arguments: Arguments) -> Value:
    key, content = arguments.get("key", 1), machine.content(arg(arguments, 0), arguments.at)
    key = None if isinstance(key, Constant) else key
    if not isinstance(content, Tuple):
        return Unknown("items in groups", arguments.at)
    groups: list[tuple[Value, list[Value]]] = []
    for item in content.items:
        name = item if key is None else machine.invoke(key, arguments.at, item)
        same = equalities.equality(machine, groups[-1][0], name, arguments.at, "a group") if (
            groups) else Constant(value=False)  # fmt: skip
        if isinstance(same, Choice):
            return Unknown("items in groups", arguments.at)
        if getattr(same, "value", False):
            groups[-1][1].append(item)
        else:
            groups.append((name, [item]))
    return _once(Tuple(tuple(Tuple((name, _once(Tuple(tuple(held))))) for name, held in groups)))


def _compress(machine: "Machine", arguments: Arguments) -> Value:
    """The items that stand beside something true."""
    held, chosen = (machine.content(arg(arguments, at), arguments.at) for at in (0, 1))
    if not isinstance(held, Tuple) or not isinstance(chosen, Tuple):
        return Unknown("items that others choose", arguments.at)

    def start(consume: Callable[[Value], Value]) -> Value:
        for item, test in zip(held.items, chosen.items, strict=False):
            machine.decide(
                test, arguments.at, "it is chosen", partial(consume, item), lambda: NONE
            )
        return NONE

    return generators.deferred(start)


def _filterfalse(machine: "Machine", arguments: Arguments) -> Value:
    test = arg(arguments, 0)

    def start(consume: Callable[[Value], Value]) -> Value:
        def one(item: Value) -> Value:
            found = item if test is NONE else machine.invoke(test, arguments.at, item)
            return machine.decide(found, arguments.at, "it is left out",
                                  lambda: NONE, partial(consume, item))  # fmt: skip

        return machine.walk(arg(arguments, 1), one, arguments.at)

    return generators.deferred(start)


def _count(machine: "Machine", arguments: Arguments) -> Value:
    try:
        first = plain(arguments.get("start", 0) or Constant(0))
        step = plain(arguments.get("step", 1) or Constant(1))
        items = tuple(Constant(first + step * index) for index in range(ENDLESS))
    except NotPlain:
        return Unknown("numbers from an unknown one", arguments.at)
    except TypeError as error:
        raise machine.error("TypeError", str(error), arguments.at) from None
    return _once(Tuple(items), more=True)


def _repeat(machine: "Machine", arguments: Arguments) -> Value:
    times = arguments.get("times", 1)
    try:
        count = ENDLESS if times is None else min(plain(times), ENDLESS)
    except NotPlain:
        return Unknown("an item, some times", arguments.at)
    except TypeError as error:
        raise machine.error("TypeError", str(error), arguments.at) from None
    if not isinstance(count, int):
        raise machine.error("TypeError", "an integer is required", arguments.at)
    return _once(Tuple((arg(arguments, 0),) * count), more=times is None)


def _cycle(machine: "Machine", arguments: Arguments) -> Value:
    content = machine.content(arg(arguments, 0), arguments.at)
    if not isinstance(content, Tuple) or not content.items:
        return _once(content)
    held = tuple(itertools.islice(itertools.cycle(content.items), ENDLESS))
    return _once(Tuple(held), more=True)


def _tee(machine: "Machine", arguments: Arguments) -> Value:
    """``itertools.tee``: several iterators over the same items."""
    count = arguments.get("n", 1) or Constant(2)
    if not isinstance(count, Constant) or not isinstance(count.value, int):
        return Unknown("a number of iterators", arguments.at)
    content, number = machine.content(arg(arguments, 0), arguments.at), count.value

    def one(held: Value) -> Value:
        if not isinstance(held, Tuple):
            return Tuple((held,) * number)
        return Tuple(tuple(List(held.items, kind="generator") for _ in range(number)))

    return machine.each(content, one)


TABLE = Table(
    functions={
        "itertools.chain": _chain, "itertools.chain.from_iterable": _flattened,
        "itertools.islice": _over(_slice), "itertools.accumulate": _over(_accumulate),
        "itertools.product": _product, "itertools.zip_longest": _longest,
        "itertools.combinations": _combined(itertools.combinations),
        "itertools.permutations": _combined(itertools.permutations),
        "itertools.pairwise": _combined(itertools.pairwise),
        "itertools.compress": _compress, "itertools.filterfalse": _filterfalse,
        "itertools.takewhile": _while(take=True), "itertools.dropwhile": _while(take=False),
        "itertools.starmap": _starmap, "itertools.groupby": _group, "itertools.count": _count,
        "itertools.repeat": _repeat, "itertools.tee": _tee, "itertools.cycle": _cycle,
    },
)  # fmt: skip
