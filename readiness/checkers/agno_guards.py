"""What else in the code may ask a caller of an application who it is."""

import ast
from collections.abc import Iterator

from readiness import Place, Project, Search
from readiness.checkers.scope import is_code
from readiness.checkers.spelling import name_of
from readiness.checkers.trees import tree_of

_SPEAKS = Search(rb"middleware|Depends|Security\(", among=is_code)
_HARMLESS = frozenset(
    {
        "CORSMiddleware",
        "GZipMiddleware",
        "TrustedHostMiddleware",
        "HTTPSRedirectMiddleware",
        "SessionMiddleware",
        "CorrelationIdMiddleware",
        "ProxyHeadersMiddleware",
        "PrometheusMiddleware",
        "SentryAsgiMiddleware",
        "BrotliMiddleware",
        "TimingMiddleware",
        "SlowAPIMiddleware",
        "RequestIDMiddleware",
        "LoggingMiddleware",
    }
)
_APPLICATIONS = frozenset({"FastAPI", "Starlette"})


def guards(project: Project) -> Iterator[str]:
    """Each middleware or dependency of a whole application that may turn a caller away."""
    for path in filter(is_code, project.mentioning(_SPEAKS)):
        tree = tree_of(project, path)
        for node in ast.walk(tree) if tree is not None else ():
            if (what := _guard(node)) is not None:
                yield f"{what} ({Place(path, getattr(node, 'lineno', None))})"


def _guard(node: ast.AST) -> str | None:
    if not isinstance(node, ast.Call):
        return None
    called = name_of(node.func)
    if called == "add_middleware" and node.args:
        name = name_of(node.args[0]) or "a middleware"
        return None if name in _HARMLESS else name
    if called == "middleware" and isinstance(node.func, ast.Attribute):
        return "a middleware"
    if called in _APPLICATIONS:
        given = {one.arg for one in node.keywords if not _is_empty(one.value)}
        found = given & {"dependencies", "middleware"}
        return f"{called}({found.pop()}=)" if found else None
    return None


def _is_empty(value: ast.expr) -> bool:
    return isinstance(value, ast.List | ast.Tuple) and not value.elts
