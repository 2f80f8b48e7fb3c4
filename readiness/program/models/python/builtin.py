"""The language's own functions and types."""

import ast
import builtins
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import iterables
from readiness.program.interpreter.formatting import formatted
from readiness.program.interpreter.operators import binary
from readiness.program.interpreter.outcomes import Raised
from readiness.program.interpreter.plain import NotPlain, holds_members, is_data, is_member, plain
from readiness.program.interpreter.traces import with_trace
from readiness.program.interpreter.truths import guard
from readiness.program.models.lifting import arg, lift, replaced
from readiness.program.models.python.object_members import new_object
from readiness.program.models.python.showing import shown
from readiness.program.models.table import FunctionModel, LibraryClass, Table
from readiness.program.values import (
    FALSE,
    NONE,
    TRUE,
    Arguments,
    Choice,
    Class,
    Constant,
    Dict,
    External,
    Instance,
    List,
    Slots,
    Super,
    Text,
    Tuple,
    Typed,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _str(machine: "Machine", arguments: Arguments) -> Value:
    if not arguments.positional:
        return text("")
    value = arguments.positional[0]
    if isinstance(value, Choice):
        return machine.each(value, lambda one: _str(machine, replaced(arguments, 0, one)))
    if isinstance(value, Text):
        return value
    if isinstance(value, Instance):
        return machine.library.as_text(machine, value, arguments.at)
    if isinstance(value, (Tuple, List, Dict)):
        return _repr(machine, arguments)
    return lift(str)(machine, arguments)


def _repr(machine: "Machine", arguments: Arguments) -> Value:
    value = arg(arguments, 0)
    if isinstance(value, Choice):
        return machine.each(value, lambda one: _repr(machine, replaced(arguments, 0, one)))
    if isinstance(value, Instance) and (not is_data(value) or is_member(value)):
        own = machine.library.find_method(machine, value, "__repr__", arguments.at)
        if own is not None:
            return machine.invoke(own, arguments.at)
        return Unknown("how an object is shown", arguments.at)
    found = Unknown("a container") if holds_members(value) else lift(repr)(machine, arguments)
    if isinstance(found, Unknown) and isinstance(value, (Tuple, List, Dict)):
        return shown(machine, value, arguments.at)
    return found


def _bool(machine: "Machine", arguments: Arguments) -> Value:
    value = arg(arguments, 0, FALSE)
    return with_trace(guard(machine, value, arguments.at, "the value"), value.trace)


def _len(machine: "Machine", arguments: Arguments) -> Value:  # noqa: PLR0911 - one answer for each kind of value
    value = arg(arguments, 0)
    if isinstance(value, Choice):
        return machine.each(value, lambda one: _len(machine, replaced(arguments, 0, one)))
    method = machine.library.find_method(machine, value, "__len__", arguments.at)
    if method is not None:
        return machine.invoke(method, arguments.at)
    if isinstance(value, Dict) and value.process:
        return Unknown("the number of variables", arguments.at)
    if isinstance(value, Instance) and is_data(value):
        value = value.data
    if isinstance(value, Typed) and value.width is not None:
        return Constant(value.width)
    if isinstance(value, Text) and value.known is None:
        return Unknown("the length of a text that is not known", arguments.at)
    if isinstance(value, Constant):
        return lift(len)(machine, arguments)
    found = (iterables.keys_in_any_order(value) if isinstance(value, Dict)
             else machine.iterate(value, arguments.at))  # fmt: skip
    return found if isinstance(found, Unknown) else Constant(len(found))


def _slice(machine: "Machine", arguments: Arguments) -> Value:
    made = Instance(External("builtins.slice"), None, arguments.at)
    try:
        made.data = slice(*[plain(one) for one in arguments.positional])
    except NotPlain as unclear:
        return unclear.value if isinstance(unclear.value, Unknown) else Unknown("a slice")
    except TypeError as error:
        raise machine.error("TypeError", str(error), arguments.at) from None
    return made


def _globals(machine: "Machine", arguments: Arguments) -> Value:
    frame = arguments.caller
    if frame is None:
        return Unknown("the global names", arguments.at)
    return _names(machine, frame.module.slots)


def _names(machine: "Machine", slots: Slots) -> Dict:
    machine.limits.step(len(slots.values) // 8)
    made = Dict()
    made.slots = slots
    made.names = True
    made.keys = {key: text(str(key)) for key in slots.values}
    return made


def _local_names(machine: "Machine", arguments: Arguments) -> Value:
    """The names of a module or class body; of a function, a copy of what it has so far."""
    frame = arguments.caller
    if frame is None:
        return Unknown("the local names", arguments.at)
    if frame.function is None:
        return _names(machine, frame.slots)
    return machine.call(External("builtins.dict"), Arguments((_names(machine, frame.slots),), {},
                                                             arguments.at))  # fmt: skip


def _exit(machine: "Machine", arguments: Arguments) -> Value:
    raise left(machine, arguments.positional[0] if arguments.positional else NONE, arguments.at)


def left(machine: "Machine", code: Value, at: Place) -> Raised:
    """The error by which the program ends with a code."""
    made = machine.exception("SystemExit", "", at, machine.here)
    made.slots.values["code"] = code
    return Raised(made)


def _import(machine: "Machine", arguments: Arguments) -> Value:
    name = getattr(arg(arguments, 0), "known", None)
    if name is None:
        return Unknown("a module whose name is not known", arguments.at)
    last = machine.import_module(name, arguments.caller, arguments.at)
    wanted = arguments.get("fromlist", 3)
    if wanted is not None and guard(machine, wanted, arguments.at, "names are wanted") is TRUE:
        return last
    return machine.import_module(name.partition(".")[0], arguments.caller, arguments.at)


def _unknown(what: str) -> FunctionModel:
    return lambda machine, arguments: Unknown(what, arguments.at)


def _nothing(machine: "Machine", arguments: Arguments) -> Value:
    return NONE


def _super(machine: "Machine", arguments: Arguments) -> Value:
    cls = arg(arguments, 0)
    if isinstance(cls, Class) and len(arguments.positional) > 1:
        return Super(cls, arguments.positional[1])
    return Unknown("super() of an unknown class", arguments.at)


def _pow(machine: "Machine", arguments: Arguments) -> Value:
    if len(arguments.positional) == 2 and not arguments.keywords:  # noqa: PLR2004 - base, exponent
        return binary(machine, ast.Pow(), *arguments.positional, arguments.at)
    return lift(pow)(machine, arguments)


def _format(machine: "Machine", arguments: Arguments) -> Value:
    spec = arg(arguments, 1, text(""))
    return formatted(machine, arg(arguments, 0), spec, -1, arguments.at)


def _object(machine: "Machine", arguments: Arguments) -> Value:
    return Instance(External("builtins.object"), None, arguments.at)


_LIFTED = ("abs", "ascii", "bin", "chr", "divmod", "float", "hex", "int",
           "oct", "ord", "round", "complex")  # fmt: skip


TABLE = Table(
    functions={
        **{f"builtins.{name}": lift(getattr(builtins, name)) for name in _LIFTED},
        "builtins.str": _str, "builtins.repr": _repr, "builtins.bool": _bool, "builtins.len": _len,
        "builtins.slice": _slice, "builtins.globals": _globals,
        "builtins.locals": _local_names, "builtins.exit": _exit,
        "builtins.quit": _exit, "sys.exit": _exit, "os._exit": _exit, "os.abort": _exit,
        "builtins.__import__": _import,
        "builtins.input": _unknown("what is typed"), "builtins.super": _super,
        "builtins.object": _object, "builtins.object.__new__": new_object,
        "builtins.id": _unknown("an id"),
        "builtins.hash": _unknown("a hash, which no two runs share"),
        "builtins.format": _format, "builtins.pow": _pow,
    },
    classes={"builtins.object": LibraryClass()}, values={"builtins.__debug__": lambda m: TRUE},
)  # fmt: skip
