"""All models, in one table."""

from readiness.program.models import (
    agno,
    aiopg,
    alembic,
    asyncpg,
    builtin,
    django,
    dotenv,
    enumeration,
    environs,
    files,
    flask,
    folds,
    functional,
    iteration,
    journals,
    pg8000,
    psycopg,
    records,
    reflection,
    regular,
    settings,
    sqlalchemy,
    system,
    tls,
)
from readiness.program.models.table import Table

TABLES: tuple[Table, ...] = (
    builtin.TABLE, reflection.TABLE, iteration.TABLE, folds.TABLE, system.TABLE, files.TABLE,
    functional.TABLE, enumeration.TABLE, records.TABLE,
    dotenv.TABLE, settings.TABLE, agno.TABLE, environs.TABLE,
    sqlalchemy.TABLE, psycopg.TABLE, asyncpg.TABLE, aiopg.TABLE, pg8000.TABLE, tls.TABLE,
    django.TABLE, flask.TABLE, regular.TABLE, journals.TABLE, alembic.TABLE,
)  # fmt: skip
