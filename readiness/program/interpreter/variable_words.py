"""Variables and their defaults in words, shown where they cannot be a secret."""

import re

from readiness.program.values import Constant, Text, Value

_WORD = re.compile(r"[A-Za-z0-9_.-]{1,24}\Z")
# Letters and digits in one word are what a generated secret looks like.
_MIXED = re.compile(r"[A-Za-z]+[0-9]+[A-Za-z]|[0-9]+[A-Za-z]+[0-9]")
_SENSITIVE = re.compile(
    r"PASS|PWD|SECRET|TOKEN|KEY|CRED|AUTH|DSN|URL|URI|SALT|PRIVATE", re.IGNORECASE
)


def may_show(name: str, value: str) -> bool:
    """Whether a value is a word that nobody would keep secret."""
    return bool(_WORD.match(value)) and not _SENSITIVE.search(name) and not _MIXED.search(value)


def default_words(default: Value, name: str) -> str | None:
    """A default in words; it is shown where it cannot be a secret."""
    if isinstance(default, Constant) and default.value is not None:
        return f"the default of {name} is {default.value!r}"
    if not isinstance(default, Text):
        return None
    known = default.known
    if known is None or not (known == "" or may_show(name, known)):
        return f"the default of {name} counts"
    return f"the default of {name} is {known!r}"
