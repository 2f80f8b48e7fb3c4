import os

from sqlalchemy import create_engine


class Database:
    def __init__(self, db_url=None, **options):
        self.db_url = db_url or os.environ.get("DATABASE_URL")
        if not self.db_url:
            raise ValueError("You must provide a db_url.")
        self._engine = create_engine(self.db_url, __library__=True, **options)
