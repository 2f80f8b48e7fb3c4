"""Operators of objects, sets and classes: methods of the left side, then of the right one."""

import ast
from collections import Counter
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.comparisons import compare
from readiness.program.interpreter.equalities import equality
from readiness.program.interpreter.plain import NotPlain, is_data, plain
from readiness.program.models.python import sets
from readiness.program.values import (
    FALSE,
    NONE,
    Arguments,
    Choice,
    Class,
    Constant,
    Dict,
    External,
    Instance,
    List,
    Tuple,
    Unknown,
    Value,
    boolean,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

NOT_IMPLEMENTED = "builtins.NotImplemented"


def binary(machine: "Machine", method: str, left: Value, right: Value, at: Place) -> Value | None:
    """What an operator gives where a side defines it; None where none does."""
    if method == "__or__" and _is_type(left) and _is_type(right):
        return _union(left, right, at)
    if isinstance(left, List) and left.kind in sets.SETS:
        return _of_sets(machine, method, left, right, at)
    if isinstance(left, Dict) and left.kind == "Counter" and isinstance(right, Dict):
        return _of_counters(method, left, right, at)
    for one, other, name in ((left, right, method), (right, left, _reflected(method))):
        own = machine.library.find_method(machine, one, name, at)
        if own is not None:
            found = machine.invoke(own, at, other)
            if found != External(NOT_IMPLEMENTED):
                return found
    objects = [one for one in (left, right) if isinstance(one, Instance) and not is_data(one)]
    if not objects:
        return None
    if all(isinstance(one.cls, Class) and not machine.library.names_of(one.cls)
           for one in objects):  # fmt: skip
        raise machine.error("TypeError", "unsupported operand types", at)
    return Unknown("the result of an operator on an object", at)


def _reflected(method: str) -> str:
    return f"__r{method[2:]}"


def _is_type(value: Value) -> bool:
    none = isinstance(value, Constant) and value.value is None
    union = isinstance(value, Instance) and value.cls == External("types.UnionType")
    return none or union or isinstance(value, (Class, External))


def _union(left: Value, right: Value, at: Place) -> Value:
    """``int | None``."""
    made = Instance(External("types.UnionType"), None, at)
    kinds: list[Value] = []
    for one in (left, right):
        if isinstance(one, Constant):
            kinds.append(External("types.NoneType"))
        elif isinstance(one, Instance):
            kinds += one.data
        else:
            kinds.append(one)
    made.data = tuple(kinds)
    return made


def _of_counters(method: str, left: Dict, right: Dict, at: Place) -> Value | None:
    """Counters added, taken away, or the larger or smaller of two counts."""
    operator = getattr(Counter, method, None)
    if operator is None or right.kind != "Counter":
        return None
    try:
        counts = operator(Counter(plain(left)), Counter(plain(right)))
    except NotPlain:
        return Unknown("counts together", at)
    keys = {**right.keys, **left.keys}
    made = Dict({name: Constant(count) for name, count in counts.items()},
                {name: keys[name] for name in counts if name in keys})  # fmt: skip
    made.kind = "Counter"
    return made


def _of_sets(machine: "Machine", method: str, left: List, right: Value, at: Place) -> Value | None:
    operator = sets.OPERATORS.get(method)
    if operator is None or isinstance(right, Unknown):
        return None
    view = isinstance(right, Instance)
    if not view and not (isinstance(right, List) and right.kind in sets.SETS):
        raise machine.error("TypeError", "unsupported operand types", at)
    return operator(machine, left, Arguments((right,), {}, at))


def in_place(
    machine: "Machine", method: str, left: Value, right: Value, at: Place
) -> Value | None:
    """``left += right`` where the left side changes itself; None where it does not."""
    if isinstance(left, List) and left.kind == "set" and method in sets.IN_PLACE:
        sets.IN_PLACE[method](machine, left, Arguments((right,), {}, at))
        return left
    own = machine.library.find_method(machine, left, f"__i{method[2:]}", at)
    return None if own is None else machine.invoke(own, at, right)


def alike(machine: "Machine", left: Value, right: Value, at: Place) -> Value | None:
    """The equality of two objects by their fields, where their class generates it."""
    if isinstance(left, Dict) and isinstance(right, Dict):
        both_ordered = left.kind == right.kind == "OrderedDict"
        return FALSE if both_ordered and _other_order(left, right) else None
    if not isinstance(left, Instance) or not isinstance(right, Instance):
        return None
    if not isinstance(left.cls, Class) or not isinstance(right.cls, Class):
        return None
    if _are_members(left, right):
        return boolean(value=left is right)
    fields = machine.library.compared_fields(left.cls)
    if fields is None or left.cls is not right.cls:
        plain = not machine.library.names_of(left.cls) and not machine.library.names_of(right.cls)
        return FALSE if plain and left is not right else None
    mine, others = (Tuple(tuple(one.slots.values.get(name, NONE) for name in fields))
                    for one in (left, right))  # fmt: skip
    return equality(machine, mine, others, at, "the objects are equal")


def _are_members(left: Instance, right: Instance) -> bool:
    """Whether both are members of enumerations, which are equal only to themselves."""
    both = [one for one in (left, right) if isinstance(one.cls, Class)
            and any(one is member for member in one.cls.traits.get("members", ()))]  # fmt: skip
    return len(both) > 1 and (left.cls is right.cls or not (is_data(left) and is_data(right)))


def _other_order(left: Dict, right: Dict) -> bool:
    """Whether two dictionaries certainly have their entries in another order."""
    certain = not any(
        one.rest is not None
        or one.slots.shuffled
        or any(isinstance(held, Choice) for held in one.slots.values.values())
        for one in (left, right)
    )
    return certain and list(left.slots.values) != list(right.slots.values)


def ordered(machine: "Machine", method: str, left: Value, right: Value, at: Place) -> Value | None:
    """The order of two sets, or of two objects by their fields."""
    if isinstance(left, List) and left.kind in sets.SETS:
        return sets.compared(machine, method, left, right, at)
    if not isinstance(left, Instance) or not isinstance(right, Instance):
        return None
    fields = machine.library.compared_fields(left.cls) if left.cls is right.cls else None
    if fields is None or not isinstance(left.cls, Class) or not left.cls.traits.get("order"):
        return None
    mine, others = (Tuple(tuple(one.slots.values.get(name, NONE) for name in fields))
                    for one in (left, right))  # fmt: skip
    operator = {"__lt__": ast.Lt(), "__le__": ast.LtE(), "__gt__": ast.Gt(), "__ge__": ast.GtE()}
    return compare(machine, operator[method], mine, others, at, "the order of objects")
