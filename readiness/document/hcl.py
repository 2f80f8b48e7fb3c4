"""HCL (Terraform) with places.

A body is a mapping. An attribute is its value; a string with a template, and any other
expression, is the text ``${...}`` as Terraform would write it. A labelled block is nested
by its labels (`root.get("resource", "aws_db_instance", "main")`); blocks without labels are
a list, since they may repeat.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from readiness.document.node import Malformed, Node
from readiness.model.place import Place

if TYPE_CHECKING:
    from lark import Tree

_DEEPEST = 200
_WORDS = {"true": True, "false": False, "null": None}
_ESCAPES = {'\\"': '"', "\\n": "\n", "\\t": "\t", "\\r": "\r", "\\\\": "\\"}


def parse(text: str, path: str) -> Node:
    """Parse a text of HCL; raises `Malformed` where it is none."""
    import hcl2  # noqa: PLC0415 - its grammar takes a second to build
    from lark.exceptions import LarkError, UnexpectedInput  # noqa: PLC0415 - as above

    text = text.replace("\r\n", "\n")
    try:
        tree = hcl2.parses_to_tree(text)
        return _Reading(text, path).body(tree.children[0], Place(path, 1, 1), 0)
    except UnexpectedInput as error:
        line = error.line if error.line > 0 else None
        raise Malformed("not HCL: an unexpected token", Place(path, line)) from None
    except (LarkError, RecursionError, IndexError) as error:
        raise Malformed(f"not HCL: {type(error).__name__}", Place(path)) from None


class _Reading:
    """One text being read: its tree becomes nodes."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path

    def body(self, tree: "Tree[Any]", at: Place, depth: int) -> Node:
        if depth > _DEEPEST:
            raise Malformed(f"nested deeper than {_DEEPEST} levels", at)
        children: dict[str, Node] = {}
        for part in _trees(tree):
            if part.data == "attribute":
                name, *_, value = _trees(part)
                children[self._text(name)] = self._keyed(self._value(value), self._at(name))
            elif part.data == "block":
                self._block(part, children, depth)
        return Node.mapping(children, at)

    def _block(self, tree: "Tree[Any]", children: dict[str, Node], depth: int) -> None:
        *names, inner = _trees(tree)
        name, *labels = [self._label(label) for label in names]
        at = self._at(tree)
        body = self._keyed(self.body(inner, at, depth + 1), at)
        if not labels:
            before = children.get(name)
            blocks = (*(before or ()), body) if before is None or before.is_list else (body,)
            first = before.at if before else at
            children[name] = Node([one.value for one in blocks], first, blocks, key_at=first)
            return
        if name == "dynamic":
            # Several may make blocks of one kind.
            before = children[name].get(labels[0]) if name in children else None
            body = Node.sequence((*(before or ()), body), before.at if before else at, at)
        for label in reversed(labels):
            body = self._keyed(Node.mapping({label: body}, at), at)
        children[name] = _merged(children.get(name), body)

    def _label(self, tree: "Tree[Any]") -> str:
        return self._text(tree).strip('"')

    def _value(self, tree: "Tree[Any]") -> Node:
        at = self._at(tree)
        if tree.data == "expr_term":
            inner = [part for part in _trees(tree) if part.data != "new_line_or_comment"]
            if len(inner) == 1 and not self._text(tree).startswith("("):
                return self._term(inner[0], at)
        text = self._text(tree)
        if _is_number(text):
            return Node(_number(text), at, raw=text)
        return self._expression(tree, at)

    def _term(self, tree: "Tree[Any]", at: Place) -> Node:
        text = self._text(tree)
        value: str | float | bool | None
        match str(tree.data):
            case "tuple":
                parts = (part for part in _trees(tree) if part.data != "new_line_or_comment")
                return Node.sequence(map(self._value, parts), at)
            case "object":
                return self._object(tree, at)
            case "string":
                text = _unescaped(text[1:-1])
                value = text
            case "int_lit" | "float_lit":
                value = _number(text)
            case "heredoc_template" | "heredoc_template_trim":
                text = "\n".join(text.strip("\n").split("\n")[1:-1]) + "\n"
                value = text
            case "literal_value" | "identifier" if text in _WORDS:
                value = _WORDS[text]
            case _:
                return self._expression(tree, at)
        return Node(value, at, raw=text)

    def _object(self, tree: "Tree[Any]", at: Place) -> Node:
        children: dict[str, Node] = {}
        for element in _trees(tree):
            parts = [one for one in _trees(element) if one.data != "new_line_or_comment"]
            if element.data == "object_elem" and len(parts) >= 2:  # noqa: PLR2004 - key, value
                key, value = parts[0], parts[-1]
                children[self._label(key)] = self._keyed(self._value(value), self._at(key))
        return Node.mapping(children, at)

    def _expression(self, tree: "Tree[Any]", at: Place) -> Node:
        text = f"${{{self._text(tree)}}}"
        return Node(text, at, raw=text)

    def _at(self, tree: "Tree[Any]") -> Place:
        return Place(self.path, tree.meta.line, tree.meta.column)

    def _text(self, tree: "Tree[Any]") -> str:
        return self.text[tree.meta.start_pos : tree.meta.end_pos].strip()

    def _keyed(self, node: Node, key_at: Place) -> Node:
        return Node(node.value, node.at, node.children, node.raw, key_at)


def _trees(tree: "Tree[Any]") -> Iterator["Tree[Any]"]:
    return (
        part
        for part in tree.children
        if hasattr(part, "children") and (part.data == "body" or not part.meta.empty)
    )


def _merged(first: Node | None, second: Node) -> Node:
    """Join blocks of one type: by label, the first place kept."""
    if first is None or not (first.is_mapping and second.is_mapping):
        return second
    children = dict(first.items())
    for label, node in second.items():
        both = label in children and all(map(_is_branch, (children[label], node)))
        children[label] = _merged(children[label], node) if both else node
    return Node({key: child.value for key, child in children.items()}, first.at, children,
                key_at=first.key_at)  # fmt: skip


def _is_branch(node: Node) -> bool:
    """Tell whether a node stands for a label, not for the body of a block."""
    return node.is_mapping and all(child.is_mapping for _, child in node.items())


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdigit()


def _number(text: str) -> int | float | str:
    try:
        return int(text)
    except ValueError:
        try:
            return float(text)
        except ValueError:
            return text


def _unescaped(text: str) -> str:
    return re.sub(r"\\.", lambda found: _ESCAPES.get(found[0], found[0]), text)
