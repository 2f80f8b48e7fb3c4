import psycopg
from psycopg_pool import ConnectionPool


class Opened:
    def __init__(self, held):
        self.held = held

    def __enter__(self):
        return self.held

    def __exit__(self, *error):
        return None

    async def __aenter__(self):
        return self.held

    async def __aexit__(self, *error):
        return None


class PostgresStore:
    def __init__(self, conn, pipe=None, deserializer=None, index=None, ttl=None):
        self.conn = conn

    @classmethod
    def from_conn_string(
        cls, conn_string, *, pipeline=False, pool_config=None, index=None, ttl=None
    ):
        if pool_config is None:
            conn = psycopg.connect(conn_string, autocommit=True, prepare_threshold=0)
        else:
            conn = ConnectionPool(conn_string, **{"min_size": 1, "max_size": None, **pool_config})
        return Opened(cls(conn))

    def setup(self):
        return None


class AsyncPostgresStore(PostgresStore):
    async def setup(self):
        return None
