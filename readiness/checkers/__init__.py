"""The checkers that come with the program, one file per subject."""

from readiness.checkers import (
    checklist,
    command,
    evidence,
    file,
    http,
    result,
    sql,
    text,
    variable,
)

__all__ = [
    "checklist",
    "command",
    "evidence",
    "file",
    "http",
    "result",
    "sql",
    "text",
    "variable",
]
