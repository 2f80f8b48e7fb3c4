"""The options of a command, in any of the ways in which they can be written."""


def option(words: tuple[str, ...], names: tuple[str, ...]) -> str | None:
    """The last value of an option; None where it is not given."""
    found = None
    for n, word in enumerate(words):
        for name in names:
            if word == name:
                found = words[n + 1] if n + 1 < len(words) else ""
            elif name.startswith("--") and word.startswith(f"{name}="):
                found = word.partition("=")[2]
            elif not name.startswith("--") and word.startswith(name):
                found = word.removeprefix(name).removeprefix("=")
    return found


def count(text: str) -> int | None:
    """The number that a text is; None where it is none."""
    return int(text) if text.strip().isdecimal() else None
