"""What the expressions of Bicep come to, as far as parameters and variables tell."""

import re
from collections.abc import Callable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from readiness.deployment.interpolation import COMPUTED
from readiness.document.bicep import SPREAD, spread
from readiness.document.node import Node
from readiness.document.syntax import Syntax
from readiness.model.place import Place

_DEEPEST = 30
_ESCAPED = re.compile(r"\\(u\{[0-9a-fA-F]+\}|.)")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t"}


class Scope(Struct):
    """The names of one file: what parameters are given, and how variables are written."""

    given: Mapping[str, Node] = field(default_factory=dict)
    written: dict[str, Syntax] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: Syntax, given: Mapping[str, Node]) -> "Scope":
        """The names of a file, its parameters as they are given."""
        scope, marks = cls(given), ""
        for one in root:
            if one.kind == "decorators":
                marks = one.text
                continue
            name, *rest = [inner for inner in one if inner.kind != "type"] or [one]
            if one.kind == "variable_declaration" and rest:
                scope.written[name.text] = rest[-1]
            elif one.kind == "parameter_declaration":
                if "secure" in marks:
                    scope.hidden.add(name.text)
                elif rest and "=" in one.signs:
                    scope.written[name.text] = rest[-1]
            marks = ""
        return scope

    def value(self, node: Syntax | None, depth: int = 0) -> Node:
        """What a part of a file comes to; ``${COMPUTED}`` stands for what nobody here knows."""
        if node is None or depth > _DEEPEST:
            return computed(node.at if node else Place(""))
        reader = _READERS.get(node.kind)
        return reader(self, node, depth + 1) if reader is not None else computed(node.at)

    def name(self, node: Syntax, depth: int) -> Node:
        """What a name stands for."""
        name = node.text
        if name in self.hidden:
            return computed(node.at)
        if name in self.given:
            return self.given[name]
        written = self.written.get(name)
        return self.value(written, depth) if written is not None else computed(node.at)

    def truth(self, node: Syntax | None, depth: int = 0) -> bool | None:
        """Whether a condition holds; None where nobody knows."""
        if node is None:
            return None
        if node.kind == "parenthesized_expression":
            return self.truth(next(iter(node), None), depth)
        if node.kind == "unary_expression" and node.signs == ("!",):
            found = self.truth(next(iter(node), None), depth)
            return None if found is None else not found
        if node.kind == "binary_expression":
            return self._compared(node, depth)
        text = self.value(node, depth).text
        return {"true": True, "false": False}.get(text.lower())

    def _compared(self, node: Syntax, depth: int) -> bool | None:
        sides = [node.named("left"), node.named("right")]
        if node.signs in {("&&",), ("||",)}:
            found = [self.truth(one, depth) for one in sides]
            decisive = node.signs == ("||",)
            return decisive if decisive in found else None if None in found else not decisive
        left, right = (self.value(one, depth) for one in sides)
        if COMPUTED in left.text + right.text or left.children or right.children:
            return None
        same = left.text == right.text
        alike = left.text.lower() == right.text.lower()
        return {"==": same, "!=": not same, "=~": alike}.get(" ".join(node.signs))


def computed(at: Place) -> Node:
    """What only an installation tells."""
    return Node(COMPUTED, at, raw=COMPUTED)


def _text(scope: Scope, node: Syntax, depth: int) -> Node:
    pieces = []
    for one in node:
        if one.kind == "interpolation":
            inner = scope.value(next(iter(one), None), depth)
            pieces.append(COMPUTED if inner.children is not None else inner.text)
        else:
            is_block = node.text.startswith("'''")
            pieces.append(one.text.removeprefix("\n") if is_block else _plain(one.text))
    text = "".join(pieces)
    return Node(text, node.at, raw=text)


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda one: _SIGNS.get(one[1], one[1]), text)


def _scalar(_: Scope, node: Syntax, __: int) -> Node:
    value = {"true": True, "false": False, "null": None}.get(node.text, node.text)
    return Node(value, node.at, raw="" if value is None else node.text)


def _object(scope: Scope, node: Syntax, depth: int) -> Node:
    found: dict[str, Node] = {}
    for one in node:
        key, *rest = list(one) or [one]
        if one.kind != "object_property" or not rest:
            continue
        name = scope.value(key, depth).text if key.kind == "string" else key.text
        value = scope.value(rest[-1], depth)
        if name == SPREAD:
            found |= dict(value.items()) if value.is_mapping else {COMPUTED: value}
        else:
            found[name] = replace(value, key_at=key.at)
    return Node.mapping(found, node.at)


def _list(scope: Scope, node: Syntax, depth: int) -> Node:
    found: list[Node] = []
    for one in node:
        inner = spread(one)
        value = scope.value(inner or one, depth)
        found += list(value) if inner is not None and value.is_list else [value]
    return Node.sequence(found, node.at)


def _member(scope: Scope, node: Syntax, depth: int) -> Node:
    holder = scope.value(node.named("object"), depth)
    key, index = node.named("property"), node.named("index")
    if index is not None:
        text = scope.value(index, depth).text
        return holder.get(int(text) if holder.is_list and text.isdigit() else text) or (
            computed(node.at))  # fmt: skip
    return holder.get(key.text if key else "") or computed(node.at)


def _choice(scope: Scope, node: Syntax, depth: int) -> Node:
    holds = scope.truth(node.named("condition"), depth)
    if holds is None:
        return computed(node.at)
    return scope.value(node.named("consequence" if holds else "alternative"), depth)


def _inner(scope: Scope, node: Syntax, depth: int) -> Node:
    return scope.value(next(iter(node), None), depth)


def _each(scope: Scope, node: Syntax, depth: int) -> Node:
    """A list that is made of another, element by element."""
    name, body = node.named("initializer"), node.named("body")
    source = next((one for one in node if one.part is None), None)
    values = scope.value(source, depth)
    if name is None or body is None or not values.is_list:
        return computed(node.at)
    made = [replace(scope, given={**scope.given, name.text: one}).value(body, depth)
            for one in values]  # fmt: skip
    return Node.sequence(made, node.at)


def _call(scope: Scope, node: Syntax, depth: int) -> Node:
    name, given = node.named("function"), node.named("arguments")
    values = [scope.value(one, depth) for one in given or ()]
    function = _FUNCTIONS.get(name.text if name else "")
    return function(values, node.at) if function is not None and values else computed(node.at)


def _union(values: list[Node], at: Place) -> Node:
    if all(one.is_mapping for one in values):
        return Node.mapping({key: inner for one in values for key, inner in one.items()}, at)
    return _concat(values, at)


def _concat(values: list[Node], at: Place) -> Node:
    if any(one.is_list for one in values):
        parts = [list(one) if one.is_list else [one] for one in values]
        return Node.sequence([one for part in parts for one in part], at)
    text = "".join(COMPUTED if one.children else one.text for one in values)
    return Node(text, at, raw=text)


def _format(values: list[Node], at: Place) -> Node:
    text = values[0].text
    for n, one in enumerate(values[1:]):
        text = text.replace(f"{{{n}}}", COMPUTED if one.children else one.text)
    return Node(text, at, raw=text)


def _changed(change: Callable[[str], str]) -> Callable[[list[Node], Place], Node]:
    def function(values: list[Node], at: Place) -> Node:
        text = values[0].text
        text = text if COMPUTED in text else change(text)
        return Node(text, at, raw=text)

    return function


_FUNCTIONS: dict[str, Callable[[list[Node], Place], Node]] = {
    "union": _union, "concat": _concat, "format": _format, "string": _changed(str),
    "toLower": _changed(str.lower), "toUpper": _changed(str.upper), "json": _changed(str),
    "trim": _changed(str.strip),
}  # fmt: skip
_READERS: dict[str, Callable[[Scope, Syntax, int], Node]] = {
    "string": _text, "number": _scalar, "boolean": _scalar, "null": _scalar, "object": _object,
    "array": _list, "identifier": Scope.name, "member_expression": _member,
    "subscript_expression": _member, "ternary_expression": _choice, "for_statement": _each,
    "parenthesized_expression": _inner, "call_expression": _call,
}  # fmt: skip
