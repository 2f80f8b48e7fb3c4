"""Which files of settings and scripts are searched for passwords and secrets."""

import re

from readiness import Project, Unreadable
from readiness.checkers.scope import is_config

_CHECKLIST = re.compile(r"(?:\s*(?:#[^\n]*|---)?\n)*checklist:")


_SCRIPTS = (".js", ".ts")
# Nobody writes such a line: a tool packed the file, with all the texts of the user interface.
_PACKED = re.compile(rb"[^\n]{1000}")


def is_searched(project: Project, path: str) -> bool:
    """Tell whether a file holds settings that count; a checklist's examples do not.

    Nor do scripts for browsers that a tool has packed: what is secret stands in the sources.
    """
    if not is_config(path):
        return False
    try:
        if path.endswith(_SCRIPTS):
            return not _PACKED.search(project.read(path))
        return not (path.endswith((".yaml", ".yml")) and _CHECKLIST.match(project.text(path)))
    except Unreadable:
        return not path.endswith((".yaml", ".yml", *_SCRIPTS))
