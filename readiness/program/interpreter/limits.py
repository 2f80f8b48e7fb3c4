"""How much the evaluation may take before it says that it does not know."""

import time
from dataclasses import dataclass, field

from readiness.program.interpreter.outcomes import LimitReached


@dataclass(slots=True)
class Limits:
    """The allowance: for one module or entered function, and for the whole."""

    steps: int = 60_000
    steps_entered: int = 12_000
    total_steps: int = 6_000_000
    depth: int = 48
    rounds: int = 2_000
    undecided_rounds: int = 3
    seconds: float = 15.0
    restarts: int = 12
    _left: int = field(default=0, init=False)
    _total: int = field(default=0, init=False)
    _deadline: float = field(default=0.0, init=False)

    def begin(self) -> None:
        """Start the clock of the whole evaluation."""
        self._total = 0
        self._deadline = time.monotonic() + self.seconds

    def refill(self, *, entered: bool = False) -> None:
        """Allow a new module, or a function that is entered, its steps."""
        self._left = self.steps_entered if entered else self.steps

    def answering(self) -> None:
        """Allow the answers what they need, whatever the evaluation used up."""
        self._total = 0
        self._left = self.steps
        self._deadline = time.monotonic() + self.seconds

    def separately(self, left: int | None = None) -> int:
        """Give an imported module an allowance of its own; or go back to ``left``."""
        before, self._left = self._left, self.steps if left is None else left
        return before

    @property
    def exhausted(self) -> bool:
        """Whether the whole project has used up what it was allowed."""
        return self._total > self.total_steps or time.monotonic() > self._deadline

    def step(self, count: int = 1) -> None:
        """Count steps; raises `LimitReached`."""
        self._left -= count
        self._total += count
        if self._left < 0:
            raise LimitReached(f"it takes more than {self.steps} steps")
        if self._total > self.total_steps:
            raise LimitReached(f"the project takes more than {self.total_steps} steps")
        if self._total % 256 < count and time.monotonic() > self._deadline:
            raise LimitReached(f"the project takes more than {self.seconds:g} seconds")
