"""TOML with places: the standard library gives the values, a scan of the text the places."""

import re
import tomllib
from typing import Any

from msgspec import Struct, field

from readiness.document.lines import Lines
from readiness.document.node import Malformed, Node
from readiness.model.place import Place

_MISTAKE = re.compile(r"(?P<reason>.*?) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|.*)\)")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL
)
_OTHER = re.compile(r"[^,\]}#\r\n]*")


class _Seen(Struct):
    """Where a value and its key stand, and its children with it."""

    at: Place
    key_at: Place | None = None
    raw: str | None = None
    keys: dict[str, "_Seen"] = field(default_factory=dict)
    elements: list["_Seen"] = field(default_factory=list)


def parse(text: str, path: str) -> Node:
    """Parse a text of TOML; raises `Malformed` where it is none."""
    try:
        data = tomllib.loads(text)
        return _node(data, _Scan(text, path).document())
    except tomllib.TOMLDecodeError as error:
        raise _malformed(str(error), path) from None
    except RecursionError:
        raise Malformed("not TOML: it is nested too deep", Place(path)) from None
    except ValueError as error:
        raise Malformed(f"not TOML: {type(error).__name__}", Place(path)) from None


def _malformed(message: str, path: str) -> Malformed:
    found = _MISTAKE.fullmatch(message)
    reason = found["reason"] if found else message
    at = Place(path, int(found["line"]), int(found["column"])) if found and found["line"] else None
    return Malformed(f"not TOML: {reason}", at or Place(path))


def _node(value: Any, seen: _Seen) -> Node:
    if isinstance(value, dict):
        children = {key: _node(value[key], seen.keys[key]) for key in value if key in seen.keys}
        return Node(value, seen.at, children, key_at=seen.key_at)
    if isinstance(value, list):
        elements = tuple(map(_node, value, seen.elements))
        return Node(value, seen.at, elements, key_at=seen.key_at)
    raw = value if isinstance(value, str) else seen.raw
    return Node(value, seen.at, raw=raw, key_at=seen.key_at)


class _Scan:
    """A scan of a text that is known to be TOML, so it may trust what it meets."""

    def __init__(self, text: str, path: str) -> None:
        # TOML knows two line ends; tomllib reads both as one.
        self.text = text
        self.lines = Lines(text, path)
        self.offset = 0

    def document(self) -> _Seen:
        root = table = _Seen(self.lines.at(0))
        while self._blank() < len(self.text):
            if self._peek() != "[":
                self._pair(table)
                continue
            double = self.text.startswith("[[", self.offset)
            self.offset += 2 if double else 1
            table = self._header(root, double=double)
            self._blank()
            self.offset += 2 if double else 1
        return root

    def _header(self, root: _Seen, *, double: bool) -> _Seen:
        table = root
        keys = self._keys()
        for n, (key, at) in enumerate(keys, 1):
            parent = table
            table = parent.keys.setdefault(key, _Seen(at, at))
            if double and n == len(keys):
                table.elements.append(_Seen(at))
            if table.elements:
                table = table.elements[-1]
        return table

    def _pair(self, table: _Seen) -> None:
        keys = self._keys()
        self._blank()
        self.offset += 1
        self._blank()
        for key, at in keys[:-1]:
            table = table.keys.setdefault(key, _Seen(at, at))
        key, at = keys[-1]
        seen = self._value()
        seen.key_at = at
        table.keys[key] = seen

    def _keys(self) -> list[tuple[str, Place]]:
        keys = []
        while True:
            self._blank()
            keys.append(self._key())
            self._blank()
            if self._peek() != ".":
                return keys
            self.offset += 1

    def _key(self) -> tuple[str, Place]:
        at = self.lines.at(self.offset)
        if found := _STRING.match(self.text, self.offset):
            self.offset = found.end()
            return str(tomllib.loads(f"x = {found[0]}")["x"]), at
        if found := _BARE.match(self.text, self.offset):
            self.offset = found.end()
            return found[0], at
        raise Malformed("not TOML: a key is expected", at)

    def _value(self) -> _Seen:
        seen = _Seen(self.lines.at(self.offset))
        match self._peek():
            case "[":
                self._inside("]", lambda: seen.elements.append(self._value()))
            case "{":
                self._inside("}", lambda: self._pair(seen))
            case _:
                found = _STRING.match(self.text, self.offset) or _OTHER.match(
                    self.text, self.offset
                )
                if found:
                    seen.raw = found[0].strip()
                    self.offset = found.end()
        return seen

    def _inside(self, close: str, element: Any) -> None:
        self.offset += 1
        self._blank()
        while self._peek() not in {close, ""}:
            element()
            self._blank()
            if self._peek() == ",":
                self.offset += 1
                self._blank()
        self.offset += 1

    def _peek(self) -> str:
        return self.text[self.offset : self.offset + 1]

    def _blank(self) -> int:
        if found := _BLANK.match(self.text, self.offset):
            self.offset = found.end()
        return self.offset
