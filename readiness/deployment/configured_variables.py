"""Variables that the configuration files of gunicorn and uWSGI give to the application."""

import ast
import posixpath
import re

from readiness.deployment.gunicorn import configuration
from readiness.deployment.inside import find
from readiness.deployment.service import Command, Service
from readiness.project import Project

_ENV = re.compile(r"\s*env\s*=\s*(?P<name>[A-Za-z_]\w*)=(?P<value>.*?)\s*\Z")
Pairs = tuple[tuple[str, str], ...]


def configured(project: Project, service: Service, command: Command) -> Pairs:
    """What the file of a server sets for the application that it loads."""
    program = posixpath.basename(command.words[0])
    if program == "uwsgi":
        return _of_uwsgi(project, service, command)
    if program == "gunicorn":
        path = configuration(Command(command.words[1:], command.at), service, project)
        return _of_gunicorn(project, path) if path and path.endswith(".py") else ()
    return ()


def _of_uwsgi(project: Project, service: Service, command: Command) -> Pairs:
    files = [find(project, service, word.rpartition("=")[2]) for word in command.words
             if word.endswith(".ini")]  # fmt: skip
    texts = [project.text_if_any(path) or "" for path in files if path]
    found = (_ENV.match(line) for text in texts for line in text.splitlines())
    return tuple((one["name"], one["value"]) for one in found if one)


def _of_gunicorn(project: Project, path: str) -> Pairs:
    """The texts of ``raw_env``, where the module writes it out."""
    try:
        tree = ast.parse(project.text_if_any(path) or "")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    assigned = [one for one in tree.body if isinstance(one, ast.Assign)]
    values = [one.value for one in assigned
              if "raw_env" in {getattr(target, "id", "") for target in one.targets}]  # fmt: skip
    last = values[-1] if values else None
    texts = [getattr(one, "value", None) for one in last.elts] if isinstance(
        last, ast.List | ast.Tuple) else []  # fmt: skip
    parted = [one.partition("=") for one in texts if isinstance(one, str)]
    return tuple((name, value) for name, equals, value in parted if equals)
