"""Where gunicorn gets its number of workers from."""

from readiness.deployment.copied import is_left_out
from readiness.deployment.dockerfile import split
from readiness.deployment.facts import Workers
from readiness.deployment.inside import find, folder_of
from readiness.deployment.options import count, option
from readiness.deployment.reading import joined
from readiness.deployment.service import Command, Service
from readiness.project import Project

UNASKED = "gunicorn.conf.py"
"""The file that gunicorn reads in the folder that it starts in."""
ARGUMENTS = "GUNICORN_CMD_ARGS"
_COUNT = ("-w", "--workers")
_FILE = ("-c", "--config")


def decide(command: Command, service: Service, project: Project, weakest: Workers) -> Workers:
    """What decides where the command does not: a variable, then a file, then the ``weakest``.

    The file is the one that the command names, else the variable, else the unasked one.
    """
    given = service.variable(ARGUMENTS)
    if given is not None and given.state == "injected":
        return Workers(None, ARGUMENTS, given.at, "gunicorn")
    words = split(given.value.reveal()) if given is not None and given.value else ()
    if given is not None and (said := option(words, _COUNT)) is not None:
        return Workers(count(said), ARGUMENTS, given.at, "gunicorn")
    asked = option(command.words, _FILE) or option(words, _FILE)
    if asked:
        return _read(asked, _module(asked, project, service), command, weakest)
    if found := unasked(project, service):
        return _read(found, found if project.has(found) else None, command, weakest)
    return weakest


def configuration(command: Command, service: Service, project: Project) -> str | None:
    """The file or module of Python that a command of gunicorn reads, in the project."""
    decided = decide(command, service, project, Workers(None, "", None))
    return decided.setting.partition(":")[0] if decided.setting else None


def unasked(project: Project, service: Service) -> str | None:
    """The file that is read where none is named; one that is not there if that is not clear."""
    context = service.build.context if service.build else ""
    inside = [path for path in project.files(UNASKED)
              if not context or path.startswith(f"{context}/")]  # fmt: skip
    expected = joined(folder_of(project, service), UNASKED)
    inside = [path for path in inside if not is_left_out(project, service, path)]
    if expected in inside:
        return expected
    return f"perhaps {inside[0]}" if inside else None


def _module(asked: str, project: Project, service: Service) -> str | None:
    """What the program calls it: a module by its name, a file by its path."""
    kind, colon, rest = asked.partition(":")
    if colon and kind == "python":
        return rest
    path = rest if colon and kind == "file" else asked
    return find(project, service, path)


def _read(asked: str, module: str | None, command: Command, weakest: Workers) -> Workers:
    text = f"gunicorn reads {asked}"
    if module is None or "$" in asked:
        return Workers(None, text, command.at, "gunicorn")
    setting = f"{module}:workers"
    return Workers(None, text, command.at, "gunicorn", setting=setting, otherwise=weakest)
