"""What runs as web applications start, before the first request: up to where it waits."""

from readiness.model.place import Place
from readiness.program.interpreter import functions, generators
from readiness.program.interpreter.effects import Effects
from readiness.program.interpreter.machine import Machine
from readiness.program.models.libraries.applications import others, started
from readiness.program.receivers import unknown_arguments
from readiness.program.values import NONE, Bound, Function, List, Unknown, Value, Wrapped


class Waiting(Exception):  # noqa: N818 - it is no error
    """A lifespan has come to where it waits for the end of the process."""

    def __init__(self, position: int | None) -> None:
        super().__init__()
        self.position = position

    def is_clear(self, machine: Machine) -> bool:
        """Whether it comes here on every path, and nothing that it did was taken back."""
        return self.position is not None and machine.state.mark().position >= self.position


def begin(machine: Machine, application: Unknown, lifespan: Value) -> Value:
    """Run the first half of what an application runs around its life; it ends by `Waiting`."""
    at = application.at or Place("")

    def inside(given: Value) -> Value:
        if machine.state.path:
            raise Waiting(None)
        started(machine, given)
        raise Waiting(machine.state.mark().position)

    manager = machine.invoke(lifespan, at, application)
    generator = machine.library.managing(machine, manager, at)
    if generator is not None:
        return generators.managed(machine, generator, inside, at)
    started(machine, machine.library.enter(machine, manager, at))
    return NONE


def enter(machine: Machine, function: Function) -> Value:
    """Run what a framework runs around its life up to where it waits."""
    at = Place(function.path, getattr(function.node, "lineno", None))
    made = functions.run(machine, function, unknown_arguments(machine, function))

    def inside(given: Value) -> Value:
        _ = given
        raise Waiting(None if machine.state.path else machine.state.mark().position)

    if isinstance(made, List):
        return generators.managed(machine, made, inside, at)
    return machine.library.awaited(machine, made, at)


def note_unsettled(machine: Machine) -> None:
    """Which attributes what has not run yet may set: no request finds them as start-up left them.

    Nor does it where it may be the request of another application.
    """
    records = machine.records
    if not records.applications:
        return
    effects = _of_requests(machine)
    alone = len(records.applications) == 1 and not others(machine)
    records.unsettled = frozenset(effects.stored) if alone and not effects.dynamic else None


def _of_requests(machine: Machine) -> Effects:
    """What the functions change that have not run, and those that they name."""
    functions = [one for one in machine.records.functions if isinstance(one, Function)]
    named: dict[str, list[Function]] = {}
    for one in functions:
        named.setdefault(one.name, []).append(one)
    found, seen = Effects(), set[int]()
    pending = [one for one in functions if one.node not in machine.records.called
               or (one.path, one.node) in machine.gaps]  # fmt: skip
    while pending:
        seen.update(map(id, pending))
        owners: dict[str, list[Function]] = {}
        for one in pending:
            owners.setdefault(one.owner.name if one.owner else "", []).append(one)
        for several in owners.values():
            nodes = [one.node for one in several]
            found.add(machine.effects_of(nodes, several[0].closure, calls=False))
        pending = [one for word in found.words for one in named.get(word, ())
                   if id(one) not in seen]  # fmt: skip
    return found


def function_of(lifespan: Value) -> Function | None:
    """The function of the code that a lifespan is."""
    while isinstance(lifespan, Wrapped | Bound):
        lifespan = lifespan.function
    return lifespan if isinstance(lifespan, Function) else None
