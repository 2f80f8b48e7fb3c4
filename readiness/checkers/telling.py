"""Which texts in code any rule can have something to say about; most files have none.

What this leaves out, no rule sees: whatever a rule begins to ask of a literal belongs here.
"""

from functools import lru_cache

from readiness.checkers.assignments import passwords_in_sql
from readiness.checkers.key_shapes import header_of, shape_of
from readiness.checkers.logins import logins, may_have_login
from readiness.checkers.monitors import ALONE
from readiness.checkers.names import is_password, is_secret, is_signing_key

_MOST = 4096
"""The names whose answer is kept: the same ones come again and again."""


def may_matter(name: str, variable: str | None, text: str, within: tuple[str, ...]) -> bool:
    """Tell whether a text is a credential, an address or a monitor, by its name or its form."""
    return (
        _is_named(name)
        or (variable is not None and _is_named(variable))
        or (may_have_login(text) and next(logins(text), None) is not None)
        or shape_of(text, whole=True) is not None
        or header_of(text) is not None
        or ("'" in text and any(passwords_in_sql(text)))
        or within[:1] == ("DATABASES",)
        or text in ALONE
        or text.rstrip("/") == "/metrics"
    )


@lru_cache(_MOST)
def _is_named(name: str) -> bool:
    return is_password(name) or is_secret(name) or is_signing_key(name)
