"""How each driver is told about TLS, and whether it reads libpq's variables."""

from collections.abc import Mapping

from msgspec import Struct, field

MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
WORDS = ("sslmode", "ssl", "ssl_context")
"""Every driver's word for TLS among its arguments."""


class Driver(Struct, frozen=True):
    """A driver: its word for TLS, and what ``True`` and ``False`` mean as its value.

    ``address`` is its word inside of an address that it reads itself; ``default`` is what
    counts where nothing speaks; ``variables`` tells that it reads libpq's, ``service`` that
    it reads the name of a service there too.
    """

    name: str
    word: str = "sslmode"
    address: str = "sslmode"
    default: str = "prefer"
    truths: Mapping[bool, str] = field(default_factory=dict)
    variables: bool = True
    service: bool = True


LIBPQ = Driver("libpq")
ASYNCPG = Driver("asyncpg", "ssl", truths={True: "verify-full", False: "disable"}, service=False)
PG8000 = Driver("pg8000", "ssl_context", "ssl_context", variables=False, service=False,
                truths={True: "require", False: "disable"})  # fmt: skip
_DRIVERS = {one.name: one for one in (LIBPQ, ASYNCPG, PG8000)}


def driver(name: str) -> Driver:
    """The driver of this name; those that are not listed stand on libpq."""
    return _DRIVERS.get(name, LIBPQ)


def by_word(word: str) -> Driver:
    """The driver that has this word for TLS."""
    return next(one for one in _DRIVERS.values() if one.word == word)
