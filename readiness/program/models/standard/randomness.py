"""``random``: what it changes is not known afterwards; what it gives is no more than that."""

from typing import TYPE_CHECKING

from readiness.program.models.lifting import arg
from readiness.program.models.table import Table
from readiness.program.values import NONE, Arguments, List, Tuple, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _shuffle(machine: "Machine", arguments: Arguments) -> Value:
    value = arg(arguments, 0)
    content = value.slots.values["items"] if isinstance(value, List) else None
    if isinstance(value, List) and not (isinstance(content, Tuple) and len(content.items) < 2):  # noqa: PLR2004 - one item has one order
        unknown = Unknown("the order after random.shuffle()", arguments.at)
        machine.state.write(value.slots, "items", unknown)
    return NONE


TABLE = Table(functions={"random.shuffle": _shuffle})
