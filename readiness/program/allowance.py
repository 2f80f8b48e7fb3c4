"""What all programs of one check may compute together."""

from msgspec import Struct

UNFINISHED = 2
"""How often one program's seconds may be used up by evaluations that do not come to their end."""
WHOLE = 4
"""How often by all evaluations together: what a project of many services is done in."""


class Allowance(Struct):
    """The seconds that are left to the programs of a check, each of which may take ``seconds``.

    What ends in time costs nobody else much; where one program is too large, the others of the
    same code are, too, and are not waited for as long.
    """

    seconds: float
    _taken: float = 0.0
    _lost: float = 0.0
    _searched: float = 0.0

    @property
    def left(self) -> float:
        """What the next evaluation may take."""
        left = min(UNFINISHED * self.seconds - self._lost, WHOLE * self.seconds - self._taken)
        return max(0.0, min(self.seconds, left))

    @property
    def search(self) -> float:
        """What the search for fallbacks may take that is next."""
        return max(0.0, self.seconds - self._searched)

    def evaluated(self, took: float, *, finished: bool) -> None:
        """Take note of what an evaluation took."""
        self._taken += took
        self._lost += 0.0 if finished else took

    def searched(self, took: float) -> None:
        """Take note of what a search took."""
        self._searched += took
