"""What the repository says of schema versions: migrations, and the release of agno."""

import ast
import re
from collections.abc import Iterator

from msgspec import Struct

from readiness import Place, Project, Unreadable
from readiness.checkers.scope import is_aside

AGNO_SCHEMAS = ("2.0.0", "2.3.0", "2.5.0", "2.5.6", "3.0.0")
"""The schema versions of agno, as its MigrationManager has them; seen in agno 3.1.10."""

_REQUIREMENTS = ("uv.lock", "poetry.lock", "requirements*.txt", "constraints*.txt")
_LOCKED = re.compile(r'name = "agno"\s+version = "([0-9.]+)"')
_NUMBERED = re.compile(r"[^/]/migrations/[0-9]{4}_\w+\.py\Z")
_PINNED = re.compile(r"^agno(?:\[[^\]]*\])?\s*={2,3}\s*([0-9.]+)", re.MULTILINE)


class Revision(Struct, frozen=True):
    """One migration of alembic and those that it follows."""

    name: str
    follows: tuple[str, ...]
    at: Place


def revisions(project: Project) -> tuple[Revision, ...]:
    """The migrations of alembic in the project; raises `Unreadable` or `SyntaxError`."""
    found: list[Revision] = []
    for path in project.files("**/versions/*.py", "versions/*.py"):
        if not is_aside(path):
            found += _revision(path, project.text(path))
    return tuple(found)


def heads(found: tuple[Revision, ...]) -> tuple[Revision, ...]:
    """The migrations that no other one follows."""
    followed = {name for revision in found for name in revision.follows}
    return tuple(revision for revision in found if revision.name not in followed)


def agno_schema(project: Project) -> str | None:
    """The schema version that the pinned release of agno wants; None where none is pinned."""
    releases = {
        release for path in project.files(*_REQUIREMENTS) for release in _pins(project, path)
    }
    if len(releases) != 1:
        return None
    release = version_of(releases.pop())
    wanted = [schema for schema in AGNO_SCHEMAS if version_of(schema) <= release]
    return wanted[-1] if wanted else None


def version_of(text: str) -> tuple[int, ...]:
    """A version as numbers that can be compared; what is no number counts as 0."""
    return tuple(int(part) if part.isdigit() else 0 for part in text.strip(".").split("."))


class Migration(Struct, frozen=True):
    """One migration of a Django application; one that ``squashes`` stands for older ones."""

    app: str
    name: str
    path: str
    squashes: bool


def django_migrations(project: Project) -> tuple[Migration, ...]:
    """The migrations of the applications in the repository, where it is a Django project."""
    if not project.files("manage.py"):
        return ()
    paths = project.files("**/migrations/*.py")
    numbered = [path for path in paths if _NUMBERED.search(path) and not is_aside(path)]
    return tuple(_migration(project, path) for path in numbered)


def _migration(project: Project, path: str) -> Migration:
    *above, _, name = path.split("/")
    try:
        squashes = "replaces" in project.text(path)
    except Unreadable:
        squashes = False
    return Migration(above[-1] if above else "", name.removesuffix(".py"), path, squashes)


def _pins(project: Project, path: str) -> Iterator[str]:
    try:
        text = project.text(path)
    except Unreadable:
        return
    yield from _LOCKED.findall(text)
    yield from _PINNED.findall(text)


def _revision(path: str, text: str) -> Iterator[Revision]:
    values: dict[str, object] = {}
    line = 1
    for node in ast.parse(text).body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign) and node.value:
            targets = [node.target]
        for target in targets:
            if isinstance(target, ast.Name) and target.id in {"revision", "down_revision"}:
                values[target.id] = _literal(node)
                line = node.lineno if target.id == "revision" else line
    name = values.get("revision")
    if isinstance(name, str) and "down_revision" in values:
        yield Revision(name, _names(values["down_revision"]), Place(path, line))


def _literal(node: ast.stmt) -> object:
    value = getattr(node, "value", None)
    try:
        return ast.literal_eval(value) if isinstance(value, ast.expr) else None
    except (ValueError, TypeError, MemoryError, RecursionError):
        return None


def _names(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, tuple | list):
        return tuple(one for one in value if isinstance(one, str))
    return ()
