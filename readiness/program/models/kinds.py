"""The class of a value, and which classes are kinds of which."""

import builtins
from typing import TYPE_CHECKING

from readiness.program.interpreter import classes
from readiness.program.values import (
    Class,
    Constant,
    Dict,
    External,
    Instance,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def exception_class(name: str) -> type[BaseException] | None:
    """The language's own exception class of this name."""
    found = getattr(builtins, name.removeprefix("builtins."), None)
    return found if isinstance(found, type) and issubclass(found, BaseException) else None


PROTOCOL = External("typing.Protocol")


def is_kind(  # noqa: PLR0911 - one answer for each kind of value
    machine: "Machine", cls: Value, kind: Value
) -> bool | None:
    """Whether a class is a kind of another; None where that is not known."""
    if isinstance(kind, Tuple):
        answers = [is_kind(machine, cls, one) for one in kind.items]
        return True if True in answers else (None if None in answers else False)
    if isinstance(cls, Class):
        if kind in cls.order:
            return True
        if isinstance(kind, Class) and PROTOCOL in kind.bases:
            return _has_shape(cls, kind)
        answers = [is_kind(machine, base, kind) for base in cls.order[1:]
                   if not isinstance(base, Class)]  # fmt: skip
        return True if True in answers else (None if None in answers else False)
    if isinstance(cls, External) and isinstance(kind, External):
        return _is_external(machine, cls, kind)
    if isinstance(cls, External) and isinstance(kind, Class):
        return None if PROTOCOL in kind.bases else False
    return None


def _has_shape(cls: Class, kind: Class) -> bool | None:
    """Whether a class has what a protocol asks for; an attribute may be set later."""
    methods = [str(name) for name in kind.slots.values if not str(name).startswith("__")]
    if any(classes.find(cls, name) is None for name in methods):
        return False
    return True if all(classes.find(cls, name) for name in kind.fields) else None


def _is_external(machine: "Machine", cls: External, kind: External) -> bool | None:
    library = machine.library
    one, other = library.canonical(cls.name), library.canonical(kind.name)
    if other in {one, "builtins.object"} or other in library.names_of(cls):
        return True
    first, second = exception_class(one), exception_class(other)
    if first is not None and second is not None:
        return issubclass(first, second)
    if second is not None and second in {Exception, BaseException}:
        return True if "error" in one.lower() or "exception" in one.lower() else None
    if first is not None:
        return False
    known = one in library.classes or one in classes.TRANSPARENT
    return False if known and (other in library.classes or second is not None) else (
        False if one in classes.TRANSPARENT else None)  # fmt: skip


def type_of(value: Value) -> Value:  # noqa: PLR0911 - one answer for each kind of value
    """``type(value)``."""
    match value:
        case Instance():
            return value.cls
        case Text():
            return External("builtins.str")
        case Tuple():
            return External("builtins.tuple")
        case List():
            return External(f"builtins.{value.kind}")
        case Dict():
            return External("builtins.dict")
        case Constant():
            return External(f"builtins.{type(value.value).__name__}")
        case Class():
            return External("builtins.type")
        case Unknown():
            return Unknown(f"the class of {value.reason}", value.at, free=value.free)
    return External("builtins.function")
