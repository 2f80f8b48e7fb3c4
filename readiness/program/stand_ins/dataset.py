import os

from sqlalchemy import create_engine


class Database:
    def __init__(self, url, engine_kwargs=None, **options):
        self.url = url
        self.engine = create_engine(url, __library__=True, **(engine_kwargs or {}))


def connect(url=None, schema=None, engine_kwargs=None, **options):
    if url is None:
        url = os.environ.get("DATABASE_URL", "sqlite://")
    return Database(url, engine_kwargs=engine_kwargs)
