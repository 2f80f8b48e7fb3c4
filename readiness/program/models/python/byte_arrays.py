"""``bytearray`` and ``memoryview``: bytes that change in their place, and a view of bytes."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from readiness.program.interpreter.limits import LONGEST_TEXT
from readiness.program.interpreter.plain import TOO_LARGE, NotPlain, lifted, plain, trace_of
from readiness.program.models.lifting import arg
from readiness.program.models.table import FunctionModel, LibraryClass, MethodModel, Table
from readiness.program.values import (
    Arguments,
    Constant,
    External,
    Instance,
    List,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

ARRAY = "builtins.bytearray"
VIEW = "builtins.memoryview"
_HELD = "\0bytes"
_NOT_KNOWN = "bytes that are not known"
_CHANGING = frozenset({"append", "extend", "insert", "remove", "pop", "clear", "reverse",
                       "__setitem__", "__delitem__", "__iadd__", "__imul__"})  # fmt: skip
_OPERATORS = ("__len__", "__getitem__", "__contains__", "__add__", "__mul__", "__rmul__",
              "__eq__", "__mod__", "__lt__", "__le__", "__gt__", "__ge__", "__str__",
              "__repr__")  # fmt: skip
_VIEWED = ("__len__", "__getitem__", "__eq__", "tobytes", "tolist", "hex")
_GROWING = frozenset({"ljust", "rjust", "center", "zfill", "expandtabs", "replace", "join",
                      "translate", "__mul__", "__rmul__", "__imul__", "__mod__"})  # fmt: skip


def plain_bytes(value: Value) -> Any:
    """As `plain`, also of such objects: theirs is a copy."""
    if isinstance(value, Instance) and value.cls in {External(ARRAY), External(VIEW)}:
        kind = bytearray if value.cls == External(ARRAY) else memoryview
        return kind(plain(value.slots.values[_HELD]))
    if isinstance(value, Instance) and isinstance(value.data, slice):
        return value.data
    if isinstance(value, (List, Tuple)):
        content = value.slots.values["items"] if isinstance(value, List) else value
        if isinstance(content, Tuple) and getattr(value, "kind", "list") == "list":
            several = [plain_bytes(one) for one in content.items]
            return tuple(several) if isinstance(value, Tuple) else several
    return plain(value)


def _valued(found: Any, arguments: Arguments, *values: Value) -> Value:
    if isinstance(found, bytearray):
        return _object(ARRAY, bytes(found), arguments, *values)
    if isinstance(found, memoryview):
        return _object(VIEW, bytes(found), arguments, *values)
    if isinstance(found, (list, tuple)):
        several = tuple(_valued(one, arguments, *values) for one in found)
        return List(several) if isinstance(found, list) else Tuple(several)
    return lifted(found, trace_of(*values))


def _object(kind: str, held: bytes, arguments: Arguments, *values: Value) -> Value:
    trace = trace_of(*values)
    if len(held) > LONGEST_TEXT:
        return Unknown(TOO_LARGE, arguments.at, trace)
    return Instance(External(kind), {_HELD: Constant(held, trace)}, arguments.at, trace)


def _method(name: str) -> MethodModel:
    """A method of such an object, by the language's own of a copy."""

    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
        held = receiver.slots.values[_HELD]
        return machine.each(held, lambda one: _applied(machine, name, receiver, one, arguments))

    return run


def _applied(
    machine: "Machine", name: str, receiver: Instance, held: Value, arguments: Arguments
) -> Value:
    try:
        own, found = _result(name, receiver, held, arguments)
    except NotPlain:
        return _lost(machine, name, receiver, arguments)
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.raised(error, arguments.at) from None
    if name in _CHANGING:
        after = _object(ARRAY, bytes(own), arguments, held, *arguments.positional)
        kept = after.slots.values[_HELD] if isinstance(after, Instance) else after
        machine.state.write(receiver.slots, _HELD, kept)
    if found is own:
        return receiver
    if found is NotImplemented:
        return External("builtins.NotImplemented")
    return _valued(found, arguments, held, *arguments.positional)


def _result(name: str, receiver: Instance, held: Value, arguments: Arguments) -> tuple[Any, Any]:
    """The copy after a method of it, and what that gives."""
    own = (memoryview if receiver.cls == External(VIEW) else bytearray)(plain(held))
    given = [plain_bytes(one) for one in arguments.positional]
    named = {key: plain_bytes(one) for key, one in arguments.keywords.items()}
    if name in _GROWING and _is_long(own, given):
        raise NotPlain(Unknown(TOO_LARGE))
    return own, getattr(own, name)(*given, **named)


def _lost(machine: "Machine", name: str, receiver: Instance, arguments: Arguments) -> Value:
    unknown = Unknown(_NOT_KNOWN, arguments.at)
    if name in _CHANGING:
        machine.state.write(receiver.slots, _HELD, unknown)
        machine.may_fail("a change of bytes", arguments.at)
    return receiver if name.startswith("__i") else unknown


def _is_long(own: Any, given: list[Any]) -> bool:
    widths = (one if isinstance(one, int) else len(one) for one in given
              if isinstance(one, int) or hasattr(one, "__len__"))  # fmt: skip
    return (len(own) + 1) * max([1, *widths]) > LONGEST_TEXT


def _before(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``b"…" + bytearray(…)``: bytes, as the left side is."""
    left = arg(arguments, 0)
    try:
        joined = plain(left) + bytes(plain_bytes(receiver))
    except NotPlain:
        return Unknown(_NOT_KNOWN, arguments.at)
    except TypeError:
        return External("builtins.NotImplemented")
    return lifted(joined, trace_of(left, receiver))


def _lacks(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    name = getattr(arg(arguments, 0), "known", None)
    raise machine.error("AttributeError", f"bytes have no attribute '{name}'", arguments.at)


def _each(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """What walking through it gives: its numbers."""
    try:
        return List(tuple(Constant(one) for one in plain_bytes(receiver)))
    except NotPlain:
        return Unknown(_NOT_KNOWN, arguments.at)


def _made(kind: str, make: Callable[..., Any]) -> FunctionModel:
    def run(machine: "Machine", arguments: Arguments) -> Value:
        first = arg(arguments, 0, Constant(b""))
        return machine.each(first, lambda one: _making(machine, kind, make, (
            one, *arguments.positional[1:]), arguments))  # fmt: skip

    return run


def _making(
    machine: "Machine", kind: str, make: Callable[..., Any], given: tuple[Value, ...],
    arguments: Arguments,
) -> Value:  # fmt: skip
    try:
        _refuse(kind, given[0])
        named = {key: plain(one) for key, one in arguments.keywords.items()}
        held = bytes(make(*map(plain_bytes, given), **named))
    except NotPlain:
        unknown = Unknown(_NOT_KNOWN, arguments.at)
        return Instance(External(kind), {_HELD: unknown}, arguments.at)
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.raised(error, arguments.at) from None
    return _object(kind, held, arguments, *given)


def _refuse(kind: str, first: Value) -> None:
    """Refuse so many bytes as no answer is worth, and a view of what may change."""
    size = getattr(first, "value", 0)
    if isinstance(size, int) and size > LONGEST_TEXT:
        raise NotPlain(Unknown(TOO_LARGE))
    if kind == VIEW and isinstance(first, Instance):
        raise NotPlain(first)


def _bytes(machine: "Machine", arguments: Arguments) -> Value:
    """``bytes(…)``: of a text, of numbers, of such an object, or so many of them."""
    made = _made(ARRAY, bytes)(machine, arguments)

    def one(held: Value) -> Value:
        return held.slots.values[_HELD] if isinstance(held, Instance) else held

    return machine.each(made, one)


_METHODS = [name for name in dir(bytearray) if not name.startswith("_")]
TABLE = Table(
    functions={
        ARRAY: _made(ARRAY, bytearray), VIEW: _made(VIEW, memoryview), "builtins.bytes": _bytes,
    },
    classes={
        ARRAY: LibraryClass(methods={
            **{name: _method(name) for name in (*_METHODS, *_OPERATORS, *_CHANGING)},
            "__radd__": _before, "__getattr__": _lacks, "__iter__": _each}),
        VIEW: LibraryClass(methods={
            **{name: _method(name) for name in _VIEWED}, "__iter__": _each}),
    },
)  # fmt: skip
