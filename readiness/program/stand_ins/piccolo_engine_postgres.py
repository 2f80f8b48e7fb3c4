import asyncpg


class PostgresEngine:
    def __init__(
        self,
        config,
        extensions=(),
        log_queries=False,
        log_responses=False,
        extra_nodes=None,
    ):
        self.config = config
        asyncpg.connect(**config)

    async def start_connection_pool(self, **options):
        await asyncpg.create_pool(**{**self.config, **options})

    async def close_connection_pool(self):
        return None
