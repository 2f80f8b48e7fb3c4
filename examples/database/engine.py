"""The connections of one process to the interviews' tables."""

from sqlalchemy import create_engine

from database.config import DatabaseConfig

engine = create_engine(
    DatabaseConfig().url,
    pool_size=64,
    max_overflow=32,
    pool_pre_ping=True,
)
