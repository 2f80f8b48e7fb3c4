"""Templates of charts written out, each line with the place that decides it."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from readiness.deployment.helm_functions import COMPUTED, Computed, call, is_empty, shown
from readiness.deployment.helm_language import Call, Literal, Part, Path, Pipe, Unsupported
from readiness.deployment.interpolation import COMPUTED as MARK
from readiness.document.node import Node
from readiness.model.place import Place

_EMPTY = (None, "")
_NOTHING = (None, "", '""', "''")
_DEEPEST = 30
_MOST = 20_000


class Written(Struct):
    """What a template comes to: its pieces, each with its line or the place of its value."""

    path: str
    pieces: list[tuple[str, Place, bool]] = field(default_factory=list)

    def add(self, text: str, line: int, at: Place | None = None) -> None:
        """Add a text that begins on a line of the template, or that a value gives."""
        self.pieces.append((text, at or Place(self.path, line), at is not None))

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(text for text, _, _ in self.pieces)

    @property
    def places(self) -> list[Place]:
        """The place of each line: of the first value in it, else of its text."""
        found: list[tuple[Place, bool] | None] = [None]
        for text, at, is_value in self.pieces:
            for n, line in enumerate(text.split("\n")):
                found += [None] if n else []
                here = at if is_value else Place(at.path, (at.line or 0) + n)
                if line.strip() and (found[-1] is None or (is_value and not found[-1][1])):
                    found[-1] = here, is_value
        return [one[0] if one else Place(self.path) for one in found]


class Runner(Struct):
    """One chart: what its templates see, and what they define."""

    root: Mapping[str, Any]
    defined: dict[str, tuple[Part, ...]]
    left: int = _MOST

    def write(self, parts: tuple[Part, ...], path: str) -> Written:
        """Write a template out; raises `Unsupported`."""
        written = Written(path)
        self._parts(parts, self.root, {"$": self.root}, written, 0)
        return written

    def _parts(
        self, parts: tuple[Part, ...], dot: Any, names: dict[str, Any], to: Written, depth: int
    ) -> None:
        for part in parts:
            self.left -= 1 + len(part.text) // 100
            if self.left < 0 or depth > _DEEPEST:
                raise Unsupported("more than is written out")
            match part.kind:
                case "text":
                    to.add(part.text, part.line)
                case "output":
                    self._output(part, dot, names, to, depth)
                case "set":
                    names[part.names[0]] = self._value(part.pipe, dot, names, depth)
                case "if":
                    held = not is_empty(_plain(self._value(part.pipe, dot, names, depth)))
                    inner = part.body if held else part.otherwise
                    self._parts(inner, dot, names, to, depth + 1)
                case "with":
                    self._with(part, dot, names, to, depth)
                case "range":
                    self._range(part, dot, names, to, depth)

    def _output(
        self, part: Part, dot: Any, names: dict[str, Any], to: Written, depth: int
    ) -> None:
        value = self._value(part.pipe, dot, names, depth)
        held = _only(part.pipe)
        said = self._path(held, dot, names) if held is not None else value
        at = said.at if isinstance(said, Node) and said.children is None else None
        plain = _plain(value)
        unknown = plain is COMPUTED or (
            plain in _NOTHING and self._left_empty(part.pipe, dot, names)
        )
        to.add(MARK if unknown else shown(plain), part.line, at)

    def _left_empty(self, pipe: Pipe | None, dot: Any, names: dict[str, Any]) -> bool:
        """Whether a value that the chart leaves empty is written: an installation gives it."""
        given = [each for one in (pipe.calls if pipe else ()) for each in one.arguments]
        paths = [each for each in given if isinstance(each, Path)]
        return any(_plain(self._path(each, dot, names)) in _EMPTY for each in paths)

    def _with(self, part: Part, dot: Any, names: dict[str, Any], to: Written, depth: int) -> None:
        value = self._value(part.pipe, dot, names, depth)
        if is_empty(_plain(value)):
            self._parts(part.otherwise, dot, names, to, depth + 1)
            return
        inner = {**names, **dict.fromkeys(part.names[:1], value)}
        self._parts(part.body, value, inner, to, depth + 1)

    def _range(self, part: Part, dot: Any, names: dict[str, Any], to: Written, depth: int) -> None:
        value = self._value(part.pipe, dot, names, depth)
        if is_empty(_plain(value)):
            self._parts(part.otherwise, dot, names, to, depth + 1)
            return
        for key, one in _items(value):
            bound = (key, one) if len(part.names) > 1 else (one,)
            inner = {**names, **dict(zip(part.names, bound, strict=False))}
            self._parts(part.body, one, inner, to, depth + 1)

    def _value(self, pipe: Pipe | None, dot: Any, names: dict[str, Any], depth: int) -> Any:
        found: Any = None
        for n, one in enumerate(pipe.calls if pipe else ()):
            given = [self._argument(each, dot, names, depth) for each in one.arguments]
            given += [found] if n else []
            found = self._called(one, given, depth)
        return found

    def _argument(
        self, one: Literal | Path | Pipe, dot: Any, names: dict[str, Any], depth: int
    ) -> Any:
        if isinstance(one, Literal):
            return one.value
        if isinstance(one, Path):
            return self._path(one, dot, names)
        return self._value(one, dot, names, depth)

    def _called(self, one: Call, given: list[Any], depth: int) -> Any:
        if not one.name:
            return given[0]
        if one.name in {"include", "tpl"}:
            return self._included(one.name, given, depth)
        if one.name in {"default", "required", "coalesce"}:
            # What is handed on keeps its place.
            chosen = call(one.name, [_plain(each) for each in given])
            return next((each for each in given if isinstance(each, Node)
                         and each.value is chosen), chosen)  # fmt: skip
        return call(one.name, [_plain(each) for each in given])

    def _included(self, name: str, given: list[Any], depth: int) -> Any:
        parts = self.defined.get(_plain(given[0])) if name == "include" else None
        if parts is None:
            return COMPUTED
        written = Written("")
        dot = given[1] if len(given) > 1 else None
        self._parts(parts, dot, {"$": dot}, written, depth + 1)
        return written.text

    def _path(self, path: Path, dot: Any, names: dict[str, Any]) -> Any:
        held = names.get(path.start, COMPUTED) if path.start else dot
        for name in path.names:
            held = _member(held, name)
        return held


def _member(held: Any, name: str) -> Any:
    if isinstance(held, Computed):
        return COMPUTED
    if isinstance(held, Node):
        return held.get(name)
    return held.get(name) if isinstance(held, Mapping) else None


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Node) else value


def _items(value: Any) -> list[tuple[Any, Any]]:
    if isinstance(value, Node) and value.children is not None:
        return list(value.items()) if value.is_mapping else list(enumerate(value))
    if isinstance(value, Mapping):
        return sorted(value.items())
    if isinstance(value, list):
        return list(enumerate(value))
    raise Unsupported("a range over what is no list")


def _only(pipe: Pipe | None) -> Path | None:
    """The value that an action only writes out, in quotes or not."""
    calls = pipe.calls if pipe else ()
    if any(one.name not in {"", "quote", "squote", "toString"} for one in calls) or not calls:
        return None
    given = calls[0].arguments[:1]
    return given[0] if given and isinstance(given[0], Path) else None


def placed(node: Node, places: list[Place]) -> Node:
    """A node of what was written out, with the places that decided its lines."""
    at = _place(node.at, places)
    key_at = _place(node.key_at, places) if node.key_at else None
    if node.is_mapping:
        return Node.mapping({key: placed(one, places) for key, one in node.items()}, at, key_at)
    if node.is_list:
        return Node.sequence([placed(one, places) for one in node], at, key_at)
    return replace(node, at=at, key_at=key_at)


def _place(at: Place, places: list[Place]) -> Place:
    line = at.line or 0
    return places[line - 1] if 0 < line <= len(places) else at
