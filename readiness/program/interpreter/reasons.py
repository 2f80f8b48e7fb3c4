"""Why a value is what it is: the steps that it came by, or that an object was chosen by."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program.interpreter.records import chosen_key
from readiness.program.provenance import joined
from readiness.program.values import (
    Arguments,
    Bound,
    Class,
    Constant,
    Dict,
    External,
    Function,
    Instance,
    List,
    Module,
    Text,
    Tuple,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_HOLDING = (List, Dict, Instance, Tuple)
"""What hands on what it is made of, if something is built with it."""
_LISTED = frozenset({List, Tuple})
_HELD = 20
"""The items of a container that are asked for theirs."""


def reason(machine: "Machine", value: Value) -> Trace:
    """The steps that a value came by, those that chose it among others included."""
    noted = machine.records.chosen
    if not noted:
        return value.trace
    if isinstance(value, Bound):
        return joined(reason(machine, value.function), reason(machine, value.receiver))
    key = chosen_key(value)
    found = noted.get(key) if key is not None else None
    return joined(value.trace, found[-1].trace) if found else value.trace


def inherited(machine: "Machine", value: Value, trace: Trace, at: Place | None) -> Value:
    """What was taken from something that steps chose: they chose it, too."""
    return machine.chosen(value, trace, at) if trace else value


class Heard(Struct):
    """What a library was told by the functions that it called back itself."""

    depth: int = 0
    trace: Trace = ()

    def hear(self, value: Value, depth: int) -> None:
        """Take note of what a function gave that was called at a depth."""
        if depth == self.depth:
            self.trace = joined(self.trace, value.trace)


def of_arguments(
    machine: "Machine", made: Value, arguments: Arguments, heard: Trace = ()
) -> Value:
    """What a library made of its arguments: they decided it, unless it tells itself by what."""
    if made.trace or not _tells(made):
        return made
    given: Iterable[Value] = (*arguments.positional, *arguments.keywords.values())
    if isinstance(made, Instance) and made.at == arguments.at:
        given = (one for one in given if isinstance(one, _HOLDING))
    return inherited(machine, made, joined(heard, _of_all(machine, given)), arguments.at)


def _tells(made: Value) -> bool:
    """Whether a value says something by being this one."""
    if isinstance(made, Constant):
        return made.value is not None
    return isinstance(made, (Text, Instance, Function, Class, External, List, Dict, Module))


def _of_all(machine: "Machine", values: Iterable[Value]) -> Trace:
    traces: list[Trace] = []
    for one in values:
        if trace := reason(machine, one):
            traces.append(trace)
        if type(one) in _LISTED:
            traces += [trace for inner in _listed(one) if (trace := reason(machine, inner))]
    return joined((), *traces) if traces else ()


def _listed(value: Value) -> Iterable[Value]:
    items = value.slots.values["items"] if isinstance(value, List) else value
    return items.items[:_HELD] if isinstance(items, Tuple) else ()
