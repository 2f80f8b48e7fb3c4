"""What a report was made from, where that is known to the last file."""

import os
from collections.abc import Iterator
from pathlib import Path

from readiness.cache.reports import Inputs
from readiness.checker.registry import OURS, Registry
from readiness.database import Guess, Query
from readiness.engine.gather import Gathering
from readiness.project.files import configuration_of_git


def inputs_of(gathering: Gathering, registry: Registry) -> Inputs | None:
    """The inputs of a report that may be given again; None where it depends on more.

    More is a server, a command, the time of day, a secret that was given, a plug-in.
    """
    if not gathering.made("project") or not _is_of_files_only(gathering, registry):
        return None
    seen = gathering.project.inputs
    if seen is None:
        return None
    return seen.told(_others(gathering), gathering.project.sight())


def _is_of_files_only(gathering: Gathering, registry: Registry) -> bool:
    request = gathering.request
    checkers = [item.bound.checker for item in gathering.items if item.bound is not None]
    return (
        request.cached
        and not request.variables
        and not request.allow_commands
        and gathering.asked_database in {None, "none"}
        and all(isinstance(question, Query | Guess) for question in gathering.questions)
        and all(checker.distribution == OURS for checker in checkers)
        and not registry.broken
        and not gathering.times
    )


def _others(gathering: Gathering) -> Iterator[str]:
    bases = (Path.cwd(), gathering.settings.base)
    for checklist in gathering.checklists:
        yield from (os.path.join(base, one) for base in bases for one in checklist.sources)  # noqa: PTH118 - a text
    yield from configuration_of_git(gathering.request.folder)
