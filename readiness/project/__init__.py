"""The files of the project, read once."""

TYPE_CHECKING = False  # as type checkers know it: a file of this may be loaded where little is
if TYPE_CHECKING:
    from typing import Any

    from readiness.cache.bits import Note
    from readiness.project.project import Line, Project, Unread, Unreadable
    from readiness.project.reading import Reading
    from readiness.project.search import Search

__all__ = ["Line", "Note", "Project", "Reading", "Search", "Unread", "Unreadable"]

_HOMES = {"Note": "cache.bits", "Reading": "project.reading", "Search": "project.search"}


def __getattr__(name: str) -> "Any":
    """Load a name from where it lives, when it is first asked for."""
    from importlib import import_module  # noqa: PLC0415 - as above

    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = _HOMES.get(name, "project.project")
    value = globals()[name] = getattr(import_module(f"readiness.{home}"), name)
    return value
