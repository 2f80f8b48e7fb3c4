"""The ways in which code can end, and how those that go on alike become one."""

from collections.abc import Callable, Hashable

from msgspec import Struct, field
from msgspec.structs import replace

from readiness.program.interpreter.choices import both, guarded, negated, size
from readiness.program.interpreter.key_orders import joined_order
from readiness.program.interpreter.outcomes import Kind
from readiness.program.values import MISSING, TRUE, Slots, Value, birth

Key = tuple[Slots, Hashable]
Delta = dict[Key, Value]


class Mark(Struct, frozen=True):
    """A point in the history of the state, to which it can be taken back."""

    position: int
    born: int
    depth: int


class Side(Struct, frozen=True, eq=False):
    """One side of a fork: what was made ``since`` is only there; when it began, and was over."""

    since: int
    start: int
    end: int


class Ending(Struct, frozen=True):
    """One way in which code can end: under which guard, how, having written what.

    ``sides`` are the sides of the forks around where code came to it, the outermost first;
    ``came`` tells when that was, if it was finished later.
    """

    guard: Value
    kind: Kind
    value: Value
    delta: Delta
    mark: Mark
    number: int = field(default_factory=birth)
    """Of two endings, code came first to the one with the lower number."""
    sides: tuple[Side, ...] = ()
    came: int = 0

    @property
    def place(self) -> int:
        """When code came to it."""
        return self.came or self.number

    def finished(self, kind: Kind, value: Value) -> "Ending":
        """The same, after which code goes on otherwise."""
        return Ending(self.guard, kind, value, self.delta, self.mark, sides=self.sides,
                      came=self.place)  # fmt: skip


_COMPARED_FOR = 32
"""The pairs of conditions and values that are looked at in one step."""


def none_of(endings: list[Ending], step: Callable[[int], None]) -> Value:
    """The guard under which code ends in none of these ways."""
    guard: Value = TRUE
    for ending in endings:
        step((size(guard) + size(ending.guard)) // 4)
        guard = both(guard, negated(ending.guard))
    return guard


def first_kind(endings: list[Ending]) -> Kind:
    """The kind of ending that code goes on with, where it ends in several ways."""
    order: tuple[Kind, ...] = ("normal", "continue", "return", "break", "raise", "dead")
    kinds = {ending.kind for ending in endings}
    return next(kind for kind in order if kind in kinds)


def behind(kept: list[Ending], ending: Ending, step: Callable[[int], None]) -> Ending:
    """An ending only where code did not end in one of the kept ways before it came to it."""
    earlier = [one for one in kept if one.number < ending.number]
    if not earlier:
        return ending
    return replace(ending, guard=both(none_of(earlier, step), ending.guard))


def merged(endings: list[Ending], mark: Mark, step: Callable[[int], None]) -> Ending:
    """Several endings of a kind as one, told from a mark."""
    found = endings[-1]
    for index in range(len(endings) - 2, -1, -1):
        ending = endings[index]
        changes = (len(ending.delta) + len(found.delta)) // 8
        step(1 + changes + size(ending.guard) // 4 + (len(endings) - index) // 8)
        value = guarded(ending.guard, ending.value, found.value)
        since = max(_apart_since(ending, one, mark) for one in endings[index + 1 :])
        delta = _merged_deltas(ending, found, since, step)
        found = Ending(TRUE, ending.kind, value, delta, mark)
    return found


def _apart_since(one: Ending, other: Ending, mark: Mark) -> int:
    """What two endings both know was made before this."""
    found = [side for side in (_parting(one, other), _parting(other, one)) if side is not None]
    return min([side.since for side in found], default=mark.born)


def _parting(one: Ending, other: Ending) -> Side | None:
    """The outermost side of a fork that code came to one ending on, and not to the other."""
    place = other.place
    apart = (side for side in one.sides
             if not side.start <= place <= side.end and side not in other.sides)  # fmt: skip
    return next(apart, None)


def _merged_deltas(
    one: Ending, other: Ending, since: int, step: Callable[[int], None]
) -> Delta:  # fmt: skip
    """What two endings have written, as one: a choice where they differ.

    What was made after they parted is there on its own side only, and stays whole.
    """
    merged: Delta = {}
    conditions, compared = size(one.guard), 0
    for slots, key in joined_order(one.delta, other.delta):
        place = (slots, key)
        base = slots.values.get(key, MISSING)
        if slots.born > since and not (place in one.delta and place in other.delta):
            merged[place] = one.delta.get(place, other.delta.get(place, base))
        else:
            left, right = one.delta.get(place, base), other.delta.get(place, base)
            merged[place] = guarded(one.guard, left, right)
            if left is not right:
                compared += conditions * (size(left) + size(right))
    step(compared // _COMPARED_FOR)
    return merged
