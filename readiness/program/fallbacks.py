"""Ways to a volatile db that one wrong value or one failed connection opens.

They are found by asking what would be, were one variable missing, empty or misspelt, or did
everything fail that can fail inside a ``try``.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readiness.environment import Environment
from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.model.variable import Variable
from readiness.program.answers import Fallback, Holder
from readiness.program.evaluation import Evaluated, evaluate
from readiness.program.holders import holders
from readiness.program.interpreter.limits import Limits, too_slow
from readiness.program.provenance import VariableStep
from readiness.program.reach import groups, reaches_all
from readiness.program.variants import environment_with, known
from readiness.program.words import VOLATILE

if TYPE_CHECKING:
    from readiness.program.program import Program

MOST_VARIABLES = 24
MISSPELT = "misspelt-value"
WRONG: tuple[tuple[str, str | None], ...] = (
    ("is missing", None), ("is empty", ""), ("is misspelt", MISSPELT),
)  # fmt: skip
_LEAST = 0.05
"""The seconds that one more evaluation has, however little is left of those of the search."""


class Unfinished(Exception):  # noqa: N818 - an answer, not an error of ours
    """The search took too long; ``found`` is what it had found by then."""

    def __init__(self, found: tuple[Fallback, ...], reason: str) -> None:
        super().__init__()
        self.found = found
        self.reason = reason


@dataclass(slots=True)
class _Asked:
    """What the search asks: the program as it is, and the groups that can give a volatile db."""

    program: "Program"
    evaluated: Evaluated
    groups: list[frozenset[str]]
    deadline: float = field(init=False)

    def __post_init__(self) -> None:
        self.deadline = time.thread_time() + self.program.seconds

    @property
    def left(self) -> float:
        """The seconds that the search may still compute."""
        return self.deadline - time.thread_time()

    @property
    def too_long(self) -> bool:
        return self.left < 0


def fallbacks(program: "Program", evaluated: Evaluated) -> tuple[Fallback, ...]:
    """Find the fallbacks of every site whose db is not volatile as things are.

    Raises `Unfinished` where that takes too long.
    """
    asked = _Asked(program, evaluated, _groups(program, evaluated))
    near = frozenset[str]().union(*asked.groups)
    sites = {one.at: one for one in program.agents()
             if one.db in {"durable", "unknown"} and one.at.path in near}  # fmt: skip
    if not sites:
        return ()
    if evaluated.over:
        raise Unfinished((), evaluated.over)
    found = [*_by_variables(asked, sites)]
    if not asked.too_long:
        found += _by_failures(asked, sites)
    made = tuple(sorted(found, key=lambda one: (one.site, one.variable or "", one.at)))
    if asked.too_long:
        raise Unfinished(made, f"it {too_slow(program.seconds)}")
    return made


def _groups(program: "Program", evaluated: Evaluated) -> list[frozenset[str]]:
    """The groups of modules that mention a volatile db; others cannot come to hold one."""
    found = groups(evaluated.machine) or [frozenset(evaluated.machine.evaluated)]
    volatile = frozenset(program.project.mentioning(VOLATILE))
    return [group for group in found if not volatile.isdisjoint(group)]


def _by_variables(asked: _Asked, sites: dict[Place, Holder]) -> Iterator[Fallback]:
    reads = [read for read in reversed(asked.program.reads())
             if any(read.at.path in group for group in asked.groups)]  # fmt: skip
    places = {read.name: read.at for read in reads}
    for name in sorted(places)[:MOST_VARIABLES]:
        only = _readers(asked, [read.at.path for read in reads if read.name == name])
        open_sites = {at: one for at, one in sites.items() if at.path in only}
        for words, value in WRONG:
            if not open_sites or asked.too_long:
                break
            for other in _what_if(asked, only, name, value):
                before = open_sites.get(other.at)
                if before is None or other.db != "volatile":
                    continue
                if before.db == "durable" or _reads(other.trace, name):
                    del open_sites[other.at]
                    at = _read_of(other.trace, name) or places[name]
                    held = (other.db_class or "a volatile db").rpartition(".")[2]
                    message = (
                        f"{other.class_name.rpartition('.')[2]} holds {held} if {name} {words}"
                    )
                    yield Fallback(other.at, message, at, name, other.trace)


def _readers(asked: _Asked, paths: Iterable[str]) -> frozenset[str]:
    """The modules that what these paths read can reach."""
    wanted = frozenset(paths)
    return frozenset[str]().union(*(g for g in asked.groups if not wanted.isdisjoint(g)))


def _reads(trace: Trace, name: str) -> bool:
    """Whether a way hangs on a variable, and not only on what fails without it."""
    return any(isinstance(step, VariableStep) and step.variable == name for step in trace)


def _read_of(trace: Trace, name: str) -> Place | None:
    """Where the code decides by a variable: the branch after its read."""
    places = [step.at for step in trace if step.kind == "branch" and step.at]
    reads = [step.at for step in trace if isinstance(step, VariableStep) and step.variable == name]
    known = places or [one for one in reads if one]
    return known[-1] if known else None


def _what_if(
    asked: _Asked, only: frozenset[str], name: str, value: str | None
) -> tuple[Holder, ...]:
    """The holders, were one variable otherwise and everything that is needed there."""
    change = Variable(name, "unset") if value is None else known(name, value)
    changed = environment_with(asked.program.environment, asked.evaluated, {name: change})
    return holders(_again(asked, changed, only).machine)


def _again(
    asked: _Asked, environment: Environment, only: frozenset[str], *, fragile: bool = False
) -> Evaluated:
    """Evaluate some modules anew; all, where they turn out to reach further than they did."""
    made: Evaluated | None = None
    for some in (only, None):
        if made is None or reaches_all(made.machine):
            made = evaluate(
                asked.evaluated.sources, environment, asked.program.entry_points,
                asked.program.scope, Limits(seconds=max(asked.left, _LEAST)), fragile=fragile,
                interest=asked.evaluated.interest, only=some,
            )  # fmt: skip
    assert made is not None  # noqa: S101 - the loop makes one at once
    return made


def _by_failures(asked: _Asked, sites: dict[Place, Holder]) -> Iterator[Fallback]:
    """Handlers that put a volatile db in the place of one that failed."""
    near = _readers(asked, [at.path for at in sites])
    again = _again(asked, asked.program.environment, near, fragile=True)
    for other in holders(again.machine):
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
