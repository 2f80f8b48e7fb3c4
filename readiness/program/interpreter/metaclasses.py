"""Classes made by metaclasses: of a class statement, by ``type(…)``, by a metaclass called."""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import inheritance
from readiness.program.interpreter.outcomes import LimitReached
from readiness.program.values import (
    Arguments,
    Bound,
    Class,
    Dict,
    External,
    Function,
    Instance,
    Slots,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

TYPES = frozenset({"builtins.type", "abc.ABCMeta"})


def is_metaclass(value: Value) -> bool:
    """Whether the objects of a class are classes."""
    return isinstance(value, Class) and any(
        isinstance(one, External) and one.name in TYPES for one in value.order
    )


def metaclass_of(cls: Class) -> Class | None:
    """The class of the code that a class is an object of, its own or that of a base."""
    for owner in cls.order:
        found = owner.keywords.get("metaclass") if isinstance(owner, Class) else None
        if isinstance(found, Class) and is_metaclass(found):
            return found
    return None


def finished(machine: "Machine", cls: Class) -> Value:
    """What a class statement gives once its body has run."""
    meta = metaclass_of(cls)
    if meta is None:
        return completed(machine, cls, cls.keywords)
    _refuse_own_namespace(machine, meta, cls)
    namespace = Dict(None, {key: text(str(key)) for key in cls.slots.values})
    namespace.slots = cls.slots
    machine.bodies[id(cls.slots)] = cls
    keywords = {name: one for name, one in cls.keywords.items() if name != "metaclass"}
    given = (text(cls.name), Tuple(cls.bases), namespace)
    return called(machine, meta, Arguments(given, keywords, cls.at))


def _refuse_own_namespace(machine: "Machine", meta: Class, cls: Class) -> None:
    """A class body whose names an object of the code keeps has not run as it would."""
    prepares = inheritance.find(meta, "__prepare__")
    if prepares is None or not isinstance(prepares[1], Class):
        return
    function = getattr(prepares[0], "function", prepares[0])
    found = machine.call(Bound(function, meta), Arguments(
        (text(cls.name), Tuple(cls.bases)), {}, cls.at))  # fmt: skip
    if not isinstance(found, Dict) or found.slots.values:
        raise LimitReached("the names of a class are kept by an object of the code")


def called(machine: "Machine", meta: Class, arguments: Arguments) -> Value:
    """A metaclass called: its ``__new__``, then its ``__init__``."""
    whole = Arguments((meta, *arguments.positional), arguments.keywords, arguments.at)
    maker = _own(meta, "__new__")
    made = make(machine, whole) if maker is None else machine.call(_inner(maker), whole)
    starter = _own(meta, "__init__")
    if starter is None:
        return made

    def start(one: Value) -> Value:
        if isinstance(one, Class):
            machine.call(Bound(_inner(starter), one), arguments)
        return one

    return machine.each(made, start)


def _own(meta: Class, name: str) -> Value | None:
    found = inheritance.find(meta, name)
    return found[0] if found is not None and isinstance(found[1], Class) else None


def _inner(value: Value) -> Value:
    function: Value = getattr(value, "function", value)
    return function


def make(machine: "Machine", arguments: Arguments) -> Value:
    """``type.__new__(metaclass, name, bases, namespace)``."""
    given = arguments.positional
    if len(given) != 4 or arguments.open is not None:  # noqa: PLR2004 - as above
        return Unknown("a class made by type()", arguments.at)
    meta, name, bases, namespace = given
    known = getattr(name, "known", None)
    if known is None or not isinstance(bases, Tuple) or not _is_settled(namespace):
        return Unknown("a class made by type()", arguments.at)
    assert isinstance(namespace, Dict)  # noqa: S101 - as `_is_settled` says
    cls = machine.bodies.pop(id(namespace.slots), None)
    cls = cls or _new(machine, known, namespace, arguments.at)
    cls.name, cls.bases = known, bases.items
    if isinstance(meta, Class):
        cls.keywords = {**cls.keywords, "metaclass": meta}
    cls.order = inheritance.linearised(cls)
    return completed(machine, cls, arguments.keywords)


def _is_settled(namespace: Value) -> bool:
    return isinstance(namespace, Dict) and namespace.rest is None


def _new(machine: "Machine", name: str, namespace: Dict, at: Place) -> Class:
    """A class of a namespace that is not a class body as it stands."""
    module = machine.stack[-1].module.name if machine.stack else "__main__"
    cls = Class(name, (), module, at)
    cls.slots = Slots(dict(namespace.slots.values))
    for value in cls.slots.values.values():
        inner = _inner(value)
        if isinstance(inner, Function) and inner.owner is not None:
            inner.owner = cls
    return cls


def completed(machine: "Machine", cls: Class, keywords: dict[str, Value]) -> Value:
    """Tell what stands in a class its name, and the bases of their new subclass."""
    _tell_names(machine, cls)
    machine.library.finish_class(machine, cls, keywords)
    return cls


def _tell_names(machine: "Machine", cls: Class) -> None:
    """``__set_name__`` of what stands in the class."""
    for name, value in list(cls.slots.values.items()):
        if not isinstance(value, Instance) or not isinstance(value.cls, Class):
            continue
        found = inheritance.find(value.cls, "__set_name__")
        if found is not None and isinstance(found[1], Class):
            machine.invoke(Bound(found[0], value), cls.at, cls, text(str(name)))
