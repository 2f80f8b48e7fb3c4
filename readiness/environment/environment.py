"""The deployment that is judged, by name, with its variables."""

from collections.abc import Mapping

from msgspec import Struct, field

from readiness.model.variable import Variable


class Environment(Struct, frozen=True):
    """The variables that a process of this environment would start with.

    A variable that is not in ``variables`` is mentioned nowhere: its readers get their
    defaults. ``described`` tells whether any source spoke about variables at all; only
    where none did may the switch be inferred.

    ``service`` is the service whose process it is, ``services`` all that would start with
    the same variables. ``unread_sources`` names files of variables that the deployment
    loads and that are not in the project: they may set what nothing else mentions.
    ``notes`` says what was taken for granted about the sources.
    """

    name: str
    variables: Mapping[str, Variable] = field(default_factory=dict)
    described: bool = False
    service: str | None = None
    services: tuple[str, ...] = ()
    unread_sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def get(self, name: str) -> Variable | None:
        """What is said about a variable; None where nothing is."""
        return self.variables.get(name)
