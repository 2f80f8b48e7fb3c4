"""What an engine was given: entries, numbers, and each way that a condition leaves open."""

from collections.abc import Callable, Iterator, Mapping

from readiness.program.answers import Engine
from readiness.program.interpreter.choices import restrict
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event
from readiness.program.values import (
    Choice,
    Condition,
    Constant,
    Dict,
    Instance,
    Text,
    Unknown,
    Value,
)

Values = Mapping[str, Value]
Reader = Callable[[Machine, Event, Values], Engine | None]
"""What makes an engine of an event, by the arguments of one way."""
MOST_WAYS = 16
"""More ways than this are not told apart."""


def is_none(value: Value | None) -> bool:
    """Whether nothing is given."""
    return value is None or (isinstance(value, Constant) and value.value is None)


def entries(value: Value | None) -> dict[str, Value]:
    """The known entries of a dictionary."""
    if isinstance(value, Dict):
        return {str(key): item for key, item in value.slots.values.items()}
    return {}


def unseen(value: Value | None) -> str:
    """Why what a dictionary holds is not known, or not all of it; empty where it is."""
    if isinstance(value, Unknown):
        return value.reason
    if isinstance(value, Choice):
        return f"it hangs on: {value.condition.text}"
    if isinstance(value, Dict) and value.rest is not None:
        return value.rest.reason
    return "" if is_none(value) or isinstance(value, Dict) else "it is no dictionary"


def number(values: Values, name: str, default: int) -> tuple[int | None, bool, str]:
    """A number that is passed, or the library's default; None with a reason if not known."""
    value = values.get(name)
    if value is None:
        return default, False, ""
    if isinstance(value, Constant) and isinstance(value.value, int):
        return value.value, True, ""
    if isinstance(value, Unknown):
        return None, True, value.reason
    if isinstance(value, Choice):
        return None, True, f"it hangs on: {value.condition.text}"
    return None, True, "it is not a number"


def whole(value: Value | None) -> Value | None:
    """What ``int()`` makes of a text; anything else as it is."""
    known = value.known if isinstance(value, Text) else None
    return Constant(int(known)) if known is not None and known.strip().isdigit() else value


def ways(values: Values, event: Event) -> Iterator[tuple[dict[str, Value], tuple[str, ...]]]:
    """The arguments for each answer to the questions that nothing decides, and the answers."""
    assumed = dict(event.path)
    given = {name: _under(value, assumed) for name, value in values.items()}
    yield from _split(given, assumed, (), MOST_WAYS)


def _split(
    values: Values, assumed: dict[Condition, bool], under: tuple[str, ...], most: int
) -> Iterator[tuple[dict[str, Value], tuple[str, ...]]]:
    condition = next((found for one in values.values() if (found := _question(one))), None)
    if condition is None or most < 2:  # noqa: PLR2004 - one way is no choice
        yield dict(values), under
        return
    for truth in (True, False):
        known = {**assumed, condition: truth}
        text = condition.text if truth else f"not: {condition.text}"
        told = () if condition.is_free else (text,)  # what a request chooses occurs
        given = {name: _under(value, known) for name, value in values.items()}
        yield from _split(given, known, (*under, *told), most // 2)


def _question(value: Value, depth: int = 3) -> Condition | None:
    """The first condition that a value, or what it holds, hangs on."""
    if isinstance(value, Choice):
        return value.condition
    if not isinstance(value, Dict | Instance) or not depth or _is_elsewhere(value):
        return None
    found = (_question(one, depth - 1) for one in value.slots.values.values())
    return next((one for one in found if one is not None), None)


def _under(value: Value, assumed: Mapping[Condition, bool], depth: int = 3) -> Value:
    """A value, and what it holds, where these conditions are answered."""
    value = restrict(value, assumed)
    if not isinstance(value, Dict | Instance) or not depth or _question(value, depth) is None:
        return value
    held = {key: _under(one, assumed, depth - 1) for key, one in value.slots.values.items()}
    if isinstance(value, Instance):
        made = Instance(value.cls, held, value.at, value.trace)
        made.data = value.data
        return made
    copy = Dict(held, value.keys, value.trace, value.rest)
    copy.at = value.at
    return copy


def _is_elsewhere(value: Value) -> bool:
    """Whether a value is an object of the code's own, whose inside is not an argument."""
    return isinstance(value, Instance) and not hasattr(value.cls, "name")
