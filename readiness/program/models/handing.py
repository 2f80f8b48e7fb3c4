"""What is handed to others as a whole: they may call any function that is in it."""

from typing import TYPE_CHECKING

from readiness.program.interpreter.consulting import note
from readiness.program.values import Choice, Class, Dict, Instance, Module, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def note_members(machine: "Machine", value: Value) -> None:
    """Any function of a module, a class, an object or a dictionary may be called from now on."""
    match value:
        case Choice():
            note_members(machine, value.then)
            note_members(machine, value.otherwise)
        case Instance(cls=Class() as cls) | (Class() as cls):
            for one in cls.order:
                if isinstance(one, Class):
                    note(machine.records.unsure, one.slots.values.values())
        case Module(stands_in=False) | Dict():
            note(machine.records.unsure, value.slots.values.values())
