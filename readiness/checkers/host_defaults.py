"""The variables that would give an engine another host, if somebody set them."""

import ast
import re
from collections.abc import Iterator

from readiness import Engine, Environment, Place, Program, Project
from readiness.checkers.names import is_url, words
from readiness.checkers.spelling import text_of
from readiness.checkers.trees import tree_of

_HOSTS = frozenset({"host", "hostname", "server"})
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]+\Z")


def not_set(
    program: Program, project: Project, engine: Engine, environment: Environment
) -> tuple[str, ...]:
    """The variables whose default the host is, of which nothing says whether they are set."""
    places = engine.url.host.places
    found = {read.name for read in program.reads() if read.default_at in places}
    found |= {name for name in engine.variables if _HOSTS & set(words(name)) or is_url(name)}
    if not found:
        found = {name for place in places for name in _stands_in_for(project, place)}
    return tuple(sorted(name for name in found if environment.get(name) is None))


def _stands_in_for(project: Project, place: Place) -> Iterator[str]:
    """The variable of which a function of the project is given a text as the default."""
    tree = tree_of(project, place.path)
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.Call) and node.args:
            name = text_of(node.args[0]) or ""
            others = [*node.args[1:], *(one.value for one in node.keywords)]
            if _VARIABLE.match(name) and any(_stands_at(one, place) for one in others):
                yield name


def _stands_at(node: ast.expr, place: Place) -> bool:
    return node.lineno == place.line and place.column in {None, node.col_offset + 1}
