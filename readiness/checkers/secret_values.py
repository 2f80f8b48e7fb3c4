"""What secret a value is: in code, in a file of settings, in a file that is mounted."""

import re

from readiness import Environment
from readiness.checkers.assignments import Assignment, passwords_in_sql
from readiness.checkers.code_passwords import is_given
from readiness.checkers.credentials import Nature, is_innocent, is_placeholder, nature
from readiness.checkers.key_shapes import header_of, is_login, looks_random, shape_of
from readiness.checkers.literal import Literal
from readiness.checkers.logins import is_loopback, logins
from readiness.checkers.mounted import Held
from readiness.checkers.names import (
    is_issued,
    is_password,
    is_prose,
    is_reference,
    is_secret,
    is_signing_key,
)

_IN_CODE = frozenset({Nature.VALUE, Nature.WEAK, Nature.SAMPLE})
_REAL = frozenset({Nature.VALUE, Nature.WEAK})


def in_code(literal: Literal) -> str | None:
    """What secret a text in the code is; None where it is none."""
    if literal.how == "compared" and not looks_random(literal.text):
        return None
    if shape := shape_of(literal.text, whole=True) or header_of(literal.text):
        return f"{literal.name or 'a text'} is {shape}"
    for login in () if is_prose(literal.name) else logins(literal.text):
        found = nature(login.password or "", near=login.near)
        aside = literal.guarded and found is not Nature.VALUE and is_loopback(login.host)
        if found in _IN_CODE and not aside and " " not in literal.text.replace(" = ", "="):
            return f"the address {f'in {literal.name} ' if literal.name else ''}has a password"
    if any(nature(text) in _IN_CODE for text in passwords_in_sql(literal.text)):
        return "an SQL statement has the password of a role"
    return _by_name(literal.name, literal.text, _IN_CODE, code=True)


def signs(literal: Literal, environment: Environment) -> bool:
    """Tell whether the application signs with a text that only asks for a key."""
    name = literal.variable or literal.name
    if not is_signing_key(name) or not (is_placeholder(literal.text) or _is_phrase(literal.text)):
        return False
    if literal.how == "default":
        return not is_given(environment, name)
    return literal.how == "assignment"


def _is_phrase(text: str) -> bool:
    """Tell whether a text is two to four plain words: "super secret key"."""
    return bool(re.fullmatch(r"[A-Za-z]+(?: [A-Za-z]+){1,3}", text))


def in_settings(one: Assignment, *, deployed: bool) -> str | None:
    """What secret a value in a file of settings is; samples of other environments are none."""
    natures = _IN_CODE if deployed else _REAL
    if deployed and is_signing_key(one.name) and is_placeholder(one.text):
        return f"{one.name} is a placeholder that works as a key"
    if one.secret and nature(one.text) in natures:
        how = " in base64, which is no encryption" if one.encoded else ""
        return f"{one.name} of a Secret is written out{how}"
    if one.name in {"auth", "_auth"} and is_login(one.text):
        return f"{one.name} is a login in base64, which is no encryption"
    if header := header_of(one.text):
        return f"{one.name} is {header}"
    for login in () if is_prose(one.name) else logins(one.text):
        if login.is_real and nature(login.password or "", near=login.near) in natures:
            return f"the address in {one.name} has a password"
    return _by_name(one.name, one.text, natures)


def mounted_as(one: Held) -> str | None:
    """What secret a mounted file holds; a placeholder or a certificate is none."""
    text, what = one.text.strip(), f"the {one.kind} {one.names[0]}"
    if shape := shape_of(text):
        return f"{what} is {shape}"
    if any(_by_name(name, text, _IN_CODE) for name in one.names):
        return f"{what} has its value in a file"
    alone = one.kind == "secret" and len(text.split()) == 1
    return f"{what} has its value in a file" if alone and looks_random(text) else None


def _by_name(
    name: str, text: str, natures: frozenset[Nature], *, code: bool = False
) -> str | None:
    if not (is_password(name) or is_secret(name)) or is_reference(name):
        return None
    if is_innocent(name, text) or nature(text) not in natures:
        return None
    if is_password(name):
        return f"{name} is a password"
    if is_secret(name) and (
        looks_random(text)
        or (Nature.SAMPLE in natures and _is_key(name, text))
        or (code and is_signing_key(name))
    ):
        return f"{name} is a secret"
    return None


def _is_key(name: str, text: str) -> bool:
    """Tell whether a signing key is a plain word: a token or id may well be one, a key not."""
    ends = name.lower().endswith(("secret", "secret_key", "signing_key", "encryption_key"))
    return ends and len(text) > 3 and "-" not in text and not is_issued(name)  # noqa: PLR2004
