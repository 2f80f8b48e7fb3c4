"""The files of the project, read once."""

from readiness.project.project import Line, Project, Unread, Unreadable
from readiness.project.search import Search

__all__ = ["Line", "Project", "Search", "Unread", "Unreadable"]
