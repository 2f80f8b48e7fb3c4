"""Files that start what others hold: they mention nothing of interest, but import what does."""

from collections.abc import Iterable

from readiness.program.sources import Sources

FEW = 300
"""In a project of more files those are not looked for."""


def starters(sources: Sources, paths: Iterable[str], interesting: Iterable[str]) -> set[str]:
    """The files among ``paths`` that nothing imports and that reach an interesting one."""
    words = {path: sources.imports_of(path) for path in paths}
    reached = {module_word(path) for path in interesting}
    found: set[str] = set()
    while new := {path for path, said in words.items() if path not in found
                  and not reached.isdisjoint(said)}:  # fmt: skip
        found |= new
        reached |= {module_word(path) for path in new}
    return {path for path in found if is_started(sources, path)}


def is_started(sources: Sources, path: str) -> bool:
    """Whether nothing imports a file, so that it is a program or a server reads it."""
    return module_word(path) not in sources.imported_names


def module_word(path: str) -> str:
    """The word by which a module is imported: its own, or its package's."""
    return path.removesuffix(".py").removesuffix("/__init__").rpartition("/")[2]
