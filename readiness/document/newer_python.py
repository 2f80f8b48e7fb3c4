"""Whether a file is Python of a later version than the one that runs, and of which.

It is, if it parses once what later versions brought is written as the older ones have it.
"""

import ast
import re
import sys
import warnings

from readiness.document.formatted_texts import (
    FORMATTED,
    Malformed,
    is_text,
    past,
    past_any,
)

Version = tuple[int, int]

_ALIAS = re.compile(r"(?m)^([ \t]*)type[ \t]+(?=\w+[ \t]*[\[=])")
_GENERIC = re.compile(r"(?m)(?:\b(?:def|class)[ \t]+\w+|^[ \t]*\0\w+)[ \t]*(?=\[)")
_CAUGHT = r"(?:[A-Z]\w*|\w+(?:\.\w+)+)"
_EXCEPT = re.compile(rf"\b(except\*?)[ \t]+({_CAUGHT}(?:[ \t]*,[ \t]*{_CAUGHT})+)[ \t]*:")
_DEFAULT = re.compile(r"(?<![=!<>:])=(?!=)")
_STARTS = re.compile(r"[\"'#]|(?<!\w)[rRbBuUfFtT]{1,2}[\"']")


def needed_version(source: str) -> Version | None:
    """The version that a text needs, where it is Python and later than the one that runs."""
    try:
        older, version = _as_older(source)
    except (Malformed, RecursionError):
        return None
    return version if version > sys.version_info[:2] and _parses(older) else None


def _as_older(source: str) -> tuple[str, Version]:
    """The source as older versions have it, each text an empty one; and what it needs."""
    plain, version = _without_texts(source)
    plain, aliases = _ALIAS.subn("\\1\0", plain)
    plain, generics = _without_parameters(plain)
    plain, caught = _EXCEPT.subn(r"\1 (\2):", plain)
    versions = [version, generics]
    versions += [(3, 12)] if aliases else []
    versions += [(3, 14)] if caught else []
    return plain.replace("\0", ""), max(versions)


def _without_texts(source: str) -> tuple[str, Version]:
    found: list[str] = []
    at, needed = 0, (3, 0)
    while start := _STARTS.search(source, at):
        found.append(source[at : start.start()])
        at = start.start()
        if start[0] == "#":
            end = source.find("\n", at)
            at = len(source) if end < 0 else end
            continue
        if not is_text(source, at):
            raise Malformed
        end = past_any(source, at)
        if FORMATTED.match(source, at):
            needed = max(needed, _needed_by_text(source, at, end))
        found.append('""')
        at = end
    return "".join((*found, source[at:])), needed


def _needed_by_text(source: str, start: int, end: int) -> Version:
    """What a text with values needs; raises Malformed where no version has it."""
    text, (_, expressions) = source[start:end], past(source, start)
    older, inner = _as_older("".join(f"({one}\n)\n" for one in expressions))
    if not _parses(older):
        raise Malformed
    own = (3, 14) if "t" in text[:2].lower() else (3, 0) if _parses(f"({text})") else (3, 12)
    return max(own, inner)


def _without_parameters(source: str) -> tuple[str, Version]:
    """The source without parameters of types, which a default makes a version later."""
    needed, at, kept = (3, 0), 0, list[str]()
    while found := _GENERIC.search(source, at):
        kept.append(source[at : found.end()])
        at = _past_brackets(source, found.end())
        defaults = _DEFAULT.search(source, found.end(), at)
        needed = max(needed, (3, 13) if defaults else (3, 12))
    return "".join((*kept, source[at:])), needed


def _past_brackets(source: str, at: int) -> int:
    depth = 0
    while at < len(source):
        depth += (source[at] in "([{") - (source[at] in ")]}")
        at += 1
        if depth == 0:
            break
    return at


def _parses(source: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
