"""What the evaluation asks of the library models, in one place."""

import sys
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import attribute_changes
from readiness.program.interpreter.choices import mapped
from readiness.program.interpreter.consulting import note
from readiness.program.interpreter.handlers import catches
from readiness.program.models.language import Language, method_host
from readiness.program.models.libraries import applications, click_contexts
from readiness.program.models.python import decorating, errors, making, members
from readiness.program.models.python.filling import fill_class
from readiness.program.models.python.handing import QUIET, hand, note_given
from readiness.program.models.table import OPTIONS
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    Class,
    Dict,
    External,
    Function,
    Host,
    Instance,
    List,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


class Library(Language):
    """The table of models: their things called, built, patched and looked up."""

    def external(self, machine: "Machine", name: str, at: Place) -> Value:
        """A module that is not the project's."""
        first = name.partition(".")[0]
        known = first in sys.stdlib_module_names or first in self.first_names
        if not known and catches(machine, "ImportError"):
            error = machine.exception("ImportError", f"no module named {name}", at)
            machine.may_fail(f"the import of {name}", at, error)
        return External(self.canonical(name))

    def member(self, machine: "Machine", value: External, name: str, at: Place) -> Value:
        """``library.name``."""
        patched = machine.patches.values.get(self.canonical(f"{value.name}.{name}"), MISSING)

        def one(patch: Value) -> Value:
            if patch is MISSING:
                return self._member(machine, value, name)
            return _as_spelled(patch, f"{value.name}.{name}", at)

        return machine.each(patched, one)

    def _member(self, machine: "Machine", value: External, name: str) -> Value:
        full = self.canonical(f"{value.name}.{name}")
        if full in self.values:
            return self.values[full](machine)
        if name in {"__name__", "__qualname__"}:
            return text(value.name.rpartition(".")[2])
        inherited = self.class_method(value.name, name)
        if inherited is not None and full not in self.functions:
            return Host(full, lambda m, a: inherited(m, a.positional[0], a.after(1)))
        return External(full)

    def set_member(self, machine: "Machine", value: External, name: str, new: Value) -> None:
        """``library.name = new``: a patch, which counts for whoever looks it up from now on."""
        spelled = f"{value.name}.{name}"
        full = self.canonical(spelled)
        if full == "sys.path" and isinstance(new, List):
            machine.state.write(machine.search_path.slots, "items", new.slots.values["items"])
            return
        note(machine.records.unsure, (new,))
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
            note_given(machine, name, arguments)
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
        if last in {"__setattr__", "__getattribute__"} and isinstance(receiver, Instance):
            return machine.call(members.object_method(machine, receiver, last, arguments.at),
                                arguments.after(1))  # fmt: skip
        error = errors.exception_class(name)
        if error is not None:
            return errors.make_exception(machine, function, arguments)
        short = name.removeprefix("builtins.")
        result = Unknown(f"what {short}() gives", arguments.at)
        if short == name:
            event = machine.record(name, making.named(arguments), arguments.at)
            machine.records.results[result.number] = event
        self.escape(machine, arguments, name)
        if name.partition(".")[0] not in QUIET:
            machine.may_fail(f"{short}()", arguments.at)
        return result

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
        if cls.recorded and attribute_changes.setter_of(instance) is not None:
            for slot, value in list(instance.slots.values.items()):
                machine.set_attribute(instance, str(slot), value, arguments.at)
        return True

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
                return method_host(f"{one}.{name}", cls.methods[name], value)
            if "__getattr__" in cls.methods and not name.startswith("__"):
                whole = Arguments((text(name),), {}, at)
                return cls.methods["__getattr__"](machine, value, whole)
        if name in {"__class__", "__dict__"}:
            return members.special_of_object(value, name)
        found = errors.attribute(machine, value, name, at)
        if found is not None:
            return found
        short = owner.rpartition(".")[2]
        return Unknown(f"the attribute {name} of a {short}", at)

    def inherited_on_class(self, owner: Value, value: Class, name: str, at: Place) -> Value:
        """A class attribute that a library's class gives its subclasses."""
        if isinstance(owner, External):
            method = self.class_method(owner.name, name)
            if method is not None:
                return Host(name, lambda m, a: method(m, value, a))
            if name == "__init__":
                return External(f"{owner.name}.{name}")
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
                return method_host(name, method, receiver)
        return Host(name, lambda m, a: Unknown(f"what {name}() of a library gives", at))

    def is_command(self, function: Function) -> bool:
        """Whether a function is a command of the command line, started with its defaults."""
        return OPTIONS in function.attributes.values

    def option(self, machine: "Machine", function: Function, name: str) -> Value | None:
        """What a command's parameter has where the command line says nothing."""
        held = function.attributes.values.get(OPTIONS)
        found = held.slots.values.get(name) if isinstance(held, Dict) else None
        return None if found is None else click_contexts.resolved(machine, found)

    def decorates(self, machine: "Machine", decorator: Value, value: Value, at: Place) -> Value:
        """What a decorator that is not known gives back: as a rule what it was given."""
        if isinstance(value, Class):
            fill_class(machine, decorator, value)
        return decorating.given_back(machine, decorator, value, at)

    def filled_in(self, function: Function, name: str, default: Value) -> Value:
        """The value of a parameter that a call leaves out."""
        return decorating.filled_in(function, name, default)

    def of_request(
        self, machine: "Machine", annotation: Value | None, name: str
    ) -> dict[str, Value]:
        """What is known of the attributes of a parameter that takes a request."""
        return applications.of_request(machine, annotation, name)

    def is_caught(self, machine: "Machine", error: str) -> bool:
        """Whether a handler around would see an error of this name."""
        return catches(machine, error)

    def injected(self, machine: "Machine", default: Value, at: Place) -> Value | None:
        """What a framework puts in place of a parameter's default (``Depends(get_db)``)."""
        if not isinstance(default, Instance):
            return None
        model = self.class_of(default)
        if model is not None and model.injected is not None:
            return model.injected(machine, default, at)
        if default.cls == External(members.ANNOTATED) and isinstance(default.data, tuple):
            found = (self.injected(machine, one, at) for one in default.data[1:])
            return next((one for one in found if one is not None), None)
        return None

    def escape(self, machine: "Machine", arguments: Arguments, to: str) -> None:
        """Functions and classes given to unknown code may be called by it."""
        for value in (*arguments.positional, *arguments.keywords.values()):
            hand(machine, value, arguments.at, to)


def _patch(held: Value) -> Value:
    return held.items[1] if isinstance(held, Tuple) else held


def _as_spelled(patch: Value, spelled: str, at: Place) -> Value:
    """A patch, where it is looked up by the name that was replaced; else nobody can tell."""
    if not isinstance(patch, Tuple):
        return patch
    if getattr(patch.items[0], "known", None) == spelled:
        return patch.items[1]
    return Unknown(f"{spelled}, which the program replaced under another name", at)


def _initialised(
    machine: "Machine", owner: External, receiver: Instance, arguments: Arguments
) -> Value:
    machine.library.initialise(machine, owner.name, receiver, arguments)
    return NONE
