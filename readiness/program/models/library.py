"""What the evaluation asks of the library models, in one place: last, what frameworks do."""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.handlers import catches
from readiness.program.models.builders import Builders
from readiness.program.models.libraries import applications, click_contexts
from readiness.program.models.python import decorating, object_members
from readiness.program.models.python.filling import fill_class
from readiness.program.models.standard import enumeration
from readiness.program.models.table import OPTIONS
from readiness.program.values import (
    Class,
    Dict,
    External,
    Function,
    Instance,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


class Library(Builders):
    """The one face of all models: the interpreter asks nothing else of them."""

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

    def handed_on(self, called: Function | Class, made: Value) -> Value:
        """What a call gives where a decorator that is not known may give something else."""
        return decorating.handed_on(called, made)

    def supplied(
        self, machine: "Machine", function: Function, name: str, position: int
    ) -> Value | None:
        """What a framework passes to a function that it calls, for one of its parameters."""
        found = (supply(machine, function, name, position) for supply in self.supplies)
        return next((one for one in found if one is not None), None)

    def filled_in(self, function: Function, name: str, default: Value) -> Value:
        """The value of a parameter that a call leaves out."""
        return decorating.filled_in(function, name, default)

    def formatted(self, machine: "Machine", value: Instance, at: Place) -> Value | None:
        """What a format makes its text of, for members of enumerations that are texts too."""
        return enumeration.formatted(machine, value, at)

    def several(self, cls: Class, wanted: Value) -> Instance | None:
        """Several members of an enumeration of flags as one, by their number."""
        return enumeration.several(cls, wanted)

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
        if default.cls == External(object_members.ANNOTATED) and isinstance(default.data, tuple):
            found = (self.injected(machine, one, at) for one in default.data[1:])
            return next((one for one in found if one is not None), None)
        return None
