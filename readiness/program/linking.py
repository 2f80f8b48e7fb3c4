"""Files that were parsed, what each defines, and which others it imports."""

from collections.abc import Iterator, Sequence

from readiness.program.mentions import Imported, Mentions, mentions_of
from readiness.program.nodes import Definition
from readiness.program.saying import Mention, said_in
from readiness.program.sources import Sources

DEPTH = 8
"""How many imports are followed from one file to the next."""


class Links:
    """The files that were parsed, and the modules that they import.

    Files below ``copies`` are those of a library itself.
    """

    def __init__(self, sources: Sources, copies: tuple[str, ...]) -> None:
        self.sources = sources
        self.paths: tuple[str, ...] = ()
        self._copies = copies
        self._outer: dict[str, dict[str, list[Definition]]] = {}
        self._naming: dict[str, list[str]] = {}
        self._mentions: dict[tuple[str, str], tuple[Mention, ...]] = {}

    def refresh(self) -> bool:
        """Take note of the files that were parsed since; whether there were any."""
        before = self.paths
        self.paths = tuple(path for path in self.sources.paths if self.sources.is_parsed(path))
        if self.paths == before:
            return False
        self._naming = {}
        for path in self.paths:
            read = self.read(path)
            for name in {*read.names, *read.inner} if read is not None else ():
                self._naming.setdefault(name, []).append(path)
        return True

    def naming(self, name: str) -> Sequence[str]:
        """The files that mention a name."""
        return self._naming.get(name, ())

    def read(self, path: str) -> Mentions | None:
        """What a file mentions; None where nobody parsed it."""
        parsed = self.sources.is_parsed(path)
        return self.sources.read_of(path, mentions_of) if parsed else None

    def mentions(self, path: str, name: str) -> tuple[Mention, ...]:
        """Where and how a file mentions a name."""
        key, read = (path, name), self.read(path)
        if key not in self._mentions and read is not None:
            self._mentions[key] = tuple(dict.fromkeys(
                one for region in read.mentioning(name)
                for one in said_in(read.regions[region].node, region, name)))  # fmt: skip
        return self._mentions.get(key, ())

    def outer(self, path: str) -> dict[str, list[Definition]]:
        """The definitions of a file that no other one is around, by name."""
        if path not in self._outer:
            read = self.read(path)
            if read is None:
                return {}
            self._outer[path] = _outermost(read)
        return self._outer[path]

    def module(self, near: str, module: str) -> str | None:
        """The file of a module, as a file near it would import it."""
        if not module.startswith("."):
            at = self.sources.locate(module, near)
        else:
            rest = module.lstrip(".")
            above = near.split("/")[: -(len(module) - len(rest))]
            at = self.sources.at("/".join([*above, *(rest.split(".") if rest else ())]))
        return None if at is not None and at.startswith(self._copies) else at

    def every_import(self) -> Iterator[tuple[str, str, Imported]]:
        """Each name that a file imports."""
        for path in self.paths:
            read = self.read(path)
            for name, several in read.imports.items() if read is not None else ():
                yield from ((path, name, one) for one in several)


def joined(module: str, name: str) -> str:
    """How a module is imported that lies in another one, dots and all."""
    return f"{module}{name}" if module.endswith(".") or not name else f"{module}.{name}"


def _outermost(read: Mentions) -> dict[str, list[Definition]]:
    inside = [False]
    found: dict[str, list[Definition]] = {}
    for node, around, *_ in read.regions[1:]:
        inside.append(inside[around] or isinstance(node, Definition))
        if isinstance(node, Definition) and not inside[around]:
            found.setdefault(node.name, []).append(node)
    return found
