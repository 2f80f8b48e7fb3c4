"""Checker of whether a FastAPI application shows its interactive documentation to anybody."""

import re
from collections.abc import Iterator
from functools import partial

from readiness import (
    Built,
    Environment,
    Finding,
    NotApplicable,
    Place,
    Program,
    Project,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.agno_sites import AGENT_OS, Said, fine, judged, open_, wrong
from readiness.checkers.understood import doubts
from readiness.checkers.written_calls import Written, calling, written

_FASTAPI = ("fastapi.FastAPI", "fastapi.applications.FastAPI")
_CALLED = calling(_FASTAPI)
_WORDS = re.compile(rb"\bFastAPI\b")
_PAGES = {"docs_url": "/docs", "redoc_url": "/redoc"}
_NOTHING = "nothing here builds a FastAPI application"
_OF_AGENT_OS = (
    "the FastAPI application here becomes an AgentOS's; agno-documentation of `--checklist agno` "
    "judges its pages"
)
_MEND = "FastAPI(openapi_url=None) in this environment closes /docs and /redoc too"


@checker("web.docs", by_variables=True)
def docs(program: Program, project: Project, environment: Environment) -> Iterator[Finding]:
    """No FastAPI application of the environment serves pages that describe it to anybody."""
    sites = program.built(*_FASTAPI)
    handed = frozenset(_handed_over(program))
    seen = {(one.at.path, one.at.line) for one in sites}
    found = [
        *judged(sites, partial(_documented, handed)),
        *(_as_written(one)
          for one in written(program, project, environment.name, _FASTAPI, _CALLED)
          if (one.at.path, one.at.line) not in seen),
        *doubts(program, project, _WORDS, "applications", absent=not sites),
    ]  # fmt: skip
    if not found:
        raise NotApplicable(_NOTHING if not sites else _OF_AGENT_OS)
    yield from found


def _handed_over(program: Program) -> Iterator[Place]:
    """Where applications are built that become an AgentOS's: `agno.documentation` judges those."""
    for os in program.built(AGENT_OS):
        for case in os.option("base_app").cases:
            if case.built is not None:
                yield case.built.at


def _documented(handed: frozenset[Place], app: Built) -> Said | None:
    if app.at in handed:
        return None
    schema = app.option("openapi_url")
    closed = _is_closed(app, "openapi_url")
    pages = {name: _is_closed(app, name) for name in _PAGES}
    if closed or all(pages.values()):
        return fine("serves no /docs and no /redoc here")
    shown = [_PAGES[name] for name, is_closed in pages.items() if is_closed is False]
    if closed is False and shown:
        return wrong(f"serves {' and '.join(shown)} to anybody", _MEND, schema)
    asked = ("openapi_url", *_PAGES) if closed is None else tuple(_PAGES)
    unknown = next(one for name in asked if (one := app.option(name)).truth is None
                   or one.is_given is None)  # fmt: skip
    return open_(f"may serve its documentation to anybody: {unknown.why}", of=unknown)


def _is_closed(app: Built, name: str) -> bool | None:
    """Whether an address of the documentation is none: unsaid, FastAPI has one for each."""
    option = app.option(name)
    found = {False if case.kind == "absent" else _is_false(case.truth) for case in option.cases}
    return found.pop() if len(found) == 1 else None


def _is_false(truth: bool | None) -> bool | None:  # noqa: FBT001 - what a case counts as
    return None if truth is None else not truth


def _as_written(call: Written) -> Finding:
    """What the text says of a call that the evaluation did not come to."""
    closed = {name: call.is_false(name) for name in ("openapi_url", *_PAGES)}
    if closed["openapi_url"] or all(closed[name] for name in _PAGES):
        return ok("FastAPI serves no /docs and no /redoc here", at=call.at)
    shown = [page for name, page in _PAGES.items() if closed[name] is False]
    words = " and ".join(shown or _PAGES.values())
    if call.certain and shown and closed["openapi_url"] is False:
        return problem(f"FastAPI serves {words} to anybody", at=call.at, hint=_MEND)
    return undecided(f"FastAPI may serve {words} to anybody: the evaluation does not come to it",
                     at=call.at, hint=_MEND)  # fmt: skip
