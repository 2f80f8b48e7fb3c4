"""``typing``, ``abc`` and what else a program says only to whoever reads or checks it."""

from typing import TYPE_CHECKING

from readiness.program.models.lifting import arg
from readiness.program.models.table import Table
from readiness.program.values import (
    FALSE,
    NONE,
    TRUE,
    Arguments,
    Class,
    External,
    Function,
    Host,
    Instance,
    Tuple,
    Unknown,
    Value,
    Wrapped,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _same(machine: "Machine", arguments: Arguments) -> Value:
    return arg(arguments, 0)


def _second(machine: "Machine", arguments: Arguments) -> Value:
    return arg(arguments, 1)


def _decorator(machine: "Machine", arguments: Arguments) -> Value:
    """A decorator with brackets that gives back what it decorates."""
    return Host("decorator", lambda m, a: arg(a, 0))


def _property(machine: "Machine", arguments: Arguments) -> Value:
    return Wrapped("property", arg(arguments, 0))


def _abstract(machine: "Machine", arguments: Arguments) -> Value:
    function = arg(arguments, 0)
    inner = getattr(function, "function", function)
    if isinstance(inner, Function):
        machine.state.write(inner.attributes, "__isabstractmethod__", TRUE)
    return function


_SAME = (
    "typing.override", "typing.final", "typing.no_type_check", "typing.runtime_checkable",
    "typing.assert_never", "typing.reveal_type", "typing.overload", "typing_extensions.override",
    "enum.unique", "enum.verify", "enum.member", "enum.nonmember",
    "types.coroutine", "asyncio.coroutine", "asgiref.sync.sync_to_async",
    "atexit.register",
)  # fmt: skip
_BRACKETS = (
    "typing.dataclass_transform", "warnings.deprecated", "typing_extensions.deprecated",
)  # fmt: skip

_PLAIN = frozenset({"builtins.int", "builtins.str", "builtins.bool", "builtins.float",
                    "builtins.bytes", "builtins.object", "types.NoneType"})  # fmt: skip


def _parts(machine: "Machine", arguments: Arguments) -> Value:
    """``typing.get_args`` of what says its parts here."""
    value = arg(arguments, 0)
    if isinstance(value, Instance) and isinstance(value.data, tuple):
        return Tuple(value.data)
    if isinstance(value, External) and value.name in _PLAIN:
        return Tuple(())
    return Unknown("the parts of a type", arguments.at)


def _origin(machine: "Machine", arguments: Arguments) -> Value:
    """``typing.get_origin``."""
    value = arg(arguments, 0)
    if isinstance(value, Instance) and isinstance(value.data, tuple):
        return value.slots.values.get("__origin__", value.cls)
    if isinstance(value, External) and value.name in _PLAIN:
        return NONE
    return Unknown("what a type is made from", arguments.at)


def _bases(machine: "Machine", arguments: Arguments) -> Value:
    """``types.get_original_bases``."""
    cls = arg(arguments, 0)
    if not isinstance(cls, Class):
        return Unknown("the bases of a class", arguments.at)
    name = "__orig_bases__" if "bases" in cls.traits else "__bases__"
    return machine.attribute(cls, name, arguments.at)


TABLE = Table(
    functions={
        **dict.fromkeys(_SAME, _same), **dict.fromkeys(_BRACKETS, _decorator),
        "typing.cast": _second,
        "typing.NewType": lambda m, a: Host("NewType", lambda n, b: arg(b, 0)),
        "typing.get_args": _parts, "typing.get_origin": _origin,
        "types.get_original_bases": _bases, "typing_extensions.get_original_bases": _bases,
        "abc.abstractmethod": _abstract, "abc.abstractproperty": _property,
        "enum.property": _property, "types.DynamicClassAttribute": _property,
    },
    values={"typing.TYPE_CHECKING": lambda m: FALSE},
    aliases={
        f"typing_extensions.{name}": f"typing.{name}"
        for name in ("Annotated", "Literal", "NamedTuple", "Protocol", "TYPE_CHECKING",
                     "get_args", "get_origin")
    },
)  # fmt: skip
