"""The text of a variable as a type, by the rules of one library or another."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.program.interpreter.plain import lifted, parts_of
from readiness.program.values import Choice, External, Text, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

Convert = Callable[[str], Any]
"""Makes something of a text, or raises ValueError."""


def typed(machine: "Machine", value: Value, convert: Convert, error: str, at: Place) -> Value:
    """What a text is converted to; what is no text is that already."""
    if isinstance(value, Choice):
        return machine.each(value, lambda one: typed(machine, one, convert, error, at))
    if not isinstance(value, Text):
        return value
    if value.known is None:
        names = ", ".join(sorted({p.variable for p in value.parts if p.variable}))
        return Unknown(f"{names or 'a value'} is set by the platform", at, value.trace)
    try:
        return lifted(convert(value.known), value.trace, parts_of(value))
    except ValueError:
        raise machine.error(error, "a value of the wrong type", at, value.trace) from None


def mapped(machine: "Machine", function: Value, items: Value, at: Place) -> Value:
    """The list of what a function makes of each of several items."""
    each = machine.invoke(External("builtins.map"), at, function, items)
    return machine.invoke(External("builtins.list"), at, each)


def by_words(true: frozenset[str], false: frozenset[str]) -> Convert:
    """Truth by words, and an error for any other."""

    def convert(word: str) -> bool:
        if word not in true | false:
            raise ValueError("it is no truth value")
        return word in true

    return convert
