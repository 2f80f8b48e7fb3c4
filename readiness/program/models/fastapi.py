"""FastAPI's dependencies: functions that each request calls for its arguments."""

from readiness.program.models.table import LibraryClass, Table

DEPENDS = "fastapi.Depends"
TABLE = Table(
    classes={DEPENDS: LibraryClass(("dependency",))},
    aliases={"fastapi.params.Depends": DEPENDS, "fastapi.Security": DEPENDS},
)
