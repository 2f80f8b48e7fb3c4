"""Where endings of code are gathered, until the function, loop or handler that they lead to."""

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from readiness.program.interpreter.assumptions import Assumptions
from readiness.program.interpreter.choices import both, restrict, size
from readiness.program.interpreter.endings import Ending, Mark, Side, none_of
from readiness.program.interpreter.journal import Journal
from readiness.program.interpreter.limits import Limits
from readiness.program.interpreter.outcomes import Kind
from readiness.program.values import Choice, Condition, Value

CONDITIONS_FOR = 32
"""The conditions of a path, or boundaries around, that are gone through in one step."""


class Boundary(Struct, eq=False):
    """Where certain kinds of endings are gathered: a function, a loop, a try."""

    kinds: tuple[Kind, ...]
    endings: list[Ending] = field(default_factory=list)
    decided: int = 0
    """How many of the endings are decided by what is assumed up to ``by``, at ``depth``."""
    by: tuple[Condition, bool] | None = None
    depth: int = 0


class Boundaries:
    """All that are around the code that runs, the innermost last."""

    def __init__(self, limits: Limits, journal: Journal, assumptions: Assumptions) -> None:
        self._limits = limits
        self._journal = journal
        self._assumptions = assumptions
        self._around: list[Boundary] = []

    def enter(self, kinds: tuple[Kind, ...]) -> Boundary:
        """Gather endings of these kinds from now on."""
        boundary = Boundary(kinds)
        self._around.append(boundary)
        return boundary

    def leave(self, boundary: Boundary) -> None:
        """Gather no more of them."""
        self._around.remove(boundary)

    def clear(self) -> None:
        """Leave them all."""
        self._around.clear()

    def gather(self, ending: Ending) -> bool:
        """Keep an ending for the innermost boundary that it leads to, if there is one."""
        for boundary in reversed(self._around):
            if ending.kind in boundary.kinds:
                boundary.endings.append(ending)
                return True
        return False

    def catching(self) -> bool:
        """Whether a try of the evaluated code is around."""
        return any("raise" in boundary.kinds for boundary in self._around)

    def counts(self) -> list[int]:
        """How many endings each has gathered."""
        self._limits.step(len(self._around) // CONDITIONS_FOR)
        return [len(boundary.endings) for boundary in self._around]

    def cut(self, counts: list[int]) -> None:
        """Drop what was gathered since these were the counts."""
        for boundary, count in zip(self._around, counts, strict=False):
            del boundary.endings[count:]

    def tell_from(
        self, mark: Mark, counts: list[int], guard: Value, left: Sequence[Ending] = (),
        sides: tuple[Side, ...] = (),
    ) -> None:  # fmt: skip
        """Tell what was gathered since these were the counts from the mark, under a guard.

        Code that was ``left`` before did not come to any of them.
        """
        for boundary, before in zip(self._around, counts, strict=False):
            for index in range(before, len(boundary.endings)):
                ending = self._journal.rebased(boundary.endings[index], mark)
                self._limits.step(1 + size(ending.guard) // 4)
                boundary.endings[index] = replace(
                    ending,
                    guard=both(self._and_not(left, ending, guard), ending.guard),
                    sides=(*sides, *ending.sides),
                )

    def _and_not(self, left: Sequence[Ending], ending: Ending, guard: Value) -> Value:
        """A guard that holds where code was not left before it came to an ending."""
        earlier = [one for one in left if one.number < ending.number]
        return both(guard, none_of(earlier, self._limits.step)) if earlier else guard

    def undecided(self) -> list[Ending]:
        """The endings, but errors, that what is assumed may not decide."""
        return [ending for one in self._around for ending in self._undecided(one)]

    def _undecided(self, boundary: Boundary) -> list[Ending]:
        known, assumed = self._known_still(boundary), self._assumptions.known
        for ending in boundary.endings[known:]:
            if ending.kind != "raise" and isinstance(restrict(ending.guard, assumed), Choice):
                break
            known += 1
        order = self._assumptions.order
        boundary.decided, boundary.depth = known, len(order)
        boundary.by = order[-1] if order else None
        return [one for one in boundary.endings[known:] if one.kind != "raise"]

    def _known_still(self, boundary: Boundary) -> int:
        """How many endings were decided when the assumptions began as they do now."""
        depth, order = boundary.depth, self._assumptions.order
        if depth and (len(order) < depth or order[depth - 1] is not boundary.by):
            return 0
        return min(boundary.decided, len(boundary.endings))
