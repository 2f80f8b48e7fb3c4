"""What agno objects are told, weighed site by site."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from msgspec import Struct, field
from msgspec.structs import replace

from readiness import (
    Built,
    Case,
    Finding,
    Holder,
    NotApplicable,
    Option,
    Place,
    Program,
    Project,
    Verdict,
    undecided,
)
from readiness.checkers.understood import doubts

AGENT, TEAM, WORKFLOW = "agno.agent.Agent", "agno.team.Team", "agno.workflow.Workflow"
AGENT_OS = "agno.os.AgentOS"
NO_OS = "nothing here builds an agno AgentOS"
RUN = (AGENT, TEAM, WORKFLOW)
AGNO = re.compile(rb"\bagno\b")
"""What a file says that may build any of agno's objects; others, of what it must name."""
SERVES = re.compile(rb"\bagno\.os\b|\bAgentOS\b")
STORES = re.compile(rb"\bagno\.db\b|PostgresDb\b")
READS = re.compile(rb"\bagno\.(?:vectordb|knowledge)\b|Knowledge\b|ChromaDb|LanceDb|Qdrant|Milvus")

_ORDER = (Verdict.PROBLEM, Verdict.UNDECIDED, Verdict.OK)
_SHOWN = 4
_SAY = "say with --set, --unset or --injected what the environment gives"


class Said(Struct, frozen=True):
    """What a rule says of one object; ``words`` follow the name of its class."""

    verdict: Verdict
    words: str
    hint: str | None = None
    data: dict[str, object] = field(default_factory=dict)
    of: Option | None = None
    """The option that decides, whose way is told."""


def fine(words: str, **data: object) -> Said:
    """The object meets the rule."""
    return Said(Verdict.OK, words, data=data)


def wrong(words: str, hint: str, of: Option | None = None, **data: object) -> Said:
    """The object does not meet the rule."""
    return Said(Verdict.PROBLEM, words, hint, data, of)


def open_(words: str, hint: str | None = None, of: Option | None = None, **data: object) -> Said:
    """Nobody can tell whether the object meets the rule."""
    return Said(Verdict.UNDECIDED, words, hint or _SAY, data, of)


def each(
    program: Program,
    project: Project,
    names: Iterable[str],
    judge: Callable[[Built], Said | None],
    *,
    otherwise: str,
    words: re.Pattern[bytes] = AGNO,
) -> Iterator[Finding]:
    """One finding for each site that builds one of these and of which the rule says something.

    ``otherwise`` is why the rule does not apply where it says nothing; ``words`` are what a
    file says that may build one.
    """
    names = tuple(names)
    sites = program.built(*names)
    lost = [*unseen(program, names, {site.at for site in sites})]
    found = [*judged(sites, judge), *lost]
    told = {one.at.path for one in lost if one.at is not None}
    found += (one for one in doubts(program, project, words, "agents", absent=not sites)
              if one.at is None or one.at.path not in told)  # fmt: skip
    if not found:
        raise NotApplicable(otherwise)
    yield from found


def each_os(
    program: Program, project: Project, judge: Callable[[Built], Said | None]
) -> Iterator[Finding]:
    """As `each`, for what serves agents."""
    return each(program, project, (AGENT_OS,), judge, otherwise=NO_OS, words=SERVES)


def absent(
    program: Program, project: Project, otherwise: str, words: re.Pattern[bytes] = AGNO
) -> Iterator[Finding]:
    """Why nobody can tell that nothing is built here; where it is certain the rule is out."""
    found = [*doubts(program, project, words, "agents", absent=True)]
    if not found:
        raise NotApplicable(otherwise)
    yield from found


def judged(sites: Iterable[Built], judge: Callable[[Built], Said | None]) -> Iterator[Finding]:
    """The worst that is certain of each site, else what is open, else what is in order."""
    for _, several in groupby(sites, key=lambda one: (one.at, one.class_name)):
        said = [(one, what) for one in several if (what := _said(one, judge)) is not None]
        if said:
            built, what = min(said, key=lambda pair: _ORDER.index(pair[1].verdict))
            yield Finding(
                what.verdict,
                f"{built.name} {what.words}",
                built.at,
                what.hint,
                trace=built.told(*(one for one in (what.of,) if one is not None)),
                data=what.data,
            )


def _said(built: Built, judge: Callable[[Built], Said | None]) -> Said | None:
    what = judge(built)
    if what is not None and what.verdict is Verdict.PROBLEM and built.under:
        words = f"{what.words}, if it is built: {' and '.join(built.under)}"
        return replace(what, verdict=Verdict.UNDECIDED, words=words, hint=_SAY)
    return what


def together(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The same, said once where several sites have one fault: advice is not to fill a page."""
    found = list(findings)
    for one in found:
        alike = [other for other in found if _key(other) == _key(one)]
        if one is not alike[0] and one.verdict is Verdict.PROBLEM:
            continue
        if one.verdict is Verdict.PROBLEM and len(alike) > 1:
            shown = ", ".join(str(other.at) for other in alike[1:_SHOWN])
            more = f" and {len(alike) - _SHOWN} more" if len(alike) > _SHOWN else ""
            yield replace(one, message=f"{one.message} (so do {shown}{more})")
        else:
            yield one


def _key(finding: Finding) -> tuple[Verdict, str]:
    return finding.verdict, finding.message


def unseen(program: Program, names: Iterable[str], seen: set[Place]) -> Iterator[Finding]:
    """Sites in code that was not understood, together where it is for one reason."""
    wanted = frozenset(names)
    lost: dict[str, list[Holder]] = {}
    for site in program.agents():
        if site.class_name in wanted and site.at not in seen and site.db == "unknown":
            lost.setdefault(site.reason or "it was not understood", []).append(site)
    for reason, sites in lost.items():
        what = " and ".join(dict.fromkeys(one.class_name.rpartition(".")[2] for one in sites))
        shown = ", ".join(str(one.at) for one in sites[1:_SHOWN])
        more = f" ({len(sites)} sites: also {shown})" if len(sites) > 1 else ""
        yield undecided(f"what builds {what} here is not judged: {reason}{more}", at=sites[0].at)


def weigh(option: Option, is_wrong: Callable[[Case], bool | None]) -> Verdict:
    """Whether an option is wrong in every case, or in one that a request chooses; or in none."""
    found = {is_wrong(case) for case in option.cases}
    if found == {False}:
        return Verdict.OK
    certain = found == {True} or (option.free and True in found)
    return Verdict.PROBLEM if certain else Verdict.UNDECIDED


def told(option: Option, kind: str, *names: str, otherwise: Option) -> Option:
    """What the objects of an option were told; ``otherwise`` where there is none, or nothing."""
    cases: list[Case] = []
    for case in option.cases:
        if case.truth is False:
            cases += otherwise.cases
        elif case.built is None or not case.is_a(kind):
            cases.append(Case("unknown", reason=case.reason or f"its {kind} is not known here"))
        else:
            given = case.built.option(*names).cases
            cases += (one for one in given if one.kind != "absent")
            cases += otherwise.cases if any(one.kind == "absent" for one in given) else ()
    return Option(tuple(dict.fromkeys(cases)), option.under, free=option.free)


def over(option: Option, judge: Callable[[Case], Said | None]) -> Said | None:
    """What is to be said of an option: what is wrong in one of its cases only is open."""
    all_said = [judge(case) for case in option.cases]
    said = worst(*all_said)
    if said is None or said.verdict is not Verdict.PROBLEM or option.free:
        return said
    if all(one is not None and one.verdict is Verdict.PROBLEM for one in all_said):
        return said
    return open_(f"{said.words}, in one case ({option.why})", data=said.data)


def worst(*said: Said | None) -> Said | None:
    """The worst of what several judgements say; None where none says anything."""
    found = [one for one in said if one is not None]
    return min(found, key=lambda one: _ORDER.index(one.verdict), default=None)


def is_on(option: Option) -> bool | None:
    """Whether something is switched on; one request of many is enough."""
    verdict = weigh(option, lambda case: case.truth)
    return {Verdict.OK: False, Verdict.PROBLEM: True, Verdict.UNDECIDED: None}[verdict]


def is_set(option: Option) -> bool | None:
    """Whether there is a value that is not empty; what the platform supplies is one."""
    found = {_is_there(case) for case in option.cases}
    return found.pop() if len(found) == 1 else None


def _is_there(case: Case) -> bool | None:
    return True if case.kind == "text" and case.text is None else case.truth


def number_of(case: Case) -> float | None:
    """The number that a case is; None where it is none, or not known."""
    return None if isinstance(case.plain, bool) else case.plain
