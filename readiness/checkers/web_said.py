"""What is said of a web application: by its code, and by the commands that start it."""

from msgspec import Struct

from readiness import Place


class Unsaid:
    """The value of an expression that nobody knows here."""


UNSAID = Unsaid()


class Said(Struct, frozen=True):
    """A setting: its name, its value or `UNSAID`, and whether credentials go with it.

    ``credentials`` is None where that is not known; ``under`` are the conditions around it
    that nothing decides, and ``call`` where the call begins that says it.
    """

    name: str
    value: object
    at: Place
    credentials: bool | None = False
    under: tuple[str, ...] = ()
    call: Place | None = None
