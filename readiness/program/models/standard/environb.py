"""``os.environb`` and ``os.getenvb``: the variables of the process as bytes."""

from typing import TYPE_CHECKING

from readiness.program.models.lifting import given
from readiness.program.models.standard import process_variables
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    Arguments,
    Constant,
    External,
    Instance,
    Text,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

BYTES = External("os._EnvironBytes")


def _decoded(value: Value) -> Value:
    if isinstance(value, Constant) and isinstance(value.value, bytes):
        return text(value.value.decode(errors="surrogateescape"), None, value.trace)
    return value


def _encoded(value: Value) -> Value:
    if not isinstance(value, Text):
        return value
    if value.known is None:
        return Unknown("a variable that the platform sets, as bytes", None, value.trace)
    try:
        return Constant(value.known.encode(errors="surrogateescape"), value.trace)
    except UnicodeEncodeError:
        return Unknown("a text that is not one of bytes", None, value.trace)


def _texts(arguments: Arguments) -> Arguments:
    positional = tuple(_decoded(one) for one in arguments.positional)
    keywords = {name: _decoded(one) for name, one in arguments.keywords.items()}
    return Arguments(positional, keywords, arguments.at, arguments.open, arguments.caller)


def _getenv(machine: "Machine", arguments: Arguments) -> Value:
    found = process_variables.getenv(machine, _texts(arguments))
    return machine.each(found, _encoded)


def _get(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return _getenv(machine, arguments)


def _item(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    key = given(_texts(arguments), 0)
    return machine.each(machine.item(machine.environ, key, arguments.at), _encoded)


def _put(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    method = machine.attribute(machine.environ, "__setitem__", arguments.at)
    return machine.call(method, _texts(arguments))


def _contains(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    method = machine.attribute(machine.environ, "__contains__", arguments.at)
    return machine.call(method, _texts(arguments))


TABLE = Table(
    functions={"os.getenvb": _getenv},
    classes={
        BYTES.name: LibraryClass(methods={
            "get": _get, "__getitem__": _item, "__setitem__": _put, "__contains__": _contains}),
    },
    values={"os.environb": lambda machine: Instance(BYTES)},
)  # fmt: skip
