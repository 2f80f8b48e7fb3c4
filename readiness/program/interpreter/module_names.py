"""The names that every module has without setting them."""

import ast
from typing import TYPE_CHECKING

from readiness.program.values import NONE, External, Instance, List, Module, Unknown, Value, text

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def own_name(machine: "Machine", module: Module, name: str) -> Value | None:  # noqa: PLR0911 - one answer for each name
    """What a module has under such a name; None where it has none."""
    match name:
        case "__name__":
            return text(module.name)
        case "__file__" if module.path:
            return text(module.path)
        case "__path__" if module.path.endswith(("/", "__init__.py")):
            return List((text(module.path.rpartition("/")[0]),))
        case "__package__":
            return _package(machine, module)
        case "__doc__":
            tree = machine.sources.tree(module.path) if module.path.endswith(".py") else None
            said = ast.get_docstring(tree, clean=False) if tree is not None else None
            return NONE if said is None else text(said)
        case "__spec__" if module.name != "__main__":
            made = Instance(External("importlib.machinery.ModuleSpec"))
            parent = _package(machine, module)
            made.slots.values.update({"name": text(module.name), "parent": parent})
            return made
        case "__spec__":
            return Unknown("whether a module was started by its name")
    return None


def _package(machine: "Machine", module: Module) -> Value:
    """A package is its own; a script has none, and so no relative import."""
    name, path = module.name, module.path
    if name == "__main__":
        if "/" not in path:
            return NONE
        if not path.endswith("/__main__.py"):
            return Unknown("whether a module was started by its name")
        return text(machine.sources.name_of(path).rpartition(".")[0])
    return text(name if path.endswith(("/", "__init__.py")) else name.rpartition(".")[0])
