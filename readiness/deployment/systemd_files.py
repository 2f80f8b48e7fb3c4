"""Files of variables as systemd reads them (``EnvironmentFile=``): its own rules for quotes."""

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct, field

from readiness.document.lines import Lines
from readiness.model.place import Place

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_SPACE = " \t\r"
_KEPT_ESCAPES = '"\\`$'

State = Literal["before", "comment", "name", "start", "value", "escape", "single", "double",
                "double-escape"]  # fmt: skip


class _Reader(Struct):
    """The states of systemd's own reader: a quote may open anew after another has closed."""

    state: State = "before"
    name: str = ""
    value: str = ""
    start: int = 0
    space: int | None = None
    found: list[tuple[str, str, int]] = field(default_factory=list)

    def take(self, offset: int, sign: str) -> None:
        """Read one sign."""
        match self.state:
            case "before" if sign in "#;":
                self.state = "comment"
            case "before" if sign not in f"{_SPACE}\n":
                self.state, self.name, self.value, self.start = "name", sign, "", offset
            case "comment" | "name" if sign == "\n":
                self.state = "before"
            case "name" if sign == "=":
                self.state, self.space = "start", None
            case "name":
                self.name += sign
            case "start" | "value":
                self._of_value(sign)
            case "escape":
                self.state = "value"
                self.value += "" if sign == "\n" else sign
            case "single" | "double":
                self._quoted(sign)
            case "double-escape":
                self.state = "double"
                self.value += (
                    sign if sign in _KEPT_ESCAPES else "" if sign == "\n" else f"\\{sign}"
                )

    def _of_value(self, sign: str) -> None:
        if sign == "\n":
            self.end()
        elif sign == "\\":
            self.state, self.space = "escape", None
        elif self.state == "start" and sign in "'\"":
            self.state = "single" if sign == "'" else "double"
        elif self.state == "value" or sign not in _SPACE:
            self.state = "value"
            self._add(sign)

    def _quoted(self, sign: str) -> None:
        if sign == ("'" if self.state == "single" else '"'):
            self.state = "start"
        elif sign == "\\" and self.state == "double":
            self.state = "double-escape"
        else:
            self.value += sign

    def _add(self, sign: str) -> None:
        """Add a sign; blanks at the end of an open value do not count."""
        if sign and sign in _SPACE:
            self.space = len(self.value) if self.space is None else self.space
        elif sign:
            self.space = None
        self.value += sign

    def end(self) -> None:
        """Close the assignment that is open."""
        if self.state in {"start", "value", "escape", "single", "double", "double-escape"}:
            open_value = self.state == "value" and self.space is not None
            value = self.value[: self.space] if open_value else self.value
            self.found.append((self.name.strip(_SPACE), value, self.start))
        self.state = "before"


def assignments(text: str, path: str) -> Iterator[tuple[str, str, Place]]:
    """The variables that a file sets, in order; a line that names none is passed over."""
    reader, lines = _Reader(), Lines(text, path)
    for offset, sign in enumerate(text):
        reader.take(offset, sign)
    reader.end()
    for name, value, start in reader.found:
        if _NAME.match(name):
            yield name, value, lines.at(start)
