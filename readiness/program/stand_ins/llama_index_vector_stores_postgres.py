from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine


class PGVectorStore:
    def __init__(
        self,
        connection_string=None,
        async_connection_string=None,
        create_engine_kwargs=None,
        engine=None,
        async_engine=None,
        **options,
    ):
        given = create_engine_kwargs or {}
        self._engine, self._async_engine = engine, async_engine
        if engine is None:
            self._engine = create_engine(connection_string, __library__=True, **given)
        if async_engine is None:
            self._async_engine = create_async_engine(
                async_connection_string, __library__=True, **given
            )

    @classmethod
    def from_params(
        cls,
        host=None,
        port=None,
        database=None,
        user=None,
        password=None,
        connection_string=None,
        async_connection_string=None,
        **options,
    ):
        login = f"{user}:{password}@{host}:{port}/{database}"
        return cls(
            connection_string or f"postgresql+psycopg2://{login}",
            async_connection_string or f"postgresql+asyncpg://{login}",
            **options,
        )
