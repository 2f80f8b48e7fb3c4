"""The state of the evaluated program: what was written, and what is assumed."""

from collections.abc import Callable, Hashable, Mapping

from readiness.program.interpreter.assumptions import Assumptions
from readiness.program.interpreter.boundaries import CONDITIONS_FOR, Boundaries, Boundary
from readiness.program.interpreter.choices import implied, literal, restrict
from readiness.program.interpreter.endings import (
    Delta,
    Ending,
    Mark,
    Side,
    behind,
    first_kind,
    merged,
    none_of,
)
from readiness.program.interpreter.journal import Journal
from readiness.program.interpreter.limits import Limits
from readiness.program.interpreter.outcomes import Abrupt, Kind, abrupt
from readiness.program.values import TRUE, Condition, Slots, Value, birth

Action = Callable[[], Value]
MOST_LOST = 100


class State:
    """All writes go through here, so that a branch can be tried, undone and joined."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._assumptions = Assumptions()
        self._journal = Journal(limits, self._assumptions.known)
        self._boundaries = Boundaries(limits, self._journal, self._assumptions)
        self.lost: list[Value] = []
        """Errors that end what runs on some paths only: nothing decides whether they do."""
        self.write: Callable[[Slots, Hashable, Value], None] = self._journal.write
        """Set a slot; `MISSING` empties it."""
        self.assumed: Mapping[Condition, bool] = self._assumptions.known
        """The conditions that are answered on the way here, each with the answer."""
        self.truth = self._assumptions.truth
        self.forget = self._assumptions.forget
        """Drop the assumptions that were made since, where what followed was given up."""
        self.catching = self._boundaries.catching

    @property
    def path(self) -> tuple[tuple[Condition, bool], ...]:
        """The undecided conditions under which the program is here, outermost first."""
        self.limits.step(self.depth // CONDITIONS_FOR)
        found = self._assumptions.told
        more: dict[Condition, bool] = {}
        for ending in self._boundaries.undecided():
            guard = restrict(ending.guard, self.assumed)
            if not isinstance(guard, type(TRUE)):
                more.update({c: not truth for c, truth in implied(guard)[:1]})
        return (*found, *more.items())

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
            self._journal.keep_made([yes])
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
            self._journal.keep_made(endings)
            raise

    def _within(self, action: Action, kinds: tuple[Kind, ...]) -> tuple[Boundary, Kind, Value]:
        """How an action ends, and what a boundary around it has gathered."""
        boundary = self._boundaries.enter(kinds)
        try:
            kind, value = _ended(action)
        except BaseException:
            self._journal.keep_made(boundary.endings)
            raise
        finally:
            self._boundaries.leave(boundary)
        return boundary, kind, value

    def _taken_back(
        self, boundary: Boundary, kind: Kind, value: Value, point: tuple[Mark, list[int]]
    ) -> list[Ending]:
        """All endings of an action, told from a point; the state is there again."""
        mark, counts = point
        endings = [self._journal.rebased(ending, mark) for ending in boundary.endings]
        delta = self._journal.delta(mark.position)
        endings.append(Ending(none_of(endings, self.limits.step), kind, value, delta, mark))
        self._boundaries.tell_from(mark, counts, TRUE, endings[:-1])
        self._undo(mark)
        return endings

    def settle(self, endings: list[Ending], mark: Mark) -> Value:
        """Go on with what is left of several endings, the state being at the mark."""
        alive = [ending for ending in endings if ending.kind != "dead"] or endings
        kind = first_kind(alive)
        try:
            alike = [ending for ending in alive if ending.kind == kind]
            others = [behind(alike, one, self.limits.step) for one in alive if one.kind != kind]
            found = merged(alike, mark, self.limits.step)
        except BaseException:
            self._journal.keep_made(endings)
            raise
        for ending in others:
            self._gather(ending)
        self._journal.redo(found.delta)
        silent = all(ending.kind == "raise" for ending in others)
        self._assumptions.add(none_of(others, self.limits.step), silent=silent)
        if kind == "normal":
            return found.value
        raise abrupt(kind, found.value)

    def onwards(self, ending: Ending, action: Action) -> Ending:
        """Go on from an ending with an action; the state is at its mark before and after."""

        def resume() -> Value:
            self._journal.redo(ending.delta)
            return action()

        return self._attempt(ending.guard, resume, ending.mark, ending.sides)

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
        return self.mark(), self._boundaries.counts()

    def rewind(self, point: tuple[Mark, list[int]]) -> None:
        """Take everything back that was done since a point."""
        mark, counts = point
        self._undo(mark)
        self._boundaries.cut(counts)

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

    def take_back(self, mark: Mark) -> None:
        """Undo what was written since a point, but in what was made since."""
        delta = self._journal.delta(mark.position)
        self._undo(mark)
        self._journal.keep_made([Ending(TRUE, "dead", TRUE, delta, mark)])

    def _attempt(
        self, guard: Value, action: Action, mark: Mark, sides: tuple[Side, ...] | None = None
    ) -> Ending:
        """Go one way; ``sides`` are those of a way that was begun before."""
        self._assumptions.add(guard, silent=False)
        counts, start = self._boundaries.counts(), birth()
        try:
            kind, value = _ended(action)
            delta = self._journal.delta(mark.position)
            own = (Side(mark.born, start, birth()),) if sides is None else sides
            self._boundaries.tell_from(mark, counts, guard, sides=own)
        except BaseException:
            self.take_back(mark)
            raise
        self._undo(mark)
        return Ending(guard, kind, value, delta, mark, sides=own)

    def _gather(self, ending: Ending) -> None:
        """Keep an ending for where it leads to; an error that nothing catches is lost."""
        if self._boundaries.gather(ending) or ending.kind != "raise":
            return
        self._journal.keep_made([ending])
        if len(self.lost) < MOST_LOST:
            self.lost.append(ending.value)

    def _undo(self, mark: Mark) -> None:
        self._journal.undo(mark.position)
        self.forget(mark.depth)


def _ended(action: Action) -> tuple[Kind, Value]:
    try:
        return "normal", action()
    except Abrupt as outcome:
        return outcome.kind, outcome.value
