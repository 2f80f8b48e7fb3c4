"""Texts in files of settings, scripts and manifests that are given to a name."""

import base64
import binascii
import re
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from msgspec import Struct

from readiness import Place, Project, Unreadable
from readiness.checkers.key_shapes import header_of
from readiness.checkers.logins import may_have_login
from readiness.checkers.name_tables import A_TABLE, is_asked, is_code_of_a_sign
from readiness.checkers.names import is_password, is_secret, is_signing_key

_COMMENT = re.compile(r"\s*(?:#|//|;|--\s|<!--|\*\s|/\*|REM\b)")
_BLOCK = re.compile(
    r"""\s*(?:-\s+)?["']?(?P<name>[A-Za-z_][\w.-]*)["']?:\s+(?P<value>[^\s{[|>&*"'].*)"""
)
_PAIR = re.compile(
    r"""(?<![\w.$\\/?-])(?<!\?\s)(?<!\?\s["'])(?:--)?["']?(?P<name>[A-Za-z_][\w.-]*)["']?\s*(?::\s+|:(?=["'])|=>?\s*)
        (?P<value>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\$\{[^}]*\}|\$\([^)]*\)|\{\{[^}]*\}\}
          |[^\s,;{}\[\]"'][^\s,;}\]"']*)""",
    re.VERBOSE,
)
_OPTION = re.compile(
    r"""(?<![\w-])--(?P<name>[A-Za-z][\w-]*)\s+(?P<value>"[^"]*"|'[^']*'|[^\s"'-][^\s"']*)"""
)
_DIRECTIVE = re.compile(r"""\s*(?P<name>requirepass|masterauth)\s+(?P<value>"[^"]*"|\S+)\s*\Z""")
# `ENV NAME value` of a Dockerfile, without an equals sign.
_ENV = re.compile(r"""\s*(?:ENV|ARG)\s+(?P<name>[A-Za-z_]\w*)\s+(?P<value>"[^"]*"|[^\s=]+)\s*\Z""")
_HEADER = re.compile(r"\b(?P<value>(?:Bearer|Basic|Token)\s+[A-Za-z0-9+/=_.~-]{8,})")
_SQL = re.compile(r"\bPASSWORD\s+(?:'(?P<value>(?:[^']|'')*)')", re.IGNORECASE)
# A text that ends at once, for the statement to go on with a value of its own.
_JOINS = re.compile(r"(?:'')?\s*\|\|")
_ROLE = re.compile(r"\b(?:CREATE|ALTER)\s+(?:ROLE|USER)\b", re.IGNORECASE)
_XML = re.compile(
    r"<(?P<name>[\w.-]*(?:password|secret|token|key))>(?P<value>[^<]+)</", re.IGNORECASE
)
_NAMED = re.compile(
    r"""\s*(?:-\s+)?["']?(?i:name|key|parameterkey)["']?\s*[:=]\s*["']?(?P<name>[A-Za-z_]\w*)["']?\s*,?\s*\Z"""
)
_VARIABLE = re.compile(r"""\s*variable\s+"(?P<name>[\w-]+)"\s*\{""")
_HEADING = re.compile(
    r"""["']?(?P<key>[A-Za-z_][\w.-]*)["']?:(?:\s|\Z)|\[+(?P<section>[\w.: -]+)\]"""
)
_TOP = re.compile(r"([A-Za-z]+):")
_KIND = re.compile(r"kind:\s*(\w+)")
_LOGIN = re.compile(
    r"""\s*(?:[^:#\s]*:(?:\d+|\*):[^:]*:[^:]*:(?P<pgpass>\S+)|"[^"]*"\s+"(?P<list>[^"]*)")\s*\Z"""
)
_LOGINS = re.compile(r"(?:.*/)?(?:\.?pgpass(?:\.conf)?|userlist\.txt)\Z")
_SCRIPTS = (".js", ".ts")
_CODE = (".js", ".ts", ".tf", ".hcl", ".tfvars", ".bicep", ".nomad")
_LONGEST_BLOCK = 50
_SHORT_BLOCK = 6
# Without quotes these are no texts: `password: true` describes a field.
_TRUTHS = frozenset({"true", "false", "null", "~"})
_VALUES = frozenset({"value", "default", "parametervalue", "defaultvalue"})
_NAMES = frozenset({"name", "key", "parameterkey"})
# A name that is opened, and whose value stands in a line of its own below it.
_OPENED = re.compile(r"""(?P<indent>\s+)["']?(?P<name>[A-Za-z_][\w-]*)["']?\s*:\s*\{?\s*\Z""")
# A variable of psql: what it holds is given when the script is run.
_OF_PSQL = re.compile(r"\w+\s+:'")
# A branch of a template that shows no password, where the other one has it.
_MASKED = re.compile(
    r"\b(?P<name>[A-Za-z_][\w.-]*)=(?:[xX]{3,}|[*•]{2,})\s*\{%-?\s*else\s*-?%\}\s*(?P=name)=\{\{"
)


class Assignment(Struct, frozen=True):
    """A value under its name in a file; ``encoded`` where it stood there in base64.

    ``section`` is the outermost key or heading that it stands under.
    """

    name: str
    text: str
    at: Place
    secret: bool = False
    encoded: bool = False
    section: str = ""


class Assigned(Struct, frozen=True):
    """How many values a file gives to names, and those of them that may be a secret."""

    count: int
    telling: tuple[Assignment, ...]


# What was read of a project, for the several rules that ask; gone with the project.
_read: "WeakKeyDictionary[Project, dict[str, Assigned]]" = WeakKeyDictionary()


def assigned(project: Project, path: str) -> Assigned:
    """The named values of a file, read once."""
    known = _read.setdefault(project, {})
    if path not in known:
        every = codes = 0
        telling: list[Assignment] = []
        before: Assignment | None = None
        for every, one in enumerate(_assignments(project, path), 1):  # noqa: B007 - the last counts
            codes += is_code_of_a_sign(one.text)
            if _may_tell(one) and not (path.endswith(_SCRIPTS) and _labels(one, before)):
                telling.append(one)
            before = one
        table = codes == every >= A_TABLE
        known[path] = Assigned(every, () if table else tuple(telling))
    return known[path]


def _labels(one: Assignment, before: Assignment | None) -> bool:
    """Tell whether a script says what is asked for in a form, and no value."""
    beside = before is not None and one.at.line == (before.at.line or 0) + 1
    return before is not None and beside and is_asked((before.name, before.text), one.text)


def _may_tell(one: Assignment) -> bool:
    """Whether any rule can find a secret in a value, by its name or by what it looks like."""
    name = one.name
    return (
        one.secret
        or is_password(name)
        or is_secret(name)
        or is_signing_key(name)
        or name in {"auth", "_auth"}
        or may_have_login(one.text)
        or header_of(one.text) is not None
    )


def _assignments(project: Project, path: str) -> Iterator[Assignment]:
    """The named values of a file, line by line; nothing of a file that is no text."""
    try:
        lines = project.split(path)
    except Unreadable:
        return
    if _LOGINS.match(path):
        found = ((number, _LOGIN.match(text)) for number, text in enumerate(lines, 1))
        yield from (Assignment("password", m["pgpass"] or m["list"], Place(path, number))
                    for number, m in found if m)  # fmt: skip
        return
    quoted = path.endswith(_CODE)
    held = _Secret()
    above = _Above()
    section = ""
    for number, text in enumerate(lines, 1):
        held.see(text)
        if not text.strip() or _COMMENT.match(text):
            continue
        if not text[0].isspace() and (heading := _HEADING.match(text)):
            section = heading["key"] or heading["section"]
        above.see(text, number)
        beside = ""
        for name, value in () if held.is_sealed else pairs(text, quoted=quoted):
            at = Place(path, number)
            beside = value if name.lower() in _NAMES else beside
            if name.lower() in _VALUES and (named := beside or above.name):
                if name == "default" and "schema" in path:
                    continue  # what a schema allows, nobody deploys
                yield Assignment(named, value, at, section=section)
            else:
                yield held.take(Assignment(name, value, at, section=section))


def pairs(text: str, *, quoted: bool = False) -> Iterator[tuple[str, str]]:
    """The names and values of one line, as YAML, TOML, JSON, INI, shell, SQL or XML.

    In a language of code only a text in quotes is a value; the rest are expressions.
    """
    if "{%" in text:
        text = _MASKED.sub(r"\g<name>={{", text)
    block = None if quoted or ":" not in text else _BLOCK.fullmatch(text.rstrip())
    if block:
        value = re.sub(r"\s+#.*\Z", "", block["value"]).rstrip(", ")
        if value.lower() not in _TRUTHS:
            yield block["name"], value
    elif ":" in text or "=" in text:
        for match in _PAIR.finditer(text):
            if match["value"].lower() in _TRUTHS or _OF_PSQL.match(match[0]):
                continue
            if not quoted or match["value"][0] in "\"'`":
                yield match["name"], _unquoted(match["value"])
    yield from _by_form(text)


_FORMS = (
    ("--", _OPTION), ("requirepass", _DIRECTIVE), ("masterauth", _DIRECTIVE), ("ENV", _ENV),
    ("ARG", _ENV), ("</", _XML),
)  # fmt: skip
"""What stands in a line of each form, and where its name and value are."""


def _by_form(text: str) -> Iterator[tuple[str, str]]:
    """Options, directives, headers, SQL and XML; most lines have no mark of any."""
    for mark, form in _FORMS:
        if mark in text:
            for match in form.finditer(text):
                yield match["name"], _unquoted(match["value"])
    if "uthorization" in text:
        for match in _HEADER.finditer(text):
            yield "Authorization", match["value"]
    if "'" in text:
        yield from (("PASSWORD", one) for one in _in_sql(text))


def passwords_in_sql(text: str) -> Iterator[str]:
    """The passwords that statements about roles and users hold."""
    if _ROLE.search(text):
        yield from _in_sql(text)


def _in_sql(text: str) -> Iterator[str]:
    """The passwords in a statement, but for those that it puts together itself."""
    for match in _SQL.finditer(text):
        if not _JOINS.match(match["value"]):
            yield match["value"]


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


class _Above:
    """The name that a `value:` below it belongs to, or a variable's `default`."""

    def __init__(self) -> None:
        self.name = ""
        self.until = 0

    def see(self, text: str, line: int) -> None:
        if "variable" in text and (variable := _VARIABLE.match(text)):
            self.name, self.until = variable["name"], line + _LONGEST_BLOCK
        elif ("name" in text or "key" in text) and (named := _NAMED.match(text)):
            self.name, self.until = named["name"], line + 2
        elif opened := _OPENED.match(text):
            self.name, self.until = opened["name"], line + _SHORT_BLOCK
        elif text.startswith("}") or line > self.until:
            self.name = ""


class _Secret:
    """Whether the lines stand under `data:` or `stringData:` of a Kubernetes Secret."""

    def __init__(self) -> None:
        self.kind = ""
        self.part = ""

    def see(self, text: str) -> None:
        if text.startswith("---"):
            self.kind = self.part = ""
        elif text[:1].isalpha() and (top := _TOP.match(text)):
            if kind := _KIND.match(text):
                self.kind = kind[1]
            else:
                self.part = top[1]

    @property
    def is_sealed(self) -> bool:
        """Whether the document holds secrets that only the cluster can open."""
        return self.kind in {"SealedSecret", "ExternalSecret", "ClusterExternalSecret"}

    def take(self, found: Assignment) -> Assignment:
        if self.kind != "Secret" or self.part not in {"data", "stringData"}:
            return found
        if self.part == "stringData":
            return Assignment(found.name, found.text, found.at, secret=True)
        return Assignment(found.name, _decoded(found.text), found.at, secret=True, encoded=True)


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, ValueError):
        return text
