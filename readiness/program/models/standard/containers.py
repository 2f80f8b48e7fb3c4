"""The containers of ``collections``, and the view that refuses to be changed."""

from typing import TYPE_CHECKING

from readiness.program.models.lifting import arg
from readiness.program.models.table import Table
from readiness.program.values import NONE, Arguments, Dict, External, List, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _default_dict(machine: "Machine", arguments: Arguments) -> Value:
    made = Dict()
    update = machine.library.method(machine, made, "update", arguments.at)
    machine.call(update, arguments.after(1))
    if arguments.positional:
        made.default = arguments.positional[0]
    made.kind = "defaultdict"
    return made


def _ordered(machine: "Machine", arguments: Arguments) -> Value:
    made = machine.call(External("builtins.dict"), arguments)
    if isinstance(made, Dict):
        made.kind = "OrderedDict"
    return made


def _proxy(machine: "Machine", arguments: Arguments) -> Value:
    """A view of a dictionary that refuses to be changed."""
    held = arg(arguments, 0)
    if not isinstance(held, Dict):
        return held
    made = Dict()
    made.slots, made.keys, made.rest, made.kind = held.slots, held.keys, held.rest, "mappingproxy"
    return made


def _counter(machine: "Machine", arguments: Arguments) -> Value:
    made = Dict()
    made.kind = "Counter"
    update = machine.attribute(made, "update", arguments.at)
    machine.call(update, arguments)
    return made


def _deque(machine: "Machine", arguments: Arguments) -> Value:
    def one(most: Value) -> Value:
        made = List((), (), "deque")
        made.slots.values["maxlen"] = most
        if arguments.positional:
            machine.invoke(machine.attribute(made, "extend", arguments.at), arguments.at,
                           arguments.positional[0])  # fmt: skip
        return made

    return machine.each(arguments.get("maxlen", 1) or NONE, one)


TABLE = Table(functions={
    "collections.defaultdict": _default_dict, "collections.OrderedDict": _ordered,
    "collections.Counter": _counter, "collections.deque": _deque,
    "types.MappingProxyType": _proxy,
})  # fmt: skip
