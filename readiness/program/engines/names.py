"""Which calls connect at once, of all drivers."""

from readiness.program.models.libraries import aiopg, asyncpg, pg8000, psycopg

CONNECTS = (*psycopg.CONNECTS, *asyncpg.CONNECTS, *aiopg.CONNECTS, *pg8000.CONNECTS)
POOLS = (*psycopg.POOLS, *asyncpg.POOLS, *aiopg.POOLS)
