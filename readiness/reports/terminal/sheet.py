"""A sheet of a given width: lines are wrapped by words, and places are never cut."""

import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from readiness.reports.visible import ascii_only, visible

Span = tuple[str, str]
LEAST_WIDTH = 40
_BREAKS = re.compile(r"(?<=[/?&=,;:_.\-])")


class Sheet:
    """Lines of styled text; what is written is made visible first."""

    def __init__(self, width: int, *, unicode: bool) -> None:
        self.width = max(width, LEAST_WIDTH)
        self.unicode = unicode
        self._lines: list[Text] = []

    def line(self, *spans: Span) -> None:
        """Write one line of (text, style), however long it is."""
        line = Text(end="")
        for text, style in spans:
            line.append(self.clean(text), style)
        line.rstrip()
        self._lines.append(line)

    def blank(self) -> None:
        """Part two blocks; blank lines do not add up, and none follows a rule."""
        if self._lines and self._lines[-1].plain.strip("─-"):
            self._lines.append(Text(end=""))

    def rule(self, style: str, *, heavy: bool = False) -> None:
        """Draw a line over the whole width."""
        dash = ("━" if heavy else "─") if self.unicode else ("=" if heavy else "-")
        self.line((dash * self.width, style))

    def paragraph(
        self,
        text: str | Sequence[str],
        *,
        indent: int = 0,
        style: str = "",
        lead: Span = ("", ""),
    ) -> None:
        """Write a text behind its lead, wrapped; later lines stand under the first.

        A sequence is wrapped between its members only.
        """
        words = text.split() if isinstance(text, str) else text
        hanging = indent + cell_len(self.clean(lead[0]))
        rows = wrap([self.clean(word) for word in words], self.width - hanging) or [""]
        self.line((" " * indent, ""), lead, (rows[0], style))
        for row in rows[1:]:
            self.line((" " * hanging, ""), (row, style))

    def place(self, text: str, *, indent: int, style: str, lead: Span = ("", "")) -> None:
        """Write a place: whole on one line, however long, so that it can be copied.

        One with blanks in it is wrapped where it is too long, or it could look like
        lines of the report.
        """
        if " " in self.clean(text) and not self.fits(text, indent + cell_len(lead[0])):
            self.paragraph(text, indent=indent, style=style, lead=lead)
        else:
            self.line((" " * indent, ""), lead, (text, style))

    def fits(self, text: str, indent: int) -> bool:
        """Tell whether the text stands on one line behind the indent."""
        return indent + cell_len(self.clean(text)) <= self.width

    def clean(self, text: str) -> str:
        """Give a text as this sheet may show it."""
        return visible(text) if self.unicode else ascii_only(visible(text))

    def text(self, *, colour: bool) -> str:
        """Give everything that was written."""
        out = StringIO()
        console = Console(
            file=out,
            width=self.width,
            color_system="standard" if colour else None,
            force_terminal=colour,
            force_jupyter=False,
            no_color=not colour,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
        )
        for line in self._lines:
            console.print(line, soft_wrap=True)
        return out.getvalue()


def wrap(words: Iterable[str], width: int) -> list[str]:
    """Set words into rows; one that is wider than a row is broken where it has joints."""
    width = max(width, 8)
    rows: list[str] = []
    row = ""
    for word in words:
        for piece in _pieces(word, width):
            if row and cell_len(row) + 1 + cell_len(piece) <= width:
                row = f"{row} {piece}"
                continue
            if row:
                rows.append(row)
            row = piece
    return [*rows, row] if row else rows


def _pieces(word: str, width: int) -> Iterator[str]:
    if cell_len(word) <= width:
        yield word
        return
    piece = ""
    for part in _atoms(word, width):
        if piece and cell_len(piece) + cell_len(part) > width:
            yield piece
            piece = ""
        piece += part
    yield piece


def _atoms(word: str, width: int) -> Iterator[str]:
    for part in _BREAKS.split(word):
        if cell_len(part) <= width:
            yield part
        else:
            yield from part
