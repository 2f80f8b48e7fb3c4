"""PostgreSQL addresses that stand in the code and that no engine takes up."""

import ast
import re
from collections.abc import Iterator

from msgspec.structs import replace

from readiness import Engine, Environment, Program, Project
from readiness.checkers.clients import MODE
from readiness.checkers.code_passwords import held, is_elsewhere, is_given
from readiness.checkers.connections import Connection, of_url
from readiness.checkers.credentials import is_placeholder
from readiness.checkers.literal import Literal
from readiness.checkers.literals import literals
from readiness.checkers.logins import Login, logins
from readiness.checkers.spelling import HOLE
from readiness.checkers.trees import source, tree_of

# Hosts of texts that show what an address looks like.
_SHAPES = re.compile(r"(?i)(?:host(?:name)?|server|address|(?:.*\.)?example(?:\.\w+)?)\Z")
_HOST = re.compile(r"[A-Za-z0-9][\w.-]*\Z")
_CONNINFO = re.compile(r"(?:[a-z_]+\s*=\s*(?:'[^']*'|[^\s'=]+)(?:\s+|\Z))+\Z")
_KEYS = re.compile(r"(?<!\S)([a-z_]+)\s*=")
_DECIDING = (ast.IfExp, ast.Match, ast.ExceptHandler)
# What the code puts something into: an f-string's, ``str.format``'s or ``%``'s.
_OPEN = re.compile(rf"{re.escape(HOLE)}|\{{[^{{}}]*\}}|%(?:\(\w+\))?s")


def addresses(
    program: Program, environment: Environment, project: Project, engines: list[Engine]
) -> Iterator[Connection]:
    """The PostgreSQL addresses written in the code that none of the engines takes up."""
    consumed = {place for engine in engines for place in _places(engine)}
    once = {(one.at.path, one.at.line, one.text): one for one in reversed(literals(project))}
    for literal in reversed(once.values()):
        login = _address(literal)
        if login is None or is_elsewhere(literal, environment):
            continue
        if (literal.at.path, literal.at.line) in consumed or _is_of_an_engine(login, engines):
            continue
        if literal.how == "default" and is_given(environment, literal.variable or literal.name):
            continue
        condition = _condition(literal, program, project) if literal.guarded else ""
        if condition is not None:
            found = _connection(literal, login, environment, condition)
            if found.default and MODE.search(source(project, literal.at.path)):
                found = replace(found, sslmode=None, reason="the file sets TLS in another way")
            yield found


def _address(literal: Literal) -> Login | None:
    """The PostgreSQL server that a text is the address of; None where it is more or less."""
    text = literal.text.strip()
    if not (re.match(r"[a-z+0-9:]+://\S+\Z", text) or _is_conninfo(text)):
        return None
    found = next((one for one in logins(text) if one.is_postgres), None)
    if found is None or not found.host:
        return None
    if not (found.database or found.user or _HOST.match(found.host)):
        return None  # no more than how an address begins
    return None if _SHAPES.match(found.host) or is_placeholder(found.host) else found


def _is_conninfo(text: str) -> bool:
    """Tell libpq's ``host=… dbname=…`` from other pairs, and from sentences."""
    return {"host", "dbname"} <= set(_KEYS.findall(text)) and _CONNINFO.match(text) is not None


def _condition(literal: Literal, program: Program, project: Project) -> str | None:
    """What decides whether an address is used: nothing (""), or words; None where it is not."""
    value = held(literal, program)
    if hasattr(value, "value"):
        return None
    if (known := getattr(value, "known", None)) is not None:
        return "" if known == literal.text else None
    at = literal.at
    place = (at.line, at.column)
    under = program.under(at)
    if under is None or place in program.unused(at.path):
        return None
    if not under and _is_open(literal, project) and place not in program.taken(at.path):
        return "a condition that was not evaluated holds"
    return " and ".join(under)


def _is_open(literal: Literal, project: Project) -> bool:
    """Tell whether something other than an ``if`` decides about the line of a text."""
    tree, line = tree_of(project, literal.at.path), literal.at.line or 0
    return tree is None or any(
        isinstance(node, _DECIDING) and node.lineno <= line <= (node.end_lineno or line)
        for node in ast.walk(tree)
    )


def _places(engine: Engine) -> Iterator[tuple[str, int | None]]:
    url = engine.url
    parts = (url.user, url.host, url.port, url.database, *url.query.values())
    places = [at for part in parts for at in part.places]
    for at in (engine.at, *places, *url.password.places):
        yield at.path, at.line
    yield from ((step.at.path, step.at.line) for step in engine.trace if step.at)


def _is_of_an_engine(login: Login, engines: list[Engine]) -> bool:
    """Tell whether an engine may well be made of this address: nothing known contradicts it."""
    return any(
        _agrees(login.host, engine.url.host.text)
        and _agrees(login.database, engine.url.database.text)
        for engine in engines
    )


def _agrees(said: str, known: str | None) -> bool:
    return known is None or not said or _OPEN.search(said) is not None or said == known


def _connection(
    literal: Literal, login: Login, environment: Environment, condition: str
) -> Connection:
    name = f"the address {f'in {literal.name}' if literal.name else 'here'}"
    scope = dict(environment.variables)
    found = of_url(name, literal.at, login, scope)
    if condition and found.sslmode is not None:
        return replace(found, sslmode=None, reason=f"it is used only if {condition}")
    if _OPEN.search(found.sslmode or ""):
        return replace(found, sslmode=None, reason="its sslmode is put in by the code")
    return found
