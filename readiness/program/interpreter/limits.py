"""How much the evaluation may take before it says that it does not know.

All limits stand here, but that of a file, which is where files are read (`sources`). The
sizes bound one value: what would be larger is `Unknown`. The allowances bound the work: past
one of them a statement, a function, a module or the whole is given up, named in the coverage,
and what it may have changed is not known any more.
Seconds are those that this evaluation computes, not those of the clock: an answer must not
hang on what else the machine has to do. The evaluation has them once, whatever it begins anew;
then agents and engines once each, which hardly take any. What the programs of all services may
compute together, and the searches for fallbacks, stands in `readiness.program.allowance`; the
search for a change of variables (`readiness.engine.remedies`) takes a few seconds and one
evaluation more.
"""

import time

from msgspec import Struct, field

from readiness.program.interpreter.outcomes import LimitReached
from readiness.program.values import Constant, Dict, List, Text, Tuple, Value

LONGEST_TEXT = 1_000_000
"""The characters or bytes of one text."""
LONGEST_SEQUENCE = 10_000
"""The items of a list or tuple that is made at once, by ``*``, ``+`` or ``range``."""
LONGEST_GROWN = 2_000
"""The items of a list that is made by adding to it."""
LARGEST_NUMBER = 20_000
"""The bits of a number."""
LARGEST_THING = 20_000
"""The values inside of one that is given to, or made by, a function of Python's own."""
MOST_IN_KEY = 1_000
"""The values inside of a key, and those that are compared to find two values the same."""
LARGE = 1_000
"""The bytes from which on a value counts for the space that the evaluation takes."""
_STEPS_FOR = 20_000
"""The bytes of large values that cost one step more, since they take time to make."""


class Limits(Struct):
    """The allowances.

    ``steps`` (about one for each expression and statement) are those of one statement of a
    module, or of a few that are small,
    ``steps_entered`` those of a function that nothing called, ``total_steps`` and
    ``seconds`` those of the whole; ``space`` is the bytes of all large values together.
    ``depth`` is how deep calls nest, ``rounds`` how often a loop goes round,
    ``undecided_rounds`` how often it does where nothing decides its end, ``restarts`` how
    often the evaluation begins anew with what it learned. ``shallow`` looks into no function
    that is called, but runs what is imported.
    """

    steps: int = 60_000
    steps_entered: int = 12_000
    total_steps: int = 6_000_000
    depth: int = 48
    rounds: int = 2_000
    undecided_rounds: int = 3
    seconds: float = 15.0
    restarts: int = 12
    space: int = 64_000_000
    shallow: bool = False
    said: float = 0.0
    """The seconds that one program may take, where ``seconds`` are what others left of them."""
    _left: int = 0
    _allowed: int = 0
    _total: int = 0
    _deadline: float = 0.0
    _soonest: float = 0.0
    _look_at: int = 0
    _returned: int = 0
    _taken: int = 0
    _compared: int = 0
    _kept: dict[int, object] = field(default_factory=dict)

    def begin(self) -> None:
        """Start the clock of the whole evaluation."""
        self._total = self._look_at = 0
        self._wind()
        self.anew()

    def _wind(self) -> None:
        self._deadline = time.thread_time() + self.seconds
        self._soonest = time.monotonic() + self.seconds

    @property
    def _late(self) -> bool:
        """Whether the time is over; the clock is never behind it, and is read faster."""
        now = time.monotonic()
        if now <= self._soonest:
            return False
        left = self._deadline - time.thread_time()
        self._soonest = now + max(left, 0.0)
        return left < 0

    def anew(self) -> None:
        """Forget the values of the last attempt, which are gone."""
        self._taken = 0
        self._kept.clear()

    def refill(self, *, entered: bool = False) -> None:
        """Allow a new module, or a function that is entered, its steps."""
        allowed = self.steps_entered if entered else self.steps
        self._left = self._allowed = allowed // _SHALLOW if self.shallow else allowed

    def top_up(self) -> None:
        """Let no statement of a module fail for what the many before it took."""
        if self._left < self.steps // 2:
            self._left = self.steps

    def answering(self) -> None:
        """Allow the answers what they need, whatever the evaluation used up."""
        self._total = self._look_at = 0
        self._left = self._allowed = self.steps
        self._wind()

    def separately(self, left: tuple[int, int] | None = None) -> tuple[int, int]:
        """Give an imported module an allowance of its own; or go back to what is ``left``."""
        before = self._left, self._allowed
        self._left, self._allowed = left or (self.steps, self.steps)
        return before

    @property
    def allowed(self) -> int:
        """How many steps were allowed at once, and are not all left."""
        return self._allowed

    @property
    def taken(self) -> int:
        """How many steps were taken and not given back."""
        return self._total - self._returned

    def give_back(self, count: int) -> None:
        """Allow steps once more that something took which is given up by itself."""
        self._returned += count
        self._left += count

    @property
    def used(self) -> int:
        """How many steps were taken since the evaluation, or the answer, began."""
        return self._total

    @property
    def exhausted(self) -> bool:
        """Whether the whole project has used up what it was allowed."""
        return self._taken > self.space or self.over is not None

    @property
    def over(self) -> str | None:
        """Why nothing more will be run at all; None as long as something may be."""
        stops = self._total > self.total_steps or self._late
        return self.used_up if stops else None

    @property
    def used_up(self) -> str:
        """What the whole project has used up, in words."""
        if self._total > self.total_steps:
            return f"the project takes more than {self.total_steps} steps"
        if self._taken > self.space:
            return f"the project takes more than {self.space // 10**6} MB"
        return f"the project {too_slow(max(self.seconds, self.said))}"

    def step(self, count: int = 1) -> None:
        """Count steps; raises `LimitReached`."""
        self._left -= count
        self._total += count
        if self._left < 0:
            raise LimitReached(f"it takes more than {self._allowed} steps")
        if self._total >= self._look_at:
            self._look()

    def _look(self) -> None:
        """Ask every few steps whether the whole is used up."""
        self._look_at = min(self._total - self._total % _LOOKS + _LOOKS, self.total_steps + 1)
        if self._total > self.total_steps or self._late:
            raise LimitReached(self.used_up)

    def walk(self, count: int) -> None:
        """Count the steps of going through many items; raises `LimitReached`."""
        if count > _ITEMS_FOR:
            self.step(count // _ITEMS_FOR)

    def hand(self, *values: Value) -> None:
        """Count the steps of what goes through all of some values, and not item by item here."""
        for value in values:
            match value:
                case Text(parts=parts):
                    size = sum(len(part.text or "") for part in parts)
                    self._handed(size, _SIGNS_FOR)
                case Constant(value=bytes() as content):
                    self._handed(len(content), _SIGNS_FOR)
                case Tuple(items=items):
                    self._handed(len(items), _VALUES_FOR)
                case List():
                    self.hand(value.slots.values["items"])
                case Dict():
                    self._handed(len(value.slots.values), _VALUES_FOR)

    def _handed(self, size: int, per_step: int) -> None:
        if size > LARGE:
            self.step(size // per_step)

    def compare(self) -> None:
        """Count one of many comparisons of two values; raises `LimitReached`."""
        self._compared += 1
        if self._compared % _COMPARED_FOR == 0:
            self.step()

    def keep(self, value: Value) -> None:
        """Count the space of what is remembered of a value that was replaced."""
        if isinstance(value, Tuple) and len(value.items) * _PLACE > LARGE:
            self._take(value.items, len(value.items) * _PLACE)

    def hold(self, value: Value) -> None:
        """Count the space of a value that was made, if it is large; raises `LimitReached`."""
        match value:
            case Text():
                self.walk(len(value.parts))
                for part in value.parts:
                    if part.text is not None and len(part.text) > LARGE:
                        self._take(part.text, len(part.text))
            case Constant(value=bytes() as content) if len(content) > LARGE:
                self._take(content, len(content))
            case Tuple(items=items) if len(items) * _ITEM > LARGE:
                self._take(items, len(items) * _ITEM)
            case List():
                self.hold(value.slots.values["items"])
            case Dict() if len(value.slots.values) * _ENTRY > LARGE:
                self._take(value.slots, len(value.slots.values) * _ENTRY)

    def _take(self, thing: object, size: int) -> None:
        """Count a thing once, however many values share it."""
        if id(thing) in self._kept:
            return
        self._kept[id(thing)] = thing
        self._taken += size
        if self._taken > self.space:
            raise LimitReached(self.used_up)
        self.step(size // _STEPS_FOR)


def too_slow(seconds: float) -> str:
    """Why something was given up that takes too long, and what can be done."""
    return (f"takes more than {seconds:g} seconds to evaluate (code.seconds in the settings "
            "allows more)")  # fmt: skip


def is_limit(reason: str) -> bool:
    """Whether something is not known only because a limit was reached."""
    return "takes more than" in reason or "takes too long" in reason


_SHALLOW = 4
"""The part of its steps that a function has which is run without what it calls."""
_LOOKS = 64
"""The steps after which the clock is looked at."""
_ITEMS_FOR = 50
"""The items that are gone through in one step."""
_SIGNS_FOR = 20
_VALUES_FOR = 8
"""The signs of a text, and the values of a container, that a function handles in one step."""
_COMPARED_FOR = 4
"""The comparisons that are made in one step."""
_PLACE = 8
_ITEM = 64
_ENTRY = 200
"""The bytes of a place in a container, with a value in it, and with its key."""
