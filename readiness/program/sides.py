"""On which side of the conditions around it a line stands, in one environment."""

import ast

from readiness.program.interpreter.bindings import bindings_of
from readiness.program.interpreter.branching import asks_for_main
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.outcomes import Abrupt, LimitReached
from readiness.program.interpreter.wording import shown
from readiness.program.nodes import walk, walk_to

_PLAIN = (ast.Attribute, ast.BoolOp, ast.Compare, ast.Constant, ast.Name, ast.UnaryOp)
"""What a condition may consist of that is looked at afterwards: nothing that does anything."""
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def under(machine: Machine, path: str, line: int) -> tuple[str, ...] | None:
    """The conditions around a line that nothing decided, in words.

    None where one of them, or a way out before the line, was decided so that it does not run.
    """
    tree = machine.sources.tree(path)
    around = [node for node in (walk_to(tree, line) if tree is not None else ())
              if isinstance(node, ast.stmt) and _holds(node, line)]  # fmt: skip
    if any(one in machine.records.passed and one not in machine.records.ran for one in around):
        return None
    own = {
        name for one in around if isinstance(one, _FUNCTIONS) for name in bindings_of(one).local
    }
    found = []
    for node in around:
        side = _side(node, line) if isinstance(node, ast.If) else None
        if side is not None and isinstance(node, ast.If) and not _ran(machine, node, truth=side):
            told = _told(machine, path, node.test, own)
            if told is (not side):
                return None
            found += [shown(node.test) if side else f"not: {shown(node.test)}"] * (told is None)
    return tuple(found)


def unused(machine: Machine, path: str) -> frozenset[tuple[int, int]]:
    """Where the values stand that stand in for others, or for none, and were never asked for.

    Columns count from one.
    """
    tree, records = machine.sources.tree(path), machine.records
    passed = [node for node in (walk(tree) if tree is not None else ())
              if isinstance(node, ast.expr) and node in records.passed
              and node not in records.ran]  # fmt: skip
    inside = (one for node in passed for one in walk(node) if isinstance(one, ast.expr))
    return frozenset((one.lineno, one.col_offset + 1) for one in inside)


def taken(machine: Machine, path: str) -> frozenset[tuple[int, int]]:
    """Where the values stand that a decided ``a if b else c`` came to, and none left out."""
    tree, records = machine.sources.tree(path), machine.records
    choices = [node for node in (walk(tree) if tree is not None else ())
               if isinstance(node, ast.IfExp) and node not in records.open]  # fmt: skip
    sides = (one for node in choices for one in (node.body, node.orelse) if one in records.ran)
    return frozenset((one.lineno, one.col_offset + 1) for one in sides)


def _side(node: ast.If, line: int) -> bool | None:
    """On which side of a branch a line stands; None for the condition, and the main block."""
    if asks_for_main(node.test):
        return None
    if any(_holds(one, line) for one in node.body):
        return True
    return False if any(_holds(one, line) for one in node.orelse) else None


def _ran(machine: Machine, node: ast.If, *, truth: bool) -> bool:
    """Whether something decided that this side runs."""
    side = node.body if truth else node.orelse
    return side[0] in machine.records.ran and node not in machine.records.open


def _told(machine: Machine, path: str, test: ast.expr, own: set[str]) -> bool | None:
    """The truth of a condition that did not come to be asked, by the names of its module."""
    parts = [one for one in walk(test) if isinstance(one, ast.expr)]
    names = {one.id for one in parts if isinstance(one, ast.Name)}
    frame = machine.frames.get(path)
    if frame is None or names & own or not all(isinstance(one, _PLAIN) for one in parts):
        return None
    point = machine.state.point()
    try:
        return machine.truth(machine.evaluate(test, frame), frame.at(test))
    except (Abrupt, LimitReached):
        return None
    finally:
        machine.state.rewind(point)


def _holds(node: ast.stmt, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)
