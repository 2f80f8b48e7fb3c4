"""What the code tells its web frameworks: Django's names in capitals, arguments of calls."""

import ast
import re
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from readiness import Deployment, Environment, Program, Project, Reading, Search
from readiness.checkers.arguments import ASSIGNED, may_be_given
from readiness.checkers.scope import is_code, is_for
from readiness.checkers.trees import lines_with, parsed, tree_of
from readiness.checkers.web_configurations import told_by_configurations
from readiness.checkers.web_flask import told_to_flask
from readiness.checkers.web_layers import names_over
from readiness.checkers.web_reader import CodeReader
from readiness.checkers.web_said import Said
from readiness.checkers.web_told import with_evaluated
from readiness.checkers.web_words import CREDENTIALS, DJANGO, ORIGINS, assigned, is_read, tells

# Libraries are full of parameters called debug: what counts is an application, or the name itself.
_ALONE = re.compile(r"ALLOWED_HOSTS|CORS|allow_origins|\bDEBUG[\s\\)\]]*(?:[:=]|,[^\n(=]*=)")
_CALLED = re.compile(r"\b(?:FastAPI|Starlette|Litestar|Quart|run)[\s\\)]*\(")
# What the reading of the parsed file looks for, with all that may stand in between.
_NAMED = re.compile(
    rb"\b(?:DEBUG|ALLOWED_HOSTS|CORS_ALLOW_ALL_ORIGINS|CORS_ORIGIN_ALLOW_ALL"
    rb"|CORS_ALLOWED_ORIGINS)\b(?:[\s\\)\]\"']|#[^\n]*)*(?:[:=]|,[^\n(=]*=)"
    rb"|\b(?:allow_origins|origins|allow_origin_regex|supports_credentials|resources)" + ASSIGNED
)
_CALLS = re.compile(rb"\b(?:FastAPI|Starlette|Litestar|Quart|run)(?:[\s\\)\]\"']|#[^\n]*)*\(")
_ARGUMENT = re.compile(rb"\b(?:debug|reload)" + ASSIGNED)
_TELLING = re.compile("|".join({*ORIGINS, *CREDENTIALS, "debug", "reload", "resources"}))
"""An argument by which a call tells something, as `tells` asks for it."""
_FRAMEWORKS = re.compile(r"(?i)\b(?:django|flask|fastapi|starlette|uvicorn|quart|litestar)\b")

# What was said in an environment, for the several rules that ask; gone with its program.
_read: "WeakKeyDictionary[Program, tuple[Said, ...]]" = WeakKeyDictionary()


def settings_of(
    program: Program, deployment: Deployment, environment: Environment, project: Project
) -> Iterator[Said]:
    """Every setting of a web framework in the code that counts for the environment."""
    if program not in _read:
        _read[program] = tuple(_settings_of(program, deployment, environment, project))
    yield from _read[program]


def _settings_of(
    program: Program, deployment: Deployment, environment: Environment, project: Project
) -> Iterator[Said]:
    read = list(_read_of(program, deployment, environment, project))
    yield from with_evaluated(read, program, environment)
    yield from told_to_flask(program, environment)
    yield from told_by_configurations(program, environment, DJANGO)


def _read_of(
    program: Program, deployment: Deployment, environment: Environment, project: Project
) -> Iterator[Said]:
    paths = [path for path, says in project.noted(_SETTINGS).items()
             if says and is_for(path, environment.name)]  # fmt: skip
    for path in paths:
        tree = tree_of(project, path)
        if tree is not None:
            reader = CodeReader(path, program, lines_with(project, path, _TELLING))
            later = names_over(project, path, paths)
            yield from (one for one in reader.names(tree) if one.name not in later)
            yield from reader.calls(tree, main=_runs(path, deployment))


def untold(environment: Environment, project: Project) -> list[str]:
    """The files that may set something and are not read, or do not parse."""
    return [path for path, says in project.noted(_SETTINGS).items()
            if says == -1 and is_for(path, environment.name)]  # fmt: skip


def _says(project: Project, path: str) -> int:
    """Whether a file sets one of the names in any environment; -1 where that cannot be told."""
    text = project.text_if_any(path)
    if text is None or not _may_say(project, path, text):
        return -1 if text is None else 0
    tree = parsed(text)
    if tree is None:
        return -1
    return any(is_read(name) for name, _ in assigned(tree.body)) or any(
        isinstance(node, ast.Call) and tells(node) for node in ast.walk(tree)
    )


def _may_say(project: Project, path: str, text: str) -> bool:
    """Tell whether a file may be of an application and set one of the names."""
    if not (_ALONE.search(text) or _CALLED.search(text)):
        return False
    if not (_FRAMEWORKS.search(text) or "settings" in path):
        return False
    shown = project.searchable(path)
    return shown is None or bool(_NAMED.search(shown)) or may_be_given(shown, _CALLS, _ARGUMENT)


def _runs(path: str, deployment: Deployment) -> bool:
    """Tell whether the main block of a file may run: no command says that another one does."""
    starts = deployment.entry_points()
    return not starts or any(one.main and one.path in {path, None} for one in starts)


_SETTINGS = Reading(
    b"web settings",
    Search(rb"\bDEBUG\b|\bdebug\s*=|\breload\s*=|ALLOWED_HOSTS|CORS|allow_origins", among=is_code),
    is_code,
    _says,
)
