"""copy and deepcopy."""

from typing import TYPE_CHECKING

from readiness.program.models.lifting import arg
from readiness.program.models.table import Table
from readiness.program.values import (
    Arguments,
    Choice,
    Class,
    Dict,
    Instance,
    List,
    Tuple,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _own(
    machine: "Machine", value: Value, name: str, arguments: Arguments, *given: Value
) -> Value | None:
    method = machine.library.find_method(machine, value, name, arguments.at)
    return None if method is None else machine.invoke(method, arguments.at, *given)


def _copy(machine: "Machine", arguments: Arguments) -> Value:
    """A container or object of its own; what is in it is the same."""
    value = arg(arguments, 0)
    own = _own(machine, value, "__copy__", arguments)
    if own is not None:
        return own
    if isinstance(value, (List, Dict)):
        return machine.invoke(machine.attribute(value, "copy", arguments.at), arguments.at)
    return _object(value)


def _object(value: Value) -> Value:
    if not isinstance(value, Instance) or _single(value):
        return value
    made = Instance(value.cls, dict(value.slots.values), value.at, value.trace)
    made.data = value.data
    return made


def _single(value: Instance) -> bool:
    """Whether an object is a member of an enumeration, of which there is only one."""
    return isinstance(value.cls, Class) and "members" in value.cls.traits


def _deep(machine: "Machine", arguments: Arguments) -> Value:
    """A container or object of its own, and all that is in it too."""
    return machine.each(arg(arguments, 0), lambda one: _copied(machine, one, {}, arguments))


def _copied(
    machine: "Machine", value: Value, known: dict[int, Value], arguments: Arguments
) -> Value:
    if id(value) in known:
        return known[id(value)]
    machine.limits.step()
    match value:
        case Choice():
            then = _copied(machine, value.then, known, arguments)
            return Choice(value.condition, then,
                          _copied(machine, value.otherwise, known, arguments))  # fmt: skip
        case Tuple():
            return Tuple(tuple(_copied(machine, one, known, arguments) for one in value.items),
                         value.trace)  # fmt: skip
        case List() | Dict() | Instance():
            return _thing(machine, value, known, arguments)
    return value


def _thing(
    machine: "Machine", value: List | Dict | Instance, known: dict[int, Value],
    arguments: Arguments,
) -> Value:  # fmt: skip
    if isinstance(value, Instance) and (_single(value) or not isinstance(value.cls, Class)):
        return value
    one = Arguments((value,), {}, arguments.at)
    own = _own(machine, value, "__deepcopy__", arguments, Dict())
    if own is not None:
        return own
    made = _copy(machine, one)
    known[id(value)] = made
    if isinstance(made, (List, Dict, Instance)):
        for name, held in list(made.slots.values.items()):
            machine.state.write(made.slots, name, _copied(machine, held, known, arguments))
    return made


TABLE = Table(functions={"copy.copy": _copy, "copy.deepcopy": _deep})
