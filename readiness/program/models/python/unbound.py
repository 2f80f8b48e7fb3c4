"""Methods of the language's own types, called on the class: ``str.upper(text)``."""

from typing import TYPE_CHECKING

from readiness.program.models.python.kinds import type_of
from readiness.program.models.table import FunctionModel, Table
from readiness.program.values import Arguments, External, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_TYPES: tuple[type, ...] = (str, bytes, int, float, list, tuple, dict, set, frozenset)
_ON_CLASS = frozenset({"maketrans", "fromhex", "fromkeys", "from_bytes", "__new__", "__init__",
                       "__class__", "__init_subclass__", "__subclasshook__", "__getattribute__",
                       "__setattr__", "__delattr__"})  # fmt: skip


def _method(kind: type, name: str) -> FunctionModel:
    full = f"builtins.{kind.__name__}"

    def run(machine: "Machine", arguments: Arguments) -> Value:
        if not arguments.positional:
            if arguments.open is not None:
                return Unknown(f"what {name}() gives", arguments.at)
            raise machine.error("TypeError", f"{name}() needs an argument", arguments.at)
        return machine.each(arguments.positional[0], lambda one: on(machine, one, arguments))

    def on(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        if isinstance(receiver, Unknown):
            return Unknown(receiver.reason, arguments.at, receiver.trace, receiver.free)
        if machine.library.is_kind(machine, type_of(receiver), External(full)) is False:
            raise machine.error("TypeError", f"{name}() needs a {kind.__name__}", arguments.at)
        method = machine.attribute(receiver, name, arguments.at)
        return machine.call(method, arguments.after(1))

    return run


TABLE = Table(
    functions={
        f"builtins.{kind.__name__}.{name}": _method(kind, name)
        for kind in _TYPES
        for name in dir(kind)
        if name not in _ON_CLASS and callable(getattr(kind, name))
    }
)
