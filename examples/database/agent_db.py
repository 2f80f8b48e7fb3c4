"""The one place that decides where agents keep their sessions."""

import os

from agno.db.base import BaseDb
from agno.db.in_memory import InMemoryDb
from agno.db.postgres import PostgresDb

from database.config import DatabaseConfig


def get_agent_db() -> BaseDb:
    """PostgreSQL in production; memory in development and in tests."""
    environment = os.getenv("LEGACY_ENV", "test")
    if environment == "production":
        return PostgresDb(db_url=DatabaseConfig().url, db_schema="agents")
    return InMemoryDb()
