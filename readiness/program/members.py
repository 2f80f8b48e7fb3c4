"""The objects that a team or a workflow holds, which it answers for."""

from readiness.model.place import Place
from readiness.program.interpreter import iterables
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event
from readiness.program.models.libraries import agno
from readiness.program.values import (
    Choice,
    Class,
    Constant,
    Dict,
    Instance,
    Unknown,
    Value,
    alternatives,
)


def members(machine: Machine) -> set[int]:
    """The objects that a team or workflow holds, at whatever depth of steps."""
    found: set[int] = set()
    for event in machine.records.events:
        if event.instance is None or event.name not in {agno.TEAM, agno.WORKFLOW}:
            continue
        for name in ("members", "steps", "agent", "team"):
            value = event.instance.slots.values.get(name)
            if value is not None:
                _collect(machine, value, found, 0)
        for value in _held_by_class(event):
            _collect(machine, value, found, 0)
    return found


def _held_by_class(event: Event) -> list[Value]:
    """What a workflow of 1.x runs: it is a class with ``run``, its agents are attributes."""
    instance = event.instance
    if event.name != agno.WORKFLOW or instance is None or not isinstance(instance.cls, Class):
        return []
    own = [one.slots.values for one in instance.cls.order if isinstance(one, Class)]
    if not any(name in values for values in own for name in ("run", "arun")):
        return []
    return [value for values in (*own, instance.slots.values) for value in values.values()
            if isinstance(value, (Instance, Choice))]  # fmt: skip


_INNER = ("agent", "team", "steps", "else_steps", "choices", "members", "workflow")


def _collect(machine: Machine, value: Value, found: set[int], depth: int) -> None:  # noqa: C901 - one case for each kind of value
    if depth > 12:  # noqa: PLR2004 - deeper than any workflow is written
        return
    for one in alternatives(value):
        if isinstance(one, Instance):
            names = machine.library.names_of(one.cls)
            if any(name in agno.HOLDERS for name in names):
                found.add(id(one))
            for name in _INNER:
                inner = one.slots.values.get(name)
                if inner is not None:
                    _collect(machine, inner, found, depth + 1)
        elif isinstance(one, Dict):
            for inner in one.slots.values.values():
                _collect(machine, inner, found, depth + 1)
        elif not isinstance(one, (Unknown, Constant)) and not callable(one):
            several = hasattr(one, "slots") or hasattr(one, "items")
            for inner in iterables.known(machine, one, Place("")) if several else ():
                _collect(machine, inner, found, depth + 1)
