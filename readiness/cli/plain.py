"""The options of a plain `check`, read at once: the library for command lines takes 0.1 s to load.

Whatever is unusual here, wrong or asks for help is left to that library.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from readiness.model.outcome import Severity

_ONE = {"-e": "environment", "--environment": "environment", "--database": "database",
        "--pooler": "pooler", "--fail-on": "fail_on"}  # fmt: skip
_MANY = {"-c": "checklist", "--checklist": "checklist", "--set": "set_", "--unset": "unset",
         "--injected": "injected", "--env-file": "env_file", "--only": "only", "--skip": "skip",
         "--report": "report"}  # fmt: skip
_FLAGS = {"-q": "quiet", "--quiet": "quiet", "--no-cache": "no_cache", "--debug": "debug",
          "--allow-commands": "allow_commands"}  # fmt: skip
_COMPLETION = "_READINESS_COMPLETE"


def options_of(arguments: Sequence[str]) -> dict[str, Any] | None:
    """What the arguments of `check` say, by the names of its parameters; None if not plain."""
    if _COMPLETION in os.environ:
        return None
    found: dict[str, Any] = {}
    rest = iter(arguments)
    for word in rest:
        if not _take(word, rest, found):
            return None
    return _typed(found)


def _take(word: str, rest: Any, found: dict[str, Any]) -> bool:
    """Take one argument, with its value; False where it is none of the plain ones."""
    if word in _FLAGS:
        found[_FLAGS[word]] = True
        return True
    if not word.startswith("-"):
        is_first = bool(word) and "project" not in found
        found["project"] = word
        return is_first
    option, given, value = word.partition("=")
    if given and not option.startswith("--"):
        return False
    said = value if given else next(rest, "")
    if not said or said.startswith("-"):
        return False
    if option in _ONE:
        found[_ONE[option]] = said
    elif option in _MANY:
        found.setdefault(_MANY[option], []).append(said)
    else:
        return False
    return True


def _typed(found: dict[str, Any]) -> dict[str, Any] | None:
    """The same, with paths and the severity as such."""
    found["project"] = Path(found.get("project", ""))
    if "env_file" in found:
        found["env_file"] = [Path(path) for path in found["env_file"]]
    if "fail_on" in found:
        if found["fail_on"] not in {one.value for one in Severity}:
            return None
        found["fail_on"] = Severity(found["fail_on"])
    return found
