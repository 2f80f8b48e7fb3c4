# ruff: noqa: ARG005 - all models of a kind take the same arguments
"""What the evaluation asks of the library models, in one place."""

import builtins
import sys
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import attributes, classes
from readiness.program.interpreter.choices import mapped
from readiness.program.models import kinds, making, members, protocols
from readiness.program.models.table import LibraryClass, Table
from readiness.program.models.variables import catches
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    Bound,
    Class,
    Dict,
    External,
    Function,
    Host,
    Instance,
    List,
    Slots,
    Text,
    Tuple,
    Unknown,
    Value,
    Wrapped,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


# Modules whose functions do not fail when they are used as they are meant.
QUIET = frozenset({"builtins", "typing", "time", "datetime", "uuid", "random", "itertools", "math",
                   "collections", "inspect", "logging", "warnings", "fastapi", "string", "enum",
                   "abc", "dataclasses", "functools", "threading", "asyncio"})  # fmt: skip


class Library:
    """The table of models, and the language's own protocols in terms of it."""

    def __init__(self, tables: tuple[Table, ...]) -> None:
        self.functions = {k: v for table in tables for k, v in table.functions.items()}
        self.classes = {k: v for table in tables for k, v in table.classes.items()}
        self.values = {k: v for table in tables for k, v in table.values.items()}
        self.aliases = {k: v for table in tables for k, v in table.aliases.items()}
        self.recorded = frozenset(name for table in tables for name in table.recorded)
        every = (*self.functions, *self.classes, *self.values)
        self.first_names = frozenset(name.partition(".")[0] for name in every)
        self.builtins = frozenset(vars(builtins))
        self._caches: dict[int, Slots] = {}
        self._kept: list[Value] = []

    # Names

    def canonical(self, name: str) -> str:
        """The name under which a thing is modelled."""
        for _ in range(4):
            if name in self.aliases:
                name = self.aliases[name]
                continue
            head, _, tail = name.rpartition(".")
            if head in self.aliases:
                name = f"{self.aliases[head]}.{tail}"
                continue
            break
        return name

    def shadows(self, machine: "Machine", first: str) -> bool:
        """Whether a first name means the library even if the project has such a folder."""
        if first in self.first_names and first in sys.stdlib_module_names:
            return True
        copied = f"{first}/agent/agent.py" if first == "agno" else None
        return copied is not None and machine.sources.has_ending(copied)

    def external(self, machine: "Machine", name: str, at: Place) -> Value:
        """A module that is not the project's."""
        first = name.partition(".")[0]
        known = first in sys.stdlib_module_names or first in self.first_names
        if not known and catches(machine, "ImportError"):
            error = machine.exception("ImportError", f"no module named {name}", at)
            machine.may_fail(f"the import of {name}", at, error)
        return External(self.canonical(name))

    def star_names(self, module: Value) -> list[str]:
        """The modelled names of a library's module, for ``import *``."""
        if not isinstance(module, External):
            return []
        head = f"{module.name}."
        every = (*self.functions, *self.classes, *self.values, *self.aliases)
        return sorted({name[len(head):] for name in every
                       if name.startswith(head) and "." not in name[len(head):]})  # fmt: skip

    # Things of libraries

    def member(self, machine: "Machine", value: External, name: str, at: Place) -> Value:
        """``library.name``."""
        patched = machine.patches.values.get(self.canonical(f"{value.name}.{name}"), MISSING)

        def one(patch: Value) -> Value:
            if patch is MISSING:
                return self._member(machine, value, name, at)
            return _as_spelled(patch, f"{value.name}.{name}", at)

        return machine.each(patched, one)

    def _member(self, machine: "Machine", value: External, name: str, at: Place) -> Value:
        full = self.canonical(f"{value.name}.{name}")
        if full in self.values:
            return self.values[full](machine)
        if name in {"__name__", "__qualname__"}:
            return text(value.name.rpartition(".")[2])
        inherited = self.class_method(value.name, name)
        if inherited is not None and full not in self.functions:
            return Host(full, lambda m, a: inherited(m, a.positional[0], a.after(1)))
        _ = at
        return External(full)

    def set_member(
        self, machine: "Machine", value: External, name: str, new: Value, at: Place
    ) -> None:
        """``library.name = new``: a patch, which counts for whoever looks it up from now on."""
        spelled = f"{value.name}.{name}"
        full = self.canonical(spelled)
        _ = at
        if full == "sys.path" and isinstance(new, List):
            machine.state.write(machine.search_path.slots, "items", new.slots.values["items"])
            return
        patch = new if new is MISSING else Tuple((text(spelled), new))
        machine.state.write(machine.patches, full, patch)

    def patch_of(self, machine: "Machine", owner: str, name: str) -> Value | None:
        """What the program put in place of a library class's attribute."""
        for one in self.names_of(External(owner)):
            found = machine.patches.values.get(self.canonical(f"{one}.{name}"))
            if found is not None:
                return mapped(found, _patch)
        return None

    def call(self, machine: "Machine", function: External, arguments: Arguments) -> Value:
        """Call a library's function or class."""
        name = self.canonical(function.name)
        if name in self.recorded:
            machine.record(name, making.named(arguments), arguments.at)
        if name in self.functions:
            return self.functions[name](machine, arguments)
        if name in self.classes:
            instance = Instance(External(name), None, arguments.at)
            self.initialise(machine, name, instance, arguments)
            return instance
        owner, _, last = name.rpartition(".")
        receiver = arguments.positional[0] if arguments.positional else None
        if last == "__init__" and owner in self.classes and isinstance(receiver, Instance):
            self._initialise(machine, owner, receiver, arguments.after(1))
            return NONE
        if last == "__setattr__" and isinstance(receiver, Instance):
            return machine.call(members.object_method(machine, receiver, last, arguments.at),
                                arguments.after(1))  # fmt: skip
        error = kinds.exception_class(name)
        if error is not None:
            return making.make_exception(machine, function, arguments)
        if not name.startswith("builtins."):
            machine.record(name, making.named(arguments), arguments.at)
        self.escape(machine, arguments)
        short = name.removeprefix("builtins.")
        if name.partition(".")[0] not in QUIET:
            machine.may_fail(f"{short}()", arguments.at)
        return Unknown(f"what {short}() gives", arguments.at)

    def initialise(
        self, machine: "Machine", name: str, instance: Instance, arguments: Arguments
    ) -> bool:
        """Run a library class's constructor on an object; tell whether it has one."""
        name = self.canonical(name)
        patched = self.patch_of(machine, name, "__init__")
        if patched is None:
            return self._initialise(machine, name, instance, arguments)
        whole = Arguments((instance, *arguments.positional), arguments.keywords, arguments.at,
                          arguments.open, arguments.caller)  # fmt: skip

        def run(one: Value) -> Value:
            if one is MISSING:
                self._initialise(machine, name, instance, arguments)
                return NONE
            return machine.call(one, whole)

        machine.each(patched, run)
        return True

    def _initialise(
        self, machine: "Machine", name: str, instance: Instance, arguments: Arguments
    ) -> bool:
        cls = self.classes.get(name)
        if cls is None:
            return making.initialise_unmodelled(machine, name, instance, arguments)
        if not cls.parameters and cls.build is None and not cls.recorded:
            return False
        bound = making.bound(machine, name, cls, arguments)
        for key, value in bound.items():
            if cls.build is None or cls.recorded:
                instance.slots.values.setdefault(key, value)
        if cls.recorded:
            machine.record(name, bound, arguments.at, instance)
        if cls.build is not None:
            cls.build(machine, instance, Arguments((), bound, arguments.at, arguments.open))
        if cls.recorded and attributes.setter_of(instance) is not None:
            for slot, value in list(instance.slots.values.items()):
                machine.set_attribute(instance, str(slot), value, arguments.at)
        return True

    def class_of(self, value: Value) -> LibraryClass | None:
        """The modelled class of an object, or the nearest modelled base of its class."""
        if not isinstance(value, Instance):
            return None
        for name in self.names_of(value.cls):
            if name in self.classes:
                return self.classes[name]
        return None

    def names_of(self, cls: Value) -> list[str]:
        """The library classes that a class is, its own first, then its bases."""
        if isinstance(cls, Class):
            return [
                n for one in cls.order if isinstance(one, External) for n in self.names_of(one)
            ]
        if not isinstance(cls, External):
            return []
        names, pending = [], [self.canonical(cls.name)]
        while pending:
            name = pending.pop(0)
            if name in names:
                continue
            names.append(name)
            if name in self.classes:
                pending += self.classes[name].bases
        return names

    def class_method(self, name: str, method: str) -> "members.Method | None":
        """The model of a method of a library class, inherited ones too."""
        for one in self.names_of(External(name)):
            found = self.classes[one].methods.get(method) if one in self.classes else None
            if found is not None:
                return found
        return None

    # Attributes beyond the code's own

    def inherited(
        self, machine: "Machine", owner: str, value: Instance, name: str, at: Place
    ) -> Value:
        """An attribute that a library's class gives its objects."""
        for one in self.names_of(External(owner)):
            cls = self.classes.get(one)
            if cls is None:
                continue
            if name in cls.attributes:
                return cls.attributes[name](machine, value, at)
            if name in cls.methods:
                return _method_host(f"{one}.{name}", cls.methods[name], value)
        if name in {"__class__", "__dict__"}:
            return members.special_of_object(value, name)
        short = owner.rpartition(".")[2]
        if name not in value.slots.values and isinstance(value.data, dict):
            return Unknown(f"the attribute {name} of a {short}", at)
        return Unknown(f"the attribute {name} of a {short}", at)

    def inherited_on_class(
        self, machine: "Machine", owner: Value, value: Class, name: str, at: Place
    ) -> Value:
        """A class attribute that a library's class gives its subclasses."""
        if isinstance(owner, External):
            method = self.class_method(owner.name, name)
            if method is not None:
                return Host(name, lambda m, a: method(m, value, a))
        _ = machine
        return Unknown(f"the attribute {name} of the class {value.name}", at)

    def super_method(
        self, machine: "Machine", owner: Value, receiver: Value, name: str, at: Place
    ) -> Value:
        """``super().name`` where the base is a library's class."""
        if isinstance(owner, External):
            if name == "__init__" and isinstance(receiver, Instance):
                return Host("__init__", lambda m, a: _initialised(m, owner, receiver, a))
            if name == "__setattr__" and isinstance(receiver, Instance):
                return members.object_method(machine, receiver, name, at)
            method = self.class_method(owner.name, name)
            if method is not None:
                return _method_host(name, method, receiver)
        _ = machine
        return Host(name, lambda m, a: Unknown(f"what {name}() of a library gives", at))

    def object_method(self, machine: "Machine", receiver: Value, name: str, at: Place) -> Value:
        """``super().name`` where only ``object`` is left."""
        return members.object_method(machine, receiver, name, at)

    def class_member(self, machine: "Machine", value: Class, name: str, at: Place) -> Value | None:
        """What every class has, and what enumerations add."""
        return members.class_member(machine, value, name, at)

    def special(self, machine: "Machine", value: Instance, name: str, at: Place) -> Value | None:
        """What every object has."""
        return members.special(machine, value, name, at)

    def method(self, machine: "Machine", value: Value, name: str, at: Place) -> Value:
        """A method of one of the language's own types."""
        return members.method_of_type(machine, value, name, at)

    def find_method(self, machine: "Machine", value: Value, name: str, at: Place) -> Value | None:
        """A special method that a class of the code or a model defines."""
        if not isinstance(value, Instance):
            return None
        if isinstance(value.cls, Class):
            found = classes.find(value.cls, name)
            if found is not None and isinstance(found[1], Class):
                return attributes.bind(machine, found[0], value, name, at)
        cls = self.class_of(value)
        if cls is not None and name in cls.methods:
            return _method_host(name, cls.methods[name], value)
        return None

    def injected(self, machine: "Machine", default: Value, at: Place) -> Value | None:
        """What a framework puts in place of a parameter's default (``Depends(get_db)``)."""
        if not isinstance(default, Instance):
            return None
        if default.cls == External("fastapi.Depends"):
            provider = default.slots.values.get("dependency")
            return protocols.provided(machine, provider, at) if provider is not None else None
        if default.cls == External(members.ANNOTATED) and isinstance(default.data, tuple):
            found = (self.injected(machine, one, at) for one in default.data[1:])
            return next((one for one in found if one is not None), None)
        return None

    # Protocols of the language

    def awaited(self, machine: "Machine", value: Value, at: Place) -> Value:
        """``await value``."""
        return protocols.awaited(machine, value, at)

    def coroutine(self, value: Value, at: Place) -> Value:
        """What calling an async function gives."""
        return protocols.coroutine(value, at)

    def contains(
        self, machine: "Machine", holder: Value, item: Value, at: Place, shown: str
    ) -> Value | None:
        """``item in holder`` for mappings and objects; None for sequences."""
        return protocols.contains(machine, holder, item, at, shown)

    def operate(
        self, machine: "Machine", left: Instance, method: str, right: Value, at: Place
    ) -> Value:
        """A binary operator on an object."""
        found = self.find_method(machine, left, method, at)
        if found is not None:
            return machine.invoke(found, at, right)
        return Unknown("the result of an operator on an object", at)

    def as_text(self, machine: "Machine", value: Instance, at: Place) -> Value:
        """``str(value)``."""
        for name in ("__str__", "__repr__"):
            method = self.find_method(machine, value, name, at)
            if method is not None:
                return machine.invoke(method, at)
        return value.data if isinstance(value.data, Text) else Unknown("an object's text", at)

    def is_kind(self, machine: "Machine", cls: Value, kind: Value) -> bool | None:
        """Whether a class is a kind of another; None where that is not known."""
        return kinds.is_kind(machine, cls, kind)

    def match_arguments(self, cls: Class) -> list[str] | None:
        """The ``__match_args__`` that a decorator or base has generated."""
        names = next((one.traits["match"] for one in cls.order
                      if isinstance(one, Class) and "match" in one.traits), None)  # fmt: skip
        found: list[str] | None = names(cls) if names is not None else None
        return found

    def settled(self, machine: "Machine", value: Value) -> Value:
        """A mapping that is the process's own, as the dictionary that it is right now."""
        return machine.variables.copied() if value is machine.environ else value

    def mapping_of(self, machine: "Machine", value: Value, at: Place) -> "dict[str, Value] | None":
        """The entries of a mapping, for ``**value``; None where they are not known."""
        return protocols.mapping_of(machine, value, at)

    def subscript(self, machine: "Machine", value: Value, key: Value, at: Place) -> Value:
        """``value[key]`` for objects and classes."""
        return protocols.subscript(machine, value, key, at)

    def put_subscript(
        self, machine: "Machine", value: Value, key: Value, new: Value, at: Place
    ) -> None:
        """``value[key] = new`` for objects."""
        method = self.find_method(machine, value, "__setitem__", at)
        if method is not None:
            machine.invoke(method, at, key, new)

    def remove_subscript(self, machine: "Machine", value: Value, key: Value, at: Place) -> None:
        """``del value[key]`` for objects."""
        method = self.find_method(machine, value, "__delitem__", at)
        if method is not None:
            machine.invoke(method, at, key)

    def missing_item(self, machine: "Machine", value: Dict, key: Value, at: Place) -> Value | None:
        """What a ``defaultdict`` makes for a key that it does not have."""
        factory = value.slots.values.get(members.FACTORY)
        if factory is None:
            return None
        from readiness.program.interpreter import items  # noqa: PLC0415

        made = machine.invoke(factory, at)
        items.put(machine, value, key, made, at)
        return made

    def iterate(self, machine: "Machine", value: Value, at: Place) -> "list[Value] | Unknown":
        """The items of an object or class."""
        return protocols.iterate(machine, value, at)

    def suppressed(self, manager: Value) -> "tuple[Value, ...] | None":
        """The exceptions that ``contextlib.suppress`` swallows."""
        if isinstance(manager, Instance) and isinstance(manager.data, tuple):
            return manager.data
        return None

    def enter(self, machine: "Machine", manager: Value, at: Place) -> Value:
        """``__enter__`` or ``__aenter__``."""
        return protocols.enter(machine, manager, at)

    def leave(self, machine: "Machine", manager: Value, at: Place) -> Value:
        """``__exit__`` or ``__aexit__``."""
        return protocols.leave(machine, manager, at)

    def leaves_alone(self, decorator: Value) -> bool:
        """Whether a decorator, not known, is taken to give back what it decorates."""
        if isinstance(decorator, Unknown):
            return True
        if isinstance(decorator, External):
            name = self.canonical(decorator.name)
            return name not in self.functions and name not in self.classes
        return False

    def finish_class(self, machine: "Machine", cls: Class) -> None:
        """What a base does to a class once its body has run."""
        making.finish_class(machine, cls)

    def make_instance(self, machine: "Machine", cls: Class, arguments: Arguments) -> Value | None:
        """An instance made otherwise than by ``__init__``: enumerations, ``__new__``."""
        return making.make_instance(machine, cls, arguments)

    def generated_init(
        self, machine: "Machine", owner: Class, instance: Instance, arguments: Arguments
    ) -> None:
        """The constructor that a decorator or base has generated."""
        owner.traits["generated"](machine, owner, instance, arguments)

    def escape(self, machine: "Machine", arguments: Arguments) -> None:
        """Functions given to unknown code may be called by it."""
        for value in (*arguments.positional, *arguments.keywords.values()):
            if isinstance(value, (Function, Bound)):
                machine.records.callbacks.append(value)

    def cache_of(self, function: Wrapped) -> Slots:
        """The results that a cached function has given."""
        key = id(function.function)
        if key not in self._caches:
            self._caches[key] = Slots()
            self._kept.append(function.function)
        return self._caches[key]


def _patch(held: Value) -> Value:
    return held.items[1] if isinstance(held, Tuple) else held


def _as_spelled(patch: Value, spelled: str, at: Place) -> Value:
    """A patch, where it is looked up by the name that was replaced; else nobody can tell."""
    if not isinstance(patch, Tuple):
        return patch
    if getattr(patch.items[0], "known", None) == spelled:
        return patch.items[1]
    return Unknown(f"{spelled}, which the program replaced under another name", at)


def _method_host(name: str, method: "members.Method", receiver: Value) -> Host:
    return Host(name, lambda machine, arguments: method(machine, receiver, arguments))


def _initialised(
    machine: "Machine", owner: External, receiver: Instance, arguments: Arguments
) -> Value:
    machine.library.initialise(machine, owner.name, receiver, arguments)
    return NONE


__all__ = ["MISSING", "Library", "List"]
