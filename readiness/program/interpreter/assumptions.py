"""What is assumed on the way here about questions that nothing answers."""

from collections.abc import Hashable

from readiness.program.interpreter.choices import implied
from readiness.program.values import Condition, Value, birth


class Assumptions:
    """The answers, in the order in which they were assumed."""

    def __init__(self) -> None:
        self.known: dict[Condition, bool] = {}
        self.order: list[tuple[Condition, bool]] = []
        self._silent: set[Condition] = set()
        self._since: list[int] = []

    @property
    def told(self) -> list[tuple[Condition, bool]]:
        """Those that say something of the way: not those that only no error was raised."""
        return [one for one in self.order if not self._silent or one[0] not in self._silent]

    @property
    def since(self) -> int:
        """When the last one was assumed: what was made later is there on this way only."""
        return self._since[-1] if self._since else 0

    def truth(self, condition: Condition) -> bool | None:
        """What is assumed about a condition."""
        known = self.known.get(condition)
        if known is not None or not isinstance(condition.key, tuple):
            return known
        return self._excluded(condition.key)

    def _excluded(self, key: tuple[Hashable, ...]) -> bool | None:
        """Whether a subject that is assumed to equal one constant excludes another."""
        if key[0] != "equal":
            return None
        for other, truth in self.known.items():
            if truth and isinstance(other.key, tuple) and other.key[:2] == key[:2]:
                return False
        return None

    def add(self, guard: Value, *, silent: bool) -> None:
        """Assume what is certain where a guard holds."""
        for condition, truth in implied(guard):
            if condition not in self.known:
                self.known[condition] = truth
                self.order.append((condition, truth))
                self._since.append(birth())
                if silent:
                    self._silent.add(condition)

    def forget(self, depth: int) -> None:
        """Keep the first ones only."""
        while len(self.order) > depth:
            condition, _ = self.order.pop()
            self._since.pop()
            self.known.pop(condition, None)
            self._silent.discard(condition)
