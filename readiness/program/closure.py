"""What an entry point may load, at whatever depth, by the text of its code alone."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from readiness.program.entries import Entry
from readiness.program.sources import Sources

Links = Callable[[str, ast.Module], Iterable[str]]

_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?::[A-Za-z_][\w.]*)?\Z")
_AT_RUN_TIME = frozenset({
    "import_module", "__import__", "import_string", "import_object", "iter_modules",
    "walk_packages", "spec_from_file_location", "run_module", "run_path", "autodiscover_tasks",
    "exec", "eval", "DJANGO_SETTINGS_MODULE",
})  # fmt: skip


def belonging_elsewhere(
    sources: Sources, entries: Sequence[Entry], others: Sequence[Entry]
) -> frozenset[str]:
    """The files that processes of other programs import, and that these ones cannot load."""
    theirs = imported(sources, others)
    known = theirs and all(entry.path(sources) for entry in entries)
    mine = loadable(sources, entries) if known else None
    return frozenset() if mine is None else theirs - mine


def imported(sources: Sources, entries: Iterable[Entry]) -> frozenset[str]:
    """The files that these processes import, those that they start with included."""
    return _closed(sources, entries, lambda path, tree: _imports(sources, path, tree))


def loadable(sources: Sources, entries: Iterable[Entry]) -> frozenset[str] | None:
    """The files that these may load, by a text too; None where that may be any at all."""
    anything: list[str] = []

    def links(path: str, tree: ast.Module) -> Iterator[str]:
        words = _words(tree)
        if not _AT_RUN_TIME.isdisjoint(words):
            anything.append(path)
        yield from _imports(sources, path, tree)
        yield from (at for word in words for at in _named(sources, path, word))

    found = _closed(sources, entries, links)
    return None if anything else found


def _closed(sources: Sources, entries: Iterable[Entry], links: Links) -> frozenset[str]:
    waiting = [path for entry in entries if (path := entry.path(sources))]
    found: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path in found or not sources.has(path):
            continue
        found.add(path)
        waiting += sources.packages_of(path)
        tree = sources.tree(path)
        waiting += links(path, tree) if tree is not None else ()
    return frozenset(found)


def _words(tree: ast.Module) -> set[str]:
    """The names that a module uses, and the texts in it that look like names."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                found.add(name)
            case ast.Constant(value=str() as written) if _DOTTED.match(written):
                found.add(written)
    return found


def _named(sources: Sources, path: str, word: str) -> Iterator[str]:
    """The module that a text names, or that holds what it names; with all of a package."""
    pieces = word.partition(":")[0].split(".")
    for end in range(len(pieces), 0, -1):
        at = sources.locate(".".join(pieces[:end]), path)
        if at is None:
            continue
        folder = at.removesuffix("__init__.py")
        yield at
        if folder.endswith("/") and end == len(pieces):
            yield from (one for one in sources.paths if one.startswith(folder))
        return


def _imports(sources: Sources, path: str, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                names = [alias.name for alias in aliases]
            case ast.ImportFrom(level=0, module=module, names=aliases):
                names = [module or "", *(f"{module}.{one.name}" for one in aliases)]
            case ast.ImportFrom():
                yield from _relative(path, node)
                continue
            case _:
                continue
        yield from (at for name in names if name and (at := sources.locate(name, path)))


def _relative(path: str, node: ast.ImportFrom) -> Iterator[str]:
    folders = path.split("/")[: -node.level]
    stem = "/".join([*folders, *(node.module.split(".") if node.module else ())])
    for name in ("", *(one.name for one in node.names)):
        inside = "/".join(piece for piece in (stem, name) if piece)
        yield f"{inside}.py"
        yield f"{inside}/__init__.py".lstrip("/")
