"""``exec``: code that is a text, run over the names of a dictionary."""

import ast
import warnings
from typing import TYPE_CHECKING

from readiness.program.interpreter import merging
from readiness.program.interpreter.frame import Frame
from readiness.program.models.lifting import arg
from readiness.program.models.table import Table
from readiness.program.values import NONE, Arguments, Dict, Module, Unknown, Value, text

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _exec(machine: "Machine", arguments: Arguments) -> Value:
    """After ``exec`` a module may have any name, and the dictionary that it is given any entry."""
    unknown = Unknown("what exec() did", arguments.at)
    given = [one for one in (*arguments.positional[1:], *arguments.keywords.values())
             if isinstance(one, Dict)]  # fmt: skip
    whole = len(arguments.positional) == 2 and not arguments.keywords  # noqa: PLR2004 - code, names
    if whole and given and _is_run(machine, given[0], arguments):
        return NONE
    for one in given:
        merging.cover(machine, one, unknown)
    if arguments.caller is not None and not given:
        machine.state.write(arguments.caller.module.slots, "*", unknown)
    return NONE


def _is_run(machine: "Machine", names: Dict, arguments: Arguments) -> bool:
    """Run a text that is known, its names those of a dictionary; whether that could be."""
    frame, tree = _frame(names, names, arguments), None
    if frame is not None:
        tree = _parsed(machine, arguments, "exec")
    if frame is None or not isinstance(tree, ast.Module):
        return False
    machine.execute(tree.body, frame)
    for name in names.slots.values:
        names.keys.setdefault(name, text(str(name)))
    return True


def _frame(names: Value, local: Value, arguments: Arguments) -> Frame | None:
    """Where the names are those of dictionaries; None where not all of them are known."""
    for one in (names, local):
        if not isinstance(one, Dict) or one.process or one.rest is not None:
            return None
    if arguments.caller is None or not isinstance(names, Dict) or not isinstance(local, Dict):
        return None
    module = Module("builtins", arguments.caller.module.path)
    module.slots = names.slots
    return Frame(module, local.slots)


def _parsed(machine: "Machine", arguments: Arguments, mode: str) -> ast.AST | None:
    """The code of a text, each part at the place of the call; None of one that is not known."""
    written = getattr(arg(arguments, 0), "known", None)
    if written is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the text is none of ours
            tree: ast.AST = compile(written.strip() if mode == "eval" else written, "<text>", mode,
                                    ast.PyCF_ONLY_AST, dont_inherit=True)  # fmt: skip
    except SyntaxError as error:
        raise machine.raised(error, arguments.at) from None
    except (ValueError, RecursionError, MemoryError):
        return None
    line, column = arguments.at.line or 1, (arguments.at.column or 1) - 1
    for one in ast.walk(tree):
        if isinstance(one, ast.expr | ast.stmt | ast.excepthandler | ast.arg):
            one.lineno = one.end_lineno = line
            one.col_offset = column
    return tree


def _eval(machine: "Machine", arguments: Arguments) -> Value:
    """``eval`` of a text that is known, seen from where it is called or from dictionaries."""
    unknown = Unknown("what eval() gave", arguments.at)
    frame, names = arguments.caller, arguments.positional[1:]
    if names:
        frame = _frame(names[0], names[-1], arguments)
    if frame is None or arguments.keywords:
        return unknown
    tree = _parsed(machine, arguments, "eval")
    return machine.evaluate(tree.body, frame) if isinstance(tree, ast.Expression) else unknown


TABLE = Table(functions={"builtins.exec": _exec, "builtins.eval": _eval})
