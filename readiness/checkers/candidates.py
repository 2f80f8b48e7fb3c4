"""Which Python files may hold a text that is a credential or an address, told by their bytes.

`CERTAIN` finds texts by what they are, and names that only the parsed file tells more about;
`NAMED` finds the name of a credential where a value may follow, which `occurrences` looks
into; `CALLED` the calls that take one by its place. Each finds more than a walk through the
parsed file would, never less. Patterns are RE2's, over bytes.
"""

from functools import partial

from readiness import Search
from readiness.checkers.scope import is_code

SPACE = rb"(?:[ \t\f\r\n\\]|#[^\r\n]*[\r\n])*"
"""What may stand between two signs, where brackets are open."""
_HOLE = rb"(?:\{[^{}\"'\n]*\})"
_BETWEEN = rb"(?:[^A-Za-z0-9\s\"'(){}\[\],:=/\\]|" + _HOLE + rb")*"
_WORD = (
    rb"(?:[Pp]ass(?:w(?:ord|d|ort)|phrase)?|PASS(?:W(?:ORD|D|ORT)|PHRASE)?|[Pp]wd|PWD|[Pp]w|PW"
    rb"|(?i:secret|token|apikey|credentials?)"
    rb"|(?i:api|secret|private|signing|encryption|access|auth|master|jwt|account|security|session"
    rb"|cookie|hmac|service|license|fernet)" + _BETWEEN + rb"(?i:key))"
)
_TAIL = (
    rb"(?:" + _BETWEEN + rb"(?:(?i:production|prod|live|staging|stage|development|dev|test|local"
    rb"|default|value|main|primary|replica|current|old|new|prd|string|str|plain|raw|text|data"
    rb"|initial|init)|[0-9]+))*"
)
_ALIKE = rb"\.(?:encode|strip|lower|upper|replace)\("
# `name =`, `name:`, `name ==`, `(name) !=`, `name.strip() ==`
_OF_NAME = SPACE + rb"(?:[:=]|!=|\)(?:" + SPACE + rb"\))*" + SPACE + rb"!?=|" + _ALIKE + rb")"
# `"name":`, `["name"] =`, `("name", …)`, `("NAME") or`, `"name" + …`
_OF_TEXT = rb"[\"']{1,3}" + SPACE + rb"[:\],)+\"'fFrRbBuU]"

_in_code = partial(Search, among=is_code)

NAMED = _in_code(rb"(" + _WORD + _TAIL + _BETWEEN + rb")(?:" + _OF_NAME + rb"|" + _OF_TEXT + rb")")
"""The last word of the name of a credential, up to the sign that may bring a value."""
CALLED = _in_code(
    rb"\bjw[ts]" + SPACE + rb"\." + SPACE + rb"(?:encode|decode|sign)" + SPACE + rb"\(",
    rb"\b(?:create_superuser|set_password|Fernet|URLSafe(?:Timed)?Serializer|TimestampSigner"
    rb"|(?:HTTP)?(?:Basic|Digest)Auth|compare_digest)" + SPACE + rb"\(",
    rb"[Aa][Uu][Tt][Hh](?:[\"']{1,3}" + SPACE + rb"\]?)?" + SPACE + rb"[=:]",
)
"""A call that takes a secret by its place, up to its arguments; or what is given a pair."""

COMPARED = _in_code(rb"[\"'](?:" + SPACE + _ALIKE + rb"[^()\n]*\))?(?:\)|" + SPACE + rb")*[!=]=")
"""A text that is compared, from its side: `"…" ==`."""

KEYS = _in_code(
    rb"(?m:^[ \t]*([A-Z_][A-Z0-9_]*)[ \t]*(?::[^=\n]*)?=[ \t]*[\"']([\w.\x80-\xff-]*" + _WORD
    + _TAIL + rb"[_.-]*|[A-Z0-9_]+_)[\"'][ \t]*(?:#.*)?\r?$)"
)  # fmt: skip
"""A name for such a name, or for how several begin: `KEY = "SECRET_KEY"`, `PREFIX = "DB_"`."""

_PAIR = rb"\b(?:host|hostaddr|user|port|password)"
_ADDRESSES = (
    rb"://[^\s\"'`]*@",
    rb"(?i:postgres(?:ql)?(?:\+\w+)?://|pgsql://|jdbc:postgresql)",
    # an address in several texts
    rb"://[^\s\"'@]*[\"'](?:\s*\\?\s*\+|\s+\\?\s*[fFrRbBuU]{0,2}[\"'])",
    rb"\bdbname\b",
    # two pairs of a `key=value` address, side by side
    _PAIR + rb"\s*=\s*[^\s,()\"']+[ \t]+[a-z_]+\s*=",
    _PAIR + rb"\s*=\s*[^\s,()\"']+[ \t]*[\"']\s*\\?\s*[fFrRbB]{0,2}[\"'][ \t]*[a-z_]+\s*=",
    _PAIR + rb"=[^\s,()\"']+\s+[a-z_]+=",
    _PAIR + rb"\s*=\s*'[^'\n]*'\s+[a-z_]+\s*=",
    rb"DATABASES",
)
_HEADER = rb"[\"']\s*(?:Bearer|Basic|Token)\s+[A-Za-z0-9+/=_.~\\-]"
_TEXTS = (
    rb"(?i:\b(?:create|alter)\s+(?:role|user)\b)",
    _HEADER + rb"{8,}\s*[\"']",
    # a header in several texts
    _HEADER + rb"*[\"']" + SPACE + rb"(?:\+" + SPACE + rb")?[fFrRbBuU]{0,2}[\"']",
    # a prefix of variables makes names of fields' names
    rb"env_prefix",
)
_MONITORS = (rb"django_prometheus", rb"[\"']/metrics")
_START = rb"(?:\b|\\[nrtfv0])"
_SHAPES = (
    _START
    + rb"(?:LS0tLS1CRUdJTi|(?:AKIA|ASIA)[A-Z2-7\"']|gh[pousr]_[A-Za-z0-9\"']|github_pat_|glpat-"
    rb"|xox[abeprs]-|[sr]k_live_|whsec_|sk-(?:[A-Za-z0-9_-]{8}|[\"'])|AIza"
    rb"|gsk_(?:[A-Za-z0-9]{8}|[\"'])|hf_(?:[A-Za-z0-9]{12}|[\"'])|lsv2_|SG\.[\w\"'-]"
    rb"|npm_[A-Za-z0-9\"']{8}|pypi-A|do[opr]_v1_|dapi[0-9a-f\"']{4}|shp(?:at|ca|pa|ss)_"
    rb"|hv[sb]\.[\w\"'-]|eyJ)",
    rb"hooks\.slack\.com/services/|\d:AA|AGE-SECRET-KEY|AccountKey=|django-insecure-|-----BEGIN ",
)

CERTAIN = _in_code(*_ADDRESSES, *_TEXTS, *_MONITORS, *_SHAPES)
"""A text that may matter whatever its name is: the file is parsed."""
CANDIDATES = CERTAIN | NAMED | CALLED | COMPARED | KEYS
"""A file in which none of them finds anything has no literal that any rule would judge."""
