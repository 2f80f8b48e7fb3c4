"""Functions of the code that make an engine's connections, or change what they are given."""

from collections.abc import Mapping

from msgspec import Struct, field

from readiness.program.engines.names import CONNECTS
from readiness.program.engines.reading import Values, is_none
from readiness.program.interpreter.choices import restrict
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event
from readiness.program.models.libraries import sqlalchemy
from readiness.program.values import Dict, External, Instance, Value


class Connected(Struct, frozen=True):
    """How an engine connects: ``by`` another connection, or with more arguments ``given``.

    ``reason`` tells that a function decides, and that it is not understood.
    """

    by: Event | None = None
    given: Mapping[str, Value] = field(default_factory=dict)
    reason: str = ""


def connected(machine: Machine, event: Event, values: Values) -> Connected:
    """What ``creator=`` and listeners of ``do_connect`` make of an engine's connections."""
    maker = values.get("creator", values.get("async_creator"))
    if not is_none(maker):
        return _by(machine, values.get(sqlalchemy.CREATED), "a function (creator)")
    changes: dict[str, Value] = {}
    for one in _listeners(machine, event):
        result = one.arguments[sqlalchemy.RESULT]
        if not is_none(result):
            return _by(machine, result, "a listener of do_connect")
        given = one.arguments[sqlalchemy.PARAMETERS]
        if isinstance(given, Dict):
            changes |= {str(key): value for key, value in given.slots.values.items()}
        if not isinstance(given, Dict) or (given.rest is not None and _is_lost(given)):
            return Connected(reason="a listener of do_connect changes its arguments in a way "
                             "that is not understood")  # fmt: skip
    return Connected(given=changes)


def _is_lost(given: Dict) -> bool:
    return given.rest is not None and given.rest.reason != sqlalchemy.BEFORE


def _listeners(machine: Machine, event: Event) -> list[Event]:
    found = []
    for one in machine.records.events:
        if one.name == sqlalchemy.LISTENER:
            target = one.arguments["target"]
            if target is event.instance or isinstance(target, External):
                found.append(one)
    return found


def _by(machine: Machine, made: Value | None, who: str) -> Connected:
    inner = None
    if isinstance(made, Instance):
        inner = next((one for one in machine.records.events if one.instance is made), None)
    if inner is None or inner.name not in CONNECTS:
        return Connected(reason=f"its connections are made by {who} that is not understood")
    assumed = dict(inner.path)
    held = {name: restrict(value, assumed) for name, value in inner.arguments.items()}
    return Connected(inner, held)
