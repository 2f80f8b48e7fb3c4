"""What the name of a variable, field or key says about its value."""

import re
from functools import lru_cache

_MOST = 4096
"""The names whose answer is kept: the same ones come again and again."""
_PASSWORDS = frozenset({"password", "passwd", "passwort", "passphrase", "pass", "pwd", "pw"})
_SECRETS = frozenset({"secret", "token", "apikey", "credential", "credentials"})
_KEYS = frozenset({
    "api", "secret", "private", "signing", "encryption", "access", "auth", "master", "jwt",
    "account", "security", "session", "cookie", "hmac", "service", "license", "fernet",
})  # fmt: skip
_URLS = frozenset({"url", "uri", "dsn", "conn", "connection", "conninfo", "connstr"})
_TAIL = frozenset({
    "prod", "production", "live", "staging", "stage", "dev", "development", "test", "local",
    "default", "value", "main", "primary", "replica", "current", "old", "new", "prd", "str",
    "plain", "raw", "text", "string", "data", "init", "initial",
})  # fmt: skip
_NOT_TOKENS = frozenset({"max", "min", "num", "total", "prompt", "completion", "next", "stop",
                         "pad", "eos", "bos", "unk", "mask", "sep", "cls", "special"})  # fmt: skip

_PROSE = frozenset({
    "placeholder", "example", "examples", "sample", "samples", "description", "help", "hint",
    "label", "title", "doc", "docs", "documentation", "tooltip", "caption",
})  # fmt: skip
_KINDS = frozenset({
    "type", "kind", "reason", "event", "error", "status", "state", "code", "scope", "action",
    "category", "field", "column", "param", "parameter", "option", "flag", "role", "permission",
    "msg", "message",
})  # fmt: skip
# What passes, and is no password: "on_pass", "first pass".
_PASSES = frozenset({"on", "if", "first", "second", "two", "one", "multi", "single", "band", "low",
                     "high", "render", "did", "must", "by"})  # fmt: skip
_SIGNING = re.compile(
    r"(?:secretkey|signingkey|encryptionkey|jwtkey|(?:jwt|session|cookie|token)secret)\Z"
)
# Who gives out a secret of that name, so that a text in its place opens nothing.
_ISSUERS = frozenset({
    "aws", "s3", "minio", "api", "client", "oauth", "oidc", "google", "azure", "github", "stripe",
    "access", "captcha", "recaptcha", "twilio", "slack", "webhook",
})  # fmt: skip
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
# The two languages of Palau, whose code is PW.
_LOCALE = re.compile(r"(?:en|pau)[_-](?:Latn[_-])?PW(?:\.[\w-]+)?")
_TITLE = re.compile(r"[\s:/]")
_JOINED = re.compile(
    r"(?:pg|db|my|redis|rabbit|postgres|mysql|root|user|require|admin)(password|passwd|pass|pwd|pw)\Z"
)


@lru_cache(_MOST)
def words(name: str) -> tuple[str, ...]:
    """The words of a name, in lower case, however they are joined."""
    return tuple(word.lower() for word in _WORD.findall(name))


@lru_cache(_MOST)
def is_password(name: str) -> bool:
    """Tell whether a password stands under this name: it ends so ("PASSWORD_MIN" does not)."""
    found = _body(name)
    if found[-1:] == ("pass",) and found[-2:-1] and found[-2] in _PASSES:
        return False
    return bool(found) and (found[-1] in _PASSWORDS or bool(_JOINED.match(found[-1])))


@lru_cache(_MOST)
def is_secret(name: str) -> bool:
    """Tell whether a secret that is no password stands under this name."""
    found = _body(name)
    if not found:
        return False
    if found[-1] == "key":
        return len(found) > 1 and found[-2] in _KEYS
    if found[-1] == "token":
        return not set(found) & _NOT_TOKENS
    return found[-1] in _SECRETS


@lru_cache(_MOST)
def is_url(name: str) -> bool:
    """Tell whether an address, perhaps with a password in it, stands under this name."""
    found = _body(name)
    return bool(found) and found[-1] in _URLS


@lru_cache(_MOST)
def is_prose(name: str) -> bool:
    """Tell whether a name is that of words for readers, such as a placeholder or a label."""
    return bool(set(words(name)) & _PROSE)


def is_label(name: str) -> bool:
    """Tell whether a name is that of one word of a list: a type, a reason, an event."""
    found = words(name)
    return len(found) > 1 and bool(set(found[:2]) & _KINDS)


@lru_cache(_MOST)
def is_signing_key(name: str) -> bool:
    """Tell whether the application signs with what stands here: any text at all will do."""
    found = _body(name)
    return bool(_SIGNING.search("".join(found))) and not set(found) & _ISSUERS


@lru_cache(_MOST)
def is_issued(name: str) -> bool:
    """Tell whether somebody else gives out what stands here: it opens nothing if made up."""
    return bool(set(words(name)) & _ISSUERS)


@lru_cache(_MOST)
def is_reference(name: str) -> bool:
    """Tell whether the name leads to the secret instead of holding it (`…_FILE`)."""
    found = words(name)
    return bool(found) and found[-1] in {"file", "path", "ref", "name", "arn"}


def _body(name: str) -> tuple[str, ...]:
    """The words of a name that say what it holds; none in a title and in a locale (``en_PW``)."""
    found = () if _TITLE.search(name) or _LOCALE.fullmatch(name) else words(name)
    while len(found) > 1 and (found[-1] in _TAIL or found[-1].isdigit()):
        found = found[:-1]
    return found


_GROUPS = (
    frozenset({"production", "prod", "prd", "live"}),
    frozenset({"staging", "stage", "stg", "preprod", "preproduction", "uat"}),
    frozenset({"development", "dev", "develop", "local", "localhost"}),
    frozenset({"test", "tests", "testing", "ci"}),
)
_MEANT = {name: group for group in _GROUPS for name in group}
_SWITCHES = frozenset({"env", "environment", "stage", "tier", "mode", "profile", "deployment"})


def is_switch(name: str) -> bool:
    """Tell whether a variable of this name says which environment it is."""
    found = words(name)
    # Node's own is a mode of building: it says production in staging too.
    return bool(found) and found[-1] in _SWITCHES and name != "NODE_ENV"


def environment_of(text: str) -> frozenset[str]:
    """The names of the environment that a text means; empty where it means none."""
    return _MEANT.get(text.strip().lower(), frozenset())
