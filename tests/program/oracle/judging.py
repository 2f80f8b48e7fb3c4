"""One program judged: what the evaluator says of it beside what the real interpreter did."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from random import Random

from readiness.program import Program
from readiness.program.answers import Construction
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event
from readiness.program.values import Choice, External, Function, Instance, Unknown, Value
from readiness.project import Project
from tests.program.conftest import environment
from tests.program.oracle.comparing import DEEPEST, Cover
from tests.program.oracle.consistency import Account
from tests.program.oracle.execution import Run, Site, meets_an_error, run
from tests.program.oracle.productions import FLAGS, NAMES, SET_VALUES
from tests.program.oracle.worlds import World

AGENT = "agno.agent.Agent"
ENGINE = "sqlalchemy.create_engine"
# Whether a file is there at run time is nothing that the evaluation says.
OUTSIDE = frozenset({"FileNotFoundError"})
THERE = '{"sizes": ["of a file"], "a": 1}'
# What nothing decides on the way to it: the sites say that they are not known.
SEVERAL = "a generator that may stand in several places"
Kept = tuple[str, object]
Sites = dict[Site, list[object]]


@dataclass
class Verdict:
    """What is wrong with the evaluation of one program, and what it left open, by line."""

    wrong: list[str] = field(default_factory=list)
    unknown: dict[Site, str] = field(default_factory=dict)
    sites: set[Site] = field(default_factory=set)


@dataclass
class Evaluation:
    """What the evaluator says of one program."""

    dbs: dict[Site, str]
    agents: dict[Site, list[Construction]]
    engines: dict[Site, list[Construction]]
    ended: str | None
    gaps: tuple[str, ...]
    reasons: dict[Site, str]
    perhaps: frozenset[str] = frozenset()
    """The errors that may end it, where nothing decides whether they do."""
    events: dict[Site, list[Event]] = field(default_factory=dict)
    machine: Machine | None = None
    late: tuple[tuple[str, int, int], ...] = ()
    """The functions that start-up does not call: their files, first and last lines."""

    def is_late(self, site: Site) -> bool:
        """Whether a site stands in a function that somebody may call after start-up."""
        path, line = site
        return any(path == each and first <= line <= last for each, first, last in self.late)


def evaluate(
    files: Mapping[str, str], variables: Mapping[str, str], injected: Iterable[str] = ()
) -> Evaluation:
    """Evaluate a program where these variables are set, those injected, and others unset."""
    python = {".python-version": f"{sys.version_info.major}.{sys.version_info.minor}"}
    texts = {**python, **files}
    project = Project({path: text.encode() for path, text in texts.items()})
    held = {name: variables.get(name) for name in NAMES}
    around = environment(held, injected=tuple(injected))
    program = Program(project, around, entry_points=["main.py"])
    ended = program._evaluated.ended.get("main.py")
    machine = program._evaluated.machine
    gaps = (*machine.gaps.values(), *machine.cut_short.values())
    holders = program.agents()
    return Evaluation(
        {(one.at.path, one.at.line or 0): one.db for one in holders},
        _by_site(program.constructions(AGENT)),
        _by_site(program.constructions(ENGINE)),
        ended, gaps, {(one.at.path, one.at.line or 0): one.reason for one in holders},
        frozenset(map(_error_name, machine.state.lost)),
        _events(machine), machine, _entered_late(machine.records.functions),
    )  # fmt: skip


def _events(machine: Machine) -> dict[Site, list[Event]]:
    found: dict[Site, list[Event]] = {}
    for one in machine.records.events:
        if one.name in {AGENT, ENGINE}:
            found.setdefault((one.at.path, one.at.line or 0), []).append(one)
    return found


def _error_name(error: Value) -> str:
    name: str = getattr(getattr(error, "cls", None), "name", "error")
    return name.rpartition(".")[2]


def _entered_late(functions: Iterable[Value]) -> tuple[tuple[str, int, int], ...]:
    return tuple((one.path, one.node.lineno, one.node.end_lineno or 0) for one in functions
                 if isinstance(one, Function) and one.entered)  # fmt: skip


def _by_site(found: Iterable[Construction]) -> dict[Site, list[Construction]]:
    sites: dict[Site, list[Construction]] = {}
    for one in found:
        sites.setdefault((one.at.path, one.at.line or 0), []).append(one)
    return sites


def judge(files: Mapping[str, str], variables: Mapping[str, str]) -> Verdict:
    """Judge a program that its variables decide."""
    real, said, verdict = run(files, variables), evaluate(files, variables), Verdict()
    other = _with_files(files, variables, real)
    if real.error is None or other is None or other.error is not None:
        _endings(real, said, verdict)
    _sites(real, said, verdict)
    for site, objects in _real_sites(real).items():
        verdict.sites.add(site)
        _site(site, objects, said, verdict)
    if other is not None:
        _leave_out(_real_sites(real), _real_sites(other), said, verdict)
    return verdict


def _with_files(files: Mapping[str, str], variables: Mapping[str, str], real: Run) -> Run | None:
    """A run where the files that it looked for in vain are there, as nothing in it tells."""
    there = {path: THERE for path in real.asked if path.endswith(".json")}
    return run({**files, **there}, variables) if there else None


def _leave_out(before: Sites, other: Sites, said: Evaluation, verdict: Verdict) -> None:
    """What hangs on such files neither the code nor the variables decide.

    What is said must cover either run; an unknown counts for nothing there.
    """
    for site in {*before, *other}:
        if other.get(site):
            _covered(site, other[site], said, "with the files it looks for", verdict)
        if _told(before.get(site)) != _told(other.get(site)):
            verdict.sites.discard(site)
            verdict.unknown.pop(site, None)


def _told(thing: object, depth: int = 0) -> object:
    """Something to tell objects of two runs apart by."""
    if isinstance(thing, dict):
        return [(repr(key), _told(one, depth)) for key, one in thing.items()]
    if isinstance(thing, (list, tuple)):
        return [type(thing), *(_told(one, depth) for one in thing)]
    if hasattr(thing, "__dict__") and not isinstance(thing, type) and depth < DEEPEST:
        return type(thing).__name__, _told(vars(thing), depth + 1)
    return repr(thing)


def _endings(real: Run, said: Evaluation, verdict: Verdict) -> None:
    if real.error is None and said.ended is not None:
        verdict.wrong.append(f"it goes through, not: {said.ended}")
    if real.error is None and said.gaps and {*said.gaps} - {SEVERAL}:
        verdict.wrong.append(f"it goes through, not: gap {said.gaps}")
    if real.error in OUTSIDE:
        return
    unnoticed = not said.gaps and not said.perhaps & {str(real.error), "error"}
    if real.error is not None and said.ended is None and unnoticed:
        verdict.wrong.append(f"it ends with {real.error} ({real.words}), not at all")
    if real.error is not None and said.ended is not None:
        named = said.ended.split(" at ")[0].rpartition(" ")[2]
        if named not in {real.error, "error"} and not said.gaps:
            verdict.wrong.append(f"it ends with {real.error} ({real.words}), not: {said.ended}")


def _sites(real: Run, said: Evaluation, verdict: Verdict) -> None:
    if real.error is None:
        for site in sorted({*said.agents, *said.engines} - set(_real_sites(real))):
            if said.is_late(site):
                continue
            found = said.agents.get(site) or said.engines.get(site) or []
            if any(not one.under for one in found):
                verdict.wrong.append(f"nothing is built at {site}")
            else:
                verdict.unknown[site] = f"under {found[0].under}"


def _real_sites(real: Run) -> Sites:
    found: Sites = {}
    for site, one in (*real.agents, *real.engines):
        found.setdefault(site, []).append(one)
    return found


def _site(site: Site, objects: list[object], said: Evaluation, verdict: Verdict) -> None:
    found = said.agents.get(site) or said.engines.get(site)
    if not found:
        verdict.wrong.append(f"something is built at {site}")
        return
    if len(found) != len(objects):
        conditional = any(one.under for one in found)
        if conditional or _is_open(found) or (said.late and len(found) > len(objects)):
            verdict.unknown[site] = f"under {found[0].under}"
        else:
            verdict.wrong.append(f"{len(objects)} are built at {site}, not {len(found)}")
        return
    for one, thing in zip(found, objects, strict=True):
        if one.under:
            verdict.unknown[site] = f"under {one.under}"
        _arguments(site, one, thing, verdict)
    _dbs(site, objects, said, verdict)


def _is_open(found: list[Construction]) -> bool:
    return any(isinstance(v, (Unknown, Choice)) for one in found for v in one.attributes.values())


def _arguments(site: Site, one: Construction, thing: object, verdict: Verdict) -> None:
    for name, value in vars(thing).items():
        cover = Cover()
        if not cover.holds(one.attributes.get(name), value):
            shown = _shown(one.attributes.get(name))
            verdict.wrong.append(f"{name} at {site} is {value!r}, not {shown}")
        if cover.unknown:
            verdict.unknown[site] = cover.unknown[0]


def _dbs(site: Site, objects: list[object], said: Evaluation, verdict: Verdict) -> None:
    if site not in said.dbs:
        return
    kinds = set(Run([(site, one) for one in objects]).dbs()[site])
    if said.dbs[site] == "unknown":
        if len(kinds) == 1 and kinds != {"unknown"}:
            verdict.unknown.setdefault(site, said.reasons[site])
    elif len(kinds) == 1 and said.dbs[site] not in kinds:
        verdict.wrong.append(f"the db at {site} is {kinds}, not {said.dbs[site]}")


def judge_open(
    files: Mapping[str, str], variables: Mapping[str, str], injected: tuple[str, ...],
    seed: int = 0, most: int = 6,
) -> Verdict:  # fmt: skip
    """Judge a program where some variables and flags are open, by several concrete runs.

    Whatever one of the runs builds must be what the evaluator says of it, under the conditions
    that it says.
    """
    said, verdict = evaluate(files, variables, injected), Verdict()
    assert said.machine is not None
    for concrete, on in _worlds(injected, seed, most):
        real = run(files, {**variables, **concrete}, on)
        world = World(concrete, on, files, said.machine)
        if real.error is None and said.ended is not None:
            verdict.wrong.append(f"it goes through {world}, not: {said.ended}")
        built = _real_sites(real)
        verdict.sites |= {*built}
        before = len(verdict.wrong)
        for site, objects in built.items():
            held = objects if real.error is None else []  # what it holds is told of a whole start
            _covered(site, held, said, str(world), verdict)
        if len(verdict.wrong) == before and real.error is None:
            _agrees(built, said, {**variables, **concrete}, world, verdict)
    return verdict


def _worlds(
    injected: tuple[str, ...], seed: int, most: int
) -> list[tuple[dict[str, str], frozenset[str]]]:
    random = Random(seed)
    flags = [frozenset(one) for size in range(len(FLAGS) + 1)
             for one in combinations(FLAGS, size)]  # fmt: skip
    values = [dict(zip(injected, one, strict=True))
              for one in product(SET_VALUES, repeat=len(injected))]  # fmt: skip
    return [(random.choice(values), random.choice(flags)) for _ in range(most)]


def _covered(
    site: Site, objects: list[object], said: Evaluation, world: str, verdict: Verdict
) -> None:
    """Whatever a run builds is among what may be built there."""
    found = said.agents.get(site) or said.engines.get(site)
    if not found:
        verdict.wrong.append(f"something is built at {site} {world}")
        return
    for thing in objects:
        for name, value in vars(thing).items():
            if not any(Cover().holds(one.attributes.get(name), value) for one in found):
                shown = _shown(found[0].attributes.get(name))
                verdict.wrong.append(f"{name} at {site} is {value!r} {world}, not {shown}")


def _agrees(
    built: Sites, said: Evaluation, variables: Mapping[str, str], world: World, verdict: Verdict
) -> None:
    """Each site, and then all of them together, is as the answers of the world make it."""
    sites = [one for one in {**built, **said.events}
             if said.events.get(one) and not said.is_late(one)]  # fmt: skip
    failing = bool(said.gaps or said.late)  # what nobody calls may build more at any site

    def unfit(several: list[Site]) -> bool:
        nonlocal failing
        if Account(built, said.events, failing).agrees(several, world) is not False:
            return False
        failing = failing or meets_an_error(world.files, variables, world.on)
        return Account(built, said.events, failing).agrees(several, world) is False

    for site in sites:
        if unfit([site]):
            verdict.wrong.append(f"what is said of {site} does not hold {world}: "
                                 f"{_told_of(site, built, said)}")  # fmt: skip
            return
    for site in sites:
        _db(site, built.get(site, []), said, world, failing=failing, verdict=verdict)
    if len(sites) > 1 and unfit(sites):
        verdict.wrong.append(f"together {sites} do not hold {world}")


def _db(
    site: Site, objects: list[object], said: Evaluation, world: World, *, failing: bool,
    verdict: Verdict,
) -> None:  # fmt: skip
    """A db that is durable is so for every object; one that is lost is so for some object."""
    claimed = said.dbs.get(site, "unknown")
    kinds = Run([(site, one) for one in objects if hasattr(one, "db")]).dbs().get(site, [])
    wrong = {*kinds} - {claimed} if claimed == "durable" else claimed not in kinds
    rounds = any(one.repeated or any(c.counts_rounds for c, _ in one.path)
                 for one in said.events[site])  # fmt: skip
    if claimed != "unknown" and wrong and (claimed == "durable" or not (failing or rounds)):
        verdict.wrong.append(f"the db at {site} is {kinds} {world}, not {claimed}")


def _told_of(site: Site, built: Sites, said: Evaluation) -> str:
    real = [dict(vars(thing)) for thing in built.get(site, [])]
    events = [(tuple(f"{c.text} is {truth}" for c, truth in one.path), _told_held(one))
              for one in said.events[site]]  # fmt: skip
    return f"{real}, not {events}"


def _told_held(event: Event) -> dict[str, str]:
    held = event.instance.slots.values if event.instance is not None else {}
    return {str(key): _shown(value) for key, value in held.items()}


def _shown(value: object) -> str:  # noqa: PLR0911 - one answer for each kind of value
    known = getattr(value, "known", None)
    if known is not None:
        return repr(known)
    if isinstance(value, Choice):
        then, otherwise = _shown(value.then), _shown(value.otherwise)
        return f"({then} if {value.condition.text} else {otherwise})"
    if isinstance(value, Instance):
        return f"a {value.cls.name}"
    if isinstance(value, External):
        return f"a {value.name}"
    if hasattr(value, "slots") and "items" in value.slots.values:
        return f"list {_shown(value.slots.values['items'])}"
    if hasattr(value, "items"):
        return f"[{', '.join(map(_shown, value.items))}]"
    if hasattr(value, "slots"):
        return "{" + ", ".join(f"{k}: {_shown(v)}" for k, v in value.slots.values.items()) + "}"
    return repr(getattr(value, "value", value))
