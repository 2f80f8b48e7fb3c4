"""JSON with places; duplicate keys as most readers take them: the last one wins."""

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # it is not in the stubs
from typing import Any

from readiness.document.lines import Lines
from readiness.document.node import Malformed, Node
from readiness.model.place import Place

DEEPEST = 200
_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_BROKEN = re.compile(r"[.eE]")
_MANY_DIGITS = 40
_WORDS = {"true": True, "false": False, "null": None}


def parse(text: str, path: str) -> Node:
    """Parse a text of JSON; raises `Malformed` where it is none."""
    reader = _Reader(text, path)
    try:
        node, end = reader.value(reader.skip(0), depth=0)
        end = reader.skip(end)
    except json.JSONDecodeError as error:
        raise Malformed(f"not JSON: {error.msg}", reader.lines.at(error.pos)) from None
    if end < len(text):
        raise reader.wrong("the end of the text is expected", end)
    return node


class _Reader:
    """One text being read, by descent."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.lines = Lines(text, path)

    def skip(self, offset: int) -> int:
        found = _SPACE.match(self.text, offset)
        return found.end() if found else offset

    def wrong(self, reason: str, offset: int) -> Malformed:
        return Malformed(f"not JSON: {reason}", self.lines.at(offset))

    def value(self, offset: int, *, depth: int) -> tuple[Node, int]:
        at = self.lines.at(offset)
        if depth > DEEPEST:
            raise Malformed(f"nested deeper than {DEEPEST} levels", at)
        match self.text[offset : offset + 1]:
            case "{":
                return self._mapping(offset, at, depth)
            case "[":
                return self._list(offset, at, depth)
            case '"':
                text, end = scanstring(self.text, offset + 1)
                return Node(text, at, raw=text), end
        return self._plain(offset, at)

    def _plain(self, offset: int, at: Place) -> tuple[Node, int]:
        for word, value in _WORDS.items():
            if self.text.startswith(word, offset):
                return Node(value, at, raw=word), offset + len(word)
        if found := _NUMBER.match(self.text, offset):
            return Node(_number(found[0]), at, raw=found[0]), found.end()
        raise self.wrong("a value is expected", offset)

    def _list(self, offset: int, at: Place, depth: int) -> tuple[Node, int]:
        children: list[Node] = []
        offset = self.skip(offset + 1)
        while self.text[offset : offset + 1] != "]":
            if children:
                offset = self._expect(",", offset)
            child, offset = self.value(offset, depth=depth + 1)
            children.append(child)
            offset = self.skip(offset)
        return Node([child.value for child in children], at, tuple(children)), offset + 1

    def _mapping(self, offset: int, at: Place, depth: int) -> tuple[Node, int]:
        children: dict[str, Node] = {}
        offset = self.skip(offset + 1)
        while self.text[offset : offset + 1] != "}":
            if children:
                offset = self._expect(",", offset)
            key_at = self.lines.at(offset)
            if self.text[offset : offset + 1] != '"':
                raise self.wrong("a key in double quotes is expected", offset)
            key, offset = scanstring(self.text, offset + 1)
            offset = self._expect(":", self.skip(offset))
            child, offset = self.value(offset, depth=depth + 1)
            children[key] = Node(child.value, child.at, child.children, child.raw, key_at)
            offset = self.skip(offset)
        plain: dict[str, Any] = {key: child.value for key, child in children.items()}
        return Node(plain, at, children), offset + 1

    def _expect(self, character: str, offset: int) -> int:
        if self.text[offset : offset + 1] != character:
            raise self.wrong(f"a {character!r} is expected", offset)
        return self.skip(offset + 1)


def _number(text: str) -> int | float | str:
    if len(text) > _MANY_DIGITS:
        return text
    return float(text) if _BROKEN.search(text) else int(text)
