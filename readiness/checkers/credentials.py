"""What a text is that stands where a password or another secret belongs."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from readiness.checkers.names import is_label, is_password, words
from readiness.checkers.sample_words import (
    ASKS,
    OBJECTS,
    PLACEHOLDER_WORDS,
    VERBS,
    sample_passwords,
)

SHORTEST = 8


class Nature(StrEnum):
    """What a value of a credential turns out to be."""

    EMPTY = "empty"
    REFERENCE = "reference"
    PLACEHOLDER = "placeholder"
    SAMPLE = "sample"
    WEAK = "weak"
    HASH = "hash"
    VALUE = "value"


GUESSABLE = frozenset({Nature.PLACEHOLDER, Nature.SAMPLE, Nature.WEAK})
"""What somebody who knows the repository, or a list of passwords, gets right at once."""

LITERAL = frozenset({*GUESSABLE, Nature.VALUE})
"""What opens a door as it stands."""

_REFERENCE = re.compile(
    r"""\$\{(?![^}]*:?-[^}])[^}]*\}            # ${VAR}, ${VAR:?…}; not ${VAR:-value}
      | \A\$[A-Za-z0-9_@*#]+\Z               # $VAR, $1
      | \$\((?:[^)]*)\)                        # $(VAR), $(command)
      | \{\{.*\}\} | \{%.*%\} | <%.*%>         # templates
      | %\([^)]*\)s | %[sdr]\Z | \{[A-Za-z0-9_.!:\[\]'"]*\}
      | \A(?:vault|op|ssm|sm|gcpsm|awssm|azkv|akv|secret|secretsmanager|keyring|file|env|ENV)[:!]
      | \A!(?!Sub\b|Join\b|!)[A-Za-z][\w:.]*\s            # a tag of YAML: !Ref, !ENV, !secret
      | \Aarn:aws | \Aprojects/[^/]+/secrets/ | @Microsoft\.KeyVault
      | \A/(?:run|var/run|etc|mnt|vault)/\S* | \AENC\[ | !vault | \x00
      | \(\?(?:[aimsx]*:|[aimsx]+\)|P?<[A-Za-z_=!]|[=!])  # a regular expression: (?:, (?P<name>
      | \A(?:var|local|data|module|each|random_\w+|aws_\w+|google_\w+|azurerm_\w+)\.\S+ """,
    re.VERBOSE,
)
_DEFAULTED = re.compile(r"\A\$\{[A-Za-z_][A-Za-z0-9_]*:?-(.*)\}\Z")
_BRACKETED = re.compile(r"\A(?:<[^<>]*>|\[[^\[\]]*\]|__\w+__|#\{?\w+\}?#|@@?\w+@@?)\Z")
_IN_CAPITALS = re.compile(r"\A(?:[A-Z]+_)*(?:PASSWORD|PASSWD|PASS|PWD)\Z")
_FILLER = re.compile(r"\A(?:[xX*.•?_\-#]{3,}|[xX]+)\Z")
_MASK = re.compile(
    r"(?i)\A(?:[*•●]{2,}|[<\[({*]+\W*(?:redacted|hidden|masked|filtered|removed|censored|secret)"
    r"\W*[>\])}*]+)\Z"
)
_ELLIPSIS = re.compile(
    r"\.{3}|…|x{5}|X{5}|(?<=[-_])[xX]{3,}\Z|\*{3}|@(?:host|hostname|your[-_]?\w+)(?:[:/]|\Z)"
    r"|://[^@\s/]*@[A-Z]+(?:_[A-Z]+)*(?:[:/]|\Z)"  # postgresql://USER:PASSWORD@HOST/NAME
)
_DEEPEST = 20
_NOTHING = frozenset({"none", "null", "nil", "undefined", "n/a", "na", "true", "false"})
_HASH = re.compile(
    r"""\A(?:\$2[abxy]?\$ | \$argon2 | \$[156y]\$ | \$apr1\$ | pbkdf2 | bcrypt(?:_sha256)?\$
      | argon2\$ | scrypt[:$] | SCRAM-SHA-256\$ | \{S?SHA\d*\} | (?:sha|SHA)\d+[:$-]
      | md5[0-9a-f]{32}\Z )""",
    re.VERBOSE,
)
_LEET = str.maketrans("@4301!$57", "aaeoliss7")
_TRIM = re.compile(r"(?:[\W_]*\d*[\W_]*)\Z")


def nature(text: str, *, near: Iterable[str] = ()) -> Nature:
    """Tell what a value is; ``near`` are the words that stand beside it (user, database)."""
    value = text.strip()
    depth = 0
    while defaulted := _DEFAULTED.match(value):
        value, depth = defaulted[1].strip(), depth + 1
        if depth > _DEEPEST:
            return Nature.REFERENCE
    tests: tuple[tuple[Nature, object], ...] = (
        (Nature.EMPTY, not value),
        (Nature.REFERENCE, _REFERENCE.search(value)),
        (Nature.PLACEHOLDER, is_placeholder(value) or value.lower() in _NOTHING),
        (Nature.HASH, _HASH.match(value)),
        (Nature.SAMPLE, _is_sample(value, near)),
        (Nature.WEAK, _is_weak(value)),
    )
    return next((found for found, holds in tests if holds), Nature.VALUE)


def is_placeholder(text: str) -> bool:
    """Tell whether a text, of any variable, only asks for a value."""
    value = text.strip()
    if (
        _IN_CAPITALS.match(value)
        or _BRACKETED.match(value)
        or _FILLER.match(value)
        or _ELLIPSIS.search(value)
    ):
        return True
    words = re.findall(r"[a-z]+", value.lower())
    if not words:
        return False
    joined = "".join(words)
    if (
        joined in ASKS
        or words[0] in ASKS
        or (words[0] in VERBS and (words[1:2] == [] or words[1] in OBJECTS))
        or "your" in words
        or joined.startswith(("changeme", "replacewith"))
    ):
        return len(re.findall(r"\d", value)) <= len(value) // 3
    return words[-1] in {"here", "me"} and bool(set(words[:-1]) & PLACEHOLDER_WORDS)


def _is_sample(value: str, near: Iterable[str]) -> bool:
    plain = value.lower()
    stem = _TRIM.sub("", plain)
    known = sample_passwords() | {word.lower() for word in near if word}
    forms = {plain, plain.translate(_LEET), re.sub(r"[\W_]+", "", plain)}
    if stem:
        forms |= {stem, stem.translate(_LEET), re.sub(r"[\W_]+", "", stem)}
    return bool(forms & known)


def _is_weak(value: str) -> bool:
    """Tell whether it is short or repeats itself, so that a list of guesses reaches it."""
    return len(value) < SHORTEST or len(set(value)) <= 3 or _is_walk(value)  # noqa: PLR2004


def _is_walk(value: str) -> bool:
    rows = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
    plain = value.lower()
    return any(plain in row or plain in row[::-1] for row in rows)


def entropy(text: str) -> float:
    """The bits of a character of the text, by how often each occurs (Shannon)."""
    counts = Counter(text).values()
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts) if text else 0.0


# One word of them for another is a name given to a name: `password="passwd"`.
_SAME = frozenset({"password", "passwd", "pwd", "passphrase"})
_INNOCENT = re.compile(
    r"""\A(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+          # the name of a variable
      | [\w-]+(?:\.[A-Za-z_][\w-]*)+                # a module, a file, a host
      | (?:[\w.-]*/)+[\w.-]*                        # a path
      | [a-z][a-z0-9+.-]*://[^@]*                   # an address without a login
      | .*\s.*\s.*                                  # a sentence
      | X-[A-Za-z-]+ | Bearer | Basic | [\W_]* )\Z""",
    re.VERBOSE | re.DOTALL,
)


# Words about a password: "Database password".
_ABOUT = re.compile(r"(?i)\s(?:password|passwd|passphrase|kennwort|passwort)\b|\bpassword\s")
# Keys that every visitor gets: PostHog's, Stripe's publishable, Mapbox's public ones.
_PUBLIC = re.compile(r"phc_\w+\Z|pk_(?:live|test)_\w+\Z|x-oauth-basic\Z|pk\.eyJ")


def _is_one_of_a_list(name: str, text: str) -> bool:
    """Tell whether a text is its own name in a list of them: `REASON_NO_SECRET = "no_secret"`."""
    said = words(text)
    return is_label(name) and len(said) > 1 and set(said) <= set(words(name))


def is_mask(text: str) -> bool:
    """Tell whether a text is what stands in a log where a secret was: `[REDACTED]`, `***`."""
    return bool(_MASK.match(text.strip()))


# Words of a name that holds the name of a variable: `PASSWORD_ENV = "DB_PASSWORD"`.
_OF_VARIABLES = frozenset({"env", "envvar", "variable", "var", "environ"})
_LEAST = 3
"""So many words in capitals are a name; fewer may stand for the thing, as `DB_PASSWORD` does."""


# Names of fields, forms and rights: something is done with a password there.
_FIELD = re.compile(
    r"(?i)(?:forgot|forgotten|reset|confirm|repeat|verify|recover|lost)[_-]?(?:my[_-])?"
    r"(?:password|passwd|pass|pwd|pw)\Z"
    r"|oauth_(?:token|verifier|token_secret)\Z|(?:access|refresh|id)_token\Z"
)


def _names_variable(name: str, text: str) -> bool:
    """Tell whether a text in capitals is the name of a variable, and asks for nothing."""
    if not _IN_CAPITALS.match(text) or "_" not in text:
        return False
    said = [word.lower() for word in text.split("_")]
    if said[0] in VERBS | ASKS | {"my", "some", "the"}:
        return False
    return len(said) >= _LEAST or bool(_OF_VARIABLES & set(words(name)))


def is_innocent(name: str, text: str) -> bool:
    """Tell whether a text under the name of a credential is about it, and not the thing."""
    said = words(text)
    if len(said) > 1 and said[0] in VERBS and said == words(name):
        return True
    if _names_variable(name, text.strip()) or _FIELD.match(text.strip()):
        return True
    if is_placeholder(text) and not re.search(r"\s", text.strip()):
        return False
    plain = re.sub(r"[\W_]+", "", text.lower())
    if (
        plain == "passwords"
        or {plain, name.lower()} <= _SAME
        or _PUBLIC.match(text)
        or _is_one_of_a_list(name, text)
    ):
        return True
    if is_password(name) and _ABOUT.search(text.strip()):
        return True
    return plain == re.sub(r"[\W_]+", "", name.lower()) or bool(_INNOCENT.match(text.strip()))
