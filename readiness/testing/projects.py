"""Projects in memory."""

from collections.abc import Mapping

from readiness.project import Project


def project(
    files: Mapping[str, str | bytes] | None = None, /, *, commit: str | None = None
) -> Project:
    """Make a project of texts by path, at a commit; nothing touches the disk."""
    contents = {
        path: text.encode() if isinstance(text, str) else text
        for path, text in (files or {}).items()
    }
    return Project(contents, commit=commit)
