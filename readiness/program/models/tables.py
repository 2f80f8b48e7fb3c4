"""All models, in one table."""

from readiness.program.models import (
    agno,
    aiopg,
    alembic,
    asyncpg,
    builtin,
    contexts,
    django,
    dotenv,
    enumeration,
    environb,
    environs,
    files,
    flask,
    folds,
    functional,
    injector,
    iteration,
    journals,
    modules,
    pg8000,
    psycopg,
    records,
    reflection,
    regular,
    settings,
    signatures,
    sqlalchemy,
    system,
    tls,
    views,
)
from readiness.program.models.table import Table

TABLES: tuple[Table, ...] = (
    builtin.TABLE, reflection.TABLE, iteration.TABLE, folds.TABLE, system.TABLE, files.TABLE,
    functional.TABLE, enumeration.TABLE, records.TABLE,
    dotenv.TABLE, settings.TABLE, agno.TABLE, environs.TABLE,
    sqlalchemy.TABLE, psycopg.TABLE, asyncpg.TABLE, aiopg.TABLE, pg8000.TABLE, tls.TABLE,
    django.TABLE, flask.TABLE, regular.TABLE, journals.TABLE, views.TABLE, alembic.TABLE,
    contexts.TABLE, environb.TABLE, injector.TABLE, modules.TABLE, signatures.TABLE,
)  # fmt: skip
