"""One backup that a job or a service takes."""

from msgspec import Struct

from readiness import Place, Service


class Case(Struct, frozen=True):
    """One backup that is looked at; ``said`` is where its command stands."""

    name: str
    at: Place
    text: str
    service: Service | None = None
    said: Place | None = None

    @property
    def variables(self) -> dict[str, str]:
        """The variables of its process that are known."""
        given = self.service.variables if self.service else ()
        return {one.name: one.value.reveal() for one in given if one.value is not None}
