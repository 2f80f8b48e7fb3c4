"""Texts of shells, JavaScript and Bicep as trees, by the grammars of tree-sitter."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from readiness.document.node import Malformed
from readiness.model.place import Place

if TYPE_CHECKING:
    import tree_sitter

Language = Literal["bash", "javascript", "bicep"]
_DEEPEST = 200


class Syntax(Struct, frozen=True):
    """A part of a text: its kind in the grammar, and the named parts inside of it.

    ``part`` is what it is to the one that it stands in (``condition``, ``value``); ``start``
    counts the bytes before it. ``signs`` are the words of the grammar itself.
    """

    kind: str
    text: str
    at: Place
    start: int
    part: str | None = None
    inner: tuple["Syntax", ...] = ()
    signs: tuple[str, ...] = field(default=())

    def __iter__(self) -> Iterator["Syntax"]:
        """The parts inside, without comments."""
        return (one for one in self.inner if one.kind != "comment")

    def first(self, *kinds: str) -> "Syntax | None":
        """The first part of a kind."""
        return next((one for one in self.inner if one.kind in kinds), None)

    def named(self, part: str) -> "Syntax | None":
        """The first part that is something to this one."""
        return next((one for one in self.inner if one.part == part), None)


def parse(language: Language, text: str, path: str, line: int = 1) -> Syntax:
    """Parse a text that begins on a line of a file; raises `Malformed` where it is none."""
    tree = _parser(language).parse(text.encode())
    root = tree.root_node
    if root.has_error:
        raise Malformed(f"not {language}: an unexpected token", _broken(root, path, line))
    return _read(root, path, line, None, 0)


@cache
def _parser(language: Language) -> "tree_sitter.Parser":
    from tree_sitter import Language as Grammar  # noqa: PLC0415 - few projects need it
    from tree_sitter import Parser  # noqa: PLC0415 - as above

    return Parser(Grammar(_GRAMMARS[language]()))


def _bash() -> object:
    from tree_sitter_bash import language  # noqa: PLC0415 - as above

    return language()


def _javascript() -> object:
    from tree_sitter_javascript import language  # noqa: PLC0415 - as above

    return language()


def _bicep() -> object:
    from tree_sitter_bicep import language  # noqa: PLC0415 - as above

    return language()


_GRAMMARS: dict[Language, Callable[[], object]] = {
    "bash": _bash, "javascript": _javascript, "bicep": _bicep,
}  # fmt: skip


def _read(node: "tree_sitter.Node", path: str, line: int, part: str | None, depth: int) -> Syntax:
    at = Place(path, node.start_point.row + line, node.start_point.column + 1)
    if depth > _DEEPEST:
        raise Malformed(f"nested deeper than {_DEEPEST} levels", at)
    inner: list[Syntax] = []
    signs: list[str] = []
    for n, one in enumerate(node.children):
        if one.is_named:
            inner.append(_read(one, path, line, node.field_name_for_child(n), depth + 1))
        else:
            signs.append(one.type)
    text = (node.text or b"").decode(errors="replace")
    return Syntax(node.type, text, at, node.start_byte, part, tuple(inner), tuple(signs))


def _broken(node: "tree_sitter.Node", path: str, line: int) -> Place:
    """Where a text is first not understood."""
    pending = [node]
    while pending:
        one = pending.pop(0)
        if one.is_error or one.is_missing:
            return Place(path, one.start_point.row + line)
        pending = [
            inner for inner in one.children if inner.has_error or inner.is_missing
        ] + pending
    return Place(path)
