"""How a value came about, step by step."""

from typing import Literal

from readiness.model.partial import Partial
from readiness.model.place import Place

StepKind = Literal["variable", "default", "branch", "call", "import"]


class Step(Partial, frozen=True):
    """One step of the way from a variable to the value that is judged."""

    kind: StepKind
    text: str
    at: Place | None = None


Trace = tuple[Step, ...]
