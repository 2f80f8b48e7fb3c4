"""Tables whose values are names, labels or codes: one of them under "password" is none."""

import re
from collections.abc import Sequence

from readiness.checkers.names import is_password, is_secret, is_url, words

A_TABLE = 100
"""So many codes of signs, and nothing else in the file, are a table of them: those of a font."""

_CODE_OF_A_SIGN = re.compile(r"[0-9A-Fa-f]{4,6}\Z")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9_]{3,}\Z")
_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*\Z")
_TITLE = re.compile(r"[A-Z][A-Za-z]*(?: [A-Z][A-Za-z]*)*\Z")
_MAPPINGS = frozenset({"map", "mapping", "mappings", "aliases", "renames", "renamed"})
_FEWEST = 3
_PLACES = frozenset({"endpoint", "host", "hostname", "server", "address"})
# What a secret is called in a form, where the name of the field says more.
_CALLED = frozenset({"key", "passcode", "pin"})

Pairs = Sequence[tuple[str, str]]


def is_code_of_a_sign(text: str) -> bool:
    """Tell whether a text may be the number of a sign in Unicode: `F042`."""
    return bool(_CODE_OF_A_SIGN.match(text))


def is_asked(address: tuple[str, str], text: str) -> bool:
    """Tell whether a text is the label of a field: the address beside it is one for sure.

    `{db_url: "URL", db_pass: "Password"}`: nothing has such an address.
    """
    name, label = address
    last = words(name)[-1:]
    if not (is_url(name) or _PLACES & set(last)) or not _TITLE.match(label):
        return False
    called = is_password(text) or is_secret(text) or set(words(text)[-1:]) <= _CALLED
    return words(label)[-1:] == last and bool(_TITLE.match(text)) and called


def are_variables(told: Pairs) -> bool:
    """Tell whether each name is given that of a variable: `{"user": "PGUSER"}`."""
    alike = sum(_is_longer(name, text) for name, text in told)
    most = len(told) if len(told) == 2 else len(told) // 2 + 1  # noqa: PLR2004 - a pair is a login
    return len(told) > 1 and alike >= most and all(_CAPITALS.match(text) for _, text in told)


def is_renamed(table: str, told: Pairs, name: str, text: str) -> bool:
    """Tell whether a table of other names for things has one for this name.

    `FIELD_MAPPING = {"mod_password": "moderator_password", "real_name": "display_name", …}`
    """
    return (
        (is_password(name) or is_secret(name))
        and bool(_MAPPINGS & set(words(table)[-1:]))
        and len(told) >= _FEWEST
        and words(text)[-1:] == words(name)[-1:]
        and len(words(text)) > 1
        and all(_IDENTIFIER.match(other) for _, other in told)
        and not all(is_password(other) or is_secret(other) for other, _ in told)
    )


def _is_longer(name: str, text: str) -> bool:
    """Tell whether a text is a longer name for the same: `PGPASSWORD` for `password`."""
    last = "".join(words(name)[-1:])
    return bool(last) and last in text.lower() and len(text) > len(last)
