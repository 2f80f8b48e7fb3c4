"""What the program has written, in order, so that it can be taken back."""

from collections.abc import Hashable, Iterable, Mapping

from msgspec.structs import replace

from readiness.program.interpreter.endings import Delta, Ending, Mark
from readiness.program.interpreter.key_orders import moves
from readiness.program.interpreter.limits import Limits
from readiness.program.values import MISSING, Choice, Condition, Slots, Value


class Journal:
    """Every write with what stood there before."""

    def __init__(self, limits: Limits, assumed: Mapping[Condition, bool]) -> None:
        self._limits = limits
        self._assumed = assumed
        self._written: list[tuple[Slots, Hashable, Value, Value]] = []
        self._orders: dict[int, list[Hashable]] = {}

    def __len__(self) -> int:
        return len(self._written)

    def write(self, slots: Slots, key: Hashable, value: Value) -> None:
        """Set a slot; `MISSING` empties it."""
        self._limits.keep(value)
        old = slots.values.get(key, MISSING)
        if value is MISSING and old is not MISSING:
            self._orders[len(self._written)] = list(slots.values)
        if slots.ordered and isinstance(old, Choice) and not slots.shuffled:
            slots.shuffled = moves(slots, key, value, self._assumed)
        self._written.append((slots, key, old, value))
        _put(slots, key, value)

    def delta(self, start: int, end: int | None = None) -> Delta:
        """What was written from one place on, up to another."""
        found: Delta = {}
        for slots, key, old, new in self._written[start:end]:
            if old is MISSING and slots.ordered and (slots, key) in found:
                self._put_again(slots, key, start)
                del found[slots, key]  # it stands behind what was put in before
            found[slots, key] = new
        return found

    def _put_again(self, slots: Slots, key: Hashable, start: int) -> None:
        """Where an entry stood before and was put in anew, no delta tells where it stands."""
        first = next(old for one, name, old, _ in self._written[start:]
                     if one is slots and name == key)  # fmt: skip
        slots.shuffled = slots.shuffled or first is not MISSING

    def replaced(self, start: int) -> Delta:
        """What stood where something was written from one place on, before that."""
        found: Delta = {}
        for slots, key, old, _ in self._written[start:]:
            found.setdefault((slots, key), old)
        return found

    def redo(self, delta: Delta) -> None:
        """Write once more what was written on a path that is gone on with."""
        for (slots, key), value in delta.items():
            self.write(slots, key, value)

    def keep_made(self, endings: Iterable[Ending]) -> None:
        """Let what was made on paths that are given up be whole: modules are found again."""
        for ending in endings:
            for (slots, key), value in ending.delta.items():
                if slots.born > ending.mark.born:
                    self.write(slots, key, value)

    def rebased(self, ending: Ending, mark: Mark) -> Ending:
        """The same ending, told from an earlier mark."""
        before = self.delta(mark.position, ending.mark.position)
        return replace(ending, delta={**before, **ending.delta}, mark=mark)

    def undo(self, start: int) -> None:
        """Take back what was written from a place on, the last first."""
        for position in range(len(self._written) - 1, start - 1, -1):
            slots, key, old, _ = self._written[position]
            _put(slots, key, old)
            order = self._orders.pop(position, None)
            if order is not None:  # an entry that comes back stands where it stood
                values = {name: slots.values[name] for name in order if name in slots.values}
                slots.values.clear()
                slots.values.update(values)
        del self._written[start:]


def _put(slots: Slots, key: Hashable, value: Value) -> None:
    if value is MISSING:
        slots.values.pop(key, None)
    else:
        slots.values[key] = value
