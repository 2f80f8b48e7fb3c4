"""Files of variables (``.env``), by python-dotenv's own parser, with every place kept."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from io import StringIO
from typing import ClassVar

from msgspec import Struct

from readiness.document.lines import Lines
from readiness.document.node import Node
from readiness.model.partial import Partial
from readiness.model.place import Place

_QUOTED = re.compile(r"""\s*(?:export\s+)?(?:'[^']+'|[^=#\s]+)\s*=\s*(?P<quote>['"]?)""")

LONGEST = 1_000_000
"""The characters of a value, references resolved."""


class Binding(Partial, frozen=True):
    """One line that names a variable; ``value`` is None where it has no equals sign.

    ``value`` is as written, with quotes and escapes resolved and references not.
    """

    HIDDEN: ClassVar[frozenset[str]] = frozenset({"value"})

    name: str
    value: str | None
    at: Place
    quote: str = ""


class DotEnv(Struct, frozen=True, dict=True):
    """A file of variables: its bindings in order, and the lines that are none."""

    path: str
    bindings: tuple[Binding, ...]
    broken: tuple[Place, ...] = ()

    @cached_property
    def last(self) -> Mapping[str, Binding]:
        """The binding of each variable that counts: the last one."""
        return {binding.name: binding for binding in self.bindings}

    def all(self, name: str) -> tuple[Binding, ...]:
        """Every binding of a variable, in order."""
        return tuple(binding for binding in self.bindings if binding.name == name)

    def values(
        self, known: Mapping[str, str] | None = None, *, override: bool = True
    ) -> dict[str, str | None]:
        """The values with ``${NAME}`` and ``${NAME:-default}`` resolved, as python-dotenv does.

        ``known`` are the variables of the process; with ``override`` the file's win.
        """
        process = known or {}
        found: dict[str, str | None] = {}
        for binding in self.bindings:
            around: dict[str, str | None] = (
                {**process, **found} if override else {**found, **process}
            )
            found[binding.name] = None if binding.value is None else (
                resolved(binding.value, around))  # fmt: skip
        return found

    @property
    def node(self) -> Node:
        """The file as one mapping, for readers who ask by name."""
        children = {
            name: Node(one.value, one.at, raw=one.value, key_at=one.at)
            for name, one in self.last.items()
        }
        return Node({name: one.value for name, one in children.items()}, Place(self.path, 1, 1),
                    children)  # fmt: skip


def parse(text: str, path: str) -> DotEnv:
    """Parse a file of variables; no text is malformed, single lines may be broken."""
    from dotenv.parser import parse_stream  # noqa: PLC0415 - only where there is one

    # As a file that is opened as text: every line end is one and the same.
    text = re.sub(r"\r\n?", "\n", text)
    bindings: list[Binding] = []
    broken: list[Place] = []
    lines, offset = Lines(text, path), len(text) - len(text.removeprefix("\ufeff"))
    for item in parse_stream(StringIO(text)):
        original = item.original.string
        at = lines.at(offset + len(original) - len(original.lstrip()))
        offset += len(original)
        if item.error:
            broken.append(at)
        elif item.key is not None:
            bindings.append(Binding(item.key, item.value, at, _quote(original)))
    return DotEnv(path, tuple(bindings), tuple(broken))


def references(value: str) -> Iterator[str]:
    """The names of the variables that a value refers to."""
    from dotenv.variables import parse_variables  # noqa: PLC0415 - as above

    for atom in parse_variables(value):
        name = getattr(atom, "name", None)
        if isinstance(name, str):
            yield name


def atoms(value: str) -> Iterator[tuple[str, str | None, str]]:
    """The pieces of a value: a text, or the name of a variable and what stands in for it."""
    from dotenv.variables import parse_variables  # noqa: PLC0415 - as above

    for atom in parse_variables(value):
        name = getattr(atom, "name", None)
        if name is None:
            yield atom.resolve({}), None, ""
        else:
            yield "", name, getattr(atom, "default", None) or ""


def resolved(value: str, around: Mapping[str, str | None]) -> str:
    """A value with its references filled in, as python-dotenv does."""
    from dotenv.variables import parse_variables  # noqa: PLC0415 - as above

    pieces: list[str] = []
    length = 0
    for atom in parse_variables(value):
        piece: str = atom.resolve(around)
        length += len(piece)
        if length > LONGEST:
            return value  # what grows without end stays as it is written
        pieces.append(piece)
    return "".join(pieces)


def _quote(original: str) -> str:
    found = _QUOTED.match(original)
    return found["quote"] if found else ""
