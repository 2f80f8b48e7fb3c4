"""The names and arguments by which code tells its web frameworks something."""

import ast
from collections.abc import Iterator

from readiness.checkers.spelling import name_of

APPLICATIONS = frozenset({"FastAPI", "Starlette", "Litestar", "Quart", "run"})
DEBUGS = frozenset({"DEBUG", "FLASK_DEBUG", "FLASK_ENV", "debug", "reload"})
ORIGINS = frozenset({
    "allow_origins", "origins", "allow_origin_regex", "CORS_ALLOW_ALL_ORIGINS",
    "CORS_ORIGIN_ALLOW_ALL", "CORS_ALLOWED_ORIGINS",
})  # fmt: skip
CREDENTIALS = frozenset({"allow_credentials", "supports_credentials", "CORS_ALLOW_CREDENTIALS"})
DJANGO = ORIGINS | {"DEBUG", "ALLOWED_HOSTS"}


def is_read(name: str) -> bool:
    """Tell whether Django or an extension reads a name of the module."""
    return name in DJANGO and name.isupper()


def tells(call: ast.Call) -> bool:
    """Tell whether a call may say anything."""
    given = {one.arg for one in call.keywords}
    name = name_of(call.func)
    return bool(
        given & ORIGINS
        or (name in APPLICATIONS and given & {"debug", "reload"})
        or (name == "CORS" and given & (CREDENTIALS | {"resources"}))
    )


def assigned(body: list[ast.stmt], *, deep: bool = True) -> Iterator[tuple[str, ast.expr]]:
    """The names that a module gives values to; where ``deep``, under conditions too."""
    for one in body:
        match one:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from _each(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield name_of(target), value
            case ast.If() | ast.Try() | ast.With() if deep:
                for block in ("body", "orelse", "finalbody"):
                    yield from assigned(getattr(one, block, []))


def _each(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """The names of a target, each with its value: where nobody can tell that, with itself."""
    match target, value:
        case ast.Subscript(), _:
            return
        case ast.Tuple(elts=names) | ast.List(elts=names), ast.Tuple(elts=said) | ast.List(
            elts=said
        ) if len(names) == len(said) and not any(
            isinstance(one, ast.Starred) for one in (*names, *said)
        ):
            for name, one in zip(names, said, strict=True):
                yield from _each(name, one)
        case ast.Tuple(elts=names) | ast.List(elts=names), _:
            yield from ((name_of(one), one) for name in names for one in _names(name))
        case _:
            yield name_of(target), value


def _names(target: ast.expr) -> Iterator[ast.Name]:
    return (one for one in ast.walk(target) if isinstance(one, ast.Name))
