"""The object that a module of JavaScript exports, as data with places.

What only running it tells stands in a text as ``${COMPUTED}``, a variable of the process
as ``${NAME}`` or with its default as ``${NAME:-default}``.
"""

from collections.abc import Callable

from msgspec import Struct, field
from msgspec.structs import replace

from readiness.document.node import Node
from readiness.document.syntax import Syntax, parse
from readiness.model.place import Place

_COMPUTED = "${COMPUTED}"
_DEEPEST = 30
_WORDS = {"true": True, "false": False, "null": None, "undefined": None}
_ESCAPES = {"\\n": "\n", "\\t": "\t"}


def exported(text: str, path: str) -> Node | None:
    """What a module exports, None where that is nothing; raises `Malformed` where it is none."""
    root = parse("javascript", text, path)
    module = _Module()
    found: Syntax | None = None
    for one in root:
        for inner in one:
            if inner.kind == "variable_declarator":
                name, value = inner.named("name"), inner.named("value")
                if name is not None and value is not None:
                    module.written[name.text] = value
            left = inner.named("left") if inner.kind == "assignment_expression" else None
            if left is not None and left.text == "module.exports":
                found = inner.named("right")
        if one.kind == "export_statement" and "default" in one.signs:
            found = one.named("value")
    return module.value(found) if found is not None else None


class _Module(Struct):
    """The names of a module, as they are written."""

    written: dict[str, Syntax] = field(default_factory=dict)

    def value(self, node: Syntax | None, depth: int = 0) -> Node:
        if node is None or depth > _DEEPEST:
            return _computed(node.at if node is not None else Place(""))
        reader = _READERS.get(node.kind)
        return reader(self, node, depth + 1) if reader is not None else _computed(node.at)

    def named(self, node: Syntax, depth: int) -> Node:
        written = self.written.get(node.text)
        if written is not None:
            return replace(self.value(written, depth), at=node.at)
        return _scalar(self, node, depth) if node.text in _WORDS else _computed(node.at)


def _computed(at: Place) -> Node:
    return Node(_COMPUTED, at, raw=_COMPUTED)


def _scalar(_: _Module, node: Syntax, __: int) -> Node:
    value = _WORDS.get(node.text, node.text)
    return Node(value, node.at, raw=None if value is None else node.text)


def _text(module: _Module, node: Syntax, depth: int) -> Node:
    pieces: list[str] = []
    for one in node:
        if one.kind == "template_substitution":
            inner = module.value(next(iter(one), None), depth)
            pieces.append(_COMPUTED if inner.children is not None else inner.text)
        else:
            pieces.append(_ESCAPES.get(one.text, one.text.removeprefix("\\")))
    text = "".join(pieces)
    return Node(text, node.at, raw=text)


def _object(module: _Module, node: Syntax, depth: int) -> Node:
    found: dict[str, Node] = {}
    for one in node:
        key, value = one.named("key"), one.named("value")
        if one.kind == "pair" and key is not None:
            inner = next(iter(key), key) if key.kind == "computed_property_name" else key
            plain = inner.kind == "property_identifier"
            name = inner.text if plain else module.value(inner, depth).text
            found[name] = replace(module.value(value, depth), key_at=key.at)
        elif one.kind == "spread_element":
            whole = module.value(next(iter(one), None), depth)
            found |= dict(whole.items()) if whole.is_mapping else {_COMPUTED: whole}
        elif one.kind == "shorthand_property_identifier":
            found[one.text] = replace(module.named(one, depth), key_at=one.at)
    return Node.mapping(found, node.at)


def _list(module: _Module, node: Syntax, depth: int) -> Node:
    found: list[Node] = []
    for one in node:
        if one.kind == "spread_element":
            found += list(module.value(next(iter(one), None), depth))
        else:
            found.append(module.value(one, depth))
    return Node.sequence(found, node.at)


def _member(module: _Module, node: Syntax, depth: int) -> Node:
    """A variable of the process, or a part of an object that is written."""
    holder, key = node.named("object"), node.named("property")
    index = node.named("index")
    name = key.text if key is not None else module.value(index, depth).text
    if holder is not None and holder.text == "process.env":
        text = f"${{{name}}}"
        return Node(text, node.at, raw=text)
    return module.value(holder, depth).get(name) or _computed(node.at)


def _either(module: _Module, node: Syntax, depth: int) -> Node:
    """A value with one that is taken where it is missing."""
    left, right = (module.value(node.named(side), depth) for side in ("left", "right"))
    name = left.text[2:-1]
    if node.signs not in {("||",), ("??",)} or left.text[:2] != "${" or not name.isidentifier():
        return _computed(node.at)
    if right.children is not None or "${" in right.text or name == "COMPUTED":
        return _computed(node.at)
    text = f"${{{name}:-{right.text}}}"
    return Node(text, node.at, raw=text)


def _inner(module: _Module, node: Syntax, depth: int) -> Node:
    return module.value(next(iter(node), None), depth)


_READERS: dict[str, Callable[[_Module, Syntax, int], Node]] = {
    "string": _text, "template_string": _text, "number": _scalar, "true": _scalar,
    "false": _scalar, "null": _scalar, "undefined": _scalar, "object": _object, "array": _list,
    "identifier": _Module.named, "member_expression": _member, "subscript_expression": _member,
    "binary_expression": _either, "parenthesized_expression": _inner,
}  # fmt: skip
