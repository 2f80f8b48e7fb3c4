"""Libraries that make commands of whatever they find in a module, a class or an object."""

from typing import TYPE_CHECKING

from readiness.program.models.python.handing import note_members
from readiness.program.models.table import FunctionModel, LibraryClass, Table
from readiness.program.values import Arguments, Class, Dict, Instance, Module, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

FUNCTIONS = {
    "fire.Fire": "component", "fire.core.Fire": "component",
    "jsonargparse.CLI": "components", "jsonargparse.auto_cli": "components",
    "scriptine.run": "", "plac.call": "obj", "unittest.main": "module",
    "invoke.Collection.from_module": "module",
    "invoke.collection.Collection.from_module": "module",
}  # fmt: skip
"""What turns its first argument into commands, by that one's name; without one, the caller."""
SERVERS = {
    "xmlrpc.server.SimpleXMLRPCServer": "register_instance",
    "xmlrpc.server.SimpleXMLRPCRequestHandler": "register_instance",
    "xmlrpc.server.CGIXMLRPCRequestHandler": "register_instance",
}
"""What lets callers elsewhere use the methods of an object, and the method that takes it."""


BY_NAME = {"dodo.py": "task_"}
"""How the functions begin that a tool calls in a file which it finds by its name."""


def _commands(name: str) -> FunctionModel:
    def run(machine: "Machine", arguments: Arguments) -> Value:
        given = arguments.keywords.get(name) or next(iter(arguments.positional), None)
        if given is not None:
            show(machine, given)
        elif arguments.caller is not None:
            show(machine, arguments.caller.module)
        machine.library.escape(machine, arguments, "commands")
        return Unknown("what a command gives", arguments.at)

    return run


def show(machine: "Machine", value: Value) -> None:
    """Anything in it may be called, and anything in the classes and objects that it holds."""
    note_members(machine, value)
    if isinstance(value, Module | Dict):
        for one in value.slots.values.values():
            if isinstance(one, Class | Instance):
                note_members(machine, one)


def _serve(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    for one in arguments.positional[:1]:
        show(machine, one)
    return Unknown("what a server gives", arguments.at)


TABLE = Table(
    functions={full: _commands(name) for full, name in FUNCTIONS.items()},
    classes={full: LibraryClass(methods={name: _serve}) for full, name in SERVERS.items()},
)
