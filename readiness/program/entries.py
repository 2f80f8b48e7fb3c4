"""With what a process of the deployment starts: a file, how it runs, and what it calls."""

from dataclasses import dataclass

from readiness.program.sources import Sources


@dataclass(frozen=True, slots=True)
class Entry:
    """A script or a module; ``main`` tells that it runs as ``__main__``.

    What only imports it, like the server of ``app.main:app``, may call its ``attribute``.
    A module is looked for in ``folder`` first. ``arguments`` are the words of the command line
    after it; None where they are not known.
    """

    name: str
    attribute: str | None = None
    main: bool = False
    folder: str = ""
    arguments: tuple[str, ...] | None = None

    @classmethod
    def of(cls, given: "str | Entry") -> "Entry":
        """From a text: ``main.py`` and ``app.main`` run, ``app.main:create`` is called."""
        if isinstance(given, Entry):
            return given
        name, _, attribute = given.partition(":")
        return cls(name, attribute or None, main=not attribute)

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
