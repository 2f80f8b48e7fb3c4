"""The match statement: its cases in order, each run where its pattern matches."""

import ast
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program.interpreter.explaining import explain
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.patterns import Attempt
from readiness.program.interpreter.reasons import reason
from readiness.program.interpreter.wording import shown
from readiness.program.provenance import MOST_BRANCHES, BranchStep, joined
from readiness.program.values import NONE, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def match_statement(machine: "Machine", node: ast.Match, frame: Frame) -> None:
    """Try the cases in order."""
    subject = machine.evaluate(node.subject, frame)
    kept = list(frame.branches)
    machine.each(subject, lambda value: _cases(machine, node, 0, value, frame, ()))
    frame.branches[:] = kept
    machine.records.passed.update(*(case.body for case in node.cases))


def _cases(  # noqa: PLR0917 - what is matched with what, and why the cases before were not it
    machine: "Machine", node: ast.Match, index: int, subject: Value, frame: Frame, why: Trace
) -> Value:
    if index == len(node.cases):
        words = f"{shown(node.subject)} matches no case"
        return _way(machine, node, [], frame, _step(machine, node, subject, why, frame, words))
    case = node.cases[index]
    at = frame.at(case.pattern)
    attempt = Attempt(machine, frame)
    matched = attempt.matches(case.pattern, subject)
    words = f"{shown(node.subject)} matches {shown(case.pattern)}"
    told = joined(why, attempt.trace)

    def run() -> Value:
        for name, value in attempt.names.items():
            machine.state.write(frame.home(name), name, value)
        if case.guard is None:
            return body(())
        value = machine.evaluate(case.guard, frame)
        by_guard = reason(machine, value)
        return machine.decide(value, at, shown(case.guard), lambda: body(by_guard),
                              lambda: following(by_guard))  # fmt: skip

    def body(by_guard: Trace) -> Value:
        step = _step(machine, node, subject, joined(told, by_guard), frame, words, at)
        return _way(machine, node, case.body, frame, step)

    def following(by_guard: Trace = ()) -> Value:
        return _cases(machine, node, index + 1, subject, frame, joined(told, by_guard))

    return machine.branch(matched, run, following)


def _step(  # noqa: PLR0917 - which way, and why
    machine: "Machine", node: ast.Match, subject: Value, why: Trace, frame: Frame, words: str,
    at: Place | None = None,
) -> BranchStep | None:  # fmt: skip
    because = joined(reason(machine, subject), why)
    return BranchStep("branch", words, at or frame.at(node), because, node) if because else None


def _way(
    machine: "Machine", node: ast.Match, body: list[ast.stmt], frame: Frame,
    step: BranchStep | None,
) -> Value:  # fmt: skip
    """Run a case, or none; what the cases bind tells of it."""
    if step is None:
        return machine.execute(body, frame)
    frame.told = (*frame.told, step)[-MOST_BRANCHES:]
    frame.branches[:] = joined(tuple(frame.branches), step.because, (step,))
    machine.execute(body, frame)
    explain(machine, node, step, frame)
    return NONE
