"""The language of Helm's templates, as far as charts of applications use it."""

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*"|`[^`]*`)|(?P<number>-?\d+(?:\.\d+)?)|(?P<sign>:=|[()|,=])
        |(?P<path>\$\w*(?:\.\w+)*|(?:\.\w+)+|\.)|(?P<word>[A-Za-z_]\w*))""",
    re.VERBOSE,
)
_COMMENT = re.compile(r"\s*/\*.*\*/\s*\Z", re.DOTALL)
_LONGEST = 2_000
_OPENS = frozenset({"if", "range", "with", "define", "block"})


class Unsupported(Exception):  # noqa: N818 - an answer about a template, not an error of ours
    """What this reading of templates does not know."""


class Literal(Struct, frozen=True):
    """A text, a number or a word of the language."""

    value: Any


class Path(Struct, frozen=True):
    """``.a.b`` or ``$x.a``: where it begins (empty for the dot), and the names that follow."""

    start: str
    names: tuple[str, ...]


class Call(Struct, frozen=True):
    """A function, or a value alone, with what it is given."""

    name: str
    arguments: tuple["Literal | Path | Pipe", ...]


class Pipe(Struct, frozen=True):
    """Calls of which each is given what the one before it gave."""

    calls: tuple[Call, ...]


class Part(Struct, frozen=True):
    """A piece of a template: a text, or an action with what it holds and its ``otherwise``."""

    kind: str
    line: int
    text: str = ""
    names: tuple[str, ...] = ()
    pipe: Pipe | None = None
    body: tuple["Part", ...] = ()
    otherwise: tuple["Part", ...] = ()


def parse(text: str) -> tuple[Part, ...]:
    """The pieces of a template; raises `Unsupported`."""
    pieces = list(_pieces(text))
    parts, rest, end = _parts(pieces, 0)
    if end or rest != len(pieces):
        raise Unsupported("an end without a beginning")
    return parts


def _pieces(text: str) -> Iterator[tuple[str, str, int]]:
    """Texts and actions, in order, with the blanks that the actions take away already gone."""
    offset, line, eats = 0, 1, False
    while (start := text.find("{{", offset)) >= 0:
        end = text.find("}}", start)
        if end < 0:
            raise Unsupported("an action that does not close")
        code = text[start + 2 : end]
        before = text[offset:start]
        trims = code[:1] == "-" and (not code[1:2] or code[1:2].isspace())
        yield from _text(before, line, left=eats, right=trims)
        line += before.count("\n")
        code = code[1:] if trims else code
        eats = code[-1:] == "-" and (not code[-2:-1] or code[-2:-1].isspace())
        code = code[:-1] if eats else code
        if not _COMMENT.match(code):
            yield "action", code.strip(), line
        line += code.count("\n")
        offset = end + 2
    yield from _text(text[offset:], line, left=eats, right=False)


def _text(text: str, line: int, *, left: bool, right: bool) -> Iterator[tuple[str, str, int]]:
    shown = text.lstrip() if left else text
    line += text[: len(text) - len(shown)].count("\n")
    if shown := shown.rstrip() if right else shown:
        yield "text", shown, line


def _parts(pieces: list[tuple[str, str, int]], n: int) -> tuple[tuple[Part, ...], int, str]:
    """The pieces up to an ``end`` or ``else``, where they go on, and which of them it was."""
    found: list[Part] = []
    while n < len(pieces):
        kind, text, line = pieces[n]
        n += 1
        word = text.split(None, 1)[0] if kind == "action" and text else ""
        if kind == "text":
            found.append(Part("text", line, text))
        elif word in {"end", "else"}:
            return tuple(found), n, text
        elif word in _OPENS:
            part, n = _opened(word, text[len(word) :], line, pieces, n)
            found.append(part)
        else:
            found.append(_plain(text, line))
    return tuple(found), n, ""


def _opened(
    word: str, said: str, line: int, pieces: list[tuple[str, str, int]], n: int
) -> tuple[Part, int]:
    body, n, end = _parts(pieces, n)
    otherwise: tuple[Part, ...] = ()
    if end.startswith("else"):
        inner = end[4:].strip()
        if inner:
            part, n = _opened(inner.split(None, 1)[0], inner.partition(" ")[2], line, pieces, n)
            otherwise = (part,)
        else:
            otherwise, n, end = _parts(pieces, n)
    if not end:
        raise Unsupported("an action without an end")
    if word == "define":
        return Part("define", line, said.strip().strip('"`'), body=body), n
    if word == "block":
        raise Unsupported("a block")
    names, pipe = _assigned(said)
    return Part(word, line, names=names, pipe=pipe, body=body, otherwise=otherwise), n


def _plain(text: str, line: int) -> Part:
    if text.split(None, 1)[:1] == ["template"]:
        text = f"include{text[8:]}"
    names, pipe = _assigned(text)
    return Part("set" if names else "output", line, names=names, pipe=pipe)


def _assigned(text: str) -> tuple[tuple[str, ...], Pipe]:
    """The names before ``:=`` or ``=``, and the pipe behind it."""
    tokens = list(_tokens(text))
    signs = [n for n, (kind, one) in enumerate(tokens) if kind == "sign" and one in {":=", "="}]
    if not signs:
        return (), _pipe(tokens)
    names = tuple(one for kind, one in tokens[: signs[0]] if kind == "path")
    return names, _pipe(tokens[signs[0] + 1 :])


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    if len(text) > _LONGEST:
        raise Unsupported("an action that is too long")
    offset = 0
    while text[offset:].strip():
        found = _TOKEN.match(text, offset)
        if found is None:
            raise Unsupported(f"{text[offset:].strip()[:20]} in an action")
        yield found.lastgroup or "", found[found.lastgroup or 0]
        offset = found.end()


def _pipe(tokens: list[tuple[str, str]]) -> Pipe:
    calls: list[Call] = []
    words: list[Literal | Path | Pipe | str] = []
    n = 0
    while n < len(tokens):
        kind, one = tokens[n]
        if (kind, one) == ("sign", "("):
            end = _closing(tokens, n)
            words.append(_pipe(tokens[n + 1 : end]))
            n = end
        elif (kind, one) == ("sign", "|"):
            calls.append(_call(words))
            words = []
        else:
            words.append(_word(kind, one))
        n += 1
    return Pipe((*calls, _call(words)))


def _closing(tokens: list[tuple[str, str]], start: int) -> int:
    depth = 0
    for n in range(start, len(tokens)):
        depth += {"(": 1, ")": -1}.get(tokens[n][1], 0) if tokens[n][0] == "sign" else 0
        if not depth:
            return n
    raise Unsupported("a bracket that does not close")


def _call(words: list[Literal | Path | Pipe | str]) -> Call:
    if not words:
        raise Unsupported("an empty action")
    first, *rest = words
    arguments = tuple(Call(one, ()) if isinstance(one, str) else one for one in rest)
    if any(isinstance(one, Call) for one in arguments):
        raise Unsupported("a function among what another is given")
    if isinstance(first, str):
        return Call(first, arguments)  # type: ignore[arg-type]
    return Call("", (first,)) if not rest else Call("a value that is called", ())


def _word(kind: str, one: str) -> Literal | Path | str:
    match kind:
        case "text":
            inner = one[1:-1]
            plain = inner.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")
            return Literal(inner if one[0] == "`" else plain)
        case "number":
            return Literal(float(one) if "." in one else int(one))
        case "path":
            start, _, rest = one.partition(".")
            return Path(start, tuple(name for name in rest.split(".") if name))
        case "word" if one in {"true", "false", "nil"}:
            return Literal({"true": True, "false": False, "nil": None}[one])
        case "word":
            return one
    raise Unsupported(f"{one} in an action")
