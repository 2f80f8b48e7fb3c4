"""Modules: run once, statement by statement, going on behind those that are given up."""

import ast
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.abandon import abandon
from readiness.program.interpreter.bindings import bindings_of
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.outcomes import Abrupt, LimitReached, Raised
from readiness.program.interpreter.variables import Restart
from readiness.program.values import Module, Unknown, Value, text

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


MOST_GAPS = 200
_IMPORTS = (ast.Import, ast.ImportFrom)


def run_module(machine: "Machine", path: str, name: str) -> Module:
    """Execute a file as the module of this name, once."""
    module = Module(name, path)
    machine.modules[name] = module
    machine.by_path.setdefault(path, module)
    tree = machine.sources.tree(path) if path.endswith(".py") else None
    values = module.slots.values
    values["__name__"] = text(name)
    values["__file__"] = text(path)
    if tree is None:
        if path.endswith(".py"):
            why = machine.sources.not_parsed.get(path, "it cannot be read")
            values["*"] = Unknown(f"{path}: {why}", Place(path))
        return module
    frame = Frame(module, module.slots)
    machine.frames[path] = frame
    shallow, machine.limits.shallow = machine.limits.shallow, False
    try:
        _run_new(machine, module, tree, frame)
    finally:
        machine.limits.shallow = shallow
    return module


def _run_new(machine: "Machine", module: Module, tree: ast.Module, frame: Frame) -> None:
    path = module.path
    try:
        machine.spend(frame)
    except LimitReached as limit:
        module.slots.values["*"] = Unknown(f"{path}: {limit.reason}", Place(path))
        return
    machine.evaluated.add(path)
    _run_body(machine, module, tree, frame)


def run_again(machine: "Machine", module: Module) -> bool:
    """Execute a module once more, its names as they are; False where that cannot be."""
    tree, frame = machine.sources.tree(module.path), machine.frames.get(module.path)
    if tree is None or frame is None or not module.complete:
        return False
    machine.spend(frame)
    _run_body(machine, module, tree, frame)
    return True


def _run_body(machine: "Machine", module: Module, tree: ast.Module, frame: Frame) -> None:
    """Execute the statements of a module, in its frame, which is left at the end."""
    path, done = module.path, 0
    left = machine.limits.separately()
    try:
        for done, statement in enumerate(tree.body):  # noqa: B007 - asked for where it ends early
            machine.limits.top_up()
            _statement(machine, statement, frame)
        module.complete = True
    except LimitReached as limit:
        machine.cut_short[path] = limit.reason
        abandon(machine, tree.body[done:], frame, limit.reason)
        machine.state.write(module.slots, "*", Unknown(f"{path}: {limit.reason}", Place(path)))
    except Raised as raised:
        # Of a statement with a body, some branches may never have been meant to run.
        after = done + hasattr(tree.body[done], "body")
        machine.ended_by.append((raised.value, path, tree.body[after:]))
        raise
    finally:
        machine.limits.separately(left)
        machine.stack.pop()


def _statement(machine: "Machine", statement: ast.stmt, frame: Frame) -> None:
    """Execute a statement of a module; an error that only we may see does not end it.

    Deployed code starts: an error that no ``raise`` of the code and no variable explains is
    taken for a gap of the evaluation, and what the statement binds becomes unknown.
    """
    depth, assumed, built = len(machine.stack), machine.state.depth, len(machine.records.events)

    def skip(reason: str, *, calls: bool = True) -> None:
        del machine.stack[depth:]
        machine.state.forget(assumed)
        _skip(machine, statement, frame, reason, built, calls=calls)

    try:
        machine.execute([statement], frame)
    except (RecursionError, LimitReached) as limit:
        if machine.limits.exhausted or len(machine.gaps) > MOST_GAPS:
            raise
        machine.limits.separately()
        skip(getattr(limit, "reason", "its code nests too deeply"))
    except Raised as raised:
        if machine.handlers or machine.is_meant(raised.value):
            raise
        where = getattr(raised.value, "at", None) or frame.at(statement)
        machine.broken_at.append(where)
        kind = getattr(getattr(raised.value, "cls", None), "name", "an error")
        note_left(machine, raised.value, f"the evaluation of {where} failed")
        # an import calls nothing; what the module did that it ran is known
        skip(f"{kind.rpartition('.')[2]} at {where}", calls=not isinstance(statement, _IMPORTS))
    except (Abrupt, Restart):
        raise
    except Exception as fault:  # noqa: BLE001 - a fault of ours costs one statement, not all
        skip(f"the evaluation failed with {type(fault).__name__}")


def note_left(machine: "Machine", error: Value, why: str) -> None:
    """The functions that an error left, which is none of the code: all were not run to the end."""
    for one, path, function in machine.left:
        if one is error:
            machine.gaps.setdefault((path, function), why)


def _skip(
    machine: "Machine", statement: ast.stmt, frame: Frame, reason: str, built: int, *, calls: bool
) -> None:
    """Go on behind a statement, with what it binds and may have changed unknown."""
    machine.gaps[frame.path, statement] = reason
    abandon(machine, [statement], frame, reason, built, calls=calls)
    for name in bindings_of_statement(statement):
        unknown = Unknown(
            f"the name {name}, whose statement is not understood ({reason})", frame.at(statement)
        )
        machine.state.write(frame.slots, name, unknown)


def bindings_of_statement(statement: ast.stmt) -> frozenset[str]:
    """The names that a statement binds."""
    holder = ast.Module([statement], [])
    return bindings_of(holder).local
