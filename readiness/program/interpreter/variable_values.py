"""The values of variables, each with where it comes from."""

import re

from readiness.model.place import Place
from readiness.model.trace import Step
from readiness.model.variable import Variable
from readiness.program.interpreter.variable_words import may_show
from readiness.program.provenance import VariableStep
from readiness.program.values import Choice, Part, Text, Value

_REFERENCE = re.compile(r"\$\{(\w+)\}")


def told(name: str, value: str, origin: str, at: Place | None) -> Text:
    """The value that a source of variables tells."""
    shown = f"{name} is {value}" if may_show(name, value) else f"{name} is set"
    step = VariableStep("variable", f"{shown} ({origin})", at, name)
    return Text((Part(value, at, name),), (step,))


def injected(name: str, at: Place | None) -> Text:
    """The value of a variable that the platform supplies."""
    step = VariableStep("variable", f"{name} is set by the platform", at, name)
    return Text((Part(None, at, name, key=name),), (step,))


def supplied(variable: Variable) -> Text:
    """What the platform supplies; of a text around references, only those are unknown."""
    whole = injected(variable.name, variable.at)
    said = variable.chain[0].value if variable.chain else None
    pieces = _REFERENCE.split(said.reveal()) if said is not None else []
    if len(pieces) < 2 or not any(pieces[::2]):  # noqa: PLR2004 - a text, a name, a text
        return whole
    parts = tuple(
        Part(None, variable.at, variable.name, key=piece) if number % 2
        else Part(piece, variable.at, variable.name)
        for number, piece in enumerate(pieces) if piece
    )  # fmt: skip
    return Text(parts, whole.trace)


def read_at(value: Value, at: Place) -> Value:
    """The same value, as a place has read it."""
    if isinstance(value, Choice):
        return Choice(value.condition, read_at(value.then, at), read_at(value.otherwise, at))
    if not isinstance(value, Text):
        return value
    parts = tuple(
        part if part.at else Part(part.text, at, part.variable, part.literal, part.key)
        for part in value.parts
    )
    return Text(parts, tuple(_step_at(step, at) for step in value.trace))


def _step_at(step: Step, at: Place) -> Step:
    if isinstance(step, VariableStep) and (step.at is None or step.read is None):
        return VariableStep(step.kind, step.text, step.at or at, step.variable, step.missing, at)
    return step
