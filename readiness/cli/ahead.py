"""What is begun before most of this program is loaded."""

import os
from collections.abc import Mapping, Sequence

from readiness.cache.reports import is_known
from readiness.project.early import Early

TYPE_CHECKING = False  # as type checkers know it; importing `typing` takes time
if TYPE_CHECKING:
    from typing import Any


def begin(arguments: Sequence[str], options: "Mapping[str, Any]") -> Early | None:
    """Walk through the project and have it searched; None where few would ask for that."""
    if "only" in options or is_known(arguments):
        return None
    project = os.path.realpath(options["project"])
    folder = project if os.path.isdir(project) else os.path.dirname(project)  # noqa: PTH112, PTH120 - pathlib takes long
    return Early(folder)
