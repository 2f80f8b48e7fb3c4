"""The class of a value, and which classes are kinds of which."""

import builtins
import collections.abc
import datetime as dt
import decimal
import numbers
import types
import uuid
from typing import TYPE_CHECKING

from readiness.program.interpreter import inheritance, metaclasses
from readiness.program.models.python.errors import exception_class
from readiness.program.values import (
    Bound,
    Class,
    Constant,
    Dict,
    External,
    Function,
    Instance,
    List,
    Module,
    Text,
    Tuple,
    Typed,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


PROTOCOL = External("typing.Protocol")


def is_kind(  # noqa: PLR0911 - one answer for each kind of value
    machine: "Machine", cls: Value, kind: Value
) -> bool | None:
    """Whether a class is a kind of another; None where that is not known."""
    if isinstance(kind, Instance) and kind.cls == External("types.UnionType"):
        kind = Tuple(kind.data)
    if isinstance(kind, Tuple):
        answers = [is_kind(machine, cls, one) for one in kind.items]
        return True if True in answers else (None if None in answers else False)
    if isinstance(kind, Class) and "registered" in kind.traits:
        answers = [is_kind(machine, cls, one) if sure else None
                   for one, sure in kind.traits["registered"]]  # fmt: skip
        if any(one is not False for one in answers):
            return True if True in answers else None
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
        return _external_has_shape(cls, kind) if PROTOCOL in kind.bases else False
    return None


def _has_shape(cls: Class, kind: Class) -> bool | None:
    """Whether a class has what a protocol asks for; an attribute may be set later."""
    methods = [str(name) for name in kind.slots.values if not str(name).startswith("__")]
    if any(inheritance.find(cls, name) is None for name in methods):
        return False
    return True if all(inheritance.find(cls, name) for name in kind.fields) else None


def _external_has_shape(cls: External, kind: Class) -> bool | None:
    """Whether a class of the language has what a protocol asks for."""
    real = real_class(cls.name)
    return None if real is None else all(hasattr(real, name) for name in _asked(kind))


def _asked(kind: Class) -> list[str]:
    methods = (str(name) for name in kind.slots.values if not str(name).startswith("__"))
    return [*methods, *kind.fields]


_MODULES = {"builtins": builtins, "collections.abc": collections.abc, "numbers": numbers,
            "collections": collections, "types": types, "typing": collections.abc,
            "datetime": dt, "decimal": decimal, "uuid": uuid}  # fmt: skip


def real_class(name: str) -> type | None:
    """The class of the language or its library that a name means, where it is known here."""
    module, _, last = name.rpartition(".")
    found = getattr(_MODULES.get(module), last, None) or exception_class(name)
    return found if isinstance(found, type) else None


def _is_external(machine: "Machine", cls: External, kind: External) -> bool | None:
    library = machine.library
    one, other = library.canonical(cls.name), library.canonical(kind.name)
    if other in {one, "builtins.object"} or other in library.names_of(cls):
        return True
    first, second = real_class(one), real_class(other)
    if first is not None and second is not None:
        return issubclass(first, second)
    if one == "typing.NamedTuple" and second is not None:
        return issubclass(tuple, second)
    if second is not None and second in {Exception, BaseException}:
        return True if "error" in one.lower() or "exception" in one.lower() else None
    known = one in library.classes or one in inheritance.TRANSPARENT or first is not None
    modelled = other in library.classes or other in inheritance.TRANSPARENT
    if known and (modelled or (second is not None and second.__module__ == "builtins")):
        return False
    return False if one in inheritance.TRANSPARENT else None


def _name_of(kind: type) -> str:
    """The name under which code finds a class: that of ``None`` stands in ``types``."""
    hidden = kind.__module__ == "builtins" and not hasattr(builtins, kind.__qualname__)
    return f"{'types' if hidden else kind.__module__}.{kind.__qualname__}"


# Kinds of lists whose class has another name, or stands elsewhere.
_KINDS = {"deque": "collections.deque", "generator": "types.GeneratorType"}
_DICTS = {"dict": "builtins.dict", "mappingproxy": "types.MappingProxyType"}


def type_of(value: Value) -> Value:  # noqa: C901, PLR0911 - one answer for each kind of value
    """``type(value)``."""
    match value:
        case Instance():
            return value.cls
        case Text():
            return External("builtins.str")
        case Tuple():
            return External("builtins.tuple")
        case List():
            return External(_KINDS.get(value.kind, f"builtins.{value.kind}"))
        case Dict():
            return External(_DICTS.get(value.kind, f"collections.{value.kind}"))
        case Constant():
            return External(_name_of(type(value.value)))
        case Function() | Bound():
            return External("types.FunctionType" if isinstance(value, Function)
                            else "types.MethodType")  # fmt: skip
        case External():
            return External("builtins.type")
        case Module():
            return External("types.ModuleType")
        case Class():
            return metaclasses.metaclass_of(value) or External("builtins.type")
        case Typed():
            return External(value.kind)
        case Unknown():
            return Unknown(f"the class of {value.reason}", value.at, free=value.free)
    return External("builtins.function")
