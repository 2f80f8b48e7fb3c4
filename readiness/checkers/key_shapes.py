"""Keys that their issuers made recognisable, and texts that look like chance."""

import base64
import binascii
import re

from readiness.checkers.credentials import entropy

_SHAPES: tuple[tuple[str, str], ...] = (
    ("an AWS access key", r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b"),
    ("a GitHub token", r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})"),
    ("a GitLab token", r"\bglpat-[\w-]{20,}"),
    ("a Slack token", r"\bxox[abeprs]-[\w-]{20,}"),
    ("a Slack webhook", r"https://hooks\.slack\.com/services/T\w{6,}/B\w{6,}/\w{16,}"),
    ("a Stripe live key", r"\b(?:[sr]k_live_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9]{24,})"),
    ("an Anthropic key", r"\bsk-ant-[\w-]{24,}"),
    ("an OpenAI key", r"\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{32,}"),
    ("a Google API key", r"\bAIza[\w-]{35}"),
    ("a Groq key", r"\bgsk_[A-Za-z0-9]{40,}"),
    ("a Hugging Face token", r"\bhf_[A-Za-z0-9]{30,}"),
    ("a LangSmith key", r"\blsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}"),
    ("a SendGrid key", r"\bSG\.[\w-]{16,}\.[\w-]{16,}"),
    ("an npm token", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("a PyPI token", r"\bpypi-AgEI[\w-]{50,}"),
    ("a DigitalOcean token", r"\bdo[opr]_v1_[0-9a-f]{64}\b"),
    ("a Databricks token", r"\bdapi[0-9a-f]{32}\b"),
    ("a Shopify token", r"\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b"),
    ("a Vault token", r"\bhv[sb]\.[\w-]{24,}"),
    ("a Telegram bot token", r"\b\d{8,10}:AA[\w-]{33}\b"),
    ("an age key", r"\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b"),
    ("an Azure storage key", r"\bAccountKey=[A-Za-z0-9+/]{86}=="),
    ("a key that Django made", r"\bdjango-insecure-[^\s\"']{30,}"),
    ("a signed token (JWT)", r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}"),
    (
        "a private key in base64",
        (
            r"\bLS0tLS1CRUdJTi(?:BSU0EgUFJJVkFURSBLRVk|BQUklWQVRFIEtFWS|BFQyBQUklWQVRFIEtFWS"
            r"|BPUEVOU1NIIFBSSVZBVEUgS0VZ|BEU0EgUFJJVkFURSBLRVk)[A-Za-z0-9+/=]{60,}"
        ),
    ),
    ("a private key", r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"),
)
_ALL = re.compile("|".join(f"(?P<k{n}>{pattern})" for n, (_, pattern) in enumerate(_SHAPES)))
MARKS = (
    "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox",
    "hooks.slack.com", "k_live_", "whsec_", "sk-", "AIza", "gsk_", "hf_", "lsv2_", "SG.", "npm_",
    "pypi-", "_v1_", "dapi", "shpat_", "shpca_", "shppa_", "shpss_", "hvs.", "hvb.", ":AA",
    "AGE-SECRET-KEY-", "AccountKey=", "django-insecure-", "eyJ", "-----BEGIN",
    "LS0tLS1CRUdJTi",
)  # fmt: skip
"""One of these stands in every such key; looking for them costs a tenth of the patterns."""
_SHORTEST = 20
"""The least letters that a key of any of the shapes has."""
_FAKE = re.compile(
    r"example|your|placeholder|dummy|fake|x{5}|\*{3}|\.{3}|0{8}|1234567890", re.IGNORECASE
)
# What the payload of a token says that is given to everybody, or made for demonstrations.
_PUBLIC = (b'"anon"', b"-demo", b"example")
_LEFT_OUT = re.compile(r"(?:\\n|\s)*\.\.\.")
_BODY = re.compile(r"[A-Za-z0-9+/=]{40,}")
_LEAST_BITS = 3.0
_RANDOM = re.compile(r"[A-Za-z0-9+/=_\-.~!@#$%^&*()]{16,}\Z")
_WORDS = re.compile(
    r"(?:[a-z]+|[A-Z][a-z]+|[A-Z]+|\d{1,4}|v\d+)(?:[-_./:](?:[a-z]+|[A-Z][a-z]+|[A-Z]+|\d{1,4}|v\d+))*\Z"
)


def may_hold_key(text: str) -> bool:
    """Tell whether a text, of whatever length, is worth asking for a key's shape."""
    if len(text) < _SHORTEST:
        return False
    return any([mark in text for mark in MARKS])  # noqa: C419 - a list is faster here


def shape_of(text: str, *, whole: bool = False) -> str | None:
    """Whose key a text holds; None where it holds none, or one that is made up.

    ``whole`` says that the text is all there is: the first line of a key is no key then.
    """
    for match in _ALL.finditer(text) if may_hold_key(text) else ():
        title = _SHAPES[int((match.lastgroup or "k0")[1:])][0]
        if title == "a private key":
            if _LEFT_OUT.match(text, match.end()):
                continue
            if not whole or _BODY.search(text, match.end()):
                return title
            continue
        if title == "a signed token (JWT)" and _is_public(match[0]):
            continue
        if not _FAKE.search(match[0]) and entropy(match[0]) >= _LEAST_BITS:
            return title
    return None


def _is_public(token: str) -> bool:
    """Tell whether a signed token is one that every visitor gets, or a demonstration's."""
    body = token.split(".")[1]
    try:
        said = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    except (binascii.Error, ValueError):
        return False
    return any(word in said for word in _PUBLIC)


_HEADER = re.compile(r"(?:Bearer|Token|Basic)\s+(?P<said>[A-Za-z0-9+/=_.~-]{8,})\Z")
_PAIR = re.compile(rb"[\x21-\x39\x3b-\x7e]+:[\x21-\x7e]+\Z")


def header_of(text: str) -> str | None:
    """What a text is that a client sends to be let in: `Bearer …`, `Basic …`."""
    found = _HEADER.match(text.strip())
    if found is None:
        return None
    if text.lstrip().startswith("Basic"):
        return "a login in base64" if is_login(found["said"]) else None
    return "a bearer token" if looks_random(found["said"]) else None


def is_login(text: str) -> bool:
    """Tell whether a text is a name and a password in base64, as Docker keeps them."""
    try:
        return bool(_PAIR.match(base64.b64decode(text, validate=True)))
    except (binascii.Error, ValueError):
        return False


def looks_random(text: str) -> bool:
    """Tell whether a text looks drawn by chance: no words, no path, enough entropy."""
    return bool(
        _RANDOM.match(text)
        and not _WORDS.match(text)
        and re.search(r"\d", text)
        and re.search(r"[A-Za-z]", text)
        and entropy(text) >= _LEAST_BITS
        and not _FAKE.search(text)
    )
