"""``inspect.getmembers`` and the questions that it is asked with."""

import ast
import inspect
from typing import TYPE_CHECKING

from readiness.program.interpreter.functions import is_generator
from readiness.program.models.lifting import arg
from readiness.program.models.python.handing import note_members
from readiness.program.models.table import FunctionModel, Table
from readiness.program.values import (
    FALSE,
    NONE,
    TRUE,
    Arguments,
    Bound,
    Choice,
    Class,
    External,
    Function,
    List,
    Module,
    Tuple,
    Unknown,
    Value,
    Wrapped,
    boolean,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

KINDS: dict[str, tuple[type[Value], ...]] = {
    "isfunction": (Function,), "isclass": (Class,), "ismodule": (Module,), "ismethod": (Bound,),
    "isroutine": (Function, Bound),
}  # fmt: skip


def _is(name: str) -> FunctionModel:
    def run(machine: "Machine", arguments: Arguments) -> Value:
        value = arg(arguments, 0)
        if isinstance(value, Unknown | Choice):
            return Unknown("of which kind a value is", arguments.at)
        if isinstance(value, External):
            return boolean(value=name == _kind_of(machine, value))
        return boolean(value=isinstance(value, KINDS[name]))

    return run


def _kind_of(machine: "Machine", value: External) -> str:
    """What a thing of a library is: by its model, else by how such things are spelled."""
    last = value.name.rpartition(".")[2]
    known = machine.library.canonical(value.name) in machine.library.classes
    return "isclass" if known or last[:1].isupper() else "isfunction"


def _waits(machine: "Machine", arguments: Arguments) -> Value:
    """``iscoroutinefunction``: of a function of the code, which it says itself."""
    value = arg(arguments, 0)
    found = value.function if isinstance(value, Bound) else value
    if not isinstance(found, Function) or found.attributes.values:
        return Unknown("whether a function is awaited", arguments.at)
    waits = isinstance(found.node, ast.AsyncFunctionDef) and not is_generator(found.node)
    return boolean(value=waits)


def _yields(*, awaited: bool) -> FunctionModel:
    """``isgeneratorfunction`` and ``isasyncgenfunction``, as a function of the code says."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        value = arg(arguments, 0)
        found = value.function if isinstance(value, (Bound, Wrapped)) else value
        if isinstance(value, Wrapped) or not isinstance(found, Function | Class):
            return Unknown("whether a function yields", arguments.at)
        if isinstance(found, Class):
            return FALSE
        waits = isinstance(found.node, ast.AsyncFunctionDef)
        return boolean(value=waits is awaited and is_generator(found.node))

    return run


def _words(machine: "Machine", arguments: Arguments) -> Value:
    """``inspect.getdoc``."""
    value = arg(arguments, 0)
    if not isinstance(value, Function):
        return Unknown("what is said of something", arguments.at)
    said = machine.attribute(value, "__doc__", arguments.at)
    known = getattr(said, "known", None)
    return said if known is None else text(inspect.cleandoc(known))


def _members(machine: "Machine", arguments: Arguments) -> Value:
    """The names of a value, sorted, each with what it holds, where that is what is asked for."""
    value, asked = arg(arguments, 0), arguments.get("predicate", 1) or NONE
    names = machine.iterate(machine.invoke(External("builtins.dir"), arguments.at, value),
                            arguments.at)  # fmt: skip
    if isinstance(names, Unknown):
        note_members(machine, value)
        return names
    found: list[Value] = []
    for name in names:
        held = machine.attribute(value, getattr(name, "known", None) or "", arguments.at)
        meant = TRUE if asked is NONE else machine.invoke(asked, arguments.at, held)
        kept = machine.truth(meant, arguments.at)
        if kept is None:
            note_members(machine, value)
            return Unknown("which members of a value are meant", arguments.at)
        if kept:
            found.append(Tuple((name, held)))
    return List(tuple(found))


TABLE = Table(functions={
    "inspect.getmembers": _members, "inspect.getmembers_static": _members,
    "inspect.iscoroutinefunction": _waits, "asyncio.iscoroutinefunction": _waits,
    "inspect.isgeneratorfunction": _yields(awaited=False),
    "inspect.isasyncgenfunction": _yields(awaited=True), "inspect.getdoc": _words,
    **{f"inspect.{name}": _is(name) for name in KINDS},
})  # fmt: skip
