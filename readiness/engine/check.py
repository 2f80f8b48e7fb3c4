"""The whole run: bind, gather, judge, report."""

from contextlib import AbstractContextManager, nullcontext
from importlib import import_module

from msgspec import Struct

from readiness.cache.reports import Inputs
from readiness.checker.registry import Registry
from readiness.checker.registry import load as load_checkers
from readiness.checklist.select import Selection, select
from readiness.engine.bind import Item, bind_all
from readiness.engine.coverage import coverage_of
from readiness.engine.facts import Facts
from readiness.engine.gather import Gathering
from readiness.engine.inputs import inputs_of
from readiness.engine.judge import Court, findings_of, judge
from readiness.engine.outcome import exit_of, gate_of
from readiness.engine.plan import checklists_of
from readiness.engine.redact import Redactor
from readiness.engine.remedies import Remedies
from readiness.engine.request import Request
from readiness.engine.summary import DEFAULT_FAIL_ON, deployed, summary_of, used
from readiness.engine.suppose import supposed
from readiness.model.report import SCHEMA_VERSION, Report, Result, Subject, Tool
from readiness.project import Project
from readiness.settings.load import load as load_settings
from readiness.settings.settings import Settings
from readiness.version import VERSION

_MANY = 8
"""So many checkers that ask for the files ask for most of what can be noted of them."""


class Prepared(Struct, frozen=True):
    """A run before anything was read: what will be judged, and by what."""

    settings: Settings
    selection: Selection
    registry: Registry
    gathering: Gathering


def prepare(request: Request) -> Prepared:
    """Load settings, checklists and checkers, and bind them.

    Raises `ReadinessError` for wrong use, a wrong checklist or wrong settings.
    """
    settings = load_settings(request.folder)
    checklists = checklists_of(request.folder, request.checklists, settings)
    selection = select(checklists, only=request.only, skip=request.skip)
    registry = load_checkers()
    for error in registry.broken.values():
        request.say(f"{error.message} (hint: {error.hint})")
    items = bind_all(selection.rules, registry)
    return Prepared(settings, selection, registry, Gathering(request, settings, checklists, items))


def run(request: Request) -> Report:
    """As `run_with_inputs`, without what the report was made from."""
    return run_with_inputs(request)[0]


def run_with_inputs(request: Request) -> tuple[Report, Inputs | None]:
    """Judge a project for one environment.

    Raises what `prepare` raises; whatever goes wrong with a fact or a checker is in the
    report instead.
    """
    ready = prepare(request)
    settings, gathering = ready.settings, ready.gathering
    results = _judge_all(gathering)
    fail_on = request.fail_on or settings.fail_on or DEFAULT_FAIL_ON
    gate = gate_of(results, fail_on)
    report = Report(
        schema_version=SCHEMA_VERSION,
        tool=Tool("readiness", VERSION),
        project=Subject(request.folder.name, gathering.project.commit),
        environment=deployed(gathering),
        generated_at=request.clock.now().isoformat(timespec="seconds"),
        fail_on=fail_on,
        assumptions=_assumptions(gathering),
        checklists=used(gathering.checklists),
        results=results,
        coverage=coverage_of(gathering, ready.selection, ready.registry, results),
        summary=summary_of(results),
        gate=gate,
        exit_code=int(exit_of(gate)),
    )
    return report, inputs_of(gathering, ready.registry)


def _judge_all(gathering: Gathering) -> tuple[Result, ...]:
    clock = gathering.request.clock
    bound = [item.bound for item in gathering.items if item.bound is not None]
    rules = [one for one in bound if one.checker.by_variables]
    remedies = Remedies(findings_of, clock, rules)
    court = Court(clock, gathering.settings.waivers, remedies)
    with _reading_ahead(gathering):
        results = [_judge(item, gathering, court) for item in gathering.items]
    return tuple(map(Redactor(gathering.secrets()).result, results))


def _reading_ahead(gathering: Gathering) -> AbstractContextManager[None]:
    """Let the files be read while rules are judged; where few ask, they read what they need."""
    checkers = [item.bound.checker for item in gathering.items if item.bound is not None]
    asking = [one for one in checkers if any(need.fact is Project for need in one.needs)]
    if len(asking) < _MANY:
        return nullcontext()
    return gathering.project.ahead(lambda: _read_deployment(gathering))


def _read_deployment(gathering: Gathering) -> None:
    """What has to be done before any rule is judged, and hangs on no search of the code."""
    gathering.facts  # noqa: B018 - read now
    if gathering.project.files("*.py"):
        import_module("readiness.program.evaluation")


def _judge(item: Item, gathering: Gathering, court: Court) -> Result:
    reason = gathering.why_not(item.rule)
    places = gathering.facts if reason is None and item.bound else (Facts({}),)
    return judge(item, places, court, reason)


def _assumptions(gathering: Gathering) -> tuple[str, ...]:
    said: list[str] = [*supposed(gathering)]
    if gathering.made("deployment"):
        said += gathering.deployment.assumptions
    for environment in gathering.made("environments") or ():
        said += environment.notes
    for program in gathering.made("programs") or ():
        said += program.assumptions
    return tuple(dict.fromkeys(said))
