"""Attributes of libraries, and what the code puts in their place."""

import sys
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.choices import mapped
from readiness.program.interpreter.consulting import note
from readiness.program.interpreter.handlers import catches
from readiness.program.models.language import Language
from readiness.program.models.python import kinds
from readiness.program.values import (
    MISSING,
    Dict,
    External,
    Host,
    List,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


class Patches(Language):
    """What stands under the names of libraries, as the code has left them."""

    def external(self, machine: "Machine", name: str, at: Place) -> Value:
        """A module that is not the project's."""
        first = name.partition(".")[0]
        known = first in sys.stdlib_module_names or first in self.first_names
        fails = not known or (machine.fragile and self.canonical(name) in self.optional)
        if fails and catches(machine, "ImportError"):
            error = machine.exception("ModuleNotFoundError", f"no module named {name}", at)
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
        if name == "__dict__" and (real := kinds.real_class(self.canonical(value.name))):
            held = {key: External(f"{value.name}.{key}") for key in vars(real)}
            return Dict(held, {key: text(key) for key in held})
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


def _patch(held: Value) -> Value:
    return held.items[1] if isinstance(held, Tuple) else held


def _as_spelled(patch: Value, spelled: str, at: Place) -> Value:
    """A patch, where it is looked up by the name that was replaced; else nobody can tell."""
    if not isinstance(patch, Tuple):
        return patch
    if getattr(patch.items[0], "known", None) == spelled:
        return patch.items[1]
    return Unknown(f"{spelled}, which the program replaced under another name", at)
