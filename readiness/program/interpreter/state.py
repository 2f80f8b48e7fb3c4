"""The state of the evaluated program: what was written, and what is assumed."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from msgspec.structs import replace

from readiness.program.interpreter.assumptions import Assumptions
from readiness.program.interpreter.choices import both, guarded, implied, literal, restrict, size
from readiness.program.interpreter.endings import (
    Boundary,
    Delta,
    Ending,
    Mark,
    first_kind,
    merged_deltas,
    none_of,
)
from readiness.program.interpreter.journal import Journal
from readiness.program.interpreter.limits import Limits
from readiness.program.interpreter.outcomes import Abrupt, Kind, abrupt
from readiness.program.values import TRUE, Choice, Condition, Slots, Value, birth

Action = Callable[[], Value]
MOST_LOST = 100
_CONDITIONS_FOR = 32
"""The conditions of a path, or boundaries around, that are gone through in one step."""


class State:
    """All writes go through here, so that a branch can be tried, undone and joined."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._journal = Journal(limits)
        self._assumptions = Assumptions()
        self._boundaries: list[Boundary] = []
        self.lost: list[Value] = []
        """Errors that end what runs on some paths only: nothing decides whether they do."""
        self.write: Callable[[Slots, Hashable, Value], None] = self._journal.write
        """Set a slot; `MISSING` empties it."""
        self.assumed: Mapping[Condition, bool] = self._assumptions.known
        """The conditions that are answered on the way here, each with the answer."""
        self.truth = self._assumptions.truth
        self.forget = self._assumptions.forget
        """Drop the assumptions that were made since, where what followed was given up."""

    @property
    def path(self) -> tuple[tuple[Condition, bool], ...]:
        """The undecided conditions under which the program is here, outermost first."""
        self.limits.step(self.depth // _CONDITIONS_FOR)
        found = self._assumptions.told
        more: dict[Condition, bool] = {}
        for boundary in self._boundaries:
            for ending in self._undecided(boundary):
                guard = restrict(ending.guard, self.assumed)
                if not isinstance(guard, type(TRUE)):
                    more.update({c: not truth for c, truth in implied(guard)[:1]})
        return (*found, *more.items())

    def _undecided(self, boundary: Boundary) -> list[Ending]:
        """The endings, but errors, that what is assumed may not decide."""
        known = self._known_still(boundary)
        for ending in boundary.endings[known:]:
            if ending.kind != "raise" and isinstance(restrict(ending.guard, self.assumed), Choice):
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

    def fork(self, condition: Condition, then: Action, otherwise: Action) -> Value:
        """Do both, each on its own copy of the state, and join what they leave."""
        truth = self.truth(condition)
        if truth is not None:
            return then() if truth else otherwise()
        mark = self.mark()
        yes = self._attempt(literal(condition, truth=True), then, mark)
        try:
            no = self._attempt(literal(condition, truth=False), otherwise, mark)
        except BaseException:
            self._keep_made([yes])
            raise
        return self.settle([yes, no], mark)

    def enclose(
        self, action: Action, kinds: tuple[Kind, ...], finish: Callable[[Ending], Ending]
    ) -> Value:
        """Gather endings of these kinds from an action, finish each, and join them."""
        point = self.point()
        mark, _ = point
        boundary, kind, value = self._within(action, kinds)
        if not boundary.endings:
            ending = finish(Ending(TRUE, kind, value, {}, mark))
            if ending.kind == "normal":
                return ending.value
            raise abrupt(ending.kind, ending.value)
        endings = self._taken_back(boundary, kind, value, point)
        return self.settle(self._finished(endings, finish), mark)

    def enclose_apart(
        self, action: Action, kinds: tuple[Kind, ...], finish: Callable[[Ending], Ending]
    ) -> Value:
        """As `enclose`, where finishing an ending runs more code from its state."""
        point = self.point()
        boundary, kind, value = self._within(action, kinds)
        endings = self._taken_back(boundary, kind, value, point)
        return self.settle(self._finished(endings, finish), point[0])

    def _finished(self, endings: list[Ending], finish: Callable[[Ending], Ending]) -> list[Ending]:
        try:
            return [finish(ending) for ending in endings]
        except BaseException:
            self._keep_made(endings)
            raise

    def _within(self, action: Action, kinds: tuple[Kind, ...]) -> tuple[Boundary, Kind, Value]:
        """How an action ends, and what a boundary around it has gathered."""
        boundary = Boundary(kinds)
        self._boundaries.append(boundary)
        try:
            kind, value = _ended(action)
        except BaseException:
            self._keep_made(boundary.endings)
            raise
        finally:
            self._boundaries.remove(boundary)
        return boundary, kind, value

    def _taken_back(
        self, boundary: Boundary, kind: Kind, value: Value, point: tuple[Mark, list[int]]
    ) -> list[Ending]:
        """All endings of an action, told from a point; the state is there again."""
        mark, counts = point
        endings = [self._rebased(ending, mark) for ending in boundary.endings]
        delta = self._journal.delta(mark.position)
        endings.append(Ending(none_of(endings, self.limits.step), kind, value, delta, mark))
        self._keep_others(counts, mark, TRUE, endings[:-1])
        self._undo(mark)
        return endings

    def settle(self, endings: list[Ending], mark: Mark) -> Value:
        """Go on with what is left of several endings, the state being at the mark."""
        alive = [ending for ending in endings if ending.kind != "dead"] or endings
        kind = first_kind(alive)
        others = [ending for ending in alive if ending.kind != kind]
        try:
            merged = self._merged([ending for ending in alive if ending.kind == kind], mark)
        except BaseException:
            self._keep_made(endings)
            raise
        for ending in others:
            self._gather(ending)
        for (slots, key), value in merged.delta.items():
            self.write(slots, key, value)
        silent = all(ending.kind == "raise" for ending in others)
        self._assumptions.add(none_of(others, self.limits.step), silent=silent)
        if kind == "normal":
            return merged.value
        raise abrupt(kind, merged.value)

    def onwards(self, ending: Ending, action: Action) -> Ending:
        """Go on from an ending with an action; the state is at its mark before and after."""

        def resume() -> Value:
            for (slots, key), value in ending.delta.items():
                self.write(slots, key, value)
            return action()

        return self._attempt(ending.guard, resume, ending.mark)

    def guarded_run(self, action: Action) -> Value:
        """Run a piece of the program by itself; what it assumed does not outlive it."""
        mark = self.mark()
        self._boundaries.clear()
        try:
            return action()
        finally:
            self.forget(mark.depth)
            self._boundaries.clear()

    def point(self) -> tuple[Mark, list[int]]:
        """Remember this point, and what the boundaries around have gathered."""
        return self.mark(), self._counts()

    def rewind(self, point: tuple[Mark, list[int]]) -> None:
        """Take everything back that was done since a point."""
        mark, counts = point
        self._undo(mark)
        for boundary, count in zip(self._boundaries, counts, strict=False):
            del boundary.endings[count:]

    def alone(self, action: Action, kinds: tuple[Kind, ...]) -> tuple[Kind, Value] | None:
        """How an action ends; None where only on some paths it leaves in one of these ways."""
        boundary, kind, value = self._within(action, kinds)
        return None if boundary.endings else (kind, value)

    @property
    def assumed_since(self) -> int:
        """What was made later is there only where all holds that is assumed."""
        return self._assumptions.since

    @property
    def depth(self) -> int:
        """How many assumptions hold here."""
        return len(self._assumptions.order)

    def mark(self) -> Mark:
        """Remember this point."""
        return Mark(len(self._journal), birth(), self.depth)

    def written_since(self, position: int) -> Delta:
        """What was written from a place in the history on."""
        return self._journal.delta(position)

    def replaced_since(self, position: int) -> Delta:
        """What stood there before what was written from a place in the history on."""
        return self._journal.replaced(position)

    def catching(self) -> bool:
        """Whether a try of the evaluated code is around."""
        return any("raise" in boundary.kinds for boundary in self._boundaries)

    def _attempt(self, guard: Value, action: Action, mark: Mark) -> Ending:
        self._assumptions.add(guard, silent=False)
        counts = self._counts()
        try:
            kind, value = _ended(action)
            delta = self._journal.delta(mark.position)
            self._keep_others(counts, mark, guard)
        except BaseException:
            delta = self._journal.delta(mark.position)
            self._undo(mark)
            self._keep_made([Ending(guard, "dead", TRUE, delta, mark)])
            raise
        self._undo(mark)
        return Ending(guard, kind, value, delta, mark)

    def _keep_made(self, endings: Iterable[Ending]) -> None:
        """Let what was made on paths that are given up be whole: modules are found again."""
        for ending in endings:
            for (slots, key), value in ending.delta.items():
                if slots.born > ending.mark.born:
                    self.write(slots, key, value)

    def _counts(self) -> list[int]:
        self.limits.step(len(self._boundaries) // _CONDITIONS_FOR)
        return [len(boundary.endings) for boundary in self._boundaries]

    def _keep_others(
        self, counts: list[int], mark: Mark, guard: Value, left: Sequence[Ending] = ()
    ) -> None:
        """Tell what other boundaries gathered in the meantime from the mark.

        Code that was ``left`` before did not come to any of them.
        """
        for boundary, before in zip(self._boundaries, counts, strict=False):
            for index in range(before, len(boundary.endings)):
                ending = self._rebased(boundary.endings[index], mark)
                self.limits.step(1 + size(ending.guard) // 4)
                boundary.endings[index] = replace(
                    ending, guard=both(self._and_not(left, ending, guard), ending.guard)
                )

    def _and_not(self, left: Sequence[Ending], ending: Ending, guard: Value) -> Value:
        """A guard that holds where code was not left before it came to an ending."""
        earlier = [one for one in left if one.number < ending.number]
        return both(guard, none_of(earlier, self.limits.step)) if earlier else guard

    def _gather(self, ending: Ending) -> None:
        for boundary in reversed(self._boundaries):
            if ending.kind in boundary.kinds:
                boundary.endings.append(ending)
                return
        if ending.kind == "raise":
            self._keep_made([ending])
            if len(self.lost) < MOST_LOST:
                self.lost.append(ending.value)

    def _merged(self, endings: list[Ending], mark: Mark) -> Ending:
        merged = endings[-1]
        for ending in reversed(endings[:-1]):
            changes = (len(ending.delta) + len(merged.delta)) // 8
            self.limits.step(1 + changes + size(ending.guard) // 4)
            value = guarded(ending.guard, ending.value, merged.value)
            delta = merged_deltas(ending, merged, mark)
            merged = Ending(TRUE, ending.kind, value, delta, mark)
        return merged

    def _rebased(self, ending: Ending, mark: Mark) -> Ending:
        """The same ending, told from an earlier mark."""
        before = self._journal.delta(mark.position, ending.mark.position)
        return replace(ending, delta={**before, **ending.delta}, mark=mark)

    def _undo(self, mark: Mark) -> None:
        self._journal.undo(mark.position)
        self.forget(mark.depth)


def _ended(action: Action) -> tuple[Kind, Value]:
    try:
        return "normal", action()
    except Abrupt as outcome:
        return outcome.kind, outcome.value
