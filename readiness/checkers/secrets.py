"""Checkers that look for secrets written into the repository."""

import re
from collections.abc import Iterator

from msgspec import Struct, field

from readiness import (
    Deployment,
    Environment,
    Finding,
    NotApplicable,
    Place,
    Project,
    checker,
    counted,
    ok,
    problem,
    undecided,
)
from readiness.checkers.assignments import assigned
from readiness.checkers.files import is_searched
from readiness.checkers.ignored import Ignored, is_env_file
from readiness.checkers.key_lines import in_comments, in_lines, in_notes
from readiness.checkers.literals import literals, numbers_of_texts
from readiness.checkers.mounted import held
from readiness.checkers.scope import (
    is_code,
    is_for,
    is_notebook,
    is_pipeline,
    is_plain_text,
    is_template,
)
from readiness.checkers.secret_values import in_code, in_settings, mounted_as, signs
from readiness.checkers.understood import unread

_SPEAKS = re.compile(rb"(?i)passw|pwd|secret|token|api_?key|://[^\s/]*@")
_TO_ENVIRONMENT = (
    "read it from an environment variable that the platform supplies, and change the secret: "
    "whoever has the repository has it"
)


class _Search(Struct):
    """What was searched so far, for the sentence of a pass."""

    files: set[str] = field(default_factory=set)
    texts: int = 0
    found: int = 0


@checker("secrets.hardcoded")
def hardcoded(
    project: Project,
    environment: Environment,
    deployment: Deployment,
    *,
    allow: list[str] | None = None,
) -> Iterator[Finding]:
    """No secret stands in code or in committed configuration.

    ``allow`` are globs of files to leave out. Tests, documentation, notebooks and templates
    do not count, but for keys whose issuer is plain; an env file counts unless git ignores it.
    """
    left_out = frozenset(project.files(*allow)) if allow else frozenset()
    search = _Search()
    for finding in (
        *_in_code(project, environment, left_out, search),
        *_in_files(project, environment, left_out, search),
        *_in_mounted(deployment, project, left_out, search),
    ):
        search.found += 1
        yield finding
    if not search.files:
        raise NotApplicable("there is no code and no configuration to search")
    unknown = [*unread(project, _SPEAKS, "secrets")]
    yield from unknown
    if not (search.found or unknown):
        yield ok(
            f"no secret in {counted(len(search.files), 'file')}, of which "
            f"{counted(search.texts, 'text was', 'texts were')} judged",
            data={"files": len(search.files), "texts": search.texts},
        )


def _in_code(
    project: Project, environment: Environment, left_out: frozenset[str], search: _Search
) -> Iterator[Finding]:
    """The texts of the code, and the keys in its comments that are none of these."""
    search.files |= {path for path in project.paths if is_code(path)} - left_out
    search.texts += sum(n for path, n in numbers_of_texts(project).items() if path not in left_out)
    seen: set[Place] = set()
    for literal in literals(project):
        if literal.at.path not in left_out:
            if what := in_code(literal):
                seen.add(Place(literal.at.path, literal.at.line))
                yield _written(what, literal.at)
            elif signs(literal, environment):
                yield _written(f"{literal.name} is a placeholder that works as a key", literal.at)
    for shape, at in in_comments(project, left_out):
        if Place(at.path, at.line) not in seen:
            yield _written(f"there is {shape} in a comment", at)


def _in_files(
    project: Project, environment: Environment, left_out: frozenset[str], search: _Search
) -> Iterator[Finding]:
    """Files of settings line by line; of templates and notes only keys of a known shape."""
    ignored = Ignored(project)
    for path in project.paths:
        if not is_searched(project, path) or path in left_out:
            continue
        search.files.add(path)
        if is_template(path):
            yield from (_of_shape(shape, at, ignored) for shape, at in in_lines(project, path))
        else:
            yield from _in_file(project, path, environment.name, ignored, search)
    for path in filter(is_notebook, project.paths):
        if path not in left_out:
            search.files.add(path)
            yield from (_of_shape(shape, at, ignored) for shape, at in in_lines(project, path))
    for path in filter(is_plain_text, project.paths):
        if path not in left_out:
            yield from (_of_shape(shape, at, ignored) for shape, at in in_notes(project, path))


def _of_shape(shape: str, at: Place, ignored: Ignored) -> Finding:
    if ignored.keeps_out(at.path):
        return ok(f"there is {shape}, in a file that git ignores", at=at)
    return _written(f"there is {shape}", at)


def _in_file(
    project: Project, path: str, environment: str, ignored: Ignored, search: _Search
) -> Iterator[Finding]:
    seen: set[Place] = set()
    for shape, at in in_lines(project, path):
        seen.add(at)
        yield _judged(f"there is {shape}", at, ignored)
    here = is_for(path, environment) and not is_pipeline(path)
    every = assigned(project, path)
    search.texts += every.count
    for one in every.telling:
        deployed = here and is_for(one.section, environment)
        if one.at not in seen and (what := in_settings(one, deployed=deployed)):
            seen.add(one.at)
            yield _judged(what, one.at, ignored)


def _in_mounted(
    deployment: Deployment, project: Project, left_out: frozenset[str], search: _Search
) -> Iterator[Finding]:
    """The files that Compose mounts as secrets, if they are in the repository."""
    ignored = Ignored(project)
    for one in held(deployment, project):
        # Files of settings were searched line by line already.
        if not one.in_file or one.at.path in left_out or is_searched(project, one.at.path):
            continue
        search.files.add(one.at.path)
        search.texts += 1
        if (what := mounted_as(one)) is None:
            continue
        if ignored.keeps_out(one.at.path):
            yield ok(f"{what}, in a file that git ignores", at=one.at)
        else:
            yield _written(what, one.at)


def _judged(what: str, at: Place, ignored: Ignored) -> Finding:
    """A secret in a file: an env file is where it belongs, if the file stays out of git."""
    if not is_env_file(at.path) or (kept := ignored.keeps_out(at.path)) is False:
        return _written(what, at)
    if kept:
        return ok(f"{what}, in a file that git ignores", at=at)
    return undecided(
        f"{what}, and nothing tells whether the file is committed",
        at=at,
        hint=f"list {at.path} in .gitignore, or write references such as ${{NAME}} in it",
    )


def _written(what: str, at: Place) -> Finding:
    return problem(
        f"{what}, written out here; a secret comes from outside of the repository",
        at=at,
        hint=_TO_ENVIRONMENT,
    )
