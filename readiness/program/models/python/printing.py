"""``print``: into an object of the code it writes, and anywhere else it changes nothing."""

from typing import TYPE_CHECKING

from readiness.program.interpreter.formatting import concatenated
from readiness.program.models.table import Table
from readiness.program.values import (
    NONE,
    Arguments,
    Class,
    External,
    Instance,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _print(machine: "Machine", arguments: Arguments) -> Value:
    """``print`` into an object of the code; what goes anywhere else changes nothing."""
    standard = machine.attribute(External("sys"), "stdout", arguments.at)

    def one(file: Value) -> Value:
        file = standard if file is NONE else file
        if not isinstance(file, Instance) or not isinstance(file.cls, Class):
            return NONE
        write = machine.attribute(file, "write", arguments.at)
        machine.invoke(write, arguments.at, _printed(machine, arguments))
        return NONE

    return machine.each(arguments.keywords.get("file", NONE), one)


def _printed(machine: "Machine", arguments: Arguments) -> Value:
    if arguments.open is not None:
        return Unknown("what is printed", arguments.at)
    between, end = (
        arguments.keywords.get(name, text(usual)) for name, usual in (("sep", " "), ("end", "\n"))
    )
    pieces: list[Value] = []
    for value in arguments.positional:
        pieces += [
            *([between] if pieces else []),
            machine.invoke(External("builtins.str"), arguments.at, value),
        ]
    return concatenated(machine, [*pieces, end], arguments.at)


TABLE = Table(functions={"builtins.print": _print})
