"""All models, in one table."""

from readiness.program.models import written
from readiness.program.models.libraries import (
    agno,
    agno_databases,
    agno_parts,
    agno_steps,
    agno_tools,
    aiopg,
    alembic,
    applications,
    asyncpg,
    click,
    click_contexts,
    commands,
    django,
    django_settings,
    dotenv,
    encode_databases,
    environs,
    fakes,
    fastapi,
    flask,
    injector,
    peewee,
    pg8000,
    psycopg,
    request_states,
    serving,
    settings,
    sqlalchemy,
    sqlalchemy_urls,
    tortoise,
)
from readiness.program.models.python import (
    builtin,
    constructors,
    dates,
    folds,
    instances,
    iteration,
    iterators,
    reflection,
    signatures,
    subtypes,
    unbound,
    views,
)
from readiness.program.models.standard import (
    arguments,
    chained,
    concurrency,
    containers,
    context_variables,
    contexts,
    copies,
    digests,
    dispatch,
    enumeration,
    environb,
    files,
    folders,
    functional,
    hints,
    importing,
    ini,
    inspection,
    itertool,
    journals,
    managing,
    modules,
    named_tuples,
    namespaces,
    pure,
    randomness,
    record_views,
    records,
    regular,
    system,
    templates,
    tls,
    user_dictionaries,
    web_addresses,
)
from readiness.program.models.table import Table

TABLES: tuple[Table, ...] = (
    # The language.
    builtin.TABLE, iteration.TABLE, constructors.TABLE, iterators.TABLE, instances.TABLE,
    folds.TABLE, reflection.TABLE, subtypes.TABLE,
    unbound.TABLE, views.TABLE, enumeration.TABLE, records.TABLE, record_views.TABLE,
    hints.TABLE,
    # Its library: containers and functions.
    containers.TABLE, named_tuples.TABLE, chained.TABLE, user_dictionaries.TABLE,
    namespaces.TABLE, functional.TABLE, dispatch.TABLE, itertool.TABLE, copies.TABLE,
    signatures.TABLE, inspection.TABLE, randomness.TABLE,
    # Its library: the process.
    system.TABLE, environb.TABLE, modules.TABLE, importing.TABLE, arguments.TABLE,
    context_variables.TABLE, contexts.TABLE, managing.TABLE, concurrency.TABLE, journals.TABLE,
    # Its library: texts, dates and files.
    regular.TABLE, templates.TABLE, dates.TABLE, digests.TABLE, files.TABLE, folders.TABLE,
    ini.TABLE, web_addresses.TABLE, tls.TABLE, pure.TABLE,
    # Settings and command lines.
    dotenv.TABLE, settings.TABLE, environs.TABLE, click.TABLE, click_contexts.TABLE,
    commands.TABLE,
    # Databases.
    sqlalchemy.TABLE, sqlalchemy_urls.TABLE, alembic.TABLE, psycopg.TABLE, asyncpg.TABLE,
    aiopg.TABLE, pg8000.TABLE, encode_databases.TABLE, tortoise.TABLE, peewee.TABLE,
    # Frameworks.
    django.TABLE, django_settings.TABLE, flask.TABLE, fastapi.TABLE, applications.TABLE,
    serving.TABLE,
    request_states.TABLE, injector.TABLE,
    # Agno.
    agno.TABLE, agno_databases.TABLE, agno_parts.TABLE, agno_steps.TABLE, agno_tools.TABLE,
    # Tests, and libraries written again.
    fakes.TABLE, written.TABLE,
)  # fmt: skip
"""No two of them may have a model for the same name."""
