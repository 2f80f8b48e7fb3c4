"""Which Python files may hold a text that is a credential or an address, told by their bytes.

Each pattern finds more than a walk through the parsed file would, never less: a name, what may
stand between it and its value, and the beginning of a text. Patterns are RE2's, over bytes.
"""

from readiness import Search

_PASSWORD = (
    rb"(?:[Pp]ass(?:w(?:ord|d|ort)|phrase)?|PASS(?:W(?:ORD|D|ORT)|PHRASE)?|[Pp]wd|PWD|[Pp]w|PW)"
)
_SECRET = rb"(?i:secret|(?:secret|signing|encryption)[_.-]?key)"
_TOKEN = (
    rb"(?i:token|apikey|credentials?|(?:api|secret|private|signing|encryption|access|auth|master"
    rb"|jwt|account|security|session|cookie|hmac|service|license|fernet)[_.-]{0,2}key)"
)
_ANY = rb"(?:" + _PASSWORD + rb"|(?i:secret|token|key|credential))"
_ANY_UPPER = rb"(?:PASS|PWD|PW|SECRET|TOKEN|KEY|CREDENTIAL)"

# What may follow the word in the same name: `password_prod`, `password2`, "password.default".
_REST = rb"(?:[_.\-0-9A-Z][^\s\"'=:,()\[\]{}]{0,40})?"
# From the name to its value: `name: str =`, `x["name"] =`, `"name":`.
_IS = rb"(?:[\"']?\]?\s*(?::[^\n=]*)?!?=|[\"']\s*:|:[ \t]*[^\n=]*=)"
# What may precede the text in the value: no comma but inside of brackets.
_CLOSED = rb"\((?:[^()\n\"']|\([^()\n\"']*\))*\)"
_BEFORE = (
    rb"(?:[^\"',()\n]|" + _CLOSED + rb")*"
    rb"(?:\((?:[^()\n\"']|\((?:[^()\n\"']|" + _CLOSED + rb")*\)|\()*)?"
)
# A value that goes on in the next line, or whose brackets nest deeper than `_BEFORE` counts.
_GOES_ON = (
    rb"[^\"'\n]*[(\[{][^)\]}\n\"']*\n|[^\"'\n]*\\\r?\n|[ \t]*(?:#[^\n]*)?\r?\n"
    rb"|[^\"'\n]*\n\s*(?:or|if|else|and|\+|%)\b|[^\"'\n]*\n\s*[+%]"
    rb"|[^\"'\n]*\([^\"'()\n]*\([^\"'()\n]*\("
)
# Letters that a key drawn by chance may have, up to its first digit; or several texts in a row.
_TO_A_DIGIT = rb"(?:[A-Za-z0-9+/=_.~!@#$%^&*()-]|[\"']\s*[+]?\s*[fFrR]?[\"'])*[0-9]"

_TEXT = rb"(?:" + _BEFORE + rb"[\"']|" + _GOES_ON + rb")"
_CHANCE = rb"(?:" + _BEFORE + rb"(?:[\"'][^\n]*)?[\"']" + _TO_A_DIGIT + rb"|" + _GOES_ON + rb")"
_NAMED = (
    _PASSWORD + _REST + _IS + _TEXT,
    _SECRET + _REST + _IS + _TEXT,
    _TOKEN + _REST + _IS + _CHANCE,
    # reader("X_PASSWORD", …), add_argument("--password", …), Field(…, alias="X_PASSWORD")
    rb"[(]\s*[fFrRbBuU]{0,2}[\"']--[\w-]*" + _ANY + rb"[\w-]*[\"']\s*,",
    rb"[(]\s*[fFrRbBuU]{0,2}[\"'][A-Z0-9_]*" + _ANY_UPPER + rb"[A-Z0-9_]*[\"']\s*,",
    # secret.get("password", "…")
    rb"\.(?:get|pop|setdefault)\(\s*[\"'][\w.-]*" + _ANY + rb"[\w.-]*[\"']\s*,",
    rb"(?:alias\w*|env_prefix)[\"']?\s*[=:]\s*[fFrR]?[\"'][^\"'\n]*" + _ANY,
)
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
_POSITIONS = (
    rb"\bjw[ts]\.(?:encode|decode|sign)\(|\b(?:create_superuser|set_password)\(",
    rb"\b(?:Fernet|URLSafe(?:Timed)?Serializer|TimestampSigner|(?:HTTP)?(?:Basic|Digest)Auth)\(",
    rb"(?i:\b(?:create|alter)\s+(?:role|user)\b)",
    rb"(?i:auth)[\"']?\s*[=:]\s*\(",
    rb"[\"'](?:Bearer|Basic|Token) +[A-Za-z0-9\"']",
    rb"\bcompare_digest\(",
    # a text that is compared, from its side: `"…" == token`
    rb"[\"']\s*[!=]=\s*[\w.\[\]\"'() ]*" + _ANY,
)
# A name for such a name, or for how several begin: `KEY = "SECRET_KEY"`, `PREFIX = "DB_"`.
_KEYS = (
    rb"(?m:^[ \t]*[A-Z_][A-Z0-9_]*[ \t]*(?::[^=\n]*)?=[ \t]*[\"'](?:[\w.-]*" + _ANY
    + rb"[\w.-]*|[A-Z0-9_]+_)[\"'][ \t]*(?:#.*)?\r?$)",
)  # fmt: skip
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

CANDIDATES = Search(*_NAMED, *_ADDRESSES, *_POSITIONS, *_KEYS, *_MONITORS, *_SHAPES)
"""A file in which this finds nothing has no literal that any rule would judge."""
