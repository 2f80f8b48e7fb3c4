"""The protocols of the language, in terms of the models."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import attributes, descriptors, inheritance, item_changes
from readiness.program.models.python import (
    awaiting,
    errors,
    kinds,
    making,
    members,
    membership,
    object_members,
    overloads,
    percent,
    protocols,
    reflection,
    subscripts,
    subtypes,
)
from readiness.program.values import (
    NONE,
    Arguments,
    Class,
    Constant,
    Dict,
    External,
    Host,
    Instance,
    List,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine
from readiness.program.models.catalogue import Catalogue


class Language(Catalogue):
    """What the evaluation asks about values of every kind."""

    def object_method(self, machine: "Machine", receiver: Value, name: str, at: Place) -> Value:
        """``super().name`` where only ``object`` is left."""
        return object_members.object_method(machine, receiver, name, at)

    def class_member(self, machine: "Machine", value: Class, name: str, at: Place) -> Value | None:
        """What every class has, and what enumerations add."""
        return object_members.class_member(machine, value, name, at)

    def special(self, machine: "Machine", value: Instance, name: str, at: Place) -> Value | None:
        """What every object has."""
        return object_members.special(machine, value, name, at)

    def asked(self, machine: "Machine", value: Value, name: str, at: Place) -> None:
        """Ask for an attribute that may be missing, for what asking for it does."""
        reflection.with_fallback(
            machine, "AttributeError", lambda: attributes.get(machine, value, name, at),
            lambda: NONE,
        )  # fmt: skip

    def method(self, machine: "Machine", value: Value, name: str, at: Place) -> Value:
        """A method of one of the language's own types."""
        return members.method_of_type(machine, value, name, at)

    def find_method(self, machine: "Machine", value: Value, name: str, at: Place) -> Value | None:
        """A special method that a class of the code or a model defines."""
        if isinstance(value, Class):
            found = attributes.of_metaclass(value, name)
            return None if found is None else found[0]
        if not isinstance(value, Instance):
            return None
        if isinstance(value.cls, Class):
            found = inheritance.find(value.cls, name)
            if found is not None and isinstance(found[1], Class):
                return descriptors.bind(machine, found[0], value, name, at)
        return self.modelled_method(value, name)

    def modelled_method(self, value: Value, name: str) -> Value | None:
        """A method that the model of a library's class defines."""
        cls = self.class_of(value)
        if cls is not None and name in cls.methods:
            return method_host(name, cls.methods[name], value)
        return None

    def awaited(self, machine: "Machine", value: Value, at: Place) -> Value:
        """``await value``."""
        return awaiting.awaited(machine, value, at)

    def coroutine(self, run: Callable[[], Value], at: Place) -> Value:
        """What calling an async function gives."""
        return awaiting.coroutine(run, at)

    def contains(
        self, machine: "Machine", holder: Value, item: Value, at: Place, shown: str
    ) -> Value | None:
        """``item in holder`` for mappings and objects; None for sequences."""
        return membership.contains(machine, holder, item, at, shown)

    def overloaded(
        self, machine: "Machine", method: str, left: Value, right: Value, at: Place
    ) -> Value | None:
        """What a binary operator gives where a side defines it."""
        return overloads.binary(machine, method, left, right, at)

    def ordered(
        self, machine: "Machine", method: str, left: Value, right: Value, at: Place
    ) -> Value | None:
        """An order of sets, or of objects whose class generates one."""
        return overloads.ordered(machine, method, left, right, at)

    def alike(self, machine: "Machine", left: Value, right: Value, at: Place) -> Value | None:
        """The equality of objects whose class generates one."""
        return overloads.alike(machine, left, right, at)

    def changed_in_place(
        self, machine: "Machine", method: str, left: Value, right: Value, at: Place
    ) -> Value | None:
        """What an object becomes by an augmented assignment that it defines."""
        return overloads.in_place(machine, method, left, right, at)

    def percent(self, machine: "Machine", left: Text, right: Value, at: Place) -> Value | None:
        """``template % values``."""
        return percent.percent(machine, left, right, at)

    def as_text(self, machine: "Machine", value: Instance, at: Place) -> Value:
        """``str(value)``."""
        for name in ("__str__", "__repr__"):
            method = self.find_method(machine, value, name, at)
            if method is not None:
                return machine.invoke(method, at)
        shown = errors.text_of(machine, value, at)
        if shown is not None:
            return shown
        return value.data if isinstance(value.data, Text) else Unknown("an object's text", at)

    def error_name(self, error: type[BaseException]) -> str:
        """The full name of an exception's class."""
        return errors.name_of(error)

    def prepare(self, machine: "Machine", made: Instance, arguments: Arguments) -> None:
        """What an object has before its constructor runs."""
        errors.prepare(machine, made, arguments)
        subtypes.prepare(machine, made, arguments)

    def is_kind(self, machine: "Machine", cls: Value, kind: Value) -> bool | None:
        """Whether a class is a kind of another; None where that is not known."""
        return kinds.is_kind(machine, cls, kind)

    def settled(self, machine: "Machine", value: Value) -> Value:
        """A mapping that is the process's own, as the dictionary that it is right now."""
        if isinstance(value, Instance) and isinstance(value.cls, Class):
            held = isinstance(value.data, Dict) and not _gives_its_own(value.cls)
            return value.data if held else value
        return machine.variables.copied() if value is machine.environ else value

    def mapping_of(self, machine: "Machine", value: Value, at: Place) -> "dict[str, Value] | None":
        """The entries of a mapping, for ``**value``; None where they are not known."""
        return protocols.mapping_of(machine, value, at)

    def subscript(self, machine: "Machine", value: Value, key: Value, at: Place) -> Value:
        """``value[key]`` for objects and classes."""
        return subscripts.subscript(machine, value, key, at)

    def put_subscript(
        self, machine: "Machine", value: Value, key: Value, new: Value, at: Place
    ) -> None:
        """``value[key] = new`` for objects."""
        method = self.find_method(machine, value, "__setitem__", at)
        if method is not None:
            machine.invoke(method, at, key, new)
        elif _is_plainly_made(value):
            raise machine.error("TypeError", "it does not support item assignment", at)

    def remove_subscript(self, machine: "Machine", value: Value, key: Value, at: Place) -> None:
        """``del value[key]`` for objects."""
        method = self.find_method(machine, value, "__delitem__", at)
        if method is not None:
            machine.invoke(method, at, key)
        elif _is_plainly_made(value):
            raise machine.error("TypeError", "it does not support item deletion", at)

    def missing_item(self, machine: "Machine", value: Dict, key: Value, at: Place) -> Value | None:
        """What a ``defaultdict`` makes for a key that it does not have."""
        if value.kind == "Counter":
            return Constant(0)
        factory = value.default
        if factory is None or (isinstance(factory, Constant) and factory.value is None):
            return None
        made = machine.invoke(factory, at)
        item_changes.put(machine, value, key, made, at)
        return made

    def iterate(self, machine: "Machine", value: Value, at: Place) -> "list[Value] | Unknown":
        """The items of an object or class."""
        return protocols.iterate(machine, value, at)

    def managing(self, machine: "Machine", manager: Value, at: Place) -> List | None:
        """The generator that a ``contextmanager`` runs."""
        return protocols.managing(machine, manager, at)

    def enter(self, machine: "Machine", manager: Value, at: Place) -> Value:
        """``__enter__`` or ``__aenter__``."""
        return protocols.enter(machine, manager, at)

    def leave(self, machine: "Machine", manager: Value, error: Value, at: Place) -> Value:
        """``__exit__`` or ``__aexit__``: true where it swallows the error."""
        return protocols.leave(machine, manager, error, at)

    def finish_class(self, machine: "Machine", cls: Class, keywords: dict[str, Value]) -> None:
        """What a base does to a class once its body has run."""
        making.finish_class(machine, cls, keywords)

    def make_instance(self, machine: "Machine", cls: Class, arguments: Arguments) -> Value | None:
        """An instance made otherwise than by ``__init__``: enumerations, ``__new__``."""
        return making.make_instance(machine, cls, arguments)

    def generated_init(
        self, machine: "Machine", owner: Class, instance: Instance, arguments: Arguments
    ) -> None:
        """The constructor that a decorator or base has generated."""
        owner.traits["generated"](machine, owner, instance, arguments)


def _gives_its_own(cls: Class) -> bool:
    """Whether a mapping of a class hands on what its own brackets give: no subclass of dict."""
    found = inheritance.find(cls, "__getitem__")
    return External("collections.UserDict") in cls.order and found is not None and isinstance(
        found[1], Class)  # fmt: skip


def method_host(name: str, method: "members.Method", receiver: Value) -> Host:
    """A method of a model, bound to its object."""
    return Host(name, lambda machine, arguments: method(machine, receiver, arguments))


def _is_plainly_made(value: Value) -> bool:
    """Whether the code itself tells all that an object can do: no library's class is a base."""
    if not isinstance(value, Instance) or not isinstance(value.cls, Class):
        return False
    libraries = [one for one in value.cls.order if not isinstance(one, Class)]
    plain = inheritance.TRANSPARENT
    return all(isinstance(one, External) and one.name in plain for one in libraries)
