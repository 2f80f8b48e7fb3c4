"""The context that a group of commands prepares, and its commands find: ``ctx.obj``."""

from typing import TYPE_CHECKING

from readiness.program.models.lifting import arg
from readiness.program.models.table import OPTIONS, LibraryClass, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Constant,
    Dict,
    External,
    Function,
    Host,
    Instance,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

CONTEXT = "click.Context"
OBJECT = "\0click.obj"
"""The class of what stands for ``ctx.obj`` until somebody asks for it."""
LAZY = "\0click.option"
"""The class of what stands for the value of an option until somebody asks for it."""


def context(machine: "Machine") -> Instance:
    """The one context of the command line."""
    made = Instance(External(CONTEXT), {"obj": NONE})
    made.slots.born = 0  # it is there on every way, whoever asks for it first
    found = machine.singletons.setdefault(CONTEXT, made)
    assert isinstance(found, Instance)  # noqa: S101 - for the type checker
    return found


def resolved(machine: "Machine", value: Value) -> Value:
    """What a parameter gets: an option's value, the object of the context when a command runs."""
    if isinstance(value, Instance) and value.cls == External(LAZY):
        made: Value = value.data(machine)
        return made
    if not isinstance(value, Instance) or value.cls != External(OBJECT):
        return value
    held = context(machine).slots.values.get("obj", NONE)
    kind = value.slots.values.get("kind")
    is_none = isinstance(held, Constant) and held.value is None
    if kind is not None and is_none:
        return _ensured(machine, kind, value)
    return held


def _ensured(machine: "Machine", kind: Value, asked: Instance) -> Value:
    made = machine.call(kind, Arguments((), {}, asked.at)) if asked.at else NONE
    machine.state.write(context(machine).slots, "obj", made)
    return made


def give(machine: "Machine", function: Value, value: Value) -> Value:
    """Let the first parameter of a command be this."""
    inner = function.data if isinstance(function, Instance) else function
    if isinstance(inner, Function):
        spec = inner.node.args
        first = next(iter((*spec.posonlyargs, *spec.args)), None)
        held = inner.attributes.values.setdefault(OPTIONS, Dict())
        if first is not None and isinstance(held, Dict):
            held.slots.values[first.arg] = value
    _ = machine
    return function


def _pass_context(machine: "Machine", arguments: Arguments) -> Value:
    return give(machine, arg(arguments, 0), context(machine))


def _pass_object(machine: "Machine", arguments: Arguments) -> Value:
    asked = Instance(External(OBJECT), None, arguments.at)
    return give(machine, arg(arguments, 0), asked)


def _make_decorator(machine: "Machine", arguments: Arguments) -> Value:
    """``make_pass_decorator(Config, ensure=True)``."""
    ensured = getattr(arguments.keywords.get("ensure"), "value", False)
    held = {"kind": arg(arguments, 0)} if ensured else {}
    asked = Instance(External(OBJECT), held, arguments.at)
    _ = machine
    return Host("pass", lambda m, a: give(m, arg(a, 0), asked))


def _ensure(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    _ = receiver
    asked = Instance(External(OBJECT), {"kind": arg(arguments, 0)}, arguments.at)
    return resolved(machine, asked)


def _current(machine: "Machine", arguments: Arguments) -> Value:
    _ = arguments
    return context(machine)


TABLE = Table(
    functions={"click.pass_context": _pass_context, "click.pass_obj": _pass_object,
               "click.make_pass_decorator": _make_decorator,
               "click.get_current_context": _current},
    classes={CONTEXT: LibraryClass(methods={"ensure_object": _ensure})},
)  # fmt: skip
