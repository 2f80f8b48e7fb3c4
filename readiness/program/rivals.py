"""Files that are no part of this environment: another one would import or start them."""

import re

from readiness.deployment.naming import other_names
from readiness.program.interest import has_main_block
from readiness.program.interpreter.machine import Machine
from readiness.program.models import importing
from readiness.program.starters import module_word
from readiness.project import Unreadable

_TEXTS = ("*.py", "*.yaml", "*.yml", "*.toml", "*.json", "*.ini", "*.cfg", "*.conf", "*.sh",
          "Makefile", "Procfile*", "Dockerfile*", "*.service")  # fmt: skip
"""Files that may say which module somebody else starts."""


def unnamed(machine: Machine) -> dict[str, str]:
    """Modules that the environment does not name where it could, and that nothing else does."""
    return {path: why for path, why in importing.rivals(machine).items()
            if not (_is_program(machine, path) or _is_named(machine, path))}  # fmt: skip


def _is_program(machine: Machine, path: str) -> bool:
    """Whether a file may be started itself, or is what asks for modules by such names."""
    tree = machine.sources.tree(path)
    askers = {asker for _, _, asker in machine.records.named}
    is_main = tree is not None and has_main_block(tree)
    return is_main or not askers.isdisjoint(_loaded_by(machine, path))


def _loaded_by(machine: Machine, path: str) -> set[str]:
    found, pending = {path}, [path]
    while pending:
        new = machine.imports.get(pending.pop(), set()) - found
        found |= new
        pending += new
    return found


def _is_named(machine: Machine, path: str) -> bool:
    """Whether other code imports a module, or a text has its whole name or its path."""
    if module_word(path) in machine.sources.imported_names:
        return True
    name = machine.sources.name_of(path)
    says = re.compile(rf"(?<![\w.])(?:{re.escape(name)}|{re.escape(path)})(?!\w)").search
    return any(says(_text(machine, one)) for one in machine.sources.project.files(*_TEXTS))


def _text(machine: Machine, path: str) -> str:
    try:
        return machine.sources.project.read(path).decode("utf-8", "replace")
    except Unreadable:
        return ""


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
