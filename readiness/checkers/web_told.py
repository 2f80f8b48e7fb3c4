"""What the evaluation shows that web applications and servers are told, however it is written."""

from collections.abc import Iterator, Sequence

from readiness import Built, Environment, Program
from readiness.checkers.scope import is_code, is_for
from readiness.checkers.web_said import UNSAID, Said

_DEBUG = ("fastapi.FastAPI", "starlette.applications.Starlette", "flask.Flask.run")
_RELOAD = ("uvicorn.run", "uvicorn.main.run", "uvicorn.Config", "uvicorn.config.Config")
_TELLS = dict.fromkeys(_DEBUG, "debug") | dict.fromkeys(_RELOAD, "reload")
Key = tuple[str, str, int | None]
"""What is said, and the place of the call that says it."""


def with_evaluated(
    read: Sequence[Said], program: Program, environment: Environment
) -> Iterator[Said]:
    """What was read of the code, and in its stead what the evaluation knows better."""
    better = _told(program, environment)
    for one in read:
        known = better.pop((one.name, one.call.path, one.call.line), []) if one.call else []
        knows_better = any(each.value not in {UNSAID, one.value} for each in known)
        yield from known if knows_better else [one]
    for several in better.values():
        yield from several


def _told(program: Program, environment: Environment) -> dict[Key, list[Said]]:
    found: dict[Key, list[Said]] = {}
    for cls, name in _TELLS.items():
        for built in program.built(cls):
            said = list(_said(built, name))
            if said and is_code(built.at.path) and is_for(built.at.path, environment.name):
                key = (name, built.at.path, built.at.line)
                found[key] = list(dict.fromkeys([*found.get(key, ()), *said]))
    return found


def _said(built: Built, name: str) -> Iterator[Said]:
    """Each value that it may have; nothing where it was not told."""
    told = built.option(name)
    if told.is_given is False:
        return
    for one in told.cases:
        value = False if one.kind == "absent" else one.truth
        under = built.under if len(told.cases) == 1 else (*built.under, told.under)
        yield Said(name, UNSAID if value is None else value, built.at, under=under)
