"""The smallest change of variables that turns a finding into a pass.

It is never guessed: the program is evaluated again under the change, and the same checker
judges it. What would end the start-up, spoil another site or only seem to help is not said.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, product

from msgspec import Struct, field
from msgspec.structs import replace

from readiness.checker.parameters import Bound
from readiness.engine.candidates import Change, asked_for, changes_of
from readiness.engine.facts import Facts, Missing
from readiness.environment import Environment
from readiness.model.clock import Clock
from readiness.model.finding import Finding, Verdict
from readiness.program import Program

FIELD = "passes_with"
"""Where ``data`` says it: the options of the command line that make the change."""
EXEMPT = "exempt"
"""In ``data``: why the rule does not ask of this what it asks of others, so that it passes."""
MOST_TRIALS = 96
LEAST_TRIALS = 3
MOST_STEPS = 240_000
"""For all trials of a rule together; a program that takes more is not tried."""
MOST_FINDINGS = 200
SECONDS = 3.0
PAIRED_NAMES = 4
PAIRED_CHANGES = 3

Judge = Callable[[Bound, Facts], Sequence[Finding]]


class Remedy(Struct, frozen=True):
    """Changes of variables under which a finding passes, or another site takes its place."""

    changes: tuple[Change, ...]
    instead: str | None = None

    @property
    def options(self) -> list[str]:
        """The change as options of the command line."""
        return [change.option for change in self.changes]

    @property
    def words(self) -> str:
        """The change as the sentence of a hint."""
        change = " and ".join(change.words for change in self.changes)
        if self.instead is not None:
            return f"with {change} another is built instead, which passes ({self.instead})"
        return f"with {change} this would pass"


class Remedies(Struct):
    """The search; what one rule finds out about a change serves the next."""

    judge: Judge
    clock: Clock
    rules: Sequence[Bound] = ()
    seconds: float = SECONDS
    _programs: dict[tuple[int, tuple[str, ...]], Program] = field(default_factory=dict)
    _words: dict[tuple[int, tuple[str, ...]], Mapping[str, tuple[str, ...]]] = field(
        default_factory=dict
    )
    _spent: float = 0.0

    def added(self, bound: Bound, facts: Facts, findings: Sequence[Finding]) -> list[Finding]:
        """The findings, those that a change of variables would mend with the change."""
        wrong = {site: f for f in findings if _is_wrong(f) and (site := _site(f))}
        if not bound.checker.by_variables or not wrong or len(findings) > MOST_FINDINGS:
            return list(findings)
        program, environment = facts.get(Program), facts.get(Environment)
        if isinstance(program, Missing) or isinstance(environment, Missing):
            return list(findings)
        begun = self.clock.work()
        search = _Search(self, bound, facts, program, findings)
        search.run(begun + self.seconds - self._spent)
        self._spent += self.clock.work() - begun
        return [_told(finding, search) for finding in findings]

    def program(self, base: Program, changes: Sequence[Change]) -> Program:
        """The program under changes, evaluated once for all rules."""
        key = id(base), tuple(change.option for change in changes)
        if key not in self._programs:
            wanted = {change.name: change.variable for change in changes}
            self._programs[key] = base.changed(wanted)
        return self._programs[key]

    def compared(self, base: Program, names: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """What the code compares these variables with, asked once for all rules."""
        if not names:
            return {}
        key = id(base), tuple(names)
        if key not in self._words:
            self._words[key] = base.compared_words(names)
        return self._words[key]


class _Search:
    """The search for one rule in one environment."""

    def __init__(
        self, shared: Remedies, bound: Bound, facts: Facts, base: Program,
        findings: Sequence[Finding],
    ) -> None:  # fmt: skip
        self.shared, self.bound, self.facts, self.base = shared, bound, facts, base
        self.wrong = {site: f for f in findings if _is_wrong(f) and (site := _site(f))}
        self.well = _sites_that_pass(findings)
        self.found: dict[str, Remedy] = {}
        self.complete = False
        self.trials = 0

    def run(self, deadline: float) -> None:
        """Try single changes, then pairs, until all is mended or the allowance is used up."""
        allowed = min(MOST_TRIALS, MOST_STEPS // max(self.base.steps, 1))
        if allowed < LEAST_TRIALS or self.base.over:
            return
        for changes in self._in_order():
            if self.found.keys() == self.wrong.keys():
                break
            self.trials += 1
            if self.trials > allowed or self.shared.clock.work() > deadline:
                return
            self._try(changes)
        self.complete = True

    def _in_order(self) -> Iterator[tuple[Change, ...]]:
        wrong = tuple(self.wrong.values())
        words = self.shared.compared(self.base, asked_for(wrong, self.base))
        single = changes_of(wrong, words, self.base.environment)
        yield from ((change,) for change in single)
        yield from _pairs(single)

    def _try(self, changes: tuple[Change, ...]) -> None:
        other = self.shared.program(self.base, changes)
        if other.ended.keys() - self.base.ended.keys():
            return
        judged = self.shared.judge(self.bound, self.facts.instead(other, other.environment))
        passing = _sites_that_pass(judged)
        still = {_site(finding) for finding in judged if _is_wrong(finding)}
        if still - self.wrong.keys() or self.well - passing:
            return
        mended = self.wrong.keys() & passing - self.found.keys()
        new = passing - self.wrong.keys() - self.well
        replaced = self.wrong.keys() - self.found.keys() - {_site(one) for one in judged}
        replaced = replaced if new and not still else set()
        if not (mended or replaced) or self._spoils(other):
            return
        needed = sorted(other.supplied - self.base.supplied - self._given())
        supplied = tuple(Change(name, None, "injected") for name in needed)
        for site in mended:
            self.found[site] = Remedy((*changes, *supplied))
        for site in replaced:
            self.found[site] = Remedy((*changes, *supplied), min(new))

    def _spoils(self, other: Program) -> bool:
        """Whether another rule would find less to be well."""
        there = self.facts.instead(other, other.environment)
        return any(
            self._well(bound, self.facts) - self._well(bound, there)
            for bound in self.shared.rules
            if bound is not self.bound
        )

    def _well(self, bound: Bound, facts: Facts) -> set[str]:
        return _sites_that_pass(self.shared.judge(bound, facts))

    def _given(self) -> set[str]:
        return set(self.base.environment.variables)


def _pairs(single: Sequence[Change]) -> Iterator[tuple[Change, ...]]:
    by_name: dict[str, list[Change]] = {}
    for change in single:
        by_name.setdefault(change.name, []).append(change)
    for one, other in combinations(list(by_name)[:PAIRED_NAMES], 2):
        yield from product(by_name[one][:PAIRED_CHANGES], by_name[other][:PAIRED_CHANGES])


def _told(finding: Finding, search: _Search) -> Finding:
    site = _site(finding)
    if not _is_wrong(finding) or site is None:
        return finding
    remedy = search.found.get(site)
    if remedy is None:
        if not search.complete:
            return finding
        return replace(finding, data={**finding.data, FIELD: []})
    hint = f"{finding.hint}; {remedy.words}" if finding.hint else remedy.words
    return replace(finding, hint=hint, data={**finding.data, FIELD: remedy.options})


def _sites_that_pass(findings: Sequence[Finding]) -> set[str]:
    """The sites of which all is well, and not because nothing is asked of them."""
    good = {_site(f) for f in findings if f.verdict is Verdict.OK and not f.data.get(EXEMPT)}
    bad = {_site(f) for f in findings if _is_wrong(f) or f.data.get(EXEMPT)}
    return {site for site in good - bad if site is not None}


def _is_wrong(finding: Finding) -> bool:
    return finding.verdict is not Verdict.OK


def _site(finding: Finding) -> str | None:
    """What a finding is about, under any variables: what ``data`` says, else its place."""
    said = finding.data.get("site")
    return str(said) if said else str(finding.at) if finding.at else None
