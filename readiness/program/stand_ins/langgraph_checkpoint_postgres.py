import psycopg


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


class PostgresSaver:
    def __init__(self, conn, pipe=None, serde=None):
        self.conn = conn

    @classmethod
    def from_conn_string(cls, conn_string, *, pipeline=False, serde=None):
        return Opened(cls(psycopg.connect(conn_string, autocommit=True, prepare_threshold=0)))

    def setup(self):
        return None


class ShallowPostgresSaver(PostgresSaver):
    pass


class AsyncPostgresSaver(PostgresSaver):
    async def setup(self):
        return None


class AsyncShallowPostgresSaver(AsyncPostgresSaver):
    pass
