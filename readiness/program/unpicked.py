"""Modules named by the texts of a dictionary from which the code took another one."""

import re
from collections.abc import Iterator, Mapping

from readiness.model.place import Place
from readiness.program.interpreter.consulting import DEPTH, held_by, named_in
from readiness.program.interpreter.machine import Machine
from readiness.program.models.standard.importing import names_of
from readiness.program.nodes import walk
from readiness.program.values import Class, Dict, External, Function, Text, Value
from readiness.project import Unreadable

_IMPORTS = "import_module"
_PLAIN = r"""\b(?:
    def[ ]+NAME\b | NAME[ ]*[(\[] | NAME[ ]*(?::[^=\n]+)?=(?!=) | NAME\.get\b
    | (?:not[ ]+)?in[ ]+NAME\b | (?:len|list|sorted|join)\(NAME\)
    | (?:from[ ]+[\w.]+[ ]+)?import[ ][^\n]*\bNAME\b(?![ ]+as\b)
)"""
"""How a name may stand in the code without handing on what it stands for."""
_OF_CLASS = rf"{_PLAIN} | \bclass[ ]+NAME\b | \bNAME\. | (?:->|:)[ ]*NAME\b"
"""The same for that of a class, whose methods are looked for by their own names."""
_BASES = (External("builtins.object"),)


def left(machine: Machine) -> Mapping[str, set[Place]]:
    """The files of modules that a dictionary names beside one that was imported by its name.

    Each with the places of its names there. Nothing where somebody who has not run yet, or
    whom names do not show, may ask for another one.
    """
    taken = machine.records.imported
    if not taken or None in {known for _, known, _ in machine.records.named}:
        return {}
    imported = set[str]().union(*machine.imports.values())
    called = names_of(machine, machine.evaluated - imported, taken)
    paths = {name: path for path, names in called.items() for name in names}
    found: dict[str, set[Place]] = {}
    names: set[str] = set()
    for name, value in _dictionaries(machine):
        beside = list(_beside(value, taken, paths))
        names |= {name} if beside else set()
        for path, place in beside:
            found.setdefault(path, set()).add(place)
    return {} if not found or _may_ask(machine, names) else found


def _dictionaries(machine: Machine) -> Iterator[tuple[str, Dict]]:
    """Those of modules, of classes and objects in them, and of functions that imported."""
    for module in machine.by_path.values():
        yield from () if module.stands_in else named_in(module.slots)
    yield from machine.records.around_imports


def _beside(value: Dict, taken: set[str], paths: Mapping[str, str]) -> Iterator[tuple[str, Place]]:
    """The files that entries of a dictionary name, if another entry names what was taken."""
    entries = [list(_modules(one, {*taken, *paths})) for one in held_by(value)]
    chosen = [any(name in taken for name, _ in entry) for entry in entries]
    for entry, was_taken in zip(entries, chosen, strict=True) if any(chosen) else ():
        yield from () if was_taken else ((paths[name], place) for name, place in entry)


def _modules(value: Value, known: set[str], depth: int = DEPTH) -> Iterator[tuple[str, Place]]:
    """The modules among those known that a text names, or the texts in a value do."""
    if isinstance(value, Text):
        place = value.parts[0].at if value.parts else None
        name = (value.known or "").partition(":")[0]
        while name and name not in known:
            name = name.rpartition(".")[0]
        if name and place is not None:
            yield name, place
    elif depth:
        for one in held_by(value):
            yield from _modules(one, known, depth - 1)


def _may_ask(machine: Machine, names: set[str]) -> bool:
    """Whether what nothing called, a request or a file that was not run may ask for others.

    By names: whoever says the dictionary's, or that of a function which is told what to
    import. A function that is told nothing gives everybody the same.
    """
    functions = [one for one in machine.records.functions if isinstance(one, Function)]
    classes: set[str] = set()
    asking, before = {*names, _IMPORTS}, 0
    while before < len(asking):
        before = len(asking)
        told = [one for one in functions if _is_told(one) and _says(one, asking)]
        if any(_answers_by_itself(machine, one) for one in told):
            return True
        classes |= {one.owner.name for one in told if one.owner is not None}
        asking |= classes | {one.name for one in told if one.name != "__init__"}
    waiting = [one for one in functions if one.node not in machine.records.called]
    waiting += [one for one in machine.records.callbacks if isinstance(one, Function)]
    return any(_says(one, asking) for one in waiting) or any(
        _is_handed_on(machine, name, is_class=name in classes) for name in asking - {_IMPORTS}
    )


def _answers_by_itself(machine: Machine, function: Function) -> bool:
    """Whether somebody may ask a function without saying its name."""
    name, owner = function.name, function.owner
    if not name.isidentifier() or function.node in machine.records.unsure:
        return True
    if name.startswith("__") and name != "__init__":
        return True
    return owner is not None and (owner in machine.records.given or not _is_plain(owner))


def _is_plain(owner: Class) -> bool:
    """Whether nothing but the code itself calls the methods of a class, by their names."""
    return all(isinstance(one, Class) or one in _BASES for one in owner.order)


def _is_told(function: Function) -> bool:
    spec = function.node.args
    return any((spec.posonlyargs, spec.args, spec.vararg, spec.kwonlyargs, spec.kwarg))


def _says(function: Function, names: set[str]) -> bool:
    return any(getattr(one, "attr", getattr(one, "id", None)) in names
               for one in walk(function.node))  # fmt: skip


def _is_handed_on(machine: Machine, name: str, *, is_class: bool) -> bool:
    """Whether the code says a name otherwise than plainly, or what was not run may say it."""
    pattern = _OF_CLASS if is_class else _PLAIN
    plain = re.compile(pattern.replace("NAME", name), re.VERBOSE)
    said = re.compile(rf"\b{name}\b")
    for path in machine.sources.paths:
        try:
            text = machine.sources.project.read(path).decode("utf-8", "replace")
        except Unreadable:
            return True
        if (path not in machine.evaluated and said.search(text)) or said.search(
            plain.sub("", text)
        ):
            return True
    return False
