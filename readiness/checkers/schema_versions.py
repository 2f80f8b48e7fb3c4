"""What agno, alembic and Django have recorded of the schema, against the repository."""

from collections.abc import Iterator

from readiness import (
    Database,
    Finding,
    Place,
    Project,
    Unreadable,
    counted,
    ok,
    problem,
    undecided,
)
from readiness.checkers.migrations import (
    AGNO_SCHEMAS,
    agno_schema,
    django_migrations,
    heads,
    revisions,
    version_of,
)


def judge_agno(
    database: Database, project: Project | None, wanted: str | None
) -> Iterator[Finding]:
    """Compare the versions of agno's tables with the one that its release wants."""
    recorded = [one for one in database.schema_versions if one.tool == "agno"]
    if not recorded:
        return
    wanted = wanted or (agno_schema(project) if project else None)
    newest = wanted or AGNO_SCHEMAS[-1]
    old = [one for one in recorded if version_of(one.version) < version_of(newest)]
    new = [one for one in recorded if version_of(one.version) > version_of(newest)]
    data = {"expected": wanted, "tables": {one.of: one.version for one in recorded}}
    for one in (*old, *new):
        text = f"agno's table {one.of} has schema version {one.version}"
        if wanted is None:
            yield undecided(
                f"{text}; which one the deployed agno wants is pinned nowhere",
                hint="pin agno's version, or name its schema with `agno_version`",
                data=data,
            )
        else:
            yield problem(
                f"{text}, {wanted} is expected",
                hint="await MigrationManager(db).up(): agno never migrates by itself",
                data=data,
            )
    if not old and not new:
        yield ok(
            f"{counted(len(recorded), 'table of agno has', 'tables of agno have')} schema version "
            f"{newest}",
            data=data,
        )


def judge_alembic(database: Database, project: Project) -> Iterator[Finding]:
    """Compare the recorded migrations with the heads of the repository's."""
    try:
        found = revisions(project)
    except (Unreadable, SyntaxError) as error:
        yield undecided(f"the migrations of alembic cannot be read: {error}")
        return
    if not found:
        return
    wanted = {revision.name: revision.at for revision in heads(found)}
    recorded = {one.version for one in database.schema_versions if one.tool == "alembic"}
    data = {"heads": sorted(wanted), "recorded": sorted(recorded)}
    if recorded == set(wanted):
        yield ok(f"alembic is at the head, {', '.join(sorted(wanted))}", data=data)
    for name in sorted(set(wanted) - recorded):
        yield problem(
            f"the migration {name} is not applied; the database is at "
            f"{', '.join(sorted(recorded)) or 'none'}",
            at=wanted[name],
            hint="alembic upgrade head",
            source="database",
            data=data,
        )
    known = {revision.name for revision in found}
    for name in sorted(recorded - known):
        yield problem(
            f"the database is at the migration {name}, which the repository does not have",
            hint="deploy the code that brought it, or restore the missing migration",
            data=data,
        )


def judge_django(database: Database, project: Project) -> Iterator[Finding]:
    """Every migration of the repository's applications is applied."""
    files = django_migrations(project)
    if not files:
        return
    recorded = {(one.of, one.version) for one in database.schema_versions if one.tool == "django"}
    known = {app for app, _ in recorded}
    applied = [one for one in files if (one.app, one.name) in recorded]
    for one in files:
        text = f"the migration {one.app}.{one.name} of Django is not applied"
        if recorded and one.app not in known:
            yield undecided(
                f"{text}: the database knows no application {one.app}, which may have another "
                "label, or not be installed",
                at=Place(one.path),
                source="database",
            )
        elif one not in applied and not one.squashes:
            yield problem(
                text,
                at=Place(one.path),
                hint="python manage.py migrate",
                source="database",
                data={"app": one.app, "migration": one.name},
            )
    if applied:
        yield ok(f"{len(applied)} of {counted(len(files), 'migration')} of Django are applied")
