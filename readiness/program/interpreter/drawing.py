"""All items of a generator at once, as it is run to its end."""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import stepping
from readiness.program.interpreter.choices import mapped
from readiness.program.interpreter.endings import Key
from readiness.program.interpreter.generators import begun, run_code
from readiness.program.interpreter.outcomes import Raised
from readiness.program.values import (
    NONE,
    External,
    Instance,
    List,
    Slots,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

LONGEST = 1_000


def fill(machine: "Machine", generator: List, *, stepwise: bool = False) -> None:
    """Run a generator that has not begun, and hold its items.

    Who asks ``stepwise`` would have it stand still after the first item: what it changes
    from there on may or may not have happened yet.
    """
    start = begun(machine, generator)
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

    def draw() -> Value:
        machine.state.write(generator.slots, "returned", start(keep))
        return NONE

    before = machine.several
    run_code(machine, draw, stop, left)
    if stepwise:
        _unsettle(machine, generator, position, first)
    if machine.several != before:
        unknown = Unknown("an unknown number of items")
        machine.state.write(generator.slots, "items", unknown)


def _unsettle(machine: "Machine", generator: List, position: int, first: dict[Key, Value]) -> None:
    """Make unknown what a generator changes after its first item, outside of itself."""
    for (slots, key), value in machine.state.written_since(position).items():
        if slots.born < generator.slots.born and first.get((slots, key)) is not value:
            unknown = Unknown("what a generator that stands still may have changed")
            machine.state.write(slots, key, unknown)


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
