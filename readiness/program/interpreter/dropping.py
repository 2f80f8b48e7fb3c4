"""Generators that stand still with something to do at their end, and that nothing holds any more.

The language ends them as soon as nothing leads to them; here nobody tells exactly when.
"""

import contextlib
from typing import TYPE_CHECKING

from msgspec import Struct

from readiness.model.place import Place
from readiness.program.interpreter import stepping
from readiness.program.interpreter.outcomes import Raised
from readiness.program.interpreter.reaching import Way, way_to
from readiness.program.values import NONE, External, Instance, List, Unknown, Value, birth

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

MOST = 400
"""How often it is looked for a way to such a generator."""


class Standing(Struct, eq=False):
    """A generator that stands still where its end would do something."""

    generator: List
    way: Way | None = None


def look(machine: "Machine", *beside: Value) -> None:
    """End the generators that no name leads to, nor anything ``beside`` that is there still."""
    if machine.ending:  # what one does at its end is not looked at on the way
        return
    machine.ending = True
    try:
        _look(machine, beside)
    finally:
        machine.ending = False


def _look(machine: "Machine", beside: tuple[Value, ...]) -> None:
    for one in reversed(machine.standing[:]):
        if one not in machine.standing:  # it has ended as another one did
            continue
        if not stepping.is_guarded(one.generator):
            machine.standing.remove(one)
        elif one.way is None or not one.way.holds(machine):
            machine.ways += 1
            one.way = None
            if machine.ways < MOST:
                one.way = way_to(machine, one.generator, beside=beside)
            if one.way is None:
                machine.standing.remove(one)
                _end(machine, one.generator)


def _end(machine: "Machine", generator: List) -> None:
    """What a generator does at its end may have been done: what it changes is not known.

    Something may lead to it on some paths: there it stands where it stood.
    """
    state, born = machine.state, birth()
    position = state.mark().position
    stop = Instance(External("builtins.GeneratorExit"))
    with contextlib.suppress(Raised):  # nobody is there to see it
        stepping.advance(machine, generator, Place(""), NONE, Raised(stop))
    own = {generator.slots, generator.stepper.frame.slots} if generator.stepper else set()
    for (slots, key), _ in list(state.written_since(position).items()):
        if slots.born < born and slots not in own:
            state.write(slots, key, Unknown("what a generator does at its end"))
    stepping.forget(machine, generator)
