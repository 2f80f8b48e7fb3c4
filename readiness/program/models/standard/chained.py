"""``collections.ChainMap``: the first of several mappings that has a key wins, at any time."""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import item_changes, merging
from readiness.program.models.lifting import arg
from readiness.program.models.python.lists import Method
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Dict,
    External,
    Instance,
    List,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

NAME = "collections.ChainMap"


def _make(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    given = [one for name, one in sorted(arguments.keywords.items()) if name.startswith("map")]
    instance.slots.values["maps"] = List(tuple(given) or (Dict(),))


def _maps(machine: "Machine", value: Value, arguments: Arguments) -> tuple[Value, ...]:
    assert isinstance(value, Instance)  # noqa: S101 - for the type checker
    content = machine.content(value.slots.values["maps"], arguments.at)
    return content.items if isinstance(content, Tuple) else (Unknown("the maps of a ChainMap"),)


def _merged(machine: "Machine", value: Value, arguments: Arguments) -> Dict:
    """All the mappings as one, as it is now."""
    made = Dict()
    for one in reversed(_maps(machine, value, arguments)):
        held = machine.library.settled(machine, one)
        if isinstance(held, Instance) and held.cls == External(NAME):
            held = _merged(machine, held, arguments)
        if isinstance(held, Dict):
            merging.merge(machine, made, held)
            continue
        pairs = machine.library.mapping_of(machine, held, arguments.at)
        if pairs is None:
            merging.cover(machine, made, Unknown("a mapping in a ChainMap", arguments.at))
        else:
            merging.merge(machine, made, Dict(dict(pairs)))
    return made


def _reading(name: str) -> Method:
    """A method of a dictionary, on all the mappings as one."""

    def run(machine: "Machine", value: Value, arguments: Arguments) -> Value:
        made = _merged(machine, value, arguments)
        return machine.call(machine.attribute(made, name, arguments.at), arguments)

    return run


def _item(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    return machine.item(_merged(machine, value, arguments), arg(arguments, 0), arguments.at)


def _put(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    first = _maps(machine, value, arguments)[0]
    return item_changes.put(machine, first, arg(arguments, 0), arg(arguments, 1), arguments.at)


def _delete(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    first = _maps(machine, value, arguments)[0]
    item_changes.remove(machine, first, arg(arguments, 0), arguments.at)
    return NONE


def _parents(machine: "Machine", value: Value, at: Place) -> Value:
    """All but the first of the mappings."""
    whole = Arguments(_maps(machine, value, Arguments((), {}, at))[1:], {}, at)
    return machine.call(External(NAME), whole)


def _contains(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    made = _merged(machine, value, arguments)
    found = machine.library.contains(machine, made, arg(arguments, 0), arguments.at, "it is in it")
    return found or NONE


def _function(name: str) -> Method:
    """A function of the language, on all the mappings as one."""
    return lambda machine, value, arguments: machine.invoke(
        External(f"builtins.{name}"), arguments.at, _merged(machine, value, arguments)
    )


def _child(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    first = arguments.positional[0] if arguments.positional else Dict()
    whole = Arguments((first, *_maps(machine, value, arguments)), {}, arguments.at)
    return machine.call(External(NAME), whole)


TABLE = Table(
    classes={NAME: LibraryClass(
        tuple(f"map{index:03}" for index in range(20)), build=_make,
        methods={
            **{name: _reading(name) for name in ("get", "keys", "values", "items", "copy")},
            "__getitem__": _item, "__setitem__": _put, "__delitem__": _delete,
            "__contains__": _contains,
            "__iter__": _function("iter"), "__len__": _function("len"),
            "__bool__": _function("bool"), "new_child": _child},
        attributes={"parents": _parents})},
)  # fmt: skip
