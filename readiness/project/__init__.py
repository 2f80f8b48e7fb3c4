"""The files of the project, read once."""

from readiness.cache.bits import Note
from readiness.project.project import Line, Project, Unread, Unreadable
from readiness.project.reading import Reading
from readiness.project.search import Search

__all__ = ["Line", "Note", "Project", "Reading", "Search", "Unread", "Unreadable"]
