"""``importlib``: modules by a name that the program makes."""

from typing import TYPE_CHECKING

from readiness.program.models.lifting import arg
from readiness.program.models.table import Table
from readiness.program.values import Arguments, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _import_module(machine: "Machine", arguments: Arguments) -> Value:
    name = getattr(arg(arguments, 0), "known", None)
    if name is None:
        return Unknown("a module whose name is not known", arguments.at)
    if name.startswith("."):
        package = getattr(arguments.get("package", 1), "known", None) or _package(arguments)
        above = package.split(".")
        level = len(name) - len(name.lstrip("."))
        above = above[: len(above) - level + 1]
        name = ".".join([*above, name.lstrip(".")])
    return machine.import_module(name, arguments.caller, arguments.at)


def _package(arguments: Arguments) -> str:
    return arguments.caller.module.name if arguments.caller else ""


TABLE = Table(functions={"importlib.import_module": _import_module})
