"""How many worker processes a server starts, by its command, its variables and its files."""

import posixpath
import re
from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from readiness.deployment import configured, gunicorn
from readiness.deployment.assigned import assigned_by
from readiness.deployment.facts import Workers
from readiness.deployment.options import count, option
from readiness.deployment.service import Command, Service
from readiness.model.variable import Variable
from readiness.project import Project

_REFERENCE = re.compile(r"\$\{?(?P<name>[A-Za-z_]\w*)(?::?-(?P<default>\d+))?\}?\Z")
_Files = Callable[[Command, Service, Project, Workers], Workers]


class _Server(Struct, frozen=True):
    """How a server is told its number: options, variables, files; what it starts unasked."""

    options: tuple[str, ...]
    variables: tuple[str, ...] = ()
    unasked: int | None = 1
    files: _Files | None = None


_SERVERS = {
    "gunicorn": _Server(("-w", "--workers"), ("WEB_CONCURRENCY",), files=gunicorn.decide),
    "uvicorn": _Server(("--workers",), ("UVICORN_WORKERS", "WEB_CONCURRENCY")),
    "fastapi": _Server(("--workers",), ("WEB_CONCURRENCY",)),
    "hypercorn": _Server(("-w", "--workers"), files=configured.hypercorn),
    "granian": _Server(("--workers",), ("GRANIAN_WORKERS",)),
    "celery": _Server(("-c", "--concurrency"), (), None),
    "daphne": _Server(()),
    "waitress-serve": _Server(()),
    "uwsgi": _Server(("-p", "--processes", "--workers"), ("UWSGI_PROCESSES", "UWSGI_WORKERS"),
                     files=configured.uwsgi),
    "dramatiq": _Server(("-p", "--processes"), (), None),
}  # fmt: skip
# Of celery: pools of threads are of one process, and so is what is no worker.
_ONE_PROCESS = frozenset({"solo", "threads", "gevent", "eventlet"})


def workers_of(service: Service, project: Project) -> Workers | None:
    """How many workers a service starts; None where it starts no server that we know.

    A count of None means that a server is started and something unknown decides, or what
    the code says at ``setting``.
    """
    found = list(servers_of(service))
    if not found:
        return None
    name, command = found[-1]
    if len(found) > 1:
        names = " and ".join(dict.fromkeys(one for one, _ in found))
        return Workers(None, f"{len(found)} commands start {names}", command.at, name)
    return _decide(name, command, _told(service, command), project)


def servers_of(service: Service) -> Iterator[tuple[str, Command]]:
    """The servers that a service starts, each with the words behind its name."""
    for command in service.processes:
        words = command.words
        if posixpath.basename(words[0]).startswith("python") and "-m" in words[:3]:
            words = words[words.index("-m") + 1 :]
        name = posixpath.basename(words[0]) if words else ""
        if name in _SERVERS:
            yield name, replace(command, words=words[1:])


def _told(service: Service, command: Command) -> Service:
    """The service with the variables that its scripts and the command itself set."""
    held = {one.name: one for one in service.variables}
    held |= assigned_by(service, command, held, own=True)
    return replace(service, variables=tuple(held.values()))


def _decide(name: str, command: Command, service: Service, project: Project) -> Workers:
    server = _SERVERS[name]
    if name == "celery" and (one := _celery(command)):
        return one
    given = option(command.words, server.options)
    if given is not None:
        return _given(name, given, command, service)
    weakest = _unasked(name, server, command, service)
    return server.files(command, service, project, weakest) if server.files else weakest


def _unasked(name: str, server: _Server, command: Command, service: Service) -> Workers:
    for one in server.variables:
        variable = service.variable(one)
        if variable is not None and variable.state != "unset":
            return _by_variable(name, variable)
    how = f"{name} starts {server.unasked} unasked" if server.unasked else f"{name} decides"
    return Workers(server.unasked, how, command.at, name)


def _celery(command: Command) -> Workers | None:
    """What is one process of celery, or may be as many as ``--autoscale`` lets it."""
    if "worker" not in command.words:
        return Workers(1, "celery without worker", command.at, "celery")
    if (pool := option(command.words, ("-P", "--pool"))) in _ONE_PROCESS:
        return Workers(1, f"celery with the pool {pool}", command.at, "celery")
    if scale := option(command.words, ("--autoscale",)):
        most = count(scale.partition(",")[0])
        return Workers(most, f"celery with --autoscale {scale}", command.at, "celery")
    return None


def _given(name: str, given: str, command: Command, service: Service) -> Workers:
    if found := _REFERENCE.match(given):
        variable = service.variable(found["name"])
        if variable is not None and variable.state != "unset":
            return _by_variable(name, variable)
        default = found["default"]
        text = f"{name} takes {given}"
        return Workers(int(default) if default else None, text, command.at, name)
    return Workers(count(given), f"{name} with {given} workers", command.at, name)


def _by_variable(name: str, variable: Variable) -> Workers:
    said = count(variable.value.reveal()) if variable.value else None
    return Workers(said, variable.name, variable.at, name)
