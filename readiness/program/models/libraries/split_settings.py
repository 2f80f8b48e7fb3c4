"""``split_settings``: files of settings that run one after the other, in the module that asks."""

import posixpath
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.frame import Frame
from readiness.program.models.lifting import arg
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    NONE,
    Arguments,
    External,
    Instance,
    Module,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_OPTIONAL = "split_settings.tools._Optional"


def _include(machine: "Machine", arguments: Arguments) -> Value:
    """``include("base.py", f"environments/{env}.py", optional("local.py"))``."""
    caller = arguments.caller
    if caller is None:
        return NONE
    for given in arguments.positional:
        optional = isinstance(given, Instance) and given.cls == External(_OPTIONAL)
        wanted = given.slots.values.get("path", NONE) if isinstance(given, Instance) else given
        if not isinstance(wanted, Text) or wanted.known is None:
            unknown = Unknown("which settings are included", arguments.at)
            machine.state.write(caller.module.slots, "*", unknown)
            continue
        found = _files(machine, caller.module.path, wanted.known)
        if not found and not optional:
            raise machine.error("OSError", f"No such file: {wanted.known}", arguments.at)
        for path in found:
            _run(machine, path, caller, arguments.at)
    return NONE


def _files(machine: "Machine", asking: str, pattern: str) -> tuple[str, ...]:
    path = posixpath.normpath(posixpath.join(posixpath.dirname(asking), pattern))
    project = machine.sources.project
    return (path,) if project.has(path) else project.files(f"/{path}") if "*" in path else ()


def _run(machine: "Machine", path: str, caller: Frame, at: Place) -> None:
    """Run a file over the names of the module that includes it."""
    tree = machine.sources.tree(path)
    if tree is None:
        unknown = Unknown(f"{path}: it cannot be read", at)
        machine.state.write(caller.module.slots, "*", unknown)
        return
    module = Module(caller.module.name, path)
    module.slots = caller.module.slots
    machine.evaluated.add(path)
    machine.records.included.add(path)
    machine.execute(tree.body, Frame(module, module.slots))


def rivals(machine: "Machine") -> dict[str, str]:
    """Parts of settings that stand beside included ones, and that nobody includes here.

    Each with the reason why it is passed over.
    """
    included = machine.records.included
    folders = {posixpath.dirname(path) for path in included}
    imported = set[str]().union(*machine.imports.values())
    why = "the settings include other files in its place"
    return {
        path: why
        for path in machine.evaluated - included - imported
        if posixpath.dirname(path) in folders and not path.endswith("__init__.py")
    }


def _optional(machine: "Machine", arguments: Arguments) -> Value:
    return Instance(External(_OPTIONAL), {"path": arg(arguments, 0)}, arguments.at)


TABLE = Table(
    functions={
        "split_settings.tools.include": _include, "split_settings.tools.optional": _optional,
    },
    classes={_OPTIONAL: LibraryClass()},
)  # fmt: skip
