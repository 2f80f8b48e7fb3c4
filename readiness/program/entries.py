"""With what a process of the deployment starts: a file, how it runs, and what it calls."""

import ast

from msgspec import Struct

from readiness.model.place import Place
from readiness.program.interpreter.plain import lifted
from readiness.program.sources import Sources
from readiness.program.values import Arguments


class Entry(Struct, frozen=True):
    """A script or a module; ``main`` tells that it runs as ``__main__``.

    What only imports it, like the server of ``app.main:app``, may call its ``attribute``.
    A module is looked for in ``folder`` first. ``arguments`` are the words of the command line
    after it; None where they are not known. ``call`` is what the attribute is called with.
    """

    name: str
    attribute: str | None = None
    main: bool = False
    folder: str = ""
    arguments: tuple[str, ...] | None = None
    call: str = ""

    @classmethod
    def of(cls, given: "str | Entry") -> "Entry":
        """From a text: ``main.py`` and ``app.main`` run, ``app.main:create`` is called."""
        if isinstance(given, Entry):
            return given
        name, _, attribute = given.partition(":")
        attribute, bracket, call = attribute.partition("(")
        return cls(name, attribute or None, main=not attribute, call=bracket + call)

    def given(self, at: Place) -> Arguments | None:
        """What the attribute is called with, where something is said, made of literals."""
        if self.call in {"", "()"}:
            return None
        try:
            node = ast.parse(f"f{self.call}", mode="eval").body
            if not isinstance(node, ast.Call):
                return None
            positional = tuple(lifted(ast.literal_eval(one)) for one in node.args)
            keywords = {one.arg: lifted(ast.literal_eval(one.value)) for one in node.keywords}
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            return None
        named = {name: value for name, value in keywords.items() if name is not None}
        return Arguments(positional, named, at) if len(named) == len(keywords) else None

    def path(self, sources: Sources) -> str | None:
        """The file that runs: of a package, ``python -m`` runs its ``__main__.py``."""
        if self.name.endswith(".py"):
            return self.name if sources.has(self.name) else None
        found = sources.locate_from(self.folder, self.name)
        if found is None or not self.main:
            return found if found and sources.has(found) else None
        folder = found.removesuffix("__init__.py")
        main = f"{folder}__main__.py"
        return main if folder.endswith("/") and sources.has(main) else _file(sources, found)


def _file(sources: Sources, path: str) -> str | None:
    return path if sources.has(path) else None
