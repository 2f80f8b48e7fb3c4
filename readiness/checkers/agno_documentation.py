"""Checkers of whether an AgentOS shows its routes to anybody."""

from collections.abc import Iterator

from readiness import Built, Case, Finding, Option, Program, Project, checker
from readiness.checkers.agno_sites import Said, each_os, fine, open_, told, wrong


@checker("agno.documentation", by_variables=True)
def documentation(program: Program, project: Project) -> Iterator[Finding]:
    """The documentation of the interface is not served."""
    yield from each_os(program, project, _documented)


def _documented(os: Built) -> Said:
    base = os.option("base_app")
    if base.is_given is not False and base.truth is not False:
        return _of_base(base)
    variable = os.variable("DOCS_ENABLED")
    settings = os.option("settings")
    return _switched(told(settings, "AgnoAPISettings", "docs_enabled", otherwise=variable))


_OFF = frozenset({"false", "0", "off", "no", "f", "n"})
_DOCS = (
    "set DOCS_ENABLED=false in this environment, or settings=AgnoAPISettings(docs_enabled=False)"
)


def _switched(option: Option) -> Said:
    values = {_says_off(case) for case in option.cases}
    if values == {True}:
        return fine("does not serve /docs and /openapi.json")
    if values == {False}:
        return wrong(
            "serves /docs, /redoc and /openapi.json to anybody, without its key", _DOCS, option
        )
    return open_(f"may serve /docs: {option.reason or 'DOCS_ENABLED is not known here'}", _DOCS)


def _says_off(case: Case) -> bool | None:
    if case.kind in {"absent", "plain"}:
        return case.plain is False
    text = case.known_text
    return None if text is None else text.strip().lower() in _OFF


def _of_base(base: Option) -> Said:
    """A FastAPI of one's own serves its documentation, whatever DOCS_ENABLED says."""
    mend = (
        "FastAPI(docs_url=None, redoc_url=None, openapi_url=None): DOCS_ENABLED does not "
        "reach a base_app"
    )
    for case in base.cases:
        if case.built is None or not case.is_a("FastAPI"):
            return open_("may serve /docs: its base_app is not known here", mend)
        urls = [case.built.option(name) for name in ("openapi_url", "docs_url", "redoc_url")]
        if urls[0].is_given and urls[0].truth is False:
            continue
        shown = [one for one in urls[1:] if not (one.is_given and one.truth is False)]
        if any(one.is_given is None or (one.is_given and one.truth is None) for one in urls):
            return open_("may serve /docs: the options of its base_app are not known here", mend)
        if shown:
            return wrong("serves the /docs of its base_app to anybody", mend)
    return fine("does not serve /docs: its base_app has none")
