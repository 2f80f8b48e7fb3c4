"""Things of libraries called, built and looked up, as their models say."""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import attribute_changes
from readiness.program.models.language import method_host
from readiness.program.models.patches import Patches
from readiness.program.models.python import errors, making, object_members
from readiness.program.models.python.handing import QUIET, hand, note_given, offer
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    Class,
    External,
    Host,
    Instance,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


class Builders(Patches):
    """What calling a library's function or class gives, and what its objects have."""

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
        given = self._call_method(machine, name, arguments)
        if given is not None:
            return given
        if errors.exception_class(name) is not None:
            return errors.make_exception(machine, function, arguments)
        return self._call_unmodelled(machine, name, arguments)

    def _call_method(self, machine: "Machine", name: str, arguments: Arguments) -> Value | None:
        """A method that is named with its class and given the object: ``Base.__init__(self)``."""
        owner, _, last = name.rpartition(".")
        receiver = arguments.positional[0] if arguments.positional else None
        if not isinstance(receiver, Instance):
            return None
        if last == "__init__" and owner in self.classes:
            self._initialise(machine, owner, receiver, arguments.after(1))
            return NONE
        if last in {"__setattr__", "__getattribute__"}:
            method = object_members.object_method(machine, receiver, last, arguments.at)
            return machine.call(method, arguments.after(1))
        return None

    def _call_unmodelled(self, machine: "Machine", name: str, arguments: Arguments) -> Value:
        """A call that may give anything, fail, and call back what it is given."""
        short = name.removeprefix("builtins.")
        result = Unknown(f"what {short}() gives", arguments.at)
        if short == name:
            event = machine.record(name, making.named(arguments), arguments.at)
            machine.records.results[result.number] = event
        self.escape(machine, arguments, name)
        if name.partition(".")[0] not in QUIET:
            machine.may_fail(f"{short}()", arguments.at)
        return result

    def escape(self, machine: "Machine", arguments: Arguments, to: str) -> None:
        """Functions and classes given to unknown code may be called by it."""
        given = [(value, "") for value in arguments.positional]
        given += [(value, name) for name, value in arguments.keywords.items()]
        for value, name in given:
            known = len(machine.records.callbacks)
            hand(machine, value, arguments.at, to)
            for one in (*machine.records.callbacks[known:], value):
                offer(machine, one, to, name, arguments)

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
                machine.state.write(instance.slots, key, value)
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
        if name in {"__class__", "__dict__"} or (name == "__init__" and owner in self.classes):
            return _special(owner, value, name)
        found = errors.attribute(machine, value, name, at)
        if found is not None:
            return found
        short = owner.rpartition(".")[2]
        if owner == "builtins.object" and not name.startswith("__"):
            message = f"'object' object has no attribute '{name}'"
            raise machine.error("AttributeError", message, at)
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
                return object_members.object_method(machine, receiver, name, at)
            if name == "__new__" and owner.name in self.classes:
                return Host(name, object_members.new_object)
            method = self.class_method(owner.name, name)
            if method is not None:
                return method_host(name, method, receiver)
        return Host(name, lambda m, a: Unknown(f"what {name}() of a library gives", at))


def _special(owner: str, value: Instance, name: str) -> Value:
    if name == "__init__":
        return Host(name, lambda m, a: _initialised(m, External(owner), value, a))
    return object_members.special_of_object(value, name)


def _initialised(
    machine: "Machine", owner: External, receiver: Instance, arguments: Arguments
) -> Value:
    machine.library.initialise(machine, owner.name, receiver, arguments)
    return NONE
