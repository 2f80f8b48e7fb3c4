"""Running one module of the program, and what it means that it does not come to its end."""

from collections.abc import Callable
from functools import partial

from readiness.model.place import Place
from readiness.program.interpreter import loading
from readiness.program.interpreter.abandon import abandon
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.outcomes import Abrupt, LimitReached, Raised
from readiness.program.interpreter.variables import Restart
from readiness.program.provenance import missing_reads, missing_variables, variables_of
from readiness.program.values import NONE, Arguments, External, Instance, Value


class Modules:
    """Runs modules; ``ended`` are those that ended with an error, and how."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.ended: dict[str, str] = {}

    def run(self, path: str, name: str) -> None:
        """Run a file as the module of this name; whatever ends it costs no more than this one."""
        self._run(path, partial(self._module, path, name))

    def _module(self, path: str, name: str) -> Value:
        loading.run_module(self.machine, path, name)
        return NONE

    def invoke(self, path: str, value: Value, given: Arguments) -> None:
        """Call something of a module, such as a program made of commands."""
        self._run(path, partial(self.machine.call, value, given))

    def _run(self, path: str, run: Callable[[], Value]) -> None:
        machine = self.machine
        machine.limits.refill()
        machine.starting = True
        built = len(machine.records.events)
        try:
            machine.state.guarded_run(run)
        except Raised as raised:
            self._uncaught(path, raised.value)
        except Abrupt:
            pass
        except LimitReached as limit:
            self._cut_short(path, limit.reason, built)
        except RecursionError:
            self._cut_short(path, "its code nests too deeply", built)
        except Restart:
            raise
        except Exception as fault:  # noqa: BLE001 - a fault of ours costs one module, not all
            self._cut_short(path, f"the evaluation failed with {type(fault).__name__}", built)

    def _cut_short(self, path: str, reason: str, built: int) -> None:
        """A module that was not run to its end: the rest may have changed what is known."""
        machine = self.machine
        machine.cut_short[path] = reason
        machine.stack.clear()
        machine.handlers.clear()
        tree, frame = machine.sources.tree(path), machine.frames.get(path)
        if tree is not None and frame is not None:
            abandon(machine, tree.body, frame, reason, built)

    def _uncaught(self, path: str, error: Value) -> None:
        """Start-up ended: where that hangs on variables that nobody set, they are supplied."""
        machine = self.machine
        machine.stack.clear()
        machine.handlers.clear()
        missing = missing_variables(error.trace) - machine.variables.proved
        if missing and machine.learning and not machine.state.path:
            machine.variables.proved |= missing
            if len(missing) == 1:
                machine.variables.refused |= missing_reads(error.trace)
            raise Restart
        read = variables_of(error.trace)
        machine.variables.lacked.update(filter(machine.variables.is_given_empty, read))
        self.ended[path] = describe(error)
        if not _is_success(machine, error):
            self._not_reached(error, f"{self.ended[path]}, before this is reached")

    def _not_reached(self, error: Value, reason: str) -> None:
        """What an error kept from running is not there in this environment, nor judged."""
        machine = self.machine
        for ended_by, path, rest in machine.ended_by:
            if ended_by is error:
                machine.gaps |= {(path, statement): reason for statement in rest}
        at = error.at if isinstance(error, Instance) else None
        if at is not None:
            machine.stopped_at[at] = reason


def _is_success(machine: Machine, error: Value) -> bool:
    """Whether it is how a program ends that has done its work: ``sys.exit(main())``."""
    if not isinstance(error, Instance) or error.cls != External("builtins.SystemExit"):
        return False
    code = error.slots.values.get("code", NONE)
    return not machine.truth(code, Place(""))


def describe(error: Value) -> str:
    """How start-up ends with an error, in words."""
    if isinstance(error, Instance):
        name = getattr(error.cls, "name", "an error").rpartition(".")[2]
        where = f" at {error.at}" if error.at else ""
        return f"start-up ends with {name}{where}"
    return "start-up ends with an error"
