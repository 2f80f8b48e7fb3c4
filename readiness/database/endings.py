"""Why a server that had answered could not be read to the end, each in its own sentence."""

from readiness.database.address import Address
from readiness.database.unreachable import OF_THE_SERVER, Unreachable, Words, said

# PgBouncer's code for whatever it does not take.
_PROTOCOL = "08P01"
# What every PostgreSQL may say at any moment: it is short of something, was told to stop,
# met a fault of its own, or ends transactions that take too long.
_ANY_MOMENT = ("25P", "40", "53", "57", "58", "XX")
_NO_LOCK = "55P03"
NO_TRANSACTIONS = "no-transactions"
_BY_STATEMENT = Words(
    NO_TRANSACTIONS,
    "{place} refuses every transaction (SQLSTATE {code}), as PgBouncer does where it pools by "
    "statement; the facts are read in one",
    "set `pool_mode = transaction` in pgbouncer.ini, or name the server itself with --database",
)
_ENDED = Words(
    "ended",
    "the server at {place} ended the session before all was read (SQLSTATE {code})",
    "its log says why; then check again",
)
_LOCKED = Words(
    "locked",
    "another session holds a lock on the catalogue of the server at {place} (SQLSTATE {code})",
    "look for it in pg_locks, and check again when it is gone",
)
_FOREIGN = Words(
    "foreign",
    "{place} does not answer as PostgreSQL does (SQLSTATE {code})",
    "a server that only speaks PostgreSQL's protocol cannot be judged",
)


def ended(address: Address, code: str) -> Unreachable:
    """Say why a session that had begun could not be read, by the code of the server."""
    words = _BY_STATEMENT if code == _PROTOCOL else _FOREIGN
    if code.startswith(_ANY_MOMENT):
        words = OF_THE_SERVER.get(code, _ENDED)
    if code == _NO_LOCK:
        words = _LOCKED
    return said(words, address, code=code)


def late(address: Address, limit: float) -> Unreachable:
    """Say that the time was over, of a server that had answered before anybody logged in."""
    return said(
        Words(
            "timed-out",
            "{place} answers, and the look at it was not done within {limit:g} s",
            "the server may be busy, or a session may hold a lock on its catalogue (pg_locks); "
            "give more time with `--timeout`",
        ),
        address,
        limit=limit,
    )


def lost(address: Address) -> Unreachable:
    """Say that the server went away in the middle."""
    return said(
        Words(
            "lost",
            "{place} closed the connection while it was being read",
            "look at the server's log; it may be restarting",
        ),
        address,
    )


def hung_up(address: Address) -> Unreachable:
    """Say that the server went away in the middle of the login."""
    return said(
        Words(
            "lost",
            "{place} closed the connection in the middle of the login",
            "look at the server's log; it may be restarting",
        ),
        address,
    )
