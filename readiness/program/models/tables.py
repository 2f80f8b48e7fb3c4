"""All models, in one table."""

from readiness.program.models import (
    agno,
    builtin,
    databases,
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
    records,
    reflection,
    regular,
    settings,
    system,
)
from readiness.program.models.table import Table

TABLES: tuple[Table, ...] = (
    builtin.TABLE, reflection.TABLE, iteration.TABLE, folds.TABLE, system.TABLE, files.TABLE,
    functional.TABLE, enumeration.TABLE, records.TABLE,
    dotenv.TABLE, settings.TABLE, databases.TABLE, agno.TABLE, environs.TABLE,
    django.TABLE, flask.TABLE, regular.TABLE, journals.TABLE,
)  # fmt: skip
