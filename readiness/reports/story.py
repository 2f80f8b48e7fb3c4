"""A trace told in sentences, and findings of the same cause brought together."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from readiness.model.finding import Finding, Verdict
from readiness.model.place import Place
from readiness.model.trace import Step, Trace

_DEFINED = re.compile(r"(?P<call>.+\)), defined at (?P<into>\S+)")
_READS = re.compile(r"(?P<code>.+) reads (?P<name>\w+)")
_OTHERWISE = re.compile(r"(?P<said>.+) \(otherwise (?P<other>.+)\)")
_TRUTH = re.compile(r"(?P<code>.+) (?P<truth>is (?:true|false)|matches .+)")
_DEFAULT = re.compile(r"the default of (?P<name>\w+) (?P<is>.+)")
_ORIGIN = re.compile(r"(?P<said>.+?) \((?P<origin>[^()]+)\)")
_SUPPOSED, _OPEN = "suppose ", ": nothing decides it"
_ORDER = (Verdict.PROBLEM, Verdict.UNDECIDED, Verdict.OK)


class Cause(Struct, frozen=True):
    """Findings that say the same for the same reason, each at a place of its own."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The one whose story is told."""
        return self.findings[0]


def causes(findings: Iterable[Finding]) -> tuple[Cause, ...]:
    """Bring together what has the same cause; the problems come first."""
    grouped: dict[object, list[Finding]] = {}
    for finding in sorted(findings, key=lambda one: _ORDER.index(one.verdict)):
        waived = finding.waiver is not None
        key = (finding.verdict, waived, finding.message, finding.hint, _core(finding.trace))
        grouped.setdefault(key, []).append(finding)
    return tuple(Cause(tuple(members)) for members in grouped.values())


def _core(trace: Trace) -> Trace:
    """What decided: the steps from the first variable, default or branch on."""
    first = next((n for n, step in enumerate(trace) if step.kind != "call"), 0)
    return trace[first:]


def told(trace: Sequence[Step]) -> str:
    """The way of a value in sentences, from where it starts to what is judged."""
    return " ".join(_Telling().sentences(trace))


class _Telling:
    """Remembers the file that was named last, so that a line is enough within it."""

    def __init__(self) -> None:
        self.path = ""
        self.last: Place | None = None

    def sentences(self, trace: Sequence[Step]) -> Iterator[str]:
        clauses: list[str] = []
        for step in trace:
            if step.kind == "call" and clauses:
                yield _sentence(clauses)
                clauses = []
            clause = self._clause(step, follows=bool(clauses))
            if step.kind == "call":
                yield _sentence([clause])
            else:
                clauses.append(clause)
                if step.kind == "branch":
                    yield _sentence(clauses)
                    clauses = []
        if clauses:
            yield _sentence(clauses)

    def _clause(self, step: Step, *, follows: bool) -> str:
        if step.kind == "call":
            return self._call(step)
        if step.kind == "branch":
            return self._branch(step, follows=follows)
        if found := _READS.fullmatch(step.text) if follows else None:
            return f", which `{found['code']}` reads{self._behind(step.at)}"
        if found := _DEFAULT.fullmatch(step.text) if follows else None:
            return f" and its default {found['is']}{self._behind(step.at)}"
        joint = "; " if follows and step.kind == "variable" else " and " if follows else ""
        return f"{joint}{self._said(step)}"

    def _said(self, step: Step) -> str:
        """A statement about a variable; its source and its place are one thing."""
        found = _ORIGIN.fullmatch(step.text)
        if found is None or step.at is None or step.kind != "variable":
            return f"{step.text}{self._behind(step.at)}"
        origin = found["origin"]
        if origin.startswith(step.at.path):
            self.path = step.at.path
            return f"{found['said']} ({step.at}{origin.removeprefix(step.at.path)})"
        return f"{found['said']} ({origin}){self._behind(step.at)}"

    def _call(self, step: Step) -> str:
        if step.at is None or " is called" in step.text:
            return f"{step.text}{self._behind(step.at)}"
        where = self._where(step.at)
        if found := _DEFINED.fullmatch(step.text):
            self.path = found["into"].rpartition(":")[0]
            return f"{where} calls {found['call']}, which {found['into']} defines"
        if "(" in step.text or "=" in step.text:
            return f"{where} runs `{step.text}`"
        return f"{where}: {step.text}"

    def _branch(self, step: Step, *, follows: bool) -> str:
        if step.text.startswith(_SUPPOSED):
            said = _coded(step.text.removeprefix(_SUPPOSED).removesuffix(_OPEN))
            joint = "; " if follows else ""
            return f"{joint}nothing decides it, so suppose that {said}{self._behind(step.at)}"
        joint = ", so " if follows else ""
        if found := _OTHERWISE.fullmatch(step.text):
            line, _, code = found["other"].rpartition(": ") if found["other"].startswith(
                "line ") else ("", "", found["other"])  # fmt: skip
            other = f"{line} says `{code}`" if line else f"it would be `{code}`"
            return f"{joint}{_coded(found['said'])}{self._behind(step.at)}; otherwise {other}"
        return f"{joint}{_coded(step.text)}{self._behind(step.at)}"

    def _behind(self, at: Place | None) -> str:
        if at is None or (at == self.last and at.path == self.path):
            return ""
        self.last = at
        return f" ({self._where(at)})"

    def _where(self, at: Place) -> str:
        if at.path == self.path and at.line is not None:
            return f"line {at.line}"
        self.path = at.path
        return str(at)


def _coded(said: str) -> str:
    """Set the code of a condition apart from what is said of it."""
    found = _TRUTH.fullmatch(said)
    return f"`{found['code']}` {found['truth']}" if found else said


def _sentence(clauses: Sequence[str]) -> str:
    said = "".join(clauses)
    begins = said.startswith(("line ", "nothing ", "the "))
    return f"{said[0].upper() if begins else said[0]}{said[1:]}."
