"""The match statement: its cases in order, each run where its pattern matches."""

import ast
from typing import TYPE_CHECKING

from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.patterns import Attempt
from readiness.program.interpreter.wording import shown
from readiness.program.provenance import MOST_BRANCHES, BranchStep
from readiness.program.values import NONE, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def match_statement(machine: "Machine", node: ast.Match, frame: Frame) -> None:
    """Try the cases in order."""
    subject = machine.evaluate(node.subject, frame)
    machine.each(subject, lambda value: _cases(machine, node, 0, value, frame))
    machine.records.passed.update(*(case.body for case in node.cases))


def _cases(machine: "Machine", node: ast.Match, index: int, subject: Value, frame: Frame) -> Value:
    if index == len(node.cases):
        return NONE
    case = node.cases[index]
    at = frame.at(case.pattern)
    attempt = Attempt(machine, frame)
    matched = attempt.matches(case.pattern, subject)
    words = f"{shown(node.subject)} matches {shown(case.pattern)}"

    def run() -> Value:
        for name, value in attempt.names.items():
            machine.state.write(frame.home(name), name, value)
        if case.guard is None:
            return body()
        value = machine.evaluate(case.guard, frame)
        return machine.decide(value, at, shown(case.guard), body, following)

    def body() -> Value:
        if subject.trace:
            _note(frame, subject, BranchStep("branch", words, at, subject.trace, node))
        return machine.execute(case.body, frame)

    def following() -> Value:
        return _cases(machine, node, index + 1, subject, frame)

    return machine.branch(matched, run, following)


def _note(frame: Frame, subject: Value, step: BranchStep) -> None:
    frame.told = (*frame.told, step)[-MOST_BRANCHES:]
    for one in (*subject.trace, step):
        if one not in frame.branches:
            frame.branches.append(one)
