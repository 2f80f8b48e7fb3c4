"""Calls whose secret is told by its place among the arguments, not by a name."""

import ast

_POSITIONS: dict[tuple[str, str], tuple[int, str]] = {
    ("jwt", "encode"): (1, "signing_key"),
    ("jwt", "decode"): (1, "signing_key"),
    ("jws", "sign"): (1, "signing_key"),
    ("", "Fernet"): (0, "signing_key"),
    ("", "URLSafeSerializer"): (0, "signing_key"),
    ("", "URLSafeTimedSerializer"): (0, "signing_key"),
    ("", "TimestampSigner"): (0, "signing_key"),
    ("", "HTTPBasicAuth"): (1, "password"),
    ("", "HTTPDigestAuth"): (1, "password"),
    ("", "BasicAuth"): (1, "password"),
    ("", "DigestAuth"): (1, "password"),
    ("", "create_superuser"): (2, "password"),
    ("", "set_password"): (0, "password"),
}
"""The owner (empty: whoever) and the name of a call; the place, and what stands there."""


def position_of(name: str, func: ast.expr) -> tuple[int, str] | None:
    """Where the secret stands among the arguments of a call, and what it is."""
    owner = ""
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name):
        owner = func.value.id
    return _POSITIONS.get((owner, name)) or _POSITIONS.get(("", name))
