from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine


class PGVector:
    def __init__(
        self,
        embeddings=None,
        *,
        connection=None,
        engine_args=None,
        async_mode=False,
        **options,
    ):
        self._engine = connection
        if isinstance(connection, str):
            make = create_async_engine if async_mode else create_engine
            self._engine = make(connection, __library__=True, **(engine_args or {}))

    @classmethod
    def from_documents(cls, documents=None, embedding=None, *, connection=None, **options):
        return cls(embedding, connection=connection, **options)

    @classmethod
    def from_texts(cls, texts=None, embedding=None, *, connection=None, **options):
        return cls(embedding, connection=connection, **options)

    @classmethod
    def from_existing_index(cls, embedding=None, *, connection=None, **options):
        return cls(embedding, connection=connection, **options)


class PGEngine:
    def __init__(self, pool):
        self._pool = pool

    @classmethod
    def from_engine(cls, engine, loop=None):
        return cls(engine)

    @classmethod
    def from_connection_string(cls, url, **options):
        return cls(create_async_engine(url, __library__=True, **options))


class PostgresChatMessageHistory:
    def __init__(self, table_name, session_id, /, *, sync_connection=None, async_connection=None):
        self._connection = sync_connection
