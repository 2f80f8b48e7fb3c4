"""Checkers of whether a release migrates agno's tables."""

import re
from collections.abc import Iterator

from readiness import (
    Finding,
    Place,
    Program,
    Project,
    Unreadable,
    checker,
    ok,
    problem,
)
from readiness.checkers.agno_databases import SERVERS
from readiness.checkers.agno_requirements import files
from readiness.checkers.agno_sites import STORES, absent

_MENTIONS = re.compile(r"\bMigrationManager\b|/databases/[\w{}$./-]*migrate|/migrate\b.*agno")
_RUNS = (
    "*.py",
    "*.sh",
    "*.yml",
    "*.yaml",
    "Dockerfile*",
    "*.Dockerfile",
    "Makefile",
    "justfile",
    "Procfile*",
    "*.toml",
    "*.mk",
)


@checker("agno.migrations")
def migrations(program: Program, project: Project) -> Iterator[Finding]:
    """A release brings agno's tables to the schema of its agno."""
    sites = program.built(*SERVERS)
    if not sites:
        yield from absent(program, project, "nothing here builds agno's PostgresDb", STORES)
        return
    if (at := _mention(project)) is not None:
        yield ok("agno's tables are migrated here", at=at)
        return
    yield problem(
        "nothing here migrates agno's tables, which agno never does by itself: after an "
        "upgrade they are those of the old release",
        at=sites[0].at,
        hint="run `asyncio.run(MigrationManager(db).up())` (agno.db.migrations.manager) "
        "before each release",
    )


def _mention(project: Project) -> Place | None:
    """Where something that runs speaks of migrations of agno; a comment runs nothing."""
    for path in files(project, _RUNS):
        try:
            lines = project.lines(path)
        except Unreadable:
            continue
        for line in lines:
            if _MENTIONS.search(line.text.partition("#")[0]):
                return line.at
    return None
