"""Imports: which module a name is, and what is taken from it."""

import ast
import posixpath
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.loading import run_module
from readiness.program.interpreter.merging import over
from readiness.program.values import MISSING, External, Module, Tuple, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def import_module(machine: "Machine", name: str, frame: Frame | None, at: Place) -> Value:
    """The module of this full name, its parents run first."""
    near = frame.path if frame is not None else ""
    replaced = machine.replaced.values.get(name, MISSING)
    if replaced is not MISSING:
        return replaced
    first = name.partition(".")[0]
    _follow_search_path(machine)
    if machine.sources.locate(first, near) is None or machine.library.shadows(machine, first):
        return machine.library.external(machine, name, at)
    found: Value = External(first)
    pieces = name.split(".")
    for end in range(1, len(pieces) + 1):
        found = _load(machine, ".".join(pieces[:end]), near, at)
        if isinstance(found, External):
            return machine.library.external(machine, name, at)
    return found


def _follow_search_path(machine: "Machine") -> None:
    """Folders of the project that the code has added to ``sys.path``."""
    content = machine.search_path.slots.values["items"]
    for item in content.items if isinstance(content, Tuple) else ():
        known = getattr(item, "known", None)
        if known is not None and not known.startswith(("/", "~")):
            folder = posixpath.normpath(known)
            machine.sources.add_root("" if folder == "." else f"{folder}/")


def _load(machine: "Machine", name: str, near: str, at: Place) -> Value:
    replaced = machine.replaced.values.get(name, MISSING)
    if replaced is not MISSING:
        return replaced
    path = machine.sources.locate(name, near)
    if path is None:
        parent = machine.modules.get(name.rpartition(".")[0])
        if parent is not None and parent.path.endswith("/"):
            # A bare folder: other distributions may have put modules under the same name.
            return machine.library.external(machine, name, at)
        if parent is not None and isinstance(parent.slots.values.get("*"), Unknown):
            return Unknown(f"the module {name}", at)
        raise machine.error("ModuleNotFoundError", f"No module named '{name}'", at)
    machine.imports.setdefault(at.path, set()).add(path)
    known = machine.modules.get(name)
    if known is not None and known.path == path:
        return known
    other = machine.by_path.get(path)
    if other is not None and other.name != "__main__":
        machine.modules[name] = other
        return other
    run_module(machine, path, name)
    module = machine.replaced.values.get(name, machine.modules[name])
    parent_name, _, last = name.rpartition(".")
    parent = machine.modules.get(parent_name)
    if parent is not None:
        machine.state.write(parent.slots, last, module)
    return module


def import_statement(machine: "Machine", node: ast.Import, frame: Frame) -> None:
    """``import a.b`` and ``import a.b as c``."""
    for alias in node.names:
        at = frame.at(node)
        module = machine.import_module(alias.name, frame, at)
        name = alias.asname or alias.name.partition(".")[0]
        if alias.asname is None and "." in alias.name:
            module = machine.import_module(name, frame, at)
        machine.state.write(frame.home(name), name, module)


def import_from(machine: "Machine", node: ast.ImportFrom, frame: Frame) -> None:
    """``from a import b``, relative ones and stars too."""
    at = frame.at(node)
    if node.module == "__future__":
        return
    module = _origin(machine, node, frame, at)
    if isinstance(module, Module) and _asks_for_its_path(module):
        machine.library.asked(machine, module, "__path__", at)
    for alias in node.names:
        if alias.name == "*":
            _star(machine, module, frame, at)
            continue
        name = alias.asname or alias.name
        machine.state.write(frame.home(name), name, _member(machine, module, alias.name, at))


def _asks_for_its_path(module: Module) -> bool:
    """Whether a module that is no package is asked for what only packages have."""
    is_package = module.path.endswith(("/", "__init__.py"))
    return "__getattr__" in module.slots.values and not is_package


def _origin(machine: "Machine", node: ast.ImportFrom, frame: Frame, at: Place) -> Value:
    if not node.level:
        return machine.import_module(node.module or "", frame, at)
    package = _package(frame)
    pieces = package.split("/") if package else []
    if node.level > 1:
        if node.level - 1 > len(pieces):
            raise machine.error("ImportError", "relative import beyond the top package", at)
        pieces = pieces[: len(pieces) - node.level + 1]
    pieces += node.module.split(".") if node.module else []
    return _by_path(machine, pieces, at)


def _package(frame: Frame) -> str:
    return frame.path.rpartition("/")[0]


def _by_path(machine: "Machine", pieces: list[str], at: Place) -> Value:
    """The module at these folders, by its place rather than by its name."""
    stem = "/".join(pieces)
    paths = (f"{stem}/__init__.py", f"{stem}.py") if stem else ("__init__.py",)
    path = next((one for one in paths if machine.sources.has(one)), None)
    if path is None:
        if machine.sources.has_folder(stem) or not stem:
            path = f"{stem}/"
        else:
            raise machine.error("ModuleNotFoundError", f"No module at {stem}", at)
    above_all = ["/".join([*pieces[:end], "__init__.py"]) for end in range(1, len(pieces))]
    machine.imports.setdefault(at.path, set()).update((path, *above_all))
    known = machine.by_path.get(path)
    if known is not None and known.name != "__main__":
        return known
    for above in above_all:
        if machine.sources.has(above) and above not in machine.by_path:
            run_module(machine, above, machine.sources.name_of(above))
    known = machine.by_path.get(path)
    if known is not None and known.name != "__main__":
        return known
    name = machine.sources.name_of(path) if path.endswith(".py") else ".".join(pieces)
    module = run_module(machine, path, name)
    return machine.replaced.values.get(name, module)


def _member(machine: "Machine", module: Value, name: str, at: Place) -> Value:
    if isinstance(module, Module):
        if name in module.slots.values:
            return machine.attribute(module, name, at)
        found = _submodule(machine, module, name, at)
        if found is not None:
            return found
        if "__getattr__" in module.slots.values or "*" in module.slots.values:
            return machine.attribute(module, name, at)
        if module.is_folder:
            return machine.library.external(machine, f"{module.name}.{name}", at)
        raise machine.error("ImportError", f"cannot import name '{name}' from {module.name}", at)
    return machine.attribute(module, name, at)


def _submodule(machine: "Machine", module: Module, name: str, at: Place) -> Value | None:
    folder = module.path.removesuffix("__init__.py") if module.path.endswith("/__init__.py") else (
        module.path if module.path.endswith("/") else None)  # fmt: skip
    if module.path == "__init__.py":
        folder = ""
    if folder is None:
        return None
    stem = f"{folder}{name}"
    present = any(machine.sources.has(p) for p in (f"{stem}/__init__.py", f"{stem}.py"))
    if not present and not machine.sources.has_folder(stem):
        return None
    found = _by_path(machine, stem.split("/"), at)
    machine.state.write(module.slots, name, found)
    return found


def _star(machine: "Machine", module: Value, frame: Frame, at: Place) -> None:
    if not isinstance(module, Module):
        names = machine.library.star_names(module)
        for name in names:
            machine.state.write(frame.slots, name, machine.attribute(module, name, at))
        if not names:
            reason = f"import * from {getattr(module, 'name', 'an unknown module')}"
            machine.state.write(frame.slots, "*", Unknown(reason, at))
        return
    listed = module.slots.values.get("__all__")
    found = machine.iterate(listed, at) if listed is not None else Unknown("")
    listing = [getattr(item, "known", None) for item in found] if isinstance(found, list) else None
    for each in listing or ():
        if isinstance(each, str):
            machine.state.write(frame.slots, each, _member(machine, module, each, at))
    for key, value in list(module.slots.values.items()) if listing is None else ():
        if isinstance(key, str) and not key.startswith("_"):
            old = frame.slots.values.get(key, MISSING)
            machine.state.write(frame.slots, key, over(value, old))
    if "*" in module.slots.values:
        machine.state.write(frame.slots, "*", module.slots.values["*"])
