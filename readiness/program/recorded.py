"""What was built of some library classes, and which of some library functions were called."""

from collections.abc import Iterable, Iterator

from readiness.program.answers import Call, Construction
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event
from readiness.program.story import told


def constructions(machine: Machine, class_names: Iterable[str]) -> tuple[Construction, ...]:
    """What is built of these classes, subclasses included, by place."""
    found = (_construction(machine, event) for event in _events(machine, class_names, below=True))
    return tuple(sorted(found, key=lambda one: (one.at, one.class_name)))


def calls(machine: Machine, function_names: Iterable[str]) -> tuple[Call, ...]:
    """The calls of these functions that are reached, by place."""
    found = (Call(event.name, event.arguments, event.at, _under(event), told(machine, event))
             for event in _events(machine, function_names, below=False))  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.at, one.function)))


def _events(machine: Machine, names: Iterable[str], *, below: bool) -> Iterator[Event]:
    """What was recorded under these names; with ``below`` also what is of a subclass of them."""
    wanted = {machine.library.canonical(name) for name in names}
    for event in machine.records.events:
        held = {event.name}
        if below and event.instance is not None:
            held |= set(machine.library.names_of(event.instance.cls))
        if held & wanted:
            yield event


def _construction(machine: Machine, event: Event) -> Construction:
    held = event.instance.slots.values if event.instance is not None else {}
    attributes = {str(key): value for key, value in held.items()}
    return Construction(event.name, event.arguments, event.at, attributes, _under(event),
                        told(machine, event))  # fmt: skip


def _under(event: Event) -> tuple[str, ...]:
    """The conditions that nothing decided around what was recorded, in words."""
    return tuple(c.text if truth else f"not: {c.text}" for c, truth in event.path)
