"""A variable of the environment that is judged."""

from typing import Literal

from msgspec import Struct

from readiness.model.place import Place
from readiness.model.secret import Secret

State = Literal["known", "unset", "injected"]


class Origin(Struct, frozen=True):
    """One source that speaks about a variable, strongest first in a chain.

    ``text`` names the source in words ("--set", "the service api of compose.yaml").
    """

    text: str
    at: Place | None = None
    value: Secret | None = None


class Variable(Struct, frozen=True):
    """What the process would find under ``name`` when it starts.

    ``known`` has a value; ``unset`` is certainly absent; ``injected`` is set by the
    platform to a value that nobody here can know. The value is kept as a `Secret`
    always: whether it may be shown is decided by `is_sensitive` where it is shown.
    """

    name: str
    state: State
    value: Secret | None = None
    chain: tuple[Origin, ...] = ()

    @property
    def at(self) -> Place | None:
        """The place of the source that decides."""
        return self.chain[0].at if self.chain else None
