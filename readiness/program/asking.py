"""What a name or a piece of a module comes to when the program has run."""

import ast
from collections.abc import Callable

from readiness.model.place import Place
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.outcomes import Abrupt, LimitReached
from readiness.program.values import Arguments, Class, Unknown, Value, Wrapped


def asked(machine: Machine, path: str, node: ast.expr) -> Value:
    """The value of an expression among the names of a module; what it calls leaves no record."""
    module = machine.by_path.get(path)
    if module is None:
        return Unknown(f"{path} was not evaluated")
    events, frame = machine.records.events, Frame(module, module.slots)
    before = len(events)
    try:
        return _answer(lambda: machine.evaluate(node, frame), "it ends in an error")
    finally:
        del events[before:]


def named(machine: Machine, name: str) -> Value:
    """What stands under ``module:name.attribute``; a class without an instance gets one."""
    module_name, _, path = name.partition(":")
    place = machine.sources.locate(module_name, "")
    module = machine.by_path.get(place) if place else None
    if module is None:
        return Unknown(f"there is no module {module_name} that was evaluated")
    current: Value = module
    for piece in path.split(".") if path else []:
        machine.limits.refill()
        current = _attribute(machine, current, piece, Place(module.path))
    return current


def _attribute(machine: Machine, value: Value, name: str, at: Place) -> Value:
    def found() -> Value:
        held = value.slots.values.get(name) if isinstance(value, Class) else None
        is_property = isinstance(held, Wrapped) and held.kind == "property"
        owner = machine.call(value, Arguments((), {}, at)) if is_property else value
        return machine.attribute(owner, name, at)

    return _answer(found, f"{name} is not there", at)


def _answer(ask: Callable[[], Value], where_it_fails: str, at: Place | None = None) -> Value:
    """An answer; one that fails is one that is not known."""
    try:
        return ask()
    except Abrupt:
        return Unknown(where_it_fails, at)
    except LimitReached as limit:
        return Unknown(limit.reason, at)
    except Exception as fault:  # noqa: BLE001 - as above
        return Unknown(f"the evaluation failed with {type(fault).__name__}", at)
