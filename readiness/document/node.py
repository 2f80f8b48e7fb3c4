"""A parsed text in which every value knows its place."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from msgspec.structs import replace

from readiness.model.partial import Partial
from readiness.model.place import Place

Children = Mapping[str, "Node"] | tuple["Node", ...] | None


class Node(Partial, frozen=True):
    """A value of a YAML, TOML, JSON, INI or similar file, with its place.

    ``value`` is plain data; ``raw`` is the scalar as it was written; ``key_at`` is the
    place of the key for a value of a mapping; ``tag`` is a tag of YAML that is not the
    language's own, as it was written. A missing child is `None`, so that a
    reader asks `get` instead of guarding every step.
    """

    HIDDEN: ClassVar[frozenset[str]] = frozenset({"value", "children", "raw"})

    value: Any
    at: Place
    children: Children = None
    raw: str | None = None
    key_at: Place | None = None
    tag: str | None = None

    @classmethod
    def mapping(
        cls, children: Mapping[str, "Node"], at: Place, key_at: Place | None = None
    ) -> "Node":
        """A mapping of nodes."""
        plain = {key: child.value for key, child in children.items()}
        return cls(plain, at, dict(children), key_at=key_at)

    @classmethod
    def sequence(
        cls, children: Iterable["Node"], at: Place, key_at: Place | None = None
    ) -> "Node":
        """A list of nodes."""
        elements = tuple(children)
        return cls([child.value for child in elements], at, elements, key_at=key_at)

    def get(self, *path: str | int) -> "Node | None":
        """Follow keys and indexes; None where any of them leads nowhere."""
        node: Node | None = self
        for step in path:
            if node is None:
                return None
            node = node.child(step)
        return node

    def child(self, step: str | int) -> "Node | None":
        """The value under one key or index; None where there is none."""
        if isinstance(self.children, Mapping):
            return self.children.get(str(step))
        if isinstance(self.children, tuple) and isinstance(step, int):
            return (
                self.children[step] if -len(self.children) <= step < len(self.children) else None
            )
        return None

    def items(self) -> Iterator[tuple[str, "Node"]]:
        """The pairs of a mapping; nothing for anything else."""
        if isinstance(self.children, Mapping):
            yield from self.children.items()

    def __iter__(self) -> Iterator["Node"]:
        """The elements of a list; nothing for anything else."""
        if isinstance(self.children, tuple):
            yield from self.children

    def lowered(self, by: int) -> "Node":
        """The same, for a text that stands in another: its lines are counted from there."""
        at = _lowered(self.at, by)
        key_at = self.key_at and _lowered(self.key_at, by)
        if self.is_mapping:
            inner = {key: one.lowered(by) for key, one in self.items()}
            return Node.mapping(inner, at, key_at)
        if self.is_list:
            return Node.sequence([one.lowered(by) for one in self], at, key_at)
        return replace(self, at=at, key_at=key_at)

    @property
    def is_mapping(self) -> bool:
        """Whether this is a mapping."""
        return isinstance(self.children, Mapping)

    @property
    def is_list(self) -> bool:
        """Whether this is a list."""
        return isinstance(self.children, tuple)

    @property
    def text(self) -> str:
        """A scalar as the text that a reader of environment variables would see."""
        if self.raw is not None:
            return self.raw
        return "" if self.value is None else str(self.value)


def _lowered(at: Place, by: int) -> Place:
    return Place(at.path, (at.line or 0) + by)


class Malformed(Exception):  # noqa: N818 - an answer about a file, not an error of ours
    """A text that is not what its name says; ``reason`` is one line."""

    def __init__(self, reason: str, at: Place) -> None:
        super().__init__(f"{at}: {reason}")
        self.reason = reason
        self.at = at
