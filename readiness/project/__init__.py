"""The files of the project, read once."""

from readiness.project.project import Line, Project, Unread, Unreadable

__all__ = ["Line", "Project", "Unread", "Unreadable"]
