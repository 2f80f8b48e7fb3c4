"""The live PostgreSQL server: its facts, read only."""

from readiness.database.address import Address, AddressError
from readiness.database.database import Database, Missing
from readiness.database.pooler import Pooler, Route
from readiness.database.question import Answer, Query

__all__ = ["Address", "AddressError", "Answer", "Database", "Missing", "Pooler", "Query", "Route"]
