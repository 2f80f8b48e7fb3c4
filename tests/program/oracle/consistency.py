"""Whether all that is said of a program agrees with one run of it, whatever is open there.

The conditions that the world of the run decides have its answers; to each of the others there
must be one answer that fits every site: the objects that are built, and what they hold.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Protocol

from readiness.program.interpreter.records import Event
from readiness.program.values import Condition, Value
from tests.program.oracle.comparing import Cover
from tests.program.oracle.execution import Site

MOST = 600
Ask = Callable[[Hashable], bool]
Sites = Mapping[Site, list[object]]


class Answers(Protocol):
    """What a world tells of conditions, and of values."""

    def answer(self, condition: Condition) -> bool | None:
        """Whether a condition holds; None where the world does not tell."""

    def real(self, value: Value) -> object:
        """What a value is."""


class Undecided(Exception):  # noqa: N818 - a question, not an error
    """Nothing tells the answer to a question."""

    def __init__(self, question: Hashable) -> None:
        self.question = question


@dataclass(frozen=True)
class Account:
    """What one run built, and what is said of it by site; ``failing``: it met with an error."""

    built: Sites
    said: Mapping[Site, list[Event]]
    failing: bool

    def fits(self, site: Site, ask: Ask, world: Answers) -> bool:
        """Whether a site's objects are those that are said to be built there."""
        objects = self.built.get(site, [])
        events = [one for one in self.said.get(site, []) if self._happens(one, ask)]
        if any(one.repeated for one in events):
            return all(any(_holds(one, thing, ask, world) for one in events) for thing in objects)
        return len(events) == len(objects) and all(
            _holds(one, thing, ask, world) for one, thing in zip(events, objects, strict=True)
        )

    def _happens(self, event: Event, ask: Ask) -> bool:
        if not all(ask(condition) is truth for condition, truth in event.path):
            return False
        return not self.failing or ask(("is reached", id(event)))

    def agrees(self, sites: list[Site], world: Answers) -> bool | None:
        """Whether some answers make all these sites fit; None where there are too many."""
        left: list[dict[Hashable, bool]] = [{}]
        for _ in range(MOST):
            if not left:
                return False
            assumed = left.pop()
            try:
                if all(self.fits(site, _asking(world, assumed), world) for site in sites):
                    return True
            except Undecided as open_one:
                left += [{**assumed, open_one.question: truth} for truth in (False, True)]
        return None


def _asking(world: Answers, assumed: Mapping[Hashable, bool]) -> Ask:
    def ask(question: Hashable) -> bool:
        told = world.answer(question) if isinstance(question, Condition) else None
        told = assumed.get(question) if told is None else told
        if told is None:
            raise Undecided(question)
        return told

    return ask


def _holds(event: Event, thing: object, ask: Ask, world: Answers) -> bool:
    held = event.instance.slots.values if event.instance is not None else {}
    return all(Cover(ask=ask, tell=world.real).holds(held.get(name), one)
               for name, one in vars(thing).items())  # fmt: skip
