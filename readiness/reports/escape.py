"""Texts from outside as Markdown for GitHub: shown as they are, never obeyed."""

import html
import re

from readiness.reports.visible import visible

_GAP = "&#8203;"  # parts what GitHub would turn into a mention, a reference or an emoji
_CODE = re.compile(r"`([^`]+)`")
_RUN = re.compile(r"`+")
_OPENERS = re.compile(r"^(?=[-+=#])|^(\d+)(?=[.)](?:\s|$))")
_MARKS = re.compile(r"[\\`*\[\]|~#]|(?<![^\W_])_|_(?![^\W_])")
_LINKS = re.compile(r":(?=//)|(?<=\bwww)\.|(?<=mailto):", re.IGNORECASE)
_GITHUB = re.compile(r"@|(?<=#)(?=\d)|(?<=\bGH-)(?=\d)|(?<=:)(?=[a-z+\-][\w+\-]*:)", re.IGNORECASE)


class Markup(str):
    """A text that is Markdown already."""

    __slots__ = ()


def text(said: str, limit: int, *, table: bool = False) -> Markup:
    """Give running text; what stands between backticks becomes a code span."""
    parts = _CODE.split(clip(said, limit))
    written = [
        code(part, limit, table=table) if index % 2 else _prose(part, first=index == 0)
        for index, part in enumerate(parts)
        if part
    ]
    return Markup("".join(written))


def code(said: str, limit: int, *, table: bool = False) -> Markup:
    """Give a code span that holds exactly this text."""
    shown = clip(said, limit)
    longest = max((len(run) for run in _RUN.findall(shown)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if shown[:1] in "` " or shown[-1:] in "` " else ""
    return Markup(f"{fence}{pad}{shown.replace('|', _PIPE) if table else shown}{pad}{fence}")


def tag(said: str, limit: int) -> Markup:
    """Give text for the inside of an HTML element, where no Markdown is read."""
    return Markup(_apart(html.escape(clip(said, limit))))


def clip(said: str, limit: int) -> str:
    """Give one line of at most so many characters; what is cut shows."""
    shown = " ".join(visible(said).split())
    return shown if len(shown) <= limit else f"{shown[: limit - 1].rstrip()}…"


_PIPE = "\\|"


def _prose(part: str, *, first: bool) -> str:
    """Escape in the order in which later steps leave alone what earlier ones wrote."""
    shown = _MARKS.sub(lambda found: f"\\{found[0]}", html.escape(part, quote=False))
    if first:
        shown = _OPENERS.sub(_opened, shown)
    shown = _LINKS.sub(lambda found: f"\\{found[0]}", shown)
    return _apart(shown).replace("$", "<span>$</span>")


def _opened(found: re.Match[str]) -> str:
    return f"{found[1]}\\" if found[1] else "\\"


def _apart(shown: str) -> str:
    return _GITHUB.sub(lambda found: f"{found[0]}{_GAP}", shown)
