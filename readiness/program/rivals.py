"""Files that are no part of this environment: another one would import or start them."""

import re
from collections.abc import Collection
from pathlib import PurePosixPath

from readiness.deployment.naming import other_names
from readiness.model.place import Place
from readiness.program import unpicked
from readiness.program.interest import has_main_block
from readiness.program.interpreter.machine import Machine
from readiness.program.models.standard import importing
from readiness.program.starters import module_word
from readiness.project import Unreadable

_TEXTS = ("*.py", "*.yaml", "*.yml", "*.toml", "*.json", "*.ini", "*.cfg", "*.conf", "*.sh",
          "Makefile", "Procfile*", "Dockerfile*", "*.service")  # fmt: skip
"""Files that may say which module somebody else starts."""


def unnamed(machine: Machine) -> dict[str, str]:
    """Modules that the environment does not name where it could, and that nothing else does."""
    found = {path: why for path, why in importing.rivals(machine).items()
             if not (_is_program(machine, path) or _is_named(machine, path))}  # fmt: skip
    for path, places in unpicked.left(machine).items():
        if not (_is_program(machine, path) or _is_named(machine, path, places)):
            found[path] = "the code takes another module from where its name stands"
    return found


def _is_program(machine: Machine, path: str) -> bool:
    """Whether a file may be started itself, or is what asks for modules by such names."""
    tree = machine.sources.tree(path)
    askers = {asker for _, _, asker in machine.records.named}
    is_main = tree is not None and has_main_block(tree)
    return is_main or not askers.isdisjoint(_loaded_by(machine, path))


def _loaded_by(machine: Machine, path: str) -> set[str]:
    """The files that one loads, but for packages around it that it does not ask for."""
    found = {path}
    pending = [*(machine.imports.get(path, set()) - _around(machine, path))]
    while pending:
        found.add(one := pending.pop())
        pending += machine.imports.get(one, set()) - found
    return found


def _around(machine: Machine, path: str) -> set[str]:
    """The packages that are loaded before a module of theirs, whatever it says."""
    lines, found = _lines(machine, path), set[str]()
    for folder in PurePosixPath(path).parents:
        name = re.escape(str(folder).replace("/", "."))
        asks = re.compile(rf"\s*(?:from\s+(?:\.+|(?:\w+\.)*{name})\s+import|import\s+{name})\b")
        if not any(map(asks.match, lines)):
            found.add(f"{folder}/__init__.py")
    return found


def _is_named(machine: Machine, path: str, there: Collection[Place] = ()) -> bool:
    """Whether other code imports a module, or a text has its whole name or its path.

    ``there`` are places that do not count.
    """
    word, name = re.escape(module_word(path)), machine.sources.name_of(path)
    if not there and word in machine.sources.imported_names:
        return True
    says = re.compile(
        rf"""(?<![\w.])(?:{re.escape(name)}|{re.escape(path)})(?!\w)
        | ^\s*(?:from|import)\s.*\b{word}\b | ^[\s\w,(]*\b{word}\b[\s\w,)]*(?:\#.*)?$
        | ["'][\w.]*\b{word}:\w""", re.VERBOSE
    ).search  # fmt: skip
    lines = {(one.path, one.line) for one in there}
    return any(says(line) for one in machine.sources.project.files(*_TEXTS)
               for number, line in enumerate(_lines(machine, one), 1)
               if (one, number) not in lines)  # fmt: skip


def _lines(machine: Machine, path: str) -> list[str]:
    try:
        return machine.sources.project.read(path).decode("utf-8", "replace").split("\n")
    except Unreadable:
        return []


def contrary(machine: Machine) -> str:
    """Why a program that has just run starts another environment; nothing if it does not."""
    environment = machine.variables.environment
    others = other_names(environment.name)
    for name, value in machine.variables.slots.values.items():
        known = getattr(value, "known", None)
        variable = environment.get(name) if isinstance(name, str) else None
        told = variable.value.reveal() if variable is not None and variable.value else None
        if known is None or known == told:
            continue
        if told is not None or known.lower() in others:
            return f"it sets {name} otherwise than {environment.name} has it"
    return ""
