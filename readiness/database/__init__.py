"""The live PostgreSQL server: its facts, read only."""

from readiness.database.address import Address, AddressError
from readiness.database.database import Database
from readiness.database.facts import Missing
from readiness.database.pooler import Pooler, Route
from readiness.database.question import Answer, Guess, Query

__all__ = [
    "Address",
    "AddressError",
    "Answer",
    "Database",
    "Guess",
    "Missing",
    "Pooler",
    "Query",
    "Route",
]
