"""Whether an image is built with a file of the project, as far as its Dockerfile tells."""

import json
import posixpath
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from readiness.deployment.dockerfile import split
from readiness.deployment.reading import joined
from readiness.deployment.service import Service
from readiness.document.dockerfile import Instruction
from readiness.document.node import Malformed
from readiness.project import Project, Unreadable

# Ways in which files come into an image beside those that the Dockerfile copies.
_OTHERWISE = re.compile(r"--mount=|\bgit\s+clone\b|\bcurl\b|\bwget\b|<<")


def is_left_out(project: Project, service: Service, path: str) -> bool:
    """Whether no instruction copies a file into the image, and nothing else may bring it."""
    build = service.build
    if build is None or build.dockerfile is None or service.volumes:
        return False
    try:
        stages = project.dockerfile(build.dockerfile).stages
    except (Malformed, Unreadable):
        return False
    every = [one for stage in stages for one in stage.instructions]
    if any(one.name == "RUN" and _OTHERWISE.search(one.value) for one in every):
        return False
    copies = [one for one in every if one.name in {"COPY", "ADD"}]
    return bool(copies) and not any(_takes(one, build.context, path) for one in copies)


def _takes(one: Instruction, context: str, path: str) -> bool:
    if any(sign in one.value for sign in ("$", "<<", "://")):
        return True
    return any(
        _covers(joined(context, source.lstrip("/")), path) for source in _sources(one.value)
    )


def _covers(source: str, path: str) -> bool:
    above = [path, *(path[:n] for n, letter in enumerate(path) if letter == "/")]
    return source in {"", "."} or any(fnmatchcase(each, source) for each in above)


def _sources(value: str) -> Iterator[str]:
    """What a copy takes from the context; nothing where it is of another stage."""
    words = list(split(value))
    while words and words[0].startswith("--"):
        if words.pop(0).startswith("--from"):
            return
    if words and words[0].startswith("["):
        try:
            words = json.loads(value[value.index("[") :])
        except ValueError:
            words = ["."]
    yield from (posixpath.normpath(one) for one in words[:-1])
