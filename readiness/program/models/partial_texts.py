"""Texts of which only parts are known, with something in them replaced or cut off."""

from dataclasses import replace

from readiness.program.values import Arguments, Part, Text, Unknown, Value


def changed(name: str, receiver: Text, arguments: Arguments) -> Value:
    """``replace``, ``removeprefix`` and ``removesuffix``, where the parts stay apart."""
    words = [getattr(one, "known", None) for one in arguments.positional[:2]]
    known = [word for word in words if isinstance(word, str)]
    most = next((getattr(one, "value", None) for one in arguments.positional[2:]), -1)
    if arguments.keywords or len(known) != len(words) or not isinstance(most, int):
        return _unknown(receiver, arguments)
    parts = None
    if name == "replace" and len(known) == 2:  # noqa: PLR2004 - the old and the new
        parts = _replaced(receiver, known[0], known[1], most)
    elif name != "replace" and len(known) == 1:
        parts = _trimmed(name, receiver, known[0])
    if parts is None:
        return _unknown(receiver, arguments)
    how = f"{name}{known!r}"
    kept = (replace(one, key=f"{one.key}.{how}") if one.text is None else one for one in parts)
    return Text(tuple(kept), receiver.trace)


def _unknown(receiver: Text, arguments: Arguments) -> Unknown:
    names = ", ".join(sorted({one.variable for one in receiver.parts if one.variable}))
    reason = f"{names} is set by the platform" if names else "a text that is not known"
    return Unknown(reason, arguments.at, receiver.trace)


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
