"""django-configurations: settings that a class has, which ``DJANGO_CONFIGURATION`` names."""

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.outcomes import Raised
from readiness.program.models.libraries.django import named_settings
from readiness.program.models.libraries.django_addresses import ADDRESS
from readiness.program.models.standard.process_variables import name_of
from readiness.program.models.table import Table
from readiness.program.nodes import walk
from readiness.program.stand_ins import HEAD
from readiness.program.values import NONE, Arguments, Class, Dict, Module, Unknown, Value, text

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

VARIABLE = "DJANGO_CONFIGURATION"
CONFIGURED = "CONFIGURATION"
"""The name by which a module tells which class its settings come from."""
SETTING = "configurations.Configuration"
"""Recorded with each setting of the class that counts, where it stands."""
_LIBRARY = f"{HEAD}configurations"


def set_up(machine: "Machine") -> None:
    """Put into the modules of settings what the class has that the process names."""
    library = machine.modules.get(_LIBRARY)
    for module in (named_settings(machine) or list(machine.by_path.values())) if library else ():
        classes = _classes(module)
        if library and classes and CONFIGURED not in module.slots.values:
            _set_up(machine, module, classes, library.slots.values["_set_up"])


def _classes(module: Module) -> dict[str, Class]:
    """The classes of settings that a module knows."""
    held = module.slots.values.items() if not module.stands_in else ()
    return {str(name): one for name, one in held if isinstance(one, Class) and is_settings(one)}


def is_settings(cls: Class) -> bool:
    """Whether a class is one of settings, and not the library's own."""
    own = [one for one in cls.order if isinstance(one, Class) and one.module == _LIBRARY]
    return bool(own) and cls not in own


def _set_up(machine: "Machine", module: Module, classes: dict[str, Class], with_: Value) -> None:
    chosen = name_of(machine.variables.slots.values.get(VARIABLE))
    if chosen is not None and chosen not in classes:
        return
    counting = [classes[chosen]] if chosen else [*classes.values()]
    places = {name: _place(machine, counting, name) for name in sorted(_names(counting))}
    machine.state.write(module.slots, CONFIGURED, text(f"{module.name}.{chosen}"))
    if chosen is None:
        why = f"{VARIABLE} says which of the classes in {module.path} counts, and is not known"
    else:
        why = _fails(machine, module, with_, classes[chosen])
    if why:
        _give_up(machine, module, places, why)
    for name, place in places.items():
        if name in module.slots.values:
            machine.record(SETTING, {name: module.slots.values[name]}, place)


def _fails(machine: "Machine", module: Module, with_: Value, cls: Class) -> str:
    """Why a class cannot be set up; empty where it is."""
    try:
        machine.call(with_, Arguments((cls, module), {}, Place(module.path)))
    except Raised:
        return f"the settings of {cls.name} in {module.path} cannot be set up"
    return ""


def _names(classes: Iterable[Class]) -> set[str]:
    """The settings that classes have, or inherit from those of the code."""
    owners = [one for cls in classes for one in cls.order if isinstance(one, Class)]
    names = {str(name) for one in owners for name in one.slots.values if str(name).isupper()}
    return names - {"DOTENV_LOADED"}


def _place(machine: "Machine", classes: list[Class], name: str) -> Place:
    """Where the class says a setting, or the first one that it inherits it from."""
    owners = (one for cls in classes for one in cls.order if isinstance(one, Class))
    owner = next(one for one in owners if name in one.slots.values)
    tree = machine.sources.tree(owner.at.path)
    classes_in = (one for one in walk(tree) if isinstance(one, ast.ClassDef)) if tree else ()
    found = (one.body for one in classes_in
             if one.name == owner.name and one.lineno == owner.at.line)  # fmt: skip
    lines = [one.lineno for one in next(found, []) if name in _said_by(one)]
    return Place(owner.at.path, lines[-1]) if lines else owner.at


def _said_by(node: ast.stmt) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", node)]
    return [getattr(one, "id", getattr(one, "name", "")) for one in targets]


def _give_up(machine: "Machine", module: Module, places: dict[str, Place], why: str) -> None:
    """Whatever a class may say, nobody knows."""
    for name, place in places.items():
        unknown = Unknown(why, place)
        value: Value = unknown
        if name == "DATABASES":
            entry = Dict({ADDRESS: unknown}, rest=unknown)
            entry.at = place
            value = Dict({"default": entry})
        machine.state.write(module.slots, name, value)


def _configured(machine: "Machine", arguments: Arguments) -> Value:
    """For the stand-in: what its ``setup()`` does."""
    del arguments
    set_up(machine)
    return NONE


def _nothing(machine: "Machine", arguments: Arguments) -> Value:
    """Whatever the importer does, the settings are set up when they are asked for."""
    del machine, arguments
    return NONE


TABLE = Table(
    functions={
        "__readiness__.configured": _configured, "configurations.importer.install": _nothing,
    },
    aliases={
        f"configurations.{old}": f"django.core.{new}" for old, new in (
            ("wsgi.get_wsgi_application", "wsgi.get_wsgi_application"),
            ("asgi.get_asgi_application", "asgi.get_asgi_application"),
            ("management.execute_from_command_line", "management.execute_from_command_line"),
            ("management.call_command", "management.call_command"),
        )
    },
)  # fmt: skip
