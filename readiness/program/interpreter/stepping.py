"""Generators that stand still after each item, until somebody asks for the next one."""

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

from msgspec import Struct

from readiness.model.place import Place
from readiness.program.interpreter.abandon import abandon
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.outcomes import Kind, LimitReached, Raised
from readiness.program.values import MISSING, NONE, Constant, List, Unknown, Value

if TYPE_CHECKING:
    import ast

    from readiness.program.interpreter.machine import Machine

AT = "steps"
"""The slot that counts the steps of a generator, and so tells whether two paths went on."""
_SEVERAL = "a generator that may stand in several places"
_LEAVING: tuple[Kind, ...] = ("return", "break", "continue")


class Unclear(Exception):  # noqa: N818 - an answer about a generator
    """Nothing decides how a generator goes on."""


class Stepper:
    """The code of one generator; ``taken`` is how many steps it has made."""

    __slots__ = ("frame", "handles", "make", "node", "over", "pushes", "running", "taken")

    def __init__(
        self, node: "ast.AST", frame: Frame, make: Callable[[], Generator[Value, Value, Value]],
        *, pushes: bool, handles: bool = False,
    ) -> None:  # fmt: skip
        self.node = node
        self.frame = frame
        self.make = make
        self.pushes = pushes
        self.handles = handles
        self.running: Generator[Value, Value, Value] | None = None
        self.taken = 0
        self.over = False

    def resume(self, machine: "Machine", sent: Value, thrown: Raised | None) -> Value:
        """The next item, or what it returns."""
        if self.running is None:
            self.running = self.make()
        if self.pushes:
            machine.spend(self.frame)
            machine.records.called.add(self.node)
        depth = len(machine.stack)
        try:
            if thrown is not None:
                return self.running.throw(thrown)
            return self.running.send(sent if self.taken else None)  # type: ignore[arg-type]
        except StopIteration as stop:
            self.over = True
            returned: Value = stop.value
            return returned
        finally:
            del machine.stack[depth - self.pushes :]


class Step(Struct, frozen=True):
    """What a generator gave: an item, at its end what it returns, or nothing that is clear."""

    value: Value
    over: bool = False
    unclear: bool = False


def advance(
    machine: "Machine", generator: List, at: Place, sent: Value = NONE,
    thrown: Raised | None = None,
) -> Step | None:  # fmt: skip
    """Let a generator make one step; None where it has not begun and cannot go step by step."""
    stepper = generator.stepper
    assert isinstance(stepper, Stepper)  # noqa: S101 - asked for those that have one
    held = generator.slots.values.get(AT, MISSING)
    begun = isinstance(held, Constant)
    if not begun and "start" not in generator.slots.values:
        return None if held is MISSING else _lost(machine, generator, at)
    count = held.value if isinstance(held, Constant) else 0
    if count != stepper.taken:
        return _lost(machine, generator, at) if begun else None
    if stepper.over:
        if thrown is not None:  # nobody is there to catch it
            raise thrown
        return Step(NONE, over=True)
    if getattr(stepper.running, "gi_running", False):
        return _lost(machine, generator, at)
    if thrown is not None and not stepper.taken:
        end(machine, generator)
        raise thrown
    return _step(machine, generator, at, sent, thrown)


def _step(
    machine: "Machine", generator: List, at: Place, sent: Value, thrown: Raised | None
) -> Step | None:
    stepper, state = generator.stepper, machine.state
    assert isinstance(stepper, Stepper)  # noqa: S101 - as above
    point, built = state.point(), len(machine.records.events)
    state.write(generator.slots, "start", MISSING)
    kinds: tuple[Kind, ...] = (*_LEAVING, "raise") if stepper.handles else _LEAVING
    try:
        ended = state.alone(lambda: stepper.resume(machine, sent, thrown), kinds)
    except (Unclear, LimitReached):
        ended = None
    if ended is None:
        first = not stepper.taken
        state.rewind(point)
        machine.records.forget(built)
        stepper.running, stepper.taken, stepper.frame.guarded = None, -1, 0
        return None if first else _lost(machine, generator, at)
    kind, value = ended
    stepper.over = stepper.over or kind != "normal"
    stepper.taken += 1
    state.write(generator.slots, AT, Constant(stepper.taken))
    if is_guarded(generator):
        machine.stand(generator)
    if kind == "raise":
        raise Raised(value)
    return Step(value, over=stepper.over)


def _lost(machine: "Machine", generator: List, at: Place) -> Step:
    """Nobody knows where a generator stands: what the rest of its code changes is unknown."""
    stepper = generator.stepper
    assert isinstance(stepper, Stepper)  # noqa: S101 - as above
    machine.gaps.setdefault((stepper.frame.path, stepper.node), _SEVERAL)
    abandon(machine, [stepper.node], stepper.frame, _SEVERAL)
    machine.state.write(generator.slots, AT, Unknown(_SEVERAL, at))
    machine.may_fail("the next item of a generator", at)
    return Step(Unknown(_SEVERAL, at), unclear=True)


def forget(machine: "Machine", generator: List) -> None:
    """Let nobody know any longer where a generator stands."""
    machine.state.write(generator.slots, AT, Unknown(_SEVERAL))


def end(machine: "Machine", generator: List) -> None:
    """Let a generator that has not begun never begin."""
    machine.state.write(generator.slots, "start", MISSING)


def is_guarded(generator: List) -> bool:
    """Whether a generator stands still where its end would do something."""
    stepper, held = generator.stepper, generator.slots.values.get(AT)
    if stepper is None or stepper.over or not stepper.frame.guarded:
        return False
    return isinstance(held, Constant) and held.value == stepper.taken


def has_begun(generator: List) -> bool:
    """Whether somebody has asked a generator for single items."""
    return generator.stepper is not None and AT in generator.slots.values
