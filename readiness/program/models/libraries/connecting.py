"""What the models of drivers share: a call that connects, and the pools."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from readiness.program.models.table import FunctionModel, LibraryClass
from readiness.program.values import Arguments, External, Instance, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def reached(machine: "Machine", arguments: Arguments, error: str) -> None:
    """The server is reached, or not."""
    machine.may_fail("the connection to the database", arguments.at, machine.exception(
        error, "no connection", arguments.at))  # fmt: skip


def connect(name: str, parameters: tuple[str, ...] = ("conninfo",)) -> FunctionModel:
    """A function that connects, by the names of its positional parameters."""
    library = name.partition(".")[0]

    def run(machine: "Machine", arguments: Arguments) -> Value:
        values = dict(zip(parameters, arguments.positional, strict=False)) | arguments.keywords
        if arguments.open is not None:
            values["**"] = arguments.open
        instance = Instance(External(f"{name.rpartition('.')[0]}.Connection"), None, arguments.at)
        machine.record(name, values, arguments.at, instance)
        reached(machine, arguments, f"{library}.OperationalError")
        return instance

    return run


def _used(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """The first use of a pool reaches the server; it may fail."""
    reached(machine, arguments, "sqlalchemy.exc.OperationalError")
    return Instance(External("sqlalchemy.engine.Connection"), None, arguments.at)


def pools(parameters: Mapping[str, tuple[str, ...]]) -> dict[str, LibraryClass]:
    """The classes of pools, by the names of their positional parameters."""
    methods = dict.fromkeys(("open", "wait", "connection", "getconn"), _used)
    return {
        name: LibraryClass(given, recorded=True,
                           methods={**methods, "__enter__": lambda m, r, a: r})
        for name, given in parameters.items()
    }  # fmt: skip
