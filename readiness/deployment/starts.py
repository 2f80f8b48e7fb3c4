"""What of this project the processes of a deployment start: scripts and modules."""

import posixpath
import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from readiness.deployment import inline
from readiness.deployment.facts import EntryPoint
from readiness.deployment.gunicorn import configuration
from readiness.deployment.inside import find
from readiness.deployment.scripts import TARGET, script_called, scripts_of
from readiness.deployment.service import Command, Service
from readiness.project import Project

_SERVERS = frozenset({"uvicorn", "gunicorn", "hypercorn", "daphne", "granian", "waitress-serve",
                      "uwsgi", "ddtrace-run"})  # fmt: skip
_MODULE = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\Z")
_PYTHON = re.compile(r"(?:python|pypy)[0-9.]*\Z")
_VALUED = frozenset({"-W", "-X", "-Q"})


def entry_points(project: Project, services: tuple[Service, ...]) -> Iterator[EntryPoint]:
    """What each service starts, then the commands that an installation of the project makes."""
    for service in services:
        folder = service.build.context if service.build else ""
        for command in service.processes:
            for one in _entries(project, service, command):
                yield replace(one, folder=folder)
    yield from scripts_of(project, "").values()


def _entries(project: Project, service: Service, command: Command) -> Iterator[EntryPoint]:
    program = posixpath.basename(command.words[0])
    rest = command.words[1:]
    if _PYTHON.match(program):
        yield from _python(project, service, command, rest)
    elif program in _SERVERS:
        yield from _configuration(project, service, command, program)
        yield from _served(service, command, rest)
    elif program in {"celery", "dramatiq", "rq", "arq", "taskiq", "huey_consumer"}:
        yield from _workers(project, service, command, rest)
    elif program in {"fastapi", "streamlit", "flask", "chainlit"}:
        yield from _framework(project, service, command, rest)
    elif program.endswith(".py"):
        yield from _main(_script(project, service, command, command.words[0]), rest)
    else:
        yield from _installed(project, service, command, rest)


def _installed(
    project: Project, service: Service, command: Command, words: tuple[str, ...]
) -> Iterator[EntryPoint]:
    """A command that the installation of this project makes: ``concierge --workers 4``."""
    folder = service.build.context if service.build else ""
    name = posixpath.basename(command.words[0])
    found = script_called(project, folder, name)
    if found is not None:
        yield replace(found, at=command.at, service=service.name, arguments=_whole(words))


def _python(
    project: Project, service: Service, command: Command, words: tuple[str, ...]
) -> Iterator[EntryPoint]:
    words = _plain(words)
    if words[:1] == ("-m",) and len(words) > 1:
        module, rest = words[1], words[2:]
        if module.split(".")[0] in _SERVERS:
            yield from _configuration(project, service, Command(rest, command.at), module)
            yield from _served(service, command, rest)
        elif module in {"celery", "dramatiq", "flask", "fastapi", "streamlit"}:
            yield from _entries(project, service, Command(words[1:], command.at))
        elif module == "fire" and rest and _MODULE.match(rest[0]):
            yield EntryPoint(command.at, service.name, module=rest[0],
                             attribute=next(iter(rest[1:]), None))  # fmt: skip
        elif _MODULE.match(module):
            yield EntryPoint(command.at, service.name, module=module, main=True,
                             arguments=_whole(rest))  # fmt: skip
    elif words[:1] == ("-c",) and len(words) > 1:
        for module, name, call in inline.calls(words[1]):
            yield EntryPoint(command.at, service.name, module=module, attribute=name, call=call)
    elif words and not words[0].startswith("-"):
        yield from _main(_script(project, service, command, words[0]), words[1:])


def _main(
    scripts: Iterable[EntryPoint], words: tuple[str, ...] | None = None
) -> Iterator[EntryPoint]:
    """Scripts that run as ``__main__``, with the words that follow them."""
    yield from (replace(one, main=True, arguments=_whole(words)) for one in scripts)


def _whole(words: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """The words of a command line, unless the shell or the platform fills some of them in."""
    return None if words is None or any("$" in word for word in words) else words


def _plain(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words after the interpreter's own options (``-u``, ``-X dev``)."""
    while words and words[0].startswith("-") and words[0] not in {"-m", "-c"}:
        words = words[2:] if words[0] in _VALUED else words[1:]
    return words


def _script(
    project: Project, service: Service, command: Command, word: str
) -> Iterator[EntryPoint]:
    found = find(project, service, word)
    if found:
        yield EntryPoint(command.at, service.name, path=found)


def _configuration(
    project: Project, service: Service, command: Command, program: str
) -> Iterator[EntryPoint]:
    """The Python that gunicorn reads before it imports the application."""
    named = configuration(command, service, project) if program == "gunicorn" else None
    if named and named.endswith(".py"):
        yield EntryPoint(command.at, service.name, path=named)
    elif named:
        yield EntryPoint(command.at, service.name, module=named)


def _served(service: Service, command: Command, words: tuple[str, ...]) -> Iterator[EntryPoint]:
    for word in words:
        if (found := TARGET.match(word)) and "://" not in word:
            yield EntryPoint(command.at, service.name, module=found["module"],
                             attribute=found["attribute"], call=found["call"] or "")  # fmt: skip
            return
    last = words[-1] if words else ""
    if last and _MODULE.match(last) and not _is_value(words):
        yield EntryPoint(command.at, service.name, module=last)


def _is_value(words: tuple[str, ...]) -> bool:
    """Tell whether the last word is the value of the option before it."""
    return len(words) > 1 and words[-2].startswith("-") and "=" not in words[-2]


def _workers(
    project: Project, service: Service, command: Command, words: tuple[str, ...]
) -> Iterator[EntryPoint]:
    for n, word in enumerate(words):
        name = words[n + 1] if word in {"-A", "--app"} and n + 1 < len(words) else None
        name = name or (word.partition("=")[2] if word.startswith("--app=") else None)
        if (
            name is None
            and not word.startswith("-")
            and command.words[0].endswith(("dramatiq", "arq"))
        ):
            name = word
        if name:
            module, _, attribute = name.partition(":")
            attribute, bracket, call = attribute.partition("(")
            if not attribute and command.words[0].endswith("celery"):
                module = _of_celery(project, service, module)
            yield EntryPoint(command.at, service.name, module=module, attribute=attribute or None,
                             call=bracket + call)  # fmt: skip
            return


def _of_celery(project: Project, service: Service, name: str) -> str:
    """The module in which celery finds its application by a name (celery.app.utils.find_app).

    Of a package it is the one called celery; the last word may be the application itself.
    """
    folder = f"{service.build.context}/".removeprefix("./") if service.build else ""

    def is_there(module: str, rest: str) -> bool:
        path = f"{module.replace('.', '/')}{rest}"
        return any(project.has(f"{before}{path}") for before in ("", "src/", folder))

    before = name.rpartition(".")[0]
    if is_there(name, "/celery.py"):
        return f"{name}.celery"
    if before and not is_there(name, ".py") and is_there(before, ".py"):
        return before
    return name


def _framework(
    project: Project, service: Service, command: Command, words: tuple[str, ...]
) -> Iterator[EntryPoint]:
    """``fastapi run app/main.py``, ``streamlit run app.py``, ``flask --app app run``."""
    for word in words:
        if word.endswith(".py"):
            scripts = _script(project, service, command, word)
            yield from _main(scripts) if command.words[0].endswith("streamlit") else scripts
            return
    yield from _workers(project, service, command, words)
