"""Ways to a volatile db that one wrong value or one failed connection opens.

They are found by asking what would be, were one variable missing, empty or misspelt, or did
everything fail that can fail inside a ``try``.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.model.variable import Variable
from readiness.program.answers import Fallback, Holder
from readiness.program.evaluation import Evaluated, evaluate
from readiness.program.holders import holders
from readiness.program.provenance import VariableStep
from readiness.program.variants import environment_with, known
from readiness.project import Unreadable

if TYPE_CHECKING:
    from readiness.program.program import Program

MOST_VARIABLES = 24
MISSPELT = "misspelt-value"
WRONG: tuple[tuple[str, str | None], ...] = (
    ("is missing", None), ("is empty", ""), ("is misspelt", MISSPELT),
)  # fmt: skip
NEEDLES = (b"InMemory", b":memory:", b"sqlite://")


def fallbacks(program: "Program", evaluated: Evaluated) -> tuple[Fallback, ...]:
    """Find the fallbacks of every site whose db is not volatile as things are."""
    sites = {one.at: one for one in program.agents() if one.db in {"durable", "unknown"}}
    if not sites or not _mentions_volatile(program):
        return ()
    found = [*_by_variables(program, evaluated, sites), *_by_failures(program, sites)]
    return tuple(sorted(found, key=lambda one: (one.site, one.variable or "", one.at)))


def _mentions_volatile(program: "Program") -> bool:
    for path in program.coverage.evaluated:
        try:
            content = program.project.read(path)
        except Unreadable:
            continue
        if any(needle in content for needle in NEEDLES):
            return True
    return False


def _by_variables(
    program: "Program", evaluated: Evaluated, sites: dict[Place, Holder]
) -> Iterator[Fallback]:
    places = {read.name: read.at for read in reversed(program.reads())}
    for name in sorted(places)[:MOST_VARIABLES]:
        open_sites = dict(sites)
        for words, value in WRONG:
            if not open_sites:
                break
            for other in _what_if(program, evaluated, name, value):
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
    program: "Program", evaluated: Evaluated, name: str, value: str | None
) -> tuple[Holder, ...]:
    """The holders, were one variable otherwise and everything that is needed there."""
    change = Variable(name, "unset") if value is None else known(name, value)
    changed = environment_with(program.environment, evaluated, {name: change})
    again = evaluate(evaluated.sources, changed, program.entry_points, program.scope)
    return holders(again.machine)


def _by_failures(program: "Program", sites: dict[Place, Holder]) -> Iterator[Fallback]:
    """Handlers that put a volatile db in the place of one that failed."""
    again = evaluate(
        program.sources, program.environment, program.entry_points, program.scope, fragile=True
    )
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
