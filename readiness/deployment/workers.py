"""How many worker processes a server starts, by its command and its variables."""

import posixpath
import re
from dataclasses import dataclass

from readiness.deployment.dockerfile import split
from readiness.deployment.facts import Workers
from readiness.deployment.service import Command, Service
from readiness.model.variable import Variable

_REFERENCE = re.compile(r"\$\{?(?P<name>[A-Za-z_]\w*)(?::?-(?P<default>\d+))?\}?\Z")


@dataclass(frozen=True, slots=True)
class _Server:
    """How a server is told its number of workers: options, variables, what it starts unasked."""

    options: tuple[str, ...]
    variables: tuple[str, ...] = ()
    unasked: int | None = 1


_SERVERS = {
    "gunicorn": _Server(("-w", "--workers"), ("WEB_CONCURRENCY",)),
    "uvicorn": _Server(("--workers",), ("UVICORN_WORKERS", "WEB_CONCURRENCY")),
    "fastapi": _Server(("--workers",), ("WEB_CONCURRENCY",)),
    "hypercorn": _Server(("-w", "--workers")),
    "granian": _Server(("--workers",), ("GRANIAN_WORKERS",)),
    "celery": _Server(("-c", "--concurrency"), (), None),
    "daphne": _Server(()),
    "waitress-serve": _Server(()),
    "uwsgi": _Server(("-p", "--processes", "--workers"), ("UWSGI_PROCESSES", "UWSGI_WORKERS")),
    "dramatiq": _Server(("-p", "--processes"), (), None),
}


def workers_of(service: Service, configuration: str | None = None) -> Workers | None:
    """How many workers a service starts; None where it starts no server that we know.

    A count of None means that a server is started and something unknown decides;
    ``configuration`` is the file of Python that gunicorn would read unasked.
    """
    for command in reversed(service.processes):
        words = command.words
        if posixpath.basename(words[0]).startswith("python") and "-m" in words[:3]:
            words = words[words.index("-m") + 1 :]
        name = posixpath.basename(words[0]) if words else ""
        if name in _SERVERS:
            return _decide(name, _SERVERS[name], Command(words[1:], command.at), service,
                           configuration)  # fmt: skip
    return None


def _decide(
    name: str, server: _Server, command: Command, service: Service, configuration: str | None
) -> Workers:
    given = _option(command.words, server.options)
    arguments = service.variable("GUNICORN_CMD_ARGS") if name == "gunicorn" else None
    if given is not None:
        return _given(name, given, command, service)
    if arguments is not None and arguments.state == "injected":
        return Workers(None, "GUNICORN_CMD_ARGS", arguments.at, name)
    if arguments is not None and arguments.value:
        given = _option(split(arguments.value.reveal()), server.options)
        if given is not None:
            return Workers(_count(given), "GUNICORN_CMD_ARGS", arguments.at, name)
    # A configuration file of gunicorn is Python, which the program's reading decides; it is
    # stronger than WEB_CONCURRENCY, which only sets a default.
    if name == "gunicorn" and (
        asked := _option(command.words, ("-c", "--config")) or configuration
    ):
        return Workers(None, f"gunicorn reads {asked}", command.at, name)
    for one in server.variables:
        variable = service.variable(one)
        if variable is not None and variable.state != "unset":
            return _by_variable(name, variable)
    how = f"{name} starts {server.unasked} unasked" if server.unasked else f"{name} decides"
    return Workers(server.unasked, how, command.at, name)


def _given(name: str, given: str, command: Command, service: Service) -> Workers:
    if found := _REFERENCE.match(given):
        variable = service.variable(found["name"])
        if variable is not None and variable.state != "unset":
            return _by_variable(name, variable)
        default = found["default"]
        text = f"{name} takes {given}"
        return Workers(int(default) if default else None, text, command.at, name)
    return Workers(_count(given), f"{name} with {given} workers", command.at, name)


def _by_variable(name: str, variable: Variable) -> Workers:
    count = _count(variable.value.reveal()) if variable.value else None
    return Workers(count, variable.name, variable.at, name)


def _option(words: tuple[str, ...], names: tuple[str, ...]) -> str | None:
    """The last value of an option, in any of the ways in which it can be written."""
    found = None
    for n, word in enumerate(words):
        for name in names:
            if word == name:
                found = words[n + 1] if n + 1 < len(words) else ""
            elif name.startswith("--") and word.startswith(f"{name}="):
                found = word.partition("=")[2]
            elif not name.startswith("--") and re.fullmatch(rf"{name}=?\d+", word):
                found = word.removeprefix(name).lstrip("=")
    return found


def _count(text: str) -> int | None:
    return int(text) if text.strip().isdigit() else None
