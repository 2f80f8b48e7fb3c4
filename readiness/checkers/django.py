"""Django's `DATABASES`, as far as they are written out; nothing here evaluates settings."""

from collections.abc import Iterator

from readiness import Place, Project, Unreadable
from readiness.checkers.connections import Connection
from readiness.checkers.literal import Literal
from readiness.checkers.literals import literals
from readiness.checkers.scope import is_for

_ENGINE = "django.db.backends.postgresql"


def databases(project: Project, environment: str) -> Iterator[Connection]:
    """The PostgreSQL databases of the settings, each with its sslmode where it is a literal."""
    found = [one for one in literals(project) if one.within[:1] == ("DATABASES",)]
    for one in found:
        if one.name == "ENGINE" and one.text.startswith(_ENGINE):
            own = [other for other in found if _is_beside(other, one)]
            if is_for(one.at.path, environment):
                yield _connection(one, own, project)


def _is_beside(other: Literal, engine: Literal) -> bool:
    """Tell whether a literal belongs to the same database as its `ENGINE`."""
    return other.at.path == engine.at.path and other.within[:-1][:2] == engine.within[:-1][:2]


def _connection(engine: Literal, own: list[Literal], project: Project) -> Connection:
    name = "the database of Django"
    host = next((one.text for one in own if one.name == "HOST"), "")
    mode = next((one for one in own if one.name == "sslmode"), None)
    if mode is not None:
        return Connection(name, mode.at, host, mode.text.lower())
    if _mentions(project, engine.at):
        return Connection(name, engine.at, host, None, "its sslmode is computed")
    return Connection(name, engine.at, host, "prefer", default=True)


def _mentions(project: Project, at: Place) -> bool:
    """Tell whether the file speaks of TLS in any other way."""
    try:
        text = project.text(at.path).lower()
    except Unreadable:
        return True
    return "sslmode" in text or "ssl_require" in text
