"""Generators: their code runs when somebody asks for items, and gives them one by one.

Who walks through a generator has each item handled where it is yielded, so that what both
sides do keeps its order. Who asks for one item only (`next`) lets it stand still after that
(`stepping`); where that cannot be it runs to its end, and holds its items (`drawing`).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import stepping
from readiness.program.interpreter.endings import Ending
from readiness.program.interpreter.outcomes import Kind, Raised, abrupt
from readiness.program.values import (
    MISSING,
    NONE,
    TRUE,
    External,
    Instance,
    List,
    Slots,
    Text,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

Consume = Callable[[Value], Value]
Start = Callable[[Consume], Value]
ONCE = frozenset({"generator", "map", "zip", "filter", "enumerate", "reversed"})
"""Kinds of sequences that are empty once somebody has walked through them."""
_LEAVING: tuple[Kind, ...] = ("raise", "return", "break", "continue")


def deferred(start: Start) -> List:
    """A generator whose code has not begun; ``start`` runs it, handing on each item."""
    made = List((), (), "generator")
    made.slots.values["start"] = TRUE
    made.start = start
    return made


def walk(machine: "Machine", generator: List, consume: Consume) -> Value:
    """Run a generator, each item handled as it comes; what leaves the handling ends it."""
    start = begun(machine, generator)
    if start is None:
        return _rest(machine, generator, consume)
    state, left = machine.state, Slots()
    stop = Instance(External("builtins.GeneratorExit"))

    def at_yield(item: Value) -> Value:
        def finish(ending: Ending) -> Ending:
            if ending.kind == "normal":
                return ending
            return state.onwards(ending, lambda: leave(ending.kind, ending.value))

        state.enclose_apart(lambda: consume(item), _LEAVING, finish)
        return NONE

    def leave(kind: Kind, value: Value) -> Value:
        state.write(left, "kind", text(kind))
        state.write(left, "value", value)
        state.write(generator.slots, "items", Unknown("what is left of a generator"))
        raise Raised(stop)

    return run_code(machine, lambda: start(at_yield), stop, left)


def _rest(machine: "Machine", generator: List, consume: Consume) -> Value:
    """Go through what `next` has left of a generator."""
    if stepping.has_begun(generator):
        return _stepwise(machine, generator, consume)

    def one(content: Value) -> Value:
        if not isinstance(content, Tuple):
            return consume(Unknown("an item of a generator"))
        for item in content.items:
            consume(item)
        return NONE

    content = generator.slots.values["items"]
    machine.state.write(generator.slots, "items", Tuple(()))
    return machine.each(content, one)


def _stepwise(machine: "Machine", generator: List, consume: Consume) -> Value:
    """Go on step by step, each item handled before the next one is asked for; what it returns."""
    while True:
        machine.limits.step()
        found = stepping.advance(machine, generator, Place(""))
        if found is None or found.unclear:
            machine.several += 1
            return consume(Unknown("an item of a generator") if found is None else found.value)
        if found.over:
            return found.value
        consume(found.value)


def run_code(machine: "Machine", action: Callable[[], Value], stop: Value, left: Slots) -> Value:
    """Run a generator's code; where it was left, go on as its consumer did."""

    def finish(ending: Ending) -> Ending:
        if ending.kind != "raise":
            return ending
        return machine.state.onwards(ending, lambda: machine.each(ending.value, onwards))

    def onwards(error: Value) -> Value:
        if error is stop:
            return resumed(machine, left)
        raise Raised(error)

    machine.state.enclose_apart(action, ("raise",), finish)
    return NONE


def resumed(machine: "Machine", left: Slots) -> Value:
    """Go on with how somebody's code was left, if it was."""
    value = left.values.get("value", NONE)

    def one(kind: Value) -> Value:
        if isinstance(kind, Text) and kind.known in _LEAVING:
            raise abrupt(kind.known, value)
        return NONE

    return machine.each(left.values.get("kind", MISSING), one)


def begun(machine: "Machine", generator: List) -> "Start | None":
    """What runs a generator, once."""
    if generator.start is None or "start" not in generator.slots.values:
        return None
    machine.state.write(generator.slots, "start", MISSING)
    return generator.start


def delegated(machine: "Machine", generator: List, consume: Consume) -> Value:
    """Run a generator inside of another, its items handed on; what it returns."""
    start = begun(machine, generator)
    if start is None and stepping.has_begun(generator):
        return _stepwise(machine, generator, consume)
    return NONE if start is None else start(consume)


def managed(machine: "Machine", generator: List, body: Consume, at: Place) -> Value:
    """Run a ``contextmanager``'s code, the body of the with where it yields.

    What the body raises is raised there; where it returns or breaks, the code goes on.
    """
    start = begun(machine, generator)
    if start is None:
        return Unknown("a context manager that was used before", at)
    state, left = machine.state, Slots()

    def at_yield(item: Value) -> Value:
        def finish(ending: Ending) -> Ending:
            if ending.kind in {"normal", "raise"}:
                return ending
            return state.onwards(ending, lambda: note(ending.kind, ending.value))

        state.enclose_apart(lambda: body(item), _LEAVING, finish)
        return NONE

    def note(kind: Kind, value: Value) -> Value:
        state.write(left, "kind", text(kind))
        state.write(left, "value", value)
        return NONE

    start(at_yield)
    return resumed(machine, left)
