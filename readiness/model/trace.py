"""How a value came about, step by step."""

from dataclasses import dataclass
from typing import Literal

from readiness.model.place import Place

StepKind = Literal["variable", "default", "branch", "call", "import"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way from a variable to the value that is judged."""

    kind: StepKind
    text: str
    at: Place | None = None


Trace = tuple[Step, ...]
