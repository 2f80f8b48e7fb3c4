"""Generators: their code runs when somebody asks for items, and gives them one by one.

Who walks through a generator has each item handled where it is yielded, so that what both
sides do keeps its order. Who asks for one item only (`next`) lets it stand still after that
(`stepping`); where that cannot be it runs to its end.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import stepping
from readiness.program.interpreter.choices import mapped
from readiness.program.interpreter.endings import Ending, Key
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
LONGEST = 1_000
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
    start = _begun(machine, generator)
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

    return _run(machine, lambda: start(at_yield), stop, left)


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


def _run(machine: "Machine", action: Callable[[], Value], stop: Value, left: Slots) -> Value:
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


def _begun(machine: "Machine", generator: List) -> "Start | None":
    """What runs a generator, once."""
    if generator.start is None or "start" not in generator.slots.values:
        return None
    machine.state.write(generator.slots, "start", MISSING)
    return generator.start


def _unsettle(machine: "Machine", generator: List, position: int, first: dict[Key, Value]) -> None:
    """Make unknown what a generator changes after its first item, outside of itself."""
    for (slots, key), value in machine.state.written_since(position).items():
        if slots.born < generator.slots.born and first.get((slots, key)) is not value:
            unknown = Unknown("what a generator that stands still may have changed")
            machine.state.write(slots, key, unknown)


def delegated(machine: "Machine", generator: List, consume: Consume) -> Value:
    """Run a generator inside of another, its items handed on; what it returns."""
    start = _begun(machine, generator)
    if start is None and stepping.has_begun(generator):
        return _stepwise(machine, generator, consume)
    return NONE if start is None else start(consume)


def fill(machine: "Machine", generator: List, *, stepwise: bool = False) -> None:
    """Run a generator that has not begun, and hold its items.

    Who asks ``stepwise`` would have it stand still after the first item: what it changes
    from there on may or may not have happened yet.
    """
    start = _begun(machine, generator)
    if start is None:
        return
    stop, left, count = Instance(External("builtins.GeneratorExit")), Slots(), [0]
    position, first = machine.state.mark().position, dict[Key, Value]()

    def keep(item: Value) -> Value:
        count[0] += 1
        if count[0] == 1:
            first.update(machine.state.written_since(position))
        if count[0] > LONGEST:
            machine.state.write(generator.slots, "more", text("more"))
            raise Raised(stop)
        held = generator.slots.values["items"]
        machine.state.write(generator.slots, "items", mapped(held, lambda one: _longer(one, item)))
        return Unknown("what is sent into a generator") if stepwise else NONE

    def run() -> Value:
        machine.state.write(generator.slots, "returned", start(keep))
        return NONE

    before = machine.several
    _run(machine, run, stop, left)
    if stepwise:
        _unsettle(machine, generator, position, first)
    if machine.several != before:
        unknown = Unknown("an unknown number of items")
        machine.state.write(generator.slots, "items", unknown)


def _longer(content: Value, item: Value) -> Value:
    return Tuple((*content.items, item)) if isinstance(content, Tuple) else content


def taken(machine: "Machine", generator: List, at: Place, *, some: bool = False) -> Value:
    """All the items that are left of what can be walked through once: a tuple or unknown."""
    if stepping.has_begun(generator):
        return _all_left(machine, generator)
    fill(machine, generator)
    content = generator.slots.values["items"]
    machine.state.write(generator.slots, "items", Tuple(()))
    if "more" in generator.slots.values and not some:
        return Unknown(f"a generator of more than {LONGEST} items", at)
    return content


def _all_left(machine: "Machine", generator: List) -> Value:
    found: list[Value] = []
    while len(found) <= LONGEST:
        step = stepping.advance(machine, generator, Place(""))
        if step is None or step.unclear:
            return Unknown("what is left of a generator")
        if step.over:
            return Tuple(tuple(found))
        found.append(step.value)
    return Unknown(f"a generator of more than {LONGEST} items")


def first(machine: "Machine", generator: List, at: Place) -> Value:
    """The first item of a generator whose rest somebody else runs, later."""
    fill(machine, generator, stepwise=True)

    def one(content: Value) -> Value:
        if not isinstance(content, Tuple):
            return content
        return content.items[0] if content.items else Unknown("an item of a generator", at)

    return machine.each(generator.slots.values["items"], one)


def managed(machine: "Machine", generator: List, body: Consume, at: Place) -> Value:
    """Run a ``contextmanager``'s code, the body of the with where it yields.

    What the body raises is raised there; where it returns or breaks, the code goes on.
    """
    start = _begun(machine, generator)
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
