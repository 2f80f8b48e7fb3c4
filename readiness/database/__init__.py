"""Facts of the live server. (Stands in until the room is whole; to be replaced.)"""

from readiness.database.question import Answer, Query


class Database:
    """What was read of the live PostgreSQL server."""


__all__ = ["Answer", "Database", "Query"]
