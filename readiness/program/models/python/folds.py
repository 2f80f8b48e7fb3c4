"""Functions over all the items of an iterable: order, extremes, truth."""

import ast
import builtins
from functools import cmp_to_key
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from msgspec.structs import replace

from readiness.model.place import Place
from readiness.program.interpreter import iterables
from readiness.program.interpreter.choices import choose, mapped
from readiness.program.interpreter.comparisons import compare
from readiness.program.interpreter.endings import Ending
from readiness.program.interpreter.outcomes import Returned
from readiness.program.interpreter.plain import NotPlain, is_data, plain, trace_of
from readiness.program.interpreter.truths import guard
from readiness.program.models.lifting import arg, lift
from readiness.program.models.python.views import in_any_order
from readiness.program.models.table import FunctionModel, Table
from readiness.program.values import (
    FALSE,
    NONE,
    TRUE,
    Arguments,
    Choice,
    Class,
    Constant,
    Instance,
    List,
    Tuple,
    Unknown,
    Value,
    boolean,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _any_or_all(*, every: bool) -> FunctionModel:
    def run(machine: "Machine", arguments: Arguments) -> Value:
        value = arg(arguments, 0)
        if isinstance(value, List) and value.start is not None:
            return _one_by_one(machine, value, arguments.at, every=every)
        found = machine.iterate(in_any_order(machine, value, arguments.at), arguments.at)
        if isinstance(found, Unknown):
            return found
        result: Value = TRUE if every else FALSE
        for item in reversed(found):
            truth = guard(machine, item, arguments.at, "an item")
            result = _combine(truth, result, every=every)
        return result

    return run


def _one_by_one(machine: "Machine", generator: List, at: Place, *, every: bool) -> Value:
    """``any`` and ``all`` of a generator, which runs no further than they need it."""
    before = machine.several

    def one(item: Value) -> Value:
        truth = guard(machine, item, at, "an item")

        def enough() -> Value:
            raise Returned(boolean(value=not every, trace=item.trace))

        ways = (lambda: NONE, enough) if every else (enough, lambda: NONE)
        return machine.branch(truth, *ways)

    def walked() -> Value:
        machine.walk(generator, one, at)
        return TRUE if every else FALSE

    found = machine.state.enclose(walked, ("return",), _answered)
    if machine.several != before:
        return Unknown("the truth of an unknown number of items", at)
    return found


def _answered(ending: Ending) -> Ending:
    return replace(ending, kind="normal") if ending.kind == "return" else ending


def _combine(truth: Value, rest: Value, *, every: bool) -> Value:
    if isinstance(truth, Choice):
        then = _combine(truth.then, rest, every=every)
        return choose(truth.condition, then, _combine(truth.otherwise, rest, every=every))
    holds = bool(getattr(truth, "value", True))
    return rest if holds == every else truth


def _reversed(machine: "Machine", arguments: Arguments) -> Value:
    value = arg(arguments, 0)
    if isinstance(value, Instance) and isinstance(value.cls, Class):
        own = machine.library.find_method(machine, value, "__reversed__", arguments.at)
        if own is not None:
            return machine.invoke(own, arguments.at)
    content = machine.content(value, arguments.at)
    made = List()
    made.slots.values["items"] = mapped(content, _backwards)
    return content if isinstance(content, Unknown) else made


def _backwards(held: Value) -> Value:
    return Tuple(tuple(reversed(held.items))) if isinstance(held, Tuple) else held


def _given_key(arguments: Arguments) -> Value | None:
    """The function that gives what is compared; ``key=None`` is as good as none."""
    key = arguments.get("key")
    return None if isinstance(key, Constant) else key


def _sorted(machine: "Machine", arguments: Arguments) -> Value:
    value = in_any_order(machine, arg(arguments, 0), arguments.at)
    found = machine.iterate(value, arguments.at)
    if isinstance(found, Unknown):
        return found
    key = _given_key(arguments)
    keys = found if key is None else [machine.invoke(key, arguments.at, one) for one in found]
    order = _order(machine, keys, arguments)
    if key is not None and order is not None and iterables.unordered(value):
        order = None if _tie(machine, [keys[i] for i in order], arguments.at) else order
    if order is None:
        if len(found) > 1:
            return Unknown("the order of sorted items", arguments.at)
        order = list(range(len(found)))
    return List(tuple(found[i] for i in order))


def _tie(machine: "Machine", keys: list[Value], at: Place) -> bool:
    """Whether two keys that follow each other may be equal: then the order before them counts."""
    return any(
        machine.truth(compare(machine, ast.Eq(), one, other, at, "the order"), at) is not False
        for one, other in pairwise(keys)
    )


def _known(keys: list[Value]) -> list[Any]:
    """What is sorted by: of tuples that begin differently no more than their beginnings."""
    try:
        return [plain(one) for one in keys]
    except NotPlain:
        if not all(isinstance(one, Tuple) for one in keys):
            raise
        beginnings = [_beginning(one) for one in keys if isinstance(one, Tuple)]
        width = min(map(len, beginnings))
        shared = [one[:width] for one in beginnings]
        if any(one in shared[:place] for place, one in enumerate(shared)):
            raise
        return shared


def _beginning(value: Tuple) -> list[Any]:
    found: list[Any] = []
    for item in value.items:
        try:
            found.append(plain(item))
        except NotPlain:
            break
    return found


def _order(machine: "Machine", keys: list[Value], arguments: Arguments) -> list[int] | None:
    """The places of sorted keys; None where nobody can tell."""
    try:
        backwards = bool(plain(arguments.get("reverse") or FALSE))
        if all(isinstance(one, Instance) and not is_data(one) for one in keys):
            return _by_method(machine, keys, arguments.at, backwards=backwards)
        known = _known(keys)
        return sorted(range(len(keys)), key=lambda i: known[i], reverse=backwards)
    except NotPlain:
        return None
    except TypeError as error:
        raise machine.raised(error, arguments.at) from None


def _by_method(
    machine: "Machine", keys: list[Value], at: Place, *, backwards: bool
) -> list[int] | None:
    """Sort objects by their own ``__lt__``, where each comparison is decided."""

    def compared(one: int, other: int) -> int:
        for first, second, sign in ((one, other, -1), (other, one, 1)):
            link = compare(machine, ast.Lt(), keys[first], keys[second], at, "the order")
            truth = machine.truth(link, at)
            if truth is None:
                raise NotPlain(keys[first])
            if truth:
                return sign
        return 0

    return sorted(range(len(keys)), key=cmp_to_key(compared), reverse=backwards)


def _of_choices(machine: "Machine", name: str, held: Tuple, arguments: Arguments) -> Value:
    """``max`` and ``min`` of items some of which hang on conditions."""
    if len(held.items) == 1:
        return held.items[0]
    keywords = {key: one for key, one in arguments.keywords.items() if key != "default"}
    whole = replace(arguments, positional=held.items, keywords=keywords)
    return lift(getattr(builtins, name))(machine, whole)


def _extreme(name: str) -> FunctionModel:
    """``max`` and ``min``, with or without a key."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        given = arguments.positional
        if len(given) > 1:
            content, any_ = cast("Value", Tuple(given)), False
        else:
            value = in_any_order(machine, arg(arguments, 0), arguments.at)
            content, any_ = machine.content(value, arguments.at), iterables.unordered(value)
        return machine.each(content, lambda held: chosen(machine, held, arguments, any_=any_))

    def chosen(machine: "Machine", held: Value, arguments: Arguments, *, any_: bool) -> Value:
        if not isinstance(held, Tuple):
            return held
        if any(isinstance(one, Choice) for one in held.items):
            return _of_choices(machine, name, held, arguments)
        if not held.items:
            default = arguments.keywords.get("default")
            if default is None:
                raise machine.error("ValueError", f"{name}() of nothing", arguments.at)
            return default
        return _extreme_of(machine, name, held, arguments, any_=any_)

    return run


def _extreme_of(
    machine: "Machine", name: str, held: Tuple, arguments: Arguments, *, any_: bool
) -> Value:
    """The first of the least or greatest items; unknown where they stand in ``any_`` order."""
    at, given = arguments.at, _given_key(arguments)
    keys = (
        [*held.items] if given is None else [machine.invoke(given, at, one) for one in held.items]
    )
    order = _order(machine, keys, replace(arguments, keywords={})) or []
    ends = [keys[i] for i in (order[:2] if name == "min" else order[-2:])]
    if not order or (any_ and given is not None and _tie(machine, ends, at)):
        return Unknown(f"what {name}() gives", at, trace_of(*held.items))
    if name == "min":
        return held.items[order[0]]
    last = keys[order[-1]]
    first = next(i for i in order if keys[i] is last or machine.truth(
        compare(machine, ast.Eq(), keys[i], last, at, "the order"), at))  # fmt: skip
    return held.items[first]


TABLE = Table(functions={
    "builtins.any": _any_or_all(every=False), "builtins.all": _any_or_all(every=True),
    "builtins.reversed": _reversed, "builtins.sorted": _sorted,
    "builtins.max": _extreme("max"), "builtins.min": _extreme("min"),
})  # fmt: skip
