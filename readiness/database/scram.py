"""Passwords and their verifiers: SCRAM-SHA-256 and md5, as PostgreSQL keeps them."""

import base64
import hashlib
import hmac
import re
import secrets
import unicodedata

from msgspec import Struct

from readiness.model.secret import Secret

_SCRAM = re.compile(r"SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):(.+)\Z")
_MD5 = re.compile(r"md5[0-9a-f]{32}\Z")


def kind_of(verifier: str | None) -> str:
    """How a password is kept: ``scram``, ``md5``, ``none`` or ``other``."""
    if not verifier:
        return "none"
    if _SCRAM.match(verifier):
        return "scram"
    return "md5" if _MD5.match(verifier) else "other"


def iterations_of(verifier: str | None) -> int | None:
    """How often a SCRAM password was hashed; None for other kinds."""
    found = _SCRAM.match(verifier or "")
    return int(found[1]) if found else None


def opens(word: str, verifier: str, role: str) -> bool:
    """Tell whether a password belongs to the verifier of a role."""
    found = _SCRAM.match(verifier)
    if found:
        try:
            salt, stored = base64.b64decode(found[2]), base64.b64decode(found[3])
        except ValueError:
            return False
        salted = _salted(word, salt, int(found[1]))
        client = hmac.digest(salted, b"Client Key", "sha256")
        return hmac.compare_digest(hashlib.sha256(client).digest(), stored)
    made = "md5" + hashlib.md5(f"{word}{role}".encode(), usedforsecurity=False).hexdigest()
    return hmac.compare_digest(made, verifier)


def md5_answer(password: Secret, user: str, salt: bytes) -> bytes:
    """What proves a password to a server that asks for md5."""
    inner = hashlib.md5(f"{password.reveal()}{user}".encode(), usedforsecurity=False).hexdigest()
    return b"md5" + hashlib.md5(inner.encode() + salt, usedforsecurity=False).hexdigest().encode()


class Exchange(Struct, frozen=True):
    """One login by SCRAM-SHA-256, from our side; the password itself is never sent."""

    password: Secret
    nonce: str

    @classmethod
    def begin(cls, password: Secret) -> "Exchange":
        """Begin one, with a nonce of its own."""
        return cls(password, secrets.token_urlsafe(18))

    @property
    def first(self) -> bytes:
        """The first message: no name, which PostgreSQL takes from the start of the session."""
        return f"n,,n=,r={self.nonce}".encode()

    def final(self, challenge: bytes) -> bytes:
        """The proof for the server's challenge; raises ValueError where that has no form."""
        parts = dict(part.split("=", 1) for part in challenge.decode("ascii").split(","))
        try:
            nonce, salt, count = parts["r"], base64.b64decode(parts["s"]), int(parts["i"])
        except KeyError:
            raise ValueError("the challenge is not whole") from None
        if not nonce.startswith(self.nonce) or not 0 < count <= 10_000_000:  # noqa: PLR2004 - a bound
            raise ValueError("the challenge is not for us")
        salted = _salted(self.password.reveal(), salt, count)
        client = hmac.digest(salted, b"Client Key", "sha256")
        bare = f"c=biws,r={nonce}"
        message = f"n=,r={self.nonce},{challenge.decode('ascii')},{bare}".encode()
        signature = hmac.digest(hashlib.sha256(client).digest(), message, "sha256")
        proof = bytes(a ^ b for a, b in zip(client, signature, strict=True))
        return f"{bare},p={base64.b64encode(proof).decode()}".encode()


def _salted(word: str, salt: bytes, count: int) -> bytes:
    prepared = word if word.isascii() else unicodedata.normalize("NFKC", word)
    return hashlib.pbkdf2_hmac("sha256", prepared.encode(), salt, count)
