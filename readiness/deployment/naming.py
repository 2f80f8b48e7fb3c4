"""Which environment a file belongs to, by its name and its folders."""

import re
from pathlib import PurePosixPath
from typing import Literal

_GROUPS = (
    frozenset({"production", "prod", "prd", "live"}),
    frozenset({"staging", "stage", "stg", "preprod", "preproduction", "uat"}),
    frozenset({"development", "dev", "devel", "develop", "local"}),
    frozenset({"test", "testing", "tests", "ci", "e2e"}),
)
# Folders whose files are nobody's deployment.
_ASIDE = frozenset({
    "test", "tests", "testing", "example", "examples", "cookbook", "docs", "doc", "notebooks",
    ".venv", "node_modules", "fixtures", "vendor", "third_party", ".devcontainer", "samples",
    "testdata",
})  # fmt: skip

Belonging = Literal["this", "other", "any"]


def aliases(environment: str) -> frozenset[str]:
    """The words that name an environment: its own name, and the usual short forms."""
    name = environment.lower()
    return next((group for group in _GROUPS if name in group), frozenset()) | {name}


def belongs(path: str, environment: str) -> Belonging:
    """Tell whether a file is of this environment, of another one, or of any.

    The file's own name counts before its folders, an inner folder before an outer one.
    """
    this = aliases(environment)
    others = frozenset().union(*_GROUPS) - this
    file, *folders = reversed(PurePosixPath(path).parts)
    words = {word.lower() for word in re.split(r"[._-]+", file) if word}
    for candidates in (words, *({folder.lower()} for folder in folders)):
        if candidates & this:
            return "this"
        if candidates & others:
            return "other"
    return "any"


def is_aside(path: str) -> bool:
    """Tell whether a file lies in a folder of tests, examples or documentation."""
    return any(_is_aside_folder(part.lower()) for part in PurePosixPath(path).parts[:-1])


def _is_aside_folder(name: str) -> bool:
    pieces = re.split(r"[_-]", name)
    return name in _ASIDE or bool({pieces[0], pieces[-1]} & {"test", "tests", "testing"})
