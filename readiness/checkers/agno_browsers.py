"""Checkers of the browsers that may call an AgentOS."""

import ast
from collections.abc import Iterator

from readiness import (
    Built,
    Case,
    Finding,
    Option,
    Place,
    Program,
    Project,
    Search,
    Verdict,
    checker,
    undecided,
)
from readiness.checkers.agno_sites import Said, each_os, fine, open_, told, weigh, wrong
from readiness.checkers.scope import is_code
from readiness.checkers.spelling import name_of, text_of
from readiness.checkers.strangers import admits_strangers
from readiness.checkers.trees import tree_of

_CORS = Search(rb"CORSMiddleware", among=is_code)
_NAMED = 'name the origins of your own front ends, such as ["https://app.example.com"]'


@checker("agno.origins", by_variables=True)
def origins(program: Program, project: Project) -> Iterator[Finding]:
    """Only the pages of named origins may call an AgentOS with a user's credentials."""
    yield from each_os(program, project, _judge)
    for at in _open_middlewares(project):
        yield undecided(
            "a CORSMiddleware admits every origin: agno drops `*` from a base_app that it is "
            "given, and keeps what is added to the app of get_app()",
            at=at,
            hint=_NAMED,
        )


def _judge(os: Built) -> Said:
    for case in os.option("cors").cases:
        if case.kind == "unknown" or (case.truth and not case.is_a("CORSConfig")):
            return open_("may admit every origin: its cors= is not known here", _NAMED)
        if case.built is not None and (said := _by_pattern(case.built)) is not None:
            return said
    named = _named(os)
    if named.reason:
        return open_(f"admits origins that are not known here: {named.why}", _NAMED)
    if any(_has_star(case) for case in named.cases):
        return wrong(
            'is told to admit "*", which agno drops: no page of another origin is '
            "admitted, not even agno's own",
            _NAMED,
        )
    if named.is_given is False or named.truth is False:
        return fine("admits the pages that it does by itself: agno.com and localhost:3000")
    return fine("admits the pages of named origins only")


def _named(os: Built) -> Option:
    plain = os.option("cors_allowed_origins")
    return told(os.option("cors"), "CORSConfig", "origins", otherwise=plain)


def _by_pattern(cors: Built) -> Said | None:
    pattern = cors.option("origin_regex")
    if pattern.is_given is False or pattern.truth is False:
        return None
    verdict = weigh(pattern, lambda case: admits_strangers(case.known_text))
    if verdict is Verdict.UNDECIDED:
        return open_("may admit every origin: its origin_regex is not known here", _NAMED)
    if verdict is Verdict.PROBLEM:
        return wrong(
            "admits the pages of strangers, with the user's credentials: its origin_regex "
            "matches any address",
            _NAMED,
        )
    return None


def _has_star(case: Case) -> bool:
    return any(one.known_text == "*" for item in case.items for one in item.cases)


def _open_middlewares(project: Project) -> Iterator[Place]:
    for path in filter(is_code, project.mentioning(_CORS)):
        tree = tree_of(project, path)
        for node in ast.walk(tree) if tree is not None else ():
            if isinstance(node, ast.Call) and _adds_open(node):
                yield Place(path, node.lineno)


def _adds_open(call: ast.Call) -> bool:
    if name_of(call.func) != "add_middleware" or not call.args:
        return False
    given = {one.arg: one.value for one in call.keywords}
    listed = given.get("allow_origins")
    items = listed.elts if isinstance(listed, ast.List | ast.Tuple) else []
    return name_of(call.args[0]) == "CORSMiddleware" and any(text_of(one) == "*" for one in items)
