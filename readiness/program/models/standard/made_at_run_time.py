"""Methods, classes and modules that code makes by a call."""

import ast
from typing import TYPE_CHECKING

from readiness.program.models.lifting import arg
from readiness.program.models.table import Table
from readiness.program.values import (
    NONE,
    Arguments,
    Bound,
    Class,
    Dict,
    External,
    Module,
    Text,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _dataclass(machine: "Machine", arguments: Arguments) -> Value:
    """``make_dataclass("Made", [("name", str), ("size", int, field(default=1))])``."""
    at, options = arguments.at, dict(arguments.keywords)
    bases, namespace = options.pop("bases", Tuple(())), options.pop("namespace", NONE)
    found = machine.iterate(options.pop("fields", arg(arguments, 1)), at)
    fields = None if isinstance(found, Unknown) else [_field(one) for one in found]
    names = Dict() if namespace is NONE else namespace
    if fields is None or None in fields or not isinstance(names, Dict):
        return Unknown("a dataclass whose fields are not known", at)
    made = machine.invoke(External("builtins.type"), at, arg(arguments, 0), bases, names)
    if not isinstance(made, Class):
        return Unknown("a dataclass that is not known", at)
    for name, default in filter(None, fields):
        made.fields[name] = ast.Name("object", ast.Load())
        if default is not None:
            machine.state.write(made.slots, name, default)
    decorate = machine.call(External("dataclasses.dataclass"), Arguments((), options, at))
    return machine.invoke(decorate, at, made)


def _module(machine: "Machine", arguments: Arguments) -> Value:
    """``ModuleType(name)``: a module without a file, which has what the code puts there."""
    name = arguments.get("name", 0)
    known = name.known if isinstance(name, Text) else None
    if known is None:
        return Unknown("a module whose name is not known", arguments.at)
    made = Module(known, "")
    made.slots.values["__doc__"] = arguments.get("doc", 1) or NONE
    return made


def _field(one: Value) -> tuple[str, Value | None] | None:
    """The name of a field, and its default if it has one; None of what is not known."""
    items = one.items if isinstance(one, Tuple) else (one,)
    name = items[0].known if items and isinstance(items[0], Text) else None
    return None if name is None else (name, items[2] if len(items) > 2 else None)  # noqa: PLR2004


TABLE = Table(
    functions={
        "types.MethodType": lambda m, a: Bound(arg(a, 0), arg(a, 1)),
        "dataclasses.make_dataclass": _dataclass, "types.ModuleType": _module,
    }
)  # fmt: skip
