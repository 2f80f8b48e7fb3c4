"""Statements in the code that rely on a session, which a pool of transactions does not keep."""

import ast
import re
from collections.abc import Iterator

from msgspec import Struct

from readiness import Place, Project, Search
from readiness.checkers.scope import is_code
from readiness.checkers.trees import tree_of

_SPEAKS = Search(
    rb"(?i:advisory_lock|\blisten\s+[\"\w]|\bset\s+(?:session|role|[a-z_.]+\s*(?:=|to\b))"
    rb"|\bset_config\b|\btemp(?:orary)?\s+table\b|\bwith\s+hold\b)",
    among=is_code,
)
_RUNS = frozenset({
    "execute", "executemany", "exec_driver_sql", "text", "fetch", "fetchrow", "fetchval",
    "fetchall", "fetchone", "scalar", "scalars", "run_sql", "SQL", "stream",
})  # fmt: skip
_HOMES = {"text": ("sa", "sqlalchemy", "sql"), "SQL": ("sql", "psycopg", "migrations")}
"""Of names that other libraries use for other things: the modules that mean SQL."""
# As SQL is written, and not the beginning of a sentence.
_SET = (
    r"\A\s*(?-i:SET|set)\s+(?:SESSION\s+)?(?!(?:LOCAL|SESSION|ROLE|TRANSACTION|CONSTRAINTS)\b)"
    r"[a-z_.]+\s*(?:=|\s(?-i:TO|to)\b)"
)
_TRAPS = (
    (
        r"\bpg_(?:try_)?advisory_lock(?:_shared)?\s*\(",
        "takes a lock of the session, which stays with a connection that others get",
        "pg_advisory_xact_lock(…) ends with the transaction",
    ),
    (
        r"\A\s*(?-i:LISTEN|listen)\s+\"?\w+\"?\s*;?\s*\Z",
        "listens, and the connection that hears is somebody else's by then",
        "listen on a connection past the pooler",
    ),
    (
        r"\A\s*(?-i:SET|set)\s+(?:SESSION\s+AUTHORIZATION|(?:SESSION\s+)?ROLE)\b",
        "becomes another role, which the next client of the connection then is",
        "SET LOCAL ROLE … ends with the transaction",
    ),
    (
        _SET,
        "sets something for the session, which the next client of the connection finds set",
        "SET LOCAL … ends with the transaction; ALTER ROLE … SET holds for all",
    ),
    (
        r"\bset_config\s*\([^()]*,\s*false\s*\)",
        "sets something for the session, which the next client of the connection finds set",
        "set_config(…, true) ends with the transaction",
    ),
    (
        r"\A\s*CREATE\s+(?:(?:LOCAL|GLOBAL)\s+)?TEMP(?:ORARY)?\s+TABLE\b(?!.*\bON\s+COMMIT\s+DROP\b)",
        "makes a temporary table, which is not there in the next transaction, or is already",
        "ON COMMIT DROP, and use it in the same transaction",
    ),
    (
        r"\bCURSOR\s+WITH\s+HOLD\b",
        "holds a cursor beyond its transaction, which another connection does not know",
        "read it to its end in one transaction",
    ),
)
_COMPILED = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), what, cure) for pattern, what, cure in _TRAPS
)


class Trap(Struct, frozen=True):
    """A statement that relies on its session: where it stands, what it does, what to say."""

    at: Place
    what: str
    cure: str


def traps(project: Project) -> Iterator[Trap]:
    """The statements that the code runs and that rely on the session."""
    for path in project.mentioning(_SPEAKS):
        tree = tree_of(project, path) if is_code(path) else None
        for node in ast.walk(tree) if tree else ():
            if isinstance(node, ast.Call) and _runs(node.func):
                yield from _of_call(node, path)


def _of_call(call: ast.Call, path: str) -> Iterator[Trap]:
    for argument in call.args[:1]:
        text = _text(argument)
        for pattern, what, cure in _COMPILED:
            if pattern.search(text):
                yield Trap(Place(path, argument.lineno), what, cure)
                break


def _runs(called: ast.expr) -> bool:
    match called:
        case ast.Name(id=name):
            return name in _RUNS
        case ast.Attribute(value=ast.Name(id=home), attr=name) if name in _HOMES:
            return home in _HOMES[name]
        case ast.Attribute(attr=name):
            return name in _RUNS and name not in _HOMES
        case _:
            return False


def _text(node: ast.expr) -> str:
    """The text of a constant, or of an f-string with its holes left open."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_text(one) if isinstance(one, ast.Constant) else "x" for one in parts)
        case _:
            return ""
