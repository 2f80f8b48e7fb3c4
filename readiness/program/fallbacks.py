"""Ways to a volatile db that one wrong value or one failed connection opens.

They are found by asking what would be, were one variable missing, empty or misspelt, or did
everything fail that can fail inside a ``try``.
"""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.model.variable import Variable
from readiness.program.answers import Fallback, Holder
from readiness.program.evaluation import Evaluated
from readiness.program.holders import holders
from readiness.program.interpreter.limits import is_limit, too_slow
from readiness.program.provenance import VariableStep, every_step, variables_of
from readiness.program.variants import known
from readiness.program.what_if import Asked, again, groups_of, is_so, readers, what_if
from readiness.program.words import VOLATILE

if TYPE_CHECKING:
    from readiness.program.program import Program

MOST_VARIABLES = 24
MISSPELT = "misspelt-value"
WRONG: tuple[tuple[str, str | None], ...] = (
    ("is missing", None), ("is empty", ""), ("is misspelt", MISSPELT),
)  # fmt: skip


class Unfinished(Exception):  # noqa: N818 - an answer, not an error of ours
    """The search took too long; ``found`` is what it had found by then."""

    def __init__(self, found: tuple[Fallback, ...], reason: str) -> None:
        super().__init__()
        self.found = found
        self.reason = reason


def fallbacks(program: "Program", evaluated: Evaluated) -> tuple[Fallback, ...]:
    """Find the fallbacks of every site: those that one change opens, and those open already.

    Raises `Unfinished` where that takes too long.
    """
    lost = {one.at: one for one in program.agents() if _lost(one)}
    sites = {one.at: one for one in program.agents() if _may_tell(one)}
    asked = Asked(program, evaluated, groups_of(evaluated, [*lost, *sites]))
    if not sites and not lost:
        return ()
    if evaluated.over:
        raise Unfinished((), evaluated.over)
    found = [*_taken(asked, lost), *_by_variables(asked, sites)]
    if not asked.too_long:
        found += _by_failures(asked, sites)
    made = tuple(sorted(found, key=lambda one: (one.site, one.variable or "", one.at)))
    if asked.too_long:
        raise Unfinished(made, f"it {too_slow(program.seconds)}")
    return made


def _by_variables(asked: Asked, sites: dict[Place, Holder]) -> Iterator[Fallback]:
    reads = [read for read in reversed(asked.program.reads())
             if any(read.at.path in group for group in asked.groups)]  # fmt: skip
    places = {read.name: read.at for read in reads}
    known_sites = {one.at for one in asked.program.agents()}
    for name in sorted(places)[:MOST_VARIABLES]:
        only = readers(asked, [read.at.path for read in reads if read.name == name])
        open_sites = {at: one for at, one in sites.items() if at.path in only}
        for words, value in WRONG:
            if not open_sites or asked.too_long:
                break
            if is_so(asked, wrong := _wrong(name, value)):
                continue
            settled = known_sites - open_sites.keys()
            for other in what_if(asked, only, wrong, settled):
                before = open_sites.get(other.at)
                if not _lost(other):
                    continue
                if before is None and other.at not in known_sites and _reads(other.trace, name):
                    known_sites.add(other.at)
                    at = _read_of(other.trace, name) or places[name]
                    yield Fallback(other.at, f"{_holds(other)} if {name} {words}", at, name,
                                   other.trace)  # fmt: skip
                if before is None:
                    continue
                if before.db == "durable" or _reads(other.trace, name):
                    del open_sites[other.at]
                    at = _read_of(other.trace, name) or places[name]
                    message = f"{_holds(other)} if {name} {words}"
                    yield Fallback(other.at, message, at, name, other.trace)


def _wrong(name: str, value: str | None) -> Variable:
    return Variable(name, "unset") if value is None else known(name, value)


def _lost(site: Holder) -> bool:
    """Whether a restart loses what the site keeps, and nobody else keeps it."""
    nobody = site.db == "none" and site.kind != "agentos" and not site.member
    return site.db == "volatile" or nobody


def _may_tell(site: Holder) -> bool:
    """Whether a wrong value can show at a site; one that took too long would do so again."""
    return site.db == "durable" or (site.db == "unknown" and not is_limit(site.reason or ""))


def _holds(site: Holder) -> str:
    held = (site.db_class or "a volatile db").rpartition(".")[2]
    return f"{site.class_name.rpartition('.')[2]} holds {held if site.db != 'none' else 'no db'}"


def _taken(asked: Asked, lost: dict[Place, Holder]) -> Iterator[Fallback]:
    """Sites that are volatile now, and may be otherwise were a variable set that is not."""
    gaps = {at: tuple(_gaps(asked, one)) for at, one in lost.items()}
    for name in sorted(set(chain.from_iterable(gaps.values())))[:MOST_VARIABLES]:
        if asked.too_long:
            break
        only = readers(asked, [at.path for at, names in gaps.items() if name in names])
        found = {one.at: one for one in what_if(asked, only, Variable(name, "injected"))}
        for at, site in lost.items():
            if at in found and name in gaps[at] and not _lost(found[at]):
                message = f"{_holds(site)}, since {name} is missing"
                yield Fallback(at, message, _read_of(site.trace, name) or at, name, site.trace)


def _gaps(asked: Asked, site: Holder) -> Iterator[str]:
    """The variables on the way to a db that are not set, or are empty."""
    for name in variables_of(every_step(site.trace)):
        variable = asked.program.environment.get(name)
        if variable is None or variable.state == "unset" or not variable.value:
            yield name


def _reads(trace: Trace, name: str) -> bool:
    """Whether a way hangs on a variable, and not only on what fails without it."""
    return name in variables_of(every_step(trace))


def _read_of(trace: Trace, name: str) -> Place | None:
    """Where the code decides by a variable: the branch after its read."""
    places = [step.at for step in trace if step.kind == "branch" and step.at]
    reads = [step.at for step in trace if isinstance(step, VariableStep) and step.variable == name]
    known = places or [one for one in reads if one]
    return known[-1] if known else None


def _by_failures(asked: Asked, sites: dict[Place, Holder]) -> Iterator[Fallback]:
    """Handlers that put a volatile db in the place of one that failed."""
    volatile = frozenset(asked.program.project.mentioning(VOLATILE))
    near = frozenset[str]().union(*(g for g in asked.groups if not volatile.isdisjoint(g)))
    if not near:
        return
    tried = again(asked, asked.program.environment, near, fragile=True)
    for other in holders(tried.machine):
        before = sites.get(other.at)
        if before is None or other.db != "unknown" or "fails" not in other.reason:
            continue
        if not _is_volatile(other):
            continue
        message = (f"{other.class_name.rpartition('.')[2]} holds {other.db_class} if the db fails "
                   "as the program starts")  # fmt: skip
        yield Fallback(other.at, message, other.db_at or other.at, None, other.trace)


def _is_volatile(holder: Holder) -> bool:
    return any(word in (holder.db_class or "") for word in ("InMemory", "Sqlite"))
