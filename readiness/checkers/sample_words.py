"""Words that people put where a password belongs: defaults, samples and placeholders."""

from functools import cache
from pathlib import Path

PLACEHOLDER_WORDS = frozenset({
    "change", "changeit", "changeme", "changethis", "define", "dummy", "edit", "enter", "example",
    "fake", "fill", "fillin", "goes", "insert", "missing", "placeholder", "please", "provide",
    "put", "redacted", "replace", "sample", "secret", "password", "key", "token", "set", "some",
    "supply", "undefined", "update", "your",
})  # fmt: skip
"""Words that, before a "here" or "me", ask somebody to put a value in."""

ASKS = frozenset({
    "changeit", "changeme", "changethis", "fillin", "fillme", "fixme", "placeholder", "redacted",
    "replaceme", "setme", "tbd", "tochange", "todo", "your", "yourkey", "yourpassword",
    "yoursecret", "yourtoken",
})  # fmt: skip
"""Words of which one in front, or alone, asks already."""

VERBS = frozenset({"change", "edit", "enter", "fill", "insert", "provide", "put", "replace"})
"""Words that ask alone, or in front of what is to be put in: a "change-feed" asks nothing."""

OBJECTS = PLACEHOLDER_WORDS | frozenset({
    "a", "an", "api", "before", "by", "database", "db", "generated", "here", "host", "in", "it",
    "later", "me", "my", "now", "pass", "passwd", "prod", "production", "pw", "random", "real",
    "strong", "the", "this", "url", "user", "username", "value", "with",
})  # fmt: skip
"""What a verb in front asks for."""


@cache
def sample_passwords() -> frozenset[str]:
    """Passwords of images, tutorials and the top of every list of guesses, in lower case."""
    text = Path(__file__).with_name("sample_passwords.txt").read_text("utf-8")
    return frozenset(text.split())
