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
                yield from ((name_of(target), value) for target in targets
                            if not isinstance(target, ast.Subscript))  # fmt: skip
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield name_of(target), value
            case ast.If() | ast.Try() | ast.With() if deep:
                for block in ("body", "orelse", "finalbody"):
                    yield from assigned(getattr(one, block, []))
