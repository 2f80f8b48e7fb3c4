"""The methods of counters."""

import ast
from typing import TYPE_CHECKING

from readiness.program.interpreter import item_changes, operators
from readiness.program.interpreter.limits import LONGEST_SEQUENCE
from readiness.program.interpreter.plain import lifted
from readiness.program.models.lifting import arg
from readiness.program.models.python.lists import Method
from readiness.program.values import (
    NONE,
    Arguments,
    Constant,
    Dict,
    External,
    List,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def counted(machine: "Machine", value: Dict, arguments: Arguments, change: ast.operator) -> Value:
    """``Counter.update`` and ``subtract``: counts are added, or taken away."""
    given = arg(arguments, 0, Tuple(()))
    found = machine.iterate(given, arguments.at)
    if isinstance(found, Unknown):
        value.rest = found
        return NONE
    pairs: list[tuple[Value, Value]] = [
        (key, machine.item(given, key, arguments.at) if isinstance(given, Dict) else Constant(1))
        for key in found
    ]
    pairs += [(text(name), count) for name, count in arguments.keywords.items()]
    for key, count in pairs:
        machine.limits.step()
        old = machine.item(value, key, arguments.at)
        total = operators.binary(machine, change, old, count, arguments.at)
        item_changes.put(machine, value, key, total, arguments.at)
    return NONE


def _subtract(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    return counted(machine, value, arguments, ast.Sub())


def _total(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    values = machine.invoke(machine.attribute(value, "values", arguments.at), arguments.at)
    return machine.invoke(External("builtins.sum"), arguments.at, values)


def _elements(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    """Each key as often as it is counted."""
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    counts = [one.value for one in value.slots.values.values()
              if isinstance(one, Constant) and isinstance(one.value, int)]  # fmt: skip
    known = value.rest is None and len(counts) == len(value.slots.values)
    if not known or sum(max(one, 0) for one in counts) > LONGEST_SEQUENCE:
        return Unknown("the items of a counter", arguments.at)
    keys = [value.keys.get(name, text(str(name))) for name in value.slots.values]
    return List(tuple(key for key, count in zip(keys, counts, strict=True)
                      for _ in range(count)))  # fmt: skip


def _most_common(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    """``Counter.most_common``: by count, first come first."""
    assert isinstance(value, Dict)  # noqa: S101 - for the type checker
    found = machine.iterate(value, arguments.at)
    if isinstance(found, Unknown):
        return found
    machine.limits.step(len(found))
    pairs = [(key, machine.item(value, key, arguments.at)) for key in found]
    if not all(isinstance(count, Constant) for _, count in pairs):
        return Unknown("the order of counts", arguments.at)
    ordered = sorted(pairs, key=lambda pair: -getattr(pair[1], "value", 0))
    most = getattr(arguments.get("n", 0), "value", None)
    chosen = ordered if most is None else ordered[:most]
    made = lifted([])
    made.slots.values["items"] = Tuple(tuple(Tuple(pair) for pair in chosen))  # type: ignore[attr-defined]
    return made


COUNTER: dict[str, Method] = {
    "most_common": _most_common, "subtract": _subtract, "total": _total, "elements": _elements,
}  # fmt: skip
