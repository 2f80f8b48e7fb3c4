"""Objects that are nothing but their attributes: of ``types`` and of ``argparse``."""

from typing import TYPE_CHECKING

from readiness.program.interpreter.equalities import equality
from readiness.program.models.lifting import arg
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import Arguments, External, Instance, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _make(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    for name, value in arguments.keywords.items():
        machine.state.write(instance.slots, name, value)


def _lacks(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """A name that a namespace does not have; of a command line not all names may be seen."""
    name = getattr(arg(arguments, 0), "known", None)
    if isinstance(receiver, Instance) and receiver.data == "open":
        return Unknown(f"the argument {name} of the command line", arguments.at)
    raise machine.error("AttributeError", f"no attribute '{name}'", arguments.at)


def _same_names(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """Whether two namespaces hold the same."""
    other = arg(arguments, 0)
    if not isinstance(other, Instance) or other.cls != getattr(receiver, "cls", None):
        return External("builtins.NotImplemented")
    one, two = (machine.attribute(side, "__dict__", arguments.at) for side in (receiver, other))
    return equality(machine, one, two, arguments.at, "the namespaces are equal")


_OF_NAMES = LibraryClass(
    ("__never__",), build=_make, methods={"__getattr__": _lacks, "__eq__": _same_names}
)
TABLE = Table(classes=dict.fromkeys(("types.SimpleNamespace", "argparse.Namespace"), _OF_NAMES))
