"""Which modules can influence each other: those that imports connect, in either direction."""

from collections.abc import Iterable, Mapping

from readiness.program.interpreter.machine import Machine
from readiness.program.values import Tuple


def groups(machine: Machine) -> list[frozenset[str]] | None:
    """The evaluated modules in groups between which nothing passes; None where it may.

    Whoever imports a module may change what is in it, so both are of one group. Variables
    that the code sets, patched libraries and additions to the path reach everybody.
    """
    if reaches_all(machine):
        return None
    return connected(machine.evaluated, machine.imports)


def reaches_all(machine: Machine) -> bool:
    """Whether the code did something that modules which it does not import can notice."""
    added = machine.search_path.slots.values["items"]
    return bool(
        machine.variables.changed
        or machine.variables.enumerated
        or machine.patches.values
        or machine.written
        or not isinstance(added, Tuple)
        or added.items
    )


def connected(paths: Iterable[str], links: Mapping[str, set[str]]) -> list[frozenset[str]]:
    """The groups that links, taken in both directions, make of some paths."""
    home: dict[str, set[str]] = {path: {path} for path in paths}
    for one, others in links.items():
        for other in others:
            left, right = home.setdefault(one, {one}), home.setdefault(other, {other})
            if left is right:
                continue
            small, large = sorted((left, right), key=len)
            large |= small
            home.update(dict.fromkeys(small, large))
    return [frozenset(group) for group in {id(group): group for group in home.values()}.values()]
