"""Containers made of what an iterable gives."""

from typing import TYPE_CHECKING

from readiness.program.interpreter import (
    item_changes,
    iterables,
)
from readiness.program.interpreter.limits import LONGEST_SEQUENCE
from readiness.program.interpreter.plain import NotPlain, plain
from readiness.program.models.lifting import arg, replaced
from readiness.program.models.python.sets import SETS, distinct
from readiness.program.models.python.views import in_any_order
from readiness.program.models.table import FunctionModel, Table
from readiness.program.values import (
    Arguments,
    Choice,
    Constant,
    Dict,
    List,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def sequence(kind: str) -> FunctionModel:
    """``list(…)`` and its kin: a container of this kind with the items of another."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        if not arguments.positional:
            return Tuple(()) if kind == "tuple" else List((), (), kind)
        value = arguments.positional[0]
        if isinstance(value, Choice):
            return machine.each(value, lambda one: run(machine, replaced(arguments, 0, one)))
        value = in_any_order(machine, value, arguments.at) if kind in SETS else value
        content = machine.content(value, arguments.at)
        if kind not in SETS and iterables.unordered(value):
            kept = List((), (), "unordered")
            kept.slots.values["items"] = content
            return Unknown(iterables.NO_ORDER, arguments.at) if kind == "tuple" else kept
        return machine.each(content, lambda one: _of_kind(machine, kind, one, arguments))

    return run


def _of_kind(machine: "Machine", kind: str, content: Value, arguments: Arguments) -> Value:
    if not isinstance(content, Tuple):
        return content
    found: tuple[Value, ...] | Unknown = content.items
    if kind in SETS:
        found = distinct(machine, list(content.items), arguments.at)
    if isinstance(found, Unknown):
        return found
    return Tuple(found) if kind == "tuple" else List(found, (), kind)


def _dict(machine: "Machine", arguments: Arguments) -> Value:
    made = Dict()
    update = machine.library.method(machine, made, "update", arguments.at)
    machine.call(update, arguments)
    if arguments.open is not None:
        made.rest = arguments.open
    return made


def _from_keys(machine: "Machine", arguments: Arguments) -> Value:
    """``dict.fromkeys(items, value)``."""
    value = arg(arguments, 1)

    def one(content: Value) -> Value:
        made = Dict()
        if not isinstance(content, Tuple):
            made.rest = content if isinstance(content, Unknown) else Unknown("keys", arguments.at)
            return made
        for key in content.items:
            item_changes.put(machine, made, key, value, arguments.at)
        return made

    return machine.each(machine.content(arg(arguments, 0), arguments.at), one)


def _range(machine: "Machine", arguments: Arguments) -> Value:
    try:
        made = range(*[plain(one) for one in arguments.positional])
    except NotPlain:
        return Unknown("a range that is not known", arguments.at)
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.raised(error, arguments.at) from None
    if made[LONGEST_SEQUENCE:]:
        return Unknown(f"a range of more than {LONGEST_SEQUENCE} numbers", arguments.at)
    return List(tuple(Constant(number) for number in made), (), "range")


TABLE = Table(functions={
    **{f"builtins.{kind}": sequence(kind) for kind in ("list", "tuple", "set", "frozenset")},
    "builtins.aiter": sequence("list"), "builtins.dict": _dict,
    "builtins.dict.fromkeys": _from_keys, "builtins.range": _range,
})  # fmt: skip
