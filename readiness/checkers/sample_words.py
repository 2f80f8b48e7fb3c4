"""Words that people put where a password belongs: defaults, samples and placeholders."""

from functools import cache
from importlib.resources import files

PLACEHOLDER_WORDS = frozenset({
    "change", "changeit", "changeme", "changethis", "define", "dummy", "edit", "enter", "example",
    "fake", "fill", "fillin", "goes", "insert", "missing", "placeholder", "please", "provide",
    "put", "redacted", "replace", "sample", "secret", "password", "key", "token", "set", "some",
    "supply", "undefined", "update", "your",
})  # fmt: skip
"""Words that, before a "here" or "me", ask somebody to put a value in."""

ASKS = frozenset({
    "change", "changeit", "changeme", "changethis", "edit", "enter", "fill", "fillin", "fillme",
    "fixme", "insert", "placeholder", "provide", "put", "redacted", "replace", "replaceme",
    "setme", "tbd", "tochange", "todo", "your", "yourkey", "yourpassword", "yoursecret",
    "yourtoken",
})  # fmt: skip
"""Words of which one in front, or alone, asks already."""


@cache
def sample_passwords() -> frozenset[str]:
    """Passwords of images, tutorials and the top of every list of guesses, in lower case."""
    text = files("readiness.checkers").joinpath("sample_passwords.txt").read_text("utf-8")
    return frozenset(text.split())
