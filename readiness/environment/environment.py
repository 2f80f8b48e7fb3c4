"""The deployment that is judged, by name, with its variables."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from readiness.model.variable import Variable


@dataclass(frozen=True, slots=True)
class Environment:
    """The variables that a process of this environment would start with.

    A variable that is not in ``variables`` is mentioned nowhere: its readers get their
    defaults. ``described`` tells whether any source spoke about variables at all; only
    where none did may the switch be inferred.
    """

    name: str
    variables: Mapping[str, Variable] = field(default_factory=dict)
    described: bool = False
    service: str | None = None

    def get(self, name: str) -> Variable | None:
        """What is said about a variable; None where nothing is."""
        return self.variables.get(name)
