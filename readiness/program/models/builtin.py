# ruff: noqa: ARG005 - all models of a kind take the same arguments
"""The language's own functions and types."""

import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from readiness.program.interpreter import items
from readiness.program.interpreter.choices import choose, literal
from readiness.program.interpreter.operators import describe
from readiness.program.interpreter.outcomes import Raised
from readiness.program.interpreter.plain import NotPlain, plain, pure, trace_of
from readiness.program.interpreter.truths import guard
from readiness.program.models.protocols import type_of
from readiness.program.models.table import FunctionModel, LibraryClass, Table
from readiness.program.values import (
    FALSE,
    MISSING,
    NONE,
    TRUE,
    Arguments,
    Bound,
    Choice,
    Class,
    Condition,
    Constant,
    Dict,
    External,
    Function,
    Host,
    Instance,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
    Wrapped,
    boolean,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

LARGEST_RANGE = 10_000


def lift(function: Callable[..., Any]) -> FunctionModel:
    """A model that applies a Python function without effects to known values."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        for index, value in enumerate(arguments.positional):
            if isinstance(value, Choice):
                return machine.each(
                    value,
                    lambda one: run(machine, replaced(arguments, index, one)),  # noqa: B023 - called before the next round
                )
        if function is format and len(arguments.positional) > 1:
            return Unknown("a formatted text", arguments.at)
        try:
            return pure(function, *arguments.positional, **arguments.keywords)
        except NotPlain as unclear:
            reason = unclear.value.reason if isinstance(unclear.value, Unknown) else named(unclear)
            free = isinstance(unclear.value, Unknown) and unclear.value.free
            return Unknown(reason, arguments.at, trace_of(*arguments.positional), free)
        except Exception as error:  # noqa: BLE001 - as the code would see it
            trace = trace_of(*arguments.positional)
            raise machine.error(type(error).__name__, str(error), arguments.at, trace) from None

    return run


def named(unclear: NotPlain) -> str:
    """Why a value is not plain, by the variables in it."""
    parts = unclear.value.parts if isinstance(unclear.value, Text) else ()
    names = sorted({part.variable for part in parts if part.variable})
    return f"{', '.join(names)} is set by the platform" if names else "a value that is not known"


def replaced(arguments: Arguments, index: int, value: Value) -> Arguments:
    """The same arguments with one of the positional ones replaced."""
    positional = (*arguments.positional[:index], value, *arguments.positional[index + 1 :])
    return Arguments(
        positional, arguments.keywords, arguments.at, arguments.open, arguments.caller
    )


def _arg(arguments: Arguments, index: int, default: Value = NONE) -> Value:
    return arguments.positional[index] if index < len(arguments.positional) else default


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
    return lift(str)(machine, arguments)


def _bool(machine: "Machine", arguments: Arguments) -> Value:
    from readiness.program.interpreter.operators import with_trace  # noqa: PLC0415

    value = _arg(arguments, 0, FALSE)
    return with_trace(guard(machine, value, arguments.at, "the value"), value.trace)


def _len(machine: "Machine", arguments: Arguments) -> Value:
    value = _arg(arguments, 0)
    method = machine.library.find_method(machine, value, "__len__", arguments.at)
    if method is not None:
        return machine.invoke(method, arguments.at)
    if isinstance(value, Dict) and value.process:
        return Unknown("the number of variables", arguments.at)
    if isinstance(value, Text) and value.known is None:
        return Unknown("the length of a text that is not known", arguments.at)
    if isinstance(value, Constant):
        return lift(len)(machine, arguments)
    found = machine.iterate(value, arguments.at)
    return found if isinstance(found, Unknown) else Constant(len(found))


def _sequence(kind: str) -> FunctionModel:
    def run(machine: "Machine", arguments: Arguments) -> Value:
        if not arguments.positional:
            return Tuple(()) if kind == "tuple" else List((), (), kind)
        value = arguments.positional[0]
        if isinstance(value, Choice):
            return machine.each(value, lambda one: run(machine, replaced(arguments, 0, one)))
        found = machine.iterate(value, arguments.at)
        if isinstance(found, Unknown):
            return found
        if kind in {"set", "frozenset"}:
            found = _distinct(found)
        return Tuple(tuple(found)) if kind == "tuple" else List(tuple(found), (), kind)

    return run


def _distinct(found: list[Value]) -> list[Value]:
    from readiness.program.interpreter.plain import equal  # noqa: PLC0415

    kept: list[Value] = []
    for one in found:
        if not any(equal(one, other) for other in kept):
            kept.append(one)
    return kept


def _dict(machine: "Machine", arguments: Arguments) -> Value:
    made = Dict()
    update = machine.library.method(machine, made, "update", arguments.at)
    machine.call(update, arguments)
    if arguments.open is not None:
        made.rest = arguments.open
    return made


def _isinstance(machine: "Machine", arguments: Arguments) -> Value:
    value, kind = _arg(arguments, 0), _arg(arguments, 1)
    if isinstance(value, Choice):
        return machine.each(value, lambda one: _isinstance(machine, replaced(arguments, 0, one)))
    cls = type_of(value)
    if isinstance(value, Unknown):
        return _undecided(value, kind, arguments)
    verdict = machine.library.is_kind(machine, cls, kind)
    if verdict is None and isinstance(value, Instance) and value.data is not None:
        verdict = machine.library.is_kind(machine, type_of(value.data), kind) or None
    if verdict is None and isinstance(cls, External) and cls.name.startswith("builtins."):
        verdict = _by_builtin(cls.name, kind)
    if verdict is None:
        return _undecided(Unknown("an object of a class that is not known"), kind, arguments)
    return boolean(value=verdict, trace=value.trace)


def _by_builtin(name: str, kind: Value) -> bool | None:
    kinds = kind.items if isinstance(kind, Tuple) else (kind,)
    own = getattr(builtins, name.removeprefix("builtins."), None)
    answers: list[bool | None] = []
    for one in kinds:
        other = getattr(builtins, getattr(one, "name", "").removeprefix("builtins."), None)
        both = isinstance(own, type) and isinstance(other, type)
        answers.append(issubclass(own, other) if both else None)  # type: ignore[arg-type]
    return True if True in answers else (False if None not in answers else None)


def _undecided(value: Unknown, kind: Value, arguments: Arguments) -> Value:
    name = getattr(kind, "name", "one of several classes")
    shown = describe(f"it is a {str(name).rpartition('.')[2]}", value)
    condition = Condition(("isinstance", id(value), name), shown, arguments.at, value)
    return literal(condition, truth=True)


def _issubclass(machine: "Machine", arguments: Arguments) -> Value:
    verdict = machine.library.is_kind(machine, _arg(arguments, 0), _arg(arguments, 1))
    if verdict is None:
        return Unknown("whether a class is a subclass", arguments.at)
    return boolean(value=verdict)


def _type(machine: "Machine", arguments: Arguments) -> Value:
    if len(arguments.positional) == 1:
        return machine.each(arguments.positional[0], type_of)
    return Unknown("a class made by type()", arguments.at)


def _getattr(machine: "Machine", arguments: Arguments) -> Value:
    receiver, name = _arg(arguments, 0), _arg(arguments, 1)
    known = getattr(name, "known", None)
    if isinstance(name, Choice):
        return machine.each(name, lambda one: _getattr(machine, replaced(arguments, 1, one)))
    if known is None:
        return Unknown("an attribute whose name is not known", arguments.at, name.trace)
    if len(arguments.positional) < 3:  # noqa: PLR2004 - object, name, default
        return machine.attribute(receiver, known, arguments.at)
    default = arguments.positional[2]
    return with_fallback(
        machine, "AttributeError",
        lambda: machine.attribute(receiver, known, arguments.at), lambda: default,
    )  # fmt: skip


def with_fallback(
    machine: "Machine", error: str, action: Callable[[], Value], instead: Callable[[], Value]
) -> Value:
    """Do something; where it raises this error of the language, do something else."""
    from readiness.program.interpreter.state import Ending  # noqa: PLC0415

    kind = External(f"builtins.{error}")

    def finish(ending: Ending) -> Ending:
        raised = ending.value
        if ending.kind != "raise" or not isinstance(raised, Instance):
            return ending
        if not machine.library.is_kind(machine, raised.cls, kind):
            return ending
        return machine.state.onwards(ending, instead)

    return machine.state.enclose_apart(action, ("raise",), finish)


def _hasattr(machine: "Machine", arguments: Arguments) -> Value:
    receiver, known = _arg(arguments, 0), getattr(_arg(arguments, 1), "known", None)
    if known is None:
        return Unknown("whether there is an attribute", arguments.at)

    def one(value: Value) -> Value:
        if isinstance(value, (Unknown, External)):
            return _undecided(Unknown(f"whether there is an attribute {known}"), NONE, arguments)

        def probe() -> Value:
            found = machine.attribute(value, known, arguments.at)
            return Unknown("whether it has it") if isinstance(found, Unknown) else TRUE

        return with_fallback(machine, "AttributeError", probe, lambda: FALSE)

    return machine.each(receiver, one)


def _setattr(machine: "Machine", arguments: Arguments) -> Value:
    receiver, known = _arg(arguments, 0), getattr(_arg(arguments, 1), "known", None)
    if known is not None:
        new = _arg(arguments, 2)

        def put(value: Value) -> Value:
            machine.set_attribute(value, known, new, arguments.at)
            return NONE

        machine.each(receiver, put)
    return NONE


def _delattr(machine: "Machine", arguments: Arguments) -> Value:
    known = getattr(_arg(arguments, 1), "known", None)
    if known is not None:
        machine.set_attribute(_arg(arguments, 0), known, MISSING, arguments.at)
    return NONE


def _property(machine: "Machine", arguments: Arguments) -> Value:
    _ = machine
    return Wrapped("property", _arg(arguments, 0), arguments.get("fset", 1))


def _wrap(kind: str) -> FunctionModel:
    return lambda machine, arguments: Wrapped(kind, _arg(arguments, 0))


def _callable(machine: "Machine", arguments: Arguments) -> Value:
    value = _arg(arguments, 0)
    if isinstance(value, (Function, Class, Bound, Host, External, Wrapped)):
        return TRUE
    if isinstance(value, (Text, Constant, Tuple, List, Dict)):
        return FALSE
    method = machine.library.find_method(machine, value, "__call__", arguments.at)
    if method is not None:
        return TRUE
    return Unknown("whether a value can be called", arguments.at)


def _any_or_all(*, every: bool) -> FunctionModel:
    def run(machine: "Machine", arguments: Arguments) -> Value:
        found = machine.iterate(_arg(arguments, 0), arguments.at)
        if isinstance(found, Unknown):
            return found
        result: Value = TRUE if every else FALSE
        for item in reversed(found):
            truth = guard(machine, item, arguments.at, "an item")
            result = _combine(truth, result, every=every)
        return result

    return run


def _combine(truth: Value, rest: Value, *, every: bool) -> Value:
    if isinstance(truth, Choice):
        then = _combine(truth.then, rest, every=every)
        return choose(truth.condition, then, _combine(truth.otherwise, rest, every=every))
    holds = bool(getattr(truth, "value", True))
    return rest if holds == every else truth


def _next(machine: "Machine", arguments: Arguments) -> Value:
    value = _arg(arguments, 0)
    if not isinstance(value, List):
        method = machine.library.find_method(machine, value, "__next__", arguments.at)
        if method is not None:
            return machine.invoke(method, arguments.at)
    found = machine.iterate(value, arguments.at)
    if isinstance(found, Unknown):
        return found
    if not found:
        if len(arguments.positional) > 1:
            return arguments.positional[1]
        raise machine.error("StopIteration", "", arguments.at)
    if isinstance(value, List):
        machine.state.write(value.slots, "items", Tuple(tuple(found[1:])))
    return found[0]


def _map(machine: "Machine", arguments: Arguments) -> Value:
    function, *iterables = arguments.positional
    columns = [machine.iterate(one, arguments.at) for one in iterables]
    for column in columns:
        if isinstance(column, Unknown):
            return column
    rows = zip(*(c for c in columns if isinstance(c, list)), strict=False)
    return List(tuple(machine.invoke(function, arguments.at, *row) for row in rows), (), "map")


def _zip(machine: "Machine", arguments: Arguments) -> Value:
    columns = [machine.iterate(one, arguments.at) for one in arguments.positional]
    for column in columns:
        if isinstance(column, Unknown):
            return column
    rows = zip(*(c for c in columns if isinstance(c, list)), strict=False)
    return List(tuple(Tuple(row) for row in rows), (), "zip")


def _enumerate(machine: "Machine", arguments: Arguments) -> Value:
    found = machine.iterate(_arg(arguments, 0), arguments.at)
    if isinstance(found, Unknown):
        return found
    try:
        start = plain(arguments.get("start", 1) or Constant(0))
    except NotPlain:
        start = 0
    return List(tuple(Tuple((Constant(i), one)) for i, one in enumerate(found, start)))


def _filter(machine: "Machine", arguments: Arguments) -> Value:
    function, found = _arg(arguments, 0), machine.iterate(_arg(arguments, 1), arguments.at)
    if isinstance(found, Unknown):
        return found
    kept = List((), (), "filter")
    for item in found:
        none = isinstance(function, Constant) and function.value is None
        value = item if none else machine.invoke(function, arguments.at, item)

        def keep(one: Value = item) -> Value:
            append = machine.library.method(machine, kept, "append", arguments.at)
            return machine.invoke(append, arguments.at, one)

        machine.decide(value, arguments.at, "an item is kept", keep, lambda: NONE)
    return kept


def _reversed(machine: "Machine", arguments: Arguments) -> Value:
    found = machine.iterate(_arg(arguments, 0), arguments.at)
    return found if isinstance(found, Unknown) else List(tuple(reversed(found)))


def _sorted(machine: "Machine", arguments: Arguments) -> Value:
    found = machine.iterate(_arg(arguments, 0), arguments.at)
    if isinstance(found, Unknown):
        return found
    key = arguments.get("key")
    keys = found if key is None else [machine.invoke(key, arguments.at, one) for one in found]
    try:
        order = sorted(range(len(found)), key=lambda i: plain(keys[i]))
        backwards = plain(arguments.get("reverse") or FALSE)
    except (NotPlain, TypeError):
        return found[0] if len(found) == 1 else Unknown("the order of sorted items", arguments.at)
    chosen = [found[i] for i in order]
    return List(tuple(reversed(chosen) if backwards else chosen))


def _extreme(name: str) -> FunctionModel:
    """``max`` and ``min``, with or without a key."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        key = arguments.get("key")
        if key is None:
            return lift(getattr(builtins, name))(machine, arguments)
        given = arguments.positional
        found = machine.iterate(given[0], arguments.at) if len(given) == 1 else list(given)
        if isinstance(found, Unknown):
            return found
        keys = [machine.invoke(key, arguments.at, one) for one in found]
        try:
            best = getattr(builtins, name)(range(len(found)), key=lambda i: plain(keys[i]))
        except (NotPlain, TypeError, ValueError):
            return Unknown(f"what {name}() gives", arguments.at)
        chosen: Value = found[best]
        return chosen

    return run


def _range(machine: "Machine", arguments: Arguments) -> Value:
    try:
        made = range(*[plain(one) for one in arguments.positional])
    except NotPlain:
        return Unknown("a range that is not known", arguments.at)
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.error(type(error).__name__, str(error), arguments.at) from None
    if len(made) > LARGEST_RANGE:
        return Unknown(f"a range of more than {LARGEST_RANGE} numbers", arguments.at)
    return List(tuple(Constant(number) for number in made), (), "range")


def _slice(machine: "Machine", arguments: Arguments) -> Value:
    made = Instance(External("builtins.slice"), None, arguments.at)
    try:
        made.data = slice(*[plain(one) for one in arguments.positional])
    except NotPlain as unclear:
        return unclear.value if isinstance(unclear.value, Unknown) else Unknown("a slice")
    _ = machine
    return made


def _vars(machine: "Machine", arguments: Arguments) -> Value:
    if not arguments.positional:
        return Unknown("the local names", arguments.at)
    value = arguments.positional[0]
    if isinstance(value, Instance):
        return machine.attribute(value, "__dict__", arguments.at)
    if isinstance(value, (Class,)) or hasattr(value, "slots"):
        view = Dict(None, {key: text(str(key)) for key in value.slots.values})
        view.slots = value.slots
        return view
    return Unknown("the names of a value", arguments.at)


def _globals(machine: "Machine", arguments: Arguments) -> Value:
    frame = arguments.caller
    if frame is None:
        return Unknown("the global names", arguments.at)
    _ = machine
    made = Dict()
    made.slots = frame.module.slots
    made.keys = {key: text(str(key)) for key in frame.module.slots.values}
    return made


def _exit(machine: "Machine", arguments: Arguments) -> Value:
    raise Raised(machine.exception("SystemExit", "", arguments.at, machine.here))


def _import(machine: "Machine", arguments: Arguments) -> Value:
    name = getattr(_arg(arguments, 0), "known", None)
    if name is None:
        return Unknown("a module whose name is not known", arguments.at)
    return machine.import_module(name.partition(".")[0], arguments.caller, arguments.at)


def _exec(machine: "Machine", arguments: Arguments) -> Value:
    """After ``exec`` a module may have any name."""
    if arguments.caller is not None:
        unknown = Unknown("what exec() did", arguments.at)
        machine.state.write(arguments.caller.module.slots, "*", unknown)
    return NONE


def _unknown(what: str) -> FunctionModel:
    return lambda machine, arguments: Unknown(what, arguments.at)


def _nothing(machine: "Machine", arguments: Arguments) -> Value:
    _ = machine, arguments
    return NONE


def _super(machine: "Machine", arguments: Arguments) -> Value:
    from readiness.program.values import Super  # noqa: PLC0415

    cls = _arg(arguments, 0)
    _ = machine
    if isinstance(cls, Class) and len(arguments.positional) > 1:
        return Super(cls, arguments.positional[1])
    return Unknown("super() of an unknown class", arguments.at)


def _object(machine: "Machine", arguments: Arguments) -> Value:
    _ = machine
    return Instance(External("builtins.object"), None, arguments.at)


_LIFTED = ("abs", "ascii", "bin", "chr", "divmod", "float", "format", "hash", "hex", "int",
           "max", "min", "oct", "ord", "pow", "repr", "round", "sum", "bytes", "complex")  # fmt: skip  # noqa: E501 - a table
_BOUNDED = {"pow", "bytes"}

TABLE = Table(
    functions={
        **{f"builtins.{n}": lift(getattr(builtins, n)) for n in _LIFTED if n not in _BOUNDED},
        "builtins.str": _str, "builtins.bool": _bool, "builtins.len": _len,
        "builtins.list": _sequence("list"), "builtins.tuple": _sequence("tuple"),
        "builtins.set": _sequence("set"), "builtins.frozenset": _sequence("frozenset"),
        "builtins.iter": _sequence("generator"), "builtins.dict": _dict,
        "builtins.isinstance": _isinstance, "builtins.issubclass": _issubclass,
        "builtins.type": _type, "builtins.getattr": _getattr, "builtins.hasattr": _hasattr,
        "builtins.setattr": _setattr, "builtins.delattr": _delattr,
        "builtins.property": _property, "builtins.classmethod": _wrap("classmethod"),
        "builtins.staticmethod": _wrap("staticmethod"), "builtins.callable": _callable,
        "builtins.any": _any_or_all(every=False), "builtins.all": _any_or_all(every=True),
        "builtins.next": _next, "builtins.map": _map, "builtins.zip": _zip,
        "builtins.enumerate": _enumerate, "builtins.filter": _filter,
        "builtins.reversed": _reversed, "builtins.sorted": _sorted,
        "builtins.max": _extreme("max"), "builtins.min": _extreme("min"), "builtins.range": _range,
        "builtins.slice": _slice, "builtins.vars": _vars, "builtins.globals": _globals,
        "builtins.locals": _unknown("the local names"), "builtins.exit": _exit,
        "builtins.quit": _exit, "sys.exit": _exit, "os._exit": _exit, "os.abort": _exit,
        "builtins.__import__": _import, "builtins.print": _nothing,
        "builtins.input": _unknown("what is typed"), "builtins.super": _super,
        "builtins.object": _object, "builtins.anext": _next, "builtins.aiter": _sequence("list"),
        "builtins.exec": _exec, "builtins.eval": _unknown("what eval() gave"),
        "builtins.id": _unknown("an id"), "builtins.pow": _unknown("a power"),
    },
    classes={"builtins.object": LibraryClass()},
)  # fmt: skip

__all__ = ["TABLE", "items", "lift", "replaced", "with_fallback"]
