"""Which environment a file belongs to, by its name and its folders."""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Literal

_GROUPS = (
    frozenset({"production", "prod", "prd", "live"}),
    frozenset({"staging", "stage", "stg", "preprod", "preproduction", "uat"}),
    frozenset({"development", "dev", "devel", "develop", "local"}),
    frozenset({"test", "testing", "tests", "ci", "e2e"}),
)
# What else a compose file or a profile is called that no user is served by.
_AT_WORK = frozenset({
    "debug", "debugger", "devcontainer", "watch", "hotreload", "sandbox", "localhost",
    "integration", "bench", "benchmark", "benchmarks", "loadtest", "qa", "acceptance",
    "preview", "review", "playground",
})  # fmt: skip
_PATTERNS = frozenset({
    "example", "examples", "sample", "template", "tmpl", "tpl", "dist", "demo", "jinja", "jinja2",
    "j2", "erb", "mustache",
})  # fmt: skip
# Folders whose files are nobody's deployment.
_ASIDE = frozenset({
    "test", "tests", "testing", "example", "examples", "cookbook", "docs", "doc", "notebooks",
    ".venv", "node_modules", "fixtures", "vendor", "third_party", ".devcontainer", "samples",
    "molecule", "testdata", "test_fixtures", "pytest_fixtures", "test_utils", "test_helpers",
})  # fmt: skip
# Words beside the name of an environment in a folder's name: ``k8s-prod``, ``env_staging``.
_PLACES = frozenset({
    "env", "envs", "environment", "k8s", "kube", "kubernetes", "cluster", "deploy", "deployment",
    "infra", "compose", "docker", "overlay", "server", "terraform", "tf", "config", "helm",
    "stack", "aws", "gcp", "azure", "eu", "us",
})  # fmt: skip

Belonging = Literal["this", "other", "any"]


def aliases(environment: str) -> frozenset[str]:
    """The words that name an environment: its own name, and the usual short forms."""
    name = environment.lower()
    return next((group for group in _GROUPS if name in group), frozenset()) | {name}


def other_names(environment: str) -> frozenset[str]:
    """The usual words that name other environments."""
    return frozenset[str]().union(*_GROUPS) - aliases(environment)


def belongs(path: str, environment: str) -> Belonging:
    """Tell whether a file is of this environment, of another one, or of any.

    The file's own name counts before its folders, an inner folder before an outer one.
    """
    this = aliases(environment)
    others = other_names(environment)
    file, *folders = reversed(PurePosixPath(path).parts or ("",))
    for candidates in (_words(file), *(_folder_words(folder) for folder in folders)):
        if candidates & this:
            return "this"
        if candidates & others:
            return "other"
    return "any"


def is_for_work(name: str, environment: str) -> bool:
    """Tell whether a compose file or a profile is one of those that developers start."""
    words = _words(name)
    return not words & aliases(environment) and bool(words & _AT_WORK)


def is_pattern(name: str, environment: str) -> bool:
    """Tell whether a file's name says that it is to be copied and filled in."""
    words = _words(name)
    return not words & aliases(environment) and bool(words & _PATTERNS)


def is_aside(path: str) -> bool:
    """Tell whether a file lies in a folder of tests, examples or documentation."""
    return any(_is_aside_folder(part.lower()) for part in PurePosixPath(path).parts[:-1])


def env_files(paths: Iterable[str], names: Iterable[str]) -> Iterator[str]:
    """The files of variables that are named after an environment, or whose folder is.

    ``.env.prod``, ``prod.env``, ``.prod.env``, ``.env-prod``, ``env.prod``, ``prod/.env``.
    """
    names = frozenset(names)
    for path in paths:
        file, *folders = reversed(PurePosixPath(path.lower()).parts)
        plain = re.sub(r"\A\.?env[._-]|\.env\Z", "", file).strip(".")
        folder = folders[0].strip(".") if folders else ""
        by_folder = file in {".env", "env"} and folder in names
        if (by_folder or (plain != file and plain in names)) and not is_aside(path):
            yield path


def _words(name: str) -> frozenset[str]:
    """The words of a name; ``eu-west`` is one too, and its parts are."""
    parts = (*re.split(r"[._-]+", name), *name.split("."))
    return frozenset(word.lower() for word in parts if word)


def _folder_words(name: str) -> frozenset[str]:
    """What a folder's name says: itself, or its parts where they are of places only."""
    words = frozenset(re.split(r"[._-]+", name.lower().strip(".")))
    known = frozenset().union(*_GROUPS)
    whole = frozenset({name.lower().strip(".")})
    return words | whole if words - known <= _PLACES else whole


def _is_aside_folder(name: str) -> bool:
    pieces = re.split(r"[_-]", name)
    # A folder that a generator of projects gives its name: ``{{cookiecutter.slug}}``.
    return (
        name in _ASIDE
        or "{{" in name
        or bool({pieces[0], pieces[-1]} & {"test", "tests", "testing"})
    )
