"""Texts of which only parts are known, with something in them replaced or cut off."""

from msgspec.structs import replace

from readiness.program.interpreter.plain import trace_of
from readiness.program.values import Arguments, Part, Text, Unknown, Value


def changed(name: str, receiver: Text, arguments: Arguments) -> Value:
    """``replace``, ``removeprefix`` and ``removesuffix``, where the parts stay apart."""
    words = [getattr(one, "known", None) for one in arguments.positional[:2]]
    known = [word for word in words if isinstance(word, str)]
    most = next((getattr(one, "value", None) for one in arguments.positional[2:]), -1)
    if arguments.keywords or len(known) != len(words) or not isinstance(most, int):
        return unknown_text(receiver, arguments)
    parts = None
    if name == "replace" and len(known) == 2:  # noqa: PLR2004 - the old and the new
        parts = _replaced(receiver, known[0], known[1], most)
    elif name != "replace" and len(known) == 1:
        parts = _trimmed(name, receiver, known[0])
    if parts is None:
        return unknown_text(receiver, arguments)
    how = f"{name}{known!r}"
    kept = (replace(one, key=f"{one.key}.{how}") if one.text is None else one for one in parts)
    return Text(tuple(kept), receiver.trace)


def unknown_text(receiver: Text, arguments: Arguments) -> Unknown:
    """A text of which no part stays known."""
    names = ", ".join(sorted({one.variable for one in receiver.parts if one.variable}))
    reason = f"{names} is set by the platform" if names else "a text that is not known"
    return Unknown(reason, arguments.at, trace_of(receiver, *arguments.positional))


def _replaced(receiver: Text, old: str, new: str, most: int = -1) -> tuple[Part, ...] | None:
    """Every part by itself; None where what is replaced may reach from one into another.

    Where not all are replaced, it also has to be known that the first part has that many.
    """
    if not old or any(_reaches_over(one.text, old) for one in receiver.parts if one.text):
        return None
    if most >= 0 and any(old in one.text for one in receiver.parts if one.text):
        first, *others = receiver.parts
        if first.text is None or first.text.count(old) < most:
            return None
        return (replace(first, text=first.text.replace(old, new, most)), *others)
    return tuple(
        one if one.text is None else replace(one, text=one.text.replace(old, new))
        for one in receiver.parts
    )


def _reaches_over(text: str, old: str) -> bool:
    """Whether a text ends with a beginning of another, or begins with an end of it."""
    return any(text.endswith(old[:n]) or text.startswith(old[n:]) for n in range(1, len(old)))


def _trimmed(name: str, receiver: Text, word: str) -> tuple[Part, ...] | None:
    """Without a word at one end; None where that end is not known, or not far enough."""
    first = name == "removeprefix"
    end, others = (
        (receiver.parts[0], receiver.parts[1:]) if first
        else (receiver.parts[-1], receiver.parts[:-1])
    )  # fmt: skip
    if end.text is None:
        return receiver.parts if not others else None
    if len(end.text) < len(word) and (word.startswith if first else word.endswith)(end.text):
        return None
    cut = replace(end, text=getattr(end.text, name)(word))
    return (cut, *others) if first else (*others, cut)


def stripped(name: str, receiver: Text) -> Text | None:
    """``strip``, ``lstrip`` or ``rstrip`` of blanks; None where it may reach into a known part."""
    parts: list[Part] | None = list(receiver.parts)
    for side in ("lstrip", "rstrip"):
        if parts is not None and name in {side, "strip"}:
            step = 1 if side == "lstrip" else -1
            bare = _without_blanks(parts[::step], side)
            parts = None if bare is None else bare[::step]
    return None if parts is None else Text(tuple(parts), receiver.trace)


def _without_blanks(parts: list[Part], side: str) -> list[Part] | None:
    """The parts from one side on; behind one that may be all blanks the next one counts, too."""
    bare: list[Part] = []
    passed: list[str] = []
    for index, part in enumerate(parts):
        if part.text is None:
            behind = f" behind {passed}" if passed else ""
            bare.append(replace(part, key=f"{part.key}.{side}{behind}"))
            passed.append(part.key)
            continue
        text: str = getattr(part.text, side)()
        if passed and text != part.text:
            return None
        if text:
            return [*bare, replace(part, text=text), *parts[index + 1 :]]
    return bare
