"""Variables that are given beside the description of the processes that get them."""

from msgspec import Struct

from readiness.deployment.service import Kind, Service
from readiness.model.variable import Variable


class Laid(Struct, frozen=True):
    """Variables for the services of some kinds; ``otherwise`` is one where there is none.

    ``name`` keeps to the service of that name where one has it; the first of the kinds that
    is there counts. ``unread`` are sources of more that are not in the project.
    """

    kinds: tuple[Kind, ...]
    variables: dict[str, Variable]
    otherwise: Service | None = None
    name: str | None = None
    unread: tuple[str, ...] = ()
