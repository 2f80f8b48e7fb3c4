"""What a piece of a module comes to when the module has run."""

import ast

from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.outcomes import Abrupt, LimitReached
from readiness.program.values import Unknown, Value


def asked(machine: Machine, path: str, node: ast.expr) -> Value:
    """The value of an expression among the names of a module; what it calls leaves no record."""
    module = machine.by_path.get(path)
    if module is None:
        return Unknown(f"{path} was not evaluated")
    events = machine.records.events
    before = len(events)
    try:
        return machine.evaluate(node, Frame(module, module.slots))
    except Abrupt:
        return Unknown("it ends in an error")
    except LimitReached as limit:
        return Unknown(limit.reason)
    except Exception as fault:  # noqa: BLE001 - an answer that fails is one that is not known
        return Unknown(f"the evaluation failed with {type(fault).__name__}")
    finally:
        del events[before:]
