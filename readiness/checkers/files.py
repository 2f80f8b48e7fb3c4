"""Which files of settings and scripts are searched for passwords and secrets."""

import re

from readiness import Project, Unreadable
from readiness.checkers.scope import is_config

_CHECKLIST = re.compile(r"(?:\s*(?:#[^\n]*|---)?\n)*checklist:")


def is_searched(project: Project, path: str) -> bool:
    """Tell whether a file holds settings that count; a checklist's examples do not."""
    if not is_config(path):
        return False
    if not path.endswith((".yaml", ".yml")):
        return True
    try:
        return not _CHECKLIST.match(project.text(path))
    except Unreadable:
        return False
