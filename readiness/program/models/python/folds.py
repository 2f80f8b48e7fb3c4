"""Functions over all the items of an iterable: order, extremes, truth."""

import ast
import builtins
from functools import cmp_to_key
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from readiness.model.place import Place
from readiness.program.interpreter.choices import choose, mapped
from readiness.program.interpreter.comparisons import compare
from readiness.program.interpreter.endings import Ending
from readiness.program.interpreter.outcomes import Returned
from readiness.program.interpreter.plain import NotPlain, is_data, plain, trace_of
from readiness.program.interpreter.truths import guard
from readiness.program.models.lifting import arg, lift
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
        found = machine.iterate(value, arguments.at)
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
    found = machine.iterate(arg(arguments, 0), arguments.at)
    if isinstance(found, Unknown):
        return found
    key = _given_key(arguments)
    keys = found if key is None else [machine.invoke(key, arguments.at, one) for one in found]
    order = _order(machine, keys, arguments)
    if order is None:
        if len(found) > 1:
            return Unknown("the order of sorted items", arguments.at)
        order = list(range(len(found)))
    return List(tuple(found[i] for i in order))


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
            content: Value = Tuple(given)
        else:
            content = machine.content(arg(arguments, 0), arguments.at)
        return machine.each(content, lambda held: chosen(machine, held, arguments))

    def chosen(machine: "Machine", held: Value, arguments: Arguments) -> Value:
        if not isinstance(held, Tuple):
            return held
        if any(isinstance(one, Choice) for one in held.items):
            return _of_choices(machine, name, held, arguments)
        given, default = _given_key(arguments), arguments.keywords.get("default")
        if not held.items:
            if default is None:
                raise machine.error("ValueError", f"{name}() of nothing", arguments.at)
            return default
        keys = list(held.items) if given is None else [
            machine.invoke(given, arguments.at, one) for one in held.items]  # fmt: skip
        order = _order(machine, keys, replace(arguments, keywords={}))
        if order is None:
            return Unknown(f"what {name}() gives", arguments.at, trace_of(*held.items))
        if name == "min":
            return held.items[order[0]]
        equal = [i for i in order if keys[i] is keys[order[-1]]
                 or machine.truth(compare(machine, ast.Eq(), keys[i], keys[order[-1]],
                                          arguments.at, "the order"), arguments.at)]  # fmt: skip
        return held.items[equal[0]]

    return run


TABLE = Table(functions={
    "builtins.any": _any_or_all(every=False), "builtins.all": _any_or_all(every=True),
    "builtins.reversed": _reversed, "builtins.sorted": _sorted,
    "builtins.max": _extreme("max"), "builtins.min": _extreme("min"),
})  # fmt: skip
