"""Whole numbers that the code gives to a server: settings of a module, arguments of a call."""

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from readiness.model.place import Place
from readiness.program.answers import Number
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event
from readiness.program.interpreter.variables import held_in
from readiness.program.models.libraries.servers import BY_VARIABLE, OUT_OF_SIGHT, RUNS
from readiness.program.provenance import variables_of
from readiness.program.values import (
    MISSING,
    Constant,
    Text,
    Unknown,
    Value,
    alternatives,
)


def number_of_module(machine: Machine, name: str, ended: Mapping[str, str]) -> Number:
    """What a module holds under a name when it has run, once its start-up did not end early."""
    where, _, attribute = name.partition(":")
    path = where if machine.sources.has(where) else machine.sources.locate(where, "")
    module = machine.by_path.get(path) if path else None
    if path is None or module is None:
        return Number(reason=f"{where} was not evaluated")
    if path in ended:
        return Number(reason=ended[path], at=Place(path))
    value = module.slots.values.get(attribute, MISSING)
    return number_of(value, _assigned(machine.sources.tree(path), path, attribute))


def server_workers(machine: Machine) -> tuple[Number, ...]:
    """What the calls that start a server say, in order of place."""
    found = {event.at: one for event in machine.records.events if (one := _of_call(event))}
    return tuple(found[at] for at in sorted(found))


def number_of(value: Value, at: Place | None) -> Number:
    """A value as a server takes it: texts are read, and truth values are numbers."""
    values: list[int | None] = []
    for one in alternatives(value):
        number = _whole(one)
        if isinstance(number, Unknown):
            return Number((), number.reason, at, variables_of(value.trace))
        values.append(number)
    return Number(tuple(dict.fromkeys(values)), "", at, variables_of(value.trace))


def _whole(value: Value) -> "int | Unknown | None":
    if value is MISSING or isinstance(value, Unknown):
        return value if isinstance(value, Unknown) else None
    held: Any = value.known if isinstance(value, Text) else getattr(value, "value", None)
    if isinstance(value, Text) and held is None:
        return Unknown("the platform supplies it")
    try:
        return int(held, 0) if isinstance(held, str) else int(held)
    except (TypeError, ValueError, OverflowError):
        return Unknown("it is no number")


def _of_call(event: Event) -> Number | None:
    if event.name.startswith(OUT_OF_SIGHT):
        return Number((), f"{event.name} decides", event.at)
    if event.name not in RUNS:
        return None
    given = event.arguments.get("workers", event.arguments.get("**"))
    if given is None or (isinstance(given, Constant) and not given.value):
        variable = held_in(event.process, BY_VARIABLE) if RUNS[event.name] else MISSING
        given = Constant(1) if variable is MISSING else variable
    found = number_of(given, event.at)
    values = found.values if not event.path else tuple(dict.fromkeys((*found.values, 1)))
    return Number(values if found.values else (), found.reason, found.at, found.variables)


def _assigned(tree: ast.Module | None, path: str, name: str) -> Place | None:
    """Where a module sets a name last."""
    places = [node for one in (tree.body if tree else ()) for node in _targets(one)
              if node.id == name]  # fmt: skip
    return Place(path, places[-1].lineno, places[-1].col_offset + 1) if places else Place(path)


def _targets(statement: ast.stmt) -> Iterator[ast.Name]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node
