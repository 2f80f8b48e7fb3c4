"""Calls that start another one: behind a wrapper, or on another machine."""

import re

_ASSIGNED = re.compile(r"[A-Za-z_]\w*=")


def behind(words: tuple[str, ...], own: dict[str, str]) -> tuple[str, ...]:
    """The words behind a wrapper's own options; assignments among them are the program's."""
    while words and (words[0].startswith("-") or _ASSIGNED.match(words[0])):
        name, equals, value = words[0].partition("=")
        if equals and not name.startswith("-"):
            own[name] = value
        words = words[2:] if words[0] in {"-u", "-g"} else words[1:]
    return words


def remote(words: tuple[str, ...], given: str | None) -> str:
    """The line that is run on another machine."""
    valued = {"-i", "-p", "-o", "-l", "-F", "-J", "-L", "-R"}
    rest = list(words[1:])
    while rest and rest[0].startswith("-"):
        rest = rest[2:] if rest[0] in valued else rest[1:]
    return " ".join(rest[1:]) or given or ""
