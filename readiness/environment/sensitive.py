"""Which values of variables may be shown, and as what."""

import re
from functools import lru_cache

from readiness.model.secret import MASK, Secret

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_SECRET_WORDS = frozenset({
    "PASSWORD", "PASSWORDS", "PASSWD", "PASSWRD", "PASSPHRASE", "PASS", "PWD", "PW", "SECRET",
    "SECRETS", "TOKEN", "TOKENS", "KEY", "KEYS", "APIKEY", "CREDENTIAL", "CREDENTIALS", "CREDS",
    "CRED", "FERNET", "SIGNING", "ENCRYPTION", "HMAC",
    "DSN", "PRIVATE", "SALT", "SIGNATURE", "COOKIE", "WEBHOOK", "CONNSTR", "BEARER", "JWT",
    "PIN", "SEED", "CERT", "AUTH", "PGPASSWORD", "DBPASSWORD", "DBPASS", "PGPASS", "AUTHTOKEN",
    "SECRETKEY", "ACCESSKEY", "LICENSE", "LICENCE", "PEPPER", "NONCE",
})  # fmt: skip
_SECRET_ENDS = ("PASSWORD", "PASSWD", "SECRET", "TOKEN", "APIKEY")
# Settings about a secret, not the secret: how long it is, where it lies, when it ends.
_ABOUT = frozenset({
    "LENGTH", "MIN", "MAX", "TTL", "MINUTES", "SECONDS", "HOURS", "DAYS", "EXPIRY", "EXPIRE",
    "EXPIRES", "FILE", "PATH", "DIR", "ENABLED", "REQUIRED", "ALGORITHM", "METHOD", "TIMEOUT",
    "HEADER", "LIFETIME", "COUNT", "LIMIT", "MODE",
})  # fmt: skip
_OPEN_WORDS = frozenset({
    "ENV", "ENVIRONMENT", "STAGE", "MODE", "SSLMODE", "HOST", "HOSTNAME", "PORT", "NAME", "USER",
    "USERNAME", "DB", "DATABASE", "DBNAME", "SCHEMA", "REGION", "ZONE", "LEVEL", "SIZE",
    "OVERFLOW",
    "WORKERS", "CONCURRENCY", "REPLICAS", "TIMEOUT", "DEBUG", "VERSION", "MODEL", "URL", "URI",
    "PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGSSLMODE", "PGDATA",
}) | {"LENGTH", "MIN", "MAX", "TTL", "ENABLED", "COUNT", "LIMIT"}  # fmt: skip
_OPEN_VALUES = re.compile(
    r"|true|false|yes|no|on|off|[0-9]{1,6}|prod|production|stage|staging|dev|development|test|ci"
    r"|disable|allow|prefer|require|verify-ca|verify-full|debug|info|warning|error",
    re.IGNORECASE,
)
_SHELL = frozenset({"PWD", "OLDPWD"})

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_USER = re.compile(r"(?P<scheme>://)(?P<user>[^:@/?#]*)(?P<password>:.*)?@", re.DOTALL)
_PARAMETER = re.compile(
    r"(?P<name>[?&;\s,]?[\w.-]*(?:pass|pwd|secret|token|key|sig|auth|credential)[\w.-]*)"
    r"(?P<equals>\s*=\s*)(?:'(?:\\.|[^'\\])*'|[^&;\s,#]*)",
    re.IGNORECASE,
)
_SHAPES = re.compile(
    r"-----BEGIN |\beyJ[\w-]{10,}\.|\b(?:sk|pk|rk)[-_][\w-]{8,}|\bgh[pousr]_\w{10,}|\bglpat-"
    r"|\bxox[abprs]-|\b(?:AKIA|ASIA)[A-Z0-9]{12,}|SCRAM-SHA-256\$|\bmd5[0-9a-f]{32}\b"
    r"|\bAIza[\w-]{20,}|\$2[aby]\$|\$argon2|\bhooks\.slack\.com/services/"
)
# A run as no person would write it (long, letters and digits mixed), or a UUID.
_RANDOM = re.compile(
    r"(?=[A-Za-z+=]*[0-9])(?=[0-9+=]*[A-Za-z])[A-Za-z0-9+=]{16,}"
    r"|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
)
_LONGEST = 120


def is_sensitive(name: str, value: str = "") -> bool:
    """Tell whether the value of a variable must not be shown as it is."""
    return is_sensitive_name(name) or shown_text(value) != value


@lru_cache(4096)
def is_sensitive_name(name: str) -> bool:
    """Tell whether a variable is named like something that holds a secret."""
    if name in _SHELL:
        return False
    words = [word.upper() for word in _WORDS.findall(name)]
    if not words or words[-1] in _ABOUT:
        return False
    return any(word in _SECRET_WORDS or word.endswith(_SECRET_ENDS) for word in words)


def is_harmless(name: str, value: str) -> bool:
    """Tell whether a value may stand in a list of all variables, where no rule needs it.

    Only what is known to be open is: switches, hosts, ports, sizes, modes. Any other
    name may hold a secret that nobody's list of names foresees.
    """
    if is_sensitive(name, value):
        return False
    if _OPEN_VALUES.fullmatch(value):
        return True
    words = [word.upper() for word in _WORDS.findall(name)]
    return bool(words) and words[-1] in _OPEN_WORDS and len(value) <= _LONGEST


def shown(name: str, value: Secret | str | None) -> str:
    """The text to show for the value of a variable: itself, masked in part, or a mask.

    A URL is shown without its password, so that host and parameters can be read.
    """
    if value is None:
        return ""
    text = value.reveal() if isinstance(value, Secret) else value
    if not text or text.lower() in {"true", "false"}:
        return text
    if _URL.match(text) and not _has_secret_path(text):
        return shown_text(text)
    return MASK if is_sensitive_name(name) else shown_text(text)


def shown_text(text: str) -> str:
    """A text with everything masked that looks like a secret, whatever its name."""
    if _SHAPES.search(text):
        return MASK
    if _URL.search(text):
        text = _USER.sub(_without_password, text)
    text = _PARAMETER.sub(lambda found: f"{found['name']}{found['equals']}{MASK}", text)
    if _RANDOM.search(text.replace(MASK, "")) or len(text) > _LONGEST:
        return MASK
    return text


def _without_password(found: re.Match[str]) -> str:
    """Keep a user beside whom a password stands; a lone one may be the secret itself."""
    if found["password"] is None:
        is_database = found.string[: found.start()].lower().startswith(("postgres", "mysql"))
        return f"{found['scheme']}{found['user'] if is_database else MASK}@"
    return f"{found['scheme']}{found['user']}:{MASK}@"


def _has_secret_path(text: str) -> bool:
    return bool(_SHAPES.search(text))
