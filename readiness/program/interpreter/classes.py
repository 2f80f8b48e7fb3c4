"""Classes: definition, decorators, and making instances."""

import ast
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import metaclasses
from readiness.program.interpreter.bindings import bindings_of
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.inheritance import find, linearised
from readiness.program.interpreter.reasons import of_arguments
from readiness.program.values import (
    Arguments,
    Choice,
    Class,
    External,
    Function,
    Instance,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def define(machine: "Machine", node: ast.ClassDef, frame: Frame) -> None:
    """``class Name(bases): …``."""
    decorators = [machine.evaluate(item, frame) for item in node.decorator_list]
    bases = tuple(_base(machine, base, frame) for base in node.bases)
    cls = Class(node.name, bases, frame.module.name, frame.at(node))
    cls.keywords = {
        keyword.arg: machine.evaluate(keyword.value, frame)
        for keyword in node.keywords
        if keyword.arg is not None
    }
    cls.order = linearised(cls)
    cls.traits["qualified"] = _qualified(node.name, frame)
    if any(isinstance(base, ast.Subscript) for base in node.bases):
        cls.traits["bases"] = node.bases, frame
    inner = Frame(frame.module, cls.slots, frame, bindings_of(node), is_class=True, owner=cls)
    machine.execute(node.body, inner)
    value = metaclasses.finished(machine, cls)
    for decorator in reversed(decorators):
        value = decorated(machine, decorator, value, frame.at(node), frame)
    machine.state.write(frame.home(node.name), node.name, value)


def _qualified(name: str, frame: Frame) -> str:
    """The ``__qualname__`` of a class that stands in this frame."""
    if frame.is_class and frame.owner is not None:
        return f"{frame.owner.traits.get('qualified', frame.owner.name)}.{name}"
    return f"{frame.function.qualified}.<locals>.{name}" if frame.function is not None else name


def _base(machine: "Machine", node: ast.expr, frame: Frame) -> Value:
    """A base class; what stands in brackets behind it is only asked for by `original_bases`."""
    if isinstance(node, ast.Subscript):
        node = node.value
    if isinstance(node, ast.Starred):
        return Unknown("the bases of a class", frame.at(node))
    return machine.evaluate(node, frame)


def original_bases(machine: "Machine", cls: Class) -> Value | None:
    """``__orig_bases__``: the bases with what stands in brackets; None where no brackets are."""
    written = next((one.traits["bases"] for one in cls.order
                    if isinstance(one, Class) and "bases" in one.traits), None)  # fmt: skip
    if written is None:
        return None
    nodes, frame = written
    return Tuple(tuple(_original(machine, node, frame) for node in nodes))


def _original(machine: "Machine", node: ast.expr, frame: Frame) -> Value:
    base = _base(machine, node, frame)
    if not isinstance(node, ast.Subscript):
        return base
    key = machine.evaluate(node.slice, frame)
    parts = key if isinstance(key, Tuple) else Tuple((key,))
    made = Instance(External("types.GenericAlias"), None, frame.at(node))
    made.slots.values.update({"__origin__": base, "__args__": parts})
    made.data = parts.items
    return made


def decorated(
    machine: "Machine", decorator: Value, value: Value, at: Place, frame: Frame
) -> Value:
    """Apply a decorator; one of a library that is not known leaves the thing as it is."""
    arguments = Arguments((value,), {}, at, None, frame)
    if isinstance(decorator, Instance):
        decorator = machine.attribute(decorator, "__call__", at)
    if machine.library.leaves_alone(decorator):
        machine.records.callbacks.append(value)
        return machine.library.decorates(machine, decorator, value, at)
    if isinstance(decorator, Choice):
        return machine.each(decorator, lambda one: decorated(machine, one, value, at, frame))
    return machine.call(decorator, arguments)


def construct(machine: "Machine", cls: Class, arguments: Arguments) -> Value:
    """Make an instance of a class of the code."""
    if metaclasses.is_metaclass(cls):
        return metaclasses.called(machine, cls, arguments)
    made = machine.library.make_instance(machine, cls, arguments)
    if made is not None:
        return of_arguments(machine, made, arguments)
    if _is_abstract(cls):
        raise machine.error("TypeError", f"{cls.name} is abstract", arguments.at)
    instance = Instance(cls, None, arguments.at)
    machine.library.prepare(machine, instance, arguments)
    return initialise(machine, instance, arguments)


def _is_abstract(cls: Class) -> bool:
    """Whether a class still lacks a method that one of its bases only asks for."""
    names = {name for one in cls.order if isinstance(one, Class)
             for name, value in one.slots.values.items() if _asks(value)}  # fmt: skip
    if not names or not any(_has_abc(one) for one in cls.order):
        return False
    held = (find(cls, str(name)) for name in names)
    return any(one is not None and _asks(one[0]) for one in held)


def _asks(value: Value) -> bool:
    inner = getattr(value, "function", value)
    return isinstance(inner, Function) and "__isabstractmethod__" in inner.attributes.values


def _has_abc(value: Value) -> bool:
    metaclass = value.keywords.get("metaclass") if isinstance(value, Class) else None
    order = metaclass.order if isinstance(metaclass, Class) else (metaclass,)
    return External("abc.ABC") == value or External("abc.ABCMeta") in order


def initialise(machine: "Machine", instance: Instance, arguments: Arguments) -> Value:
    """Run the constructor that a class has, its own or an inherited one."""
    assert isinstance(instance.cls, Class)  # noqa: S101 - for the type checker
    for owner in instance.cls.order:
        if isinstance(owner, Class):
            method = owner.slots.values.get("__init__")
            if method is not None:
                machine.each(method, lambda one: _run(machine, one, instance, arguments))
                return instance
            if owner.traits.get("generated") is not None:
                machine.library.generated_init(machine, owner, instance, arguments)
                return instance
        elif isinstance(owner, External):
            if machine.library.initialise(machine, owner.name, instance, arguments):
                return instance
        else:
            break
    return instance


def _run(machine: "Machine", method: Value, instance: Instance, arguments: Arguments) -> Value:
    positional = (instance, *arguments.positional)
    whole = Arguments(
        positional, arguments.keywords, arguments.at, arguments.open, arguments.caller
    )
    return machine.call(method, whole)
