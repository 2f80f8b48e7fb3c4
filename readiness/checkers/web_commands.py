"""What the commands of a deployment tell web servers: to debug, or to reload what changed."""

import re
from collections.abc import Iterator

from readiness import Deployment, Place, Service
from readiness.checkers.web_said import Said

_SERVERS = re.compile(
    r"(?<![\w.-])(?P<server>uvicorn|gunicorn|hypercorn|granian|daphne|waitress-serve|uwsgi|sanic"
    r"|(?:flask|quart|litestar)\b[^|;&]*?\brun|fastapi\s+(?:run|dev)"
    r"|(?:manage\.py|django-admin)\s+runserver\w*)(?![\w-])(?P<rest>[^|;&]*)"
)
_RELOADS = re.compile(r"(?<!\S)--(?:reload|auto-reload|dev)(?![\w-])(?!=(?:false|0|no)\b)")
_DEBUGS = re.compile(r"(?<!\S)--debug(?![\w-])")
_BY_ITSELF = re.compile(r"fastapi\s+dev|runserver")
_QUIET = re.compile(r"(?<!\S)--no-?reload(?![\w-])")
_TRUE = frozenset({"1", "true", "t", "yes", "y", "on"})


def told_by_commands(deployment: Deployment) -> Iterator[Said]:
    """What each server is told that runs this code; that it is told nothing counts too."""
    for service in deployment.services:
        if service.runs_code is not False and service.schedule is None:
            found = _SERVERS.search(" ".join(service.argv))
            if found is not None:
                yield from _told(service, found["server"], found[0])


def _told(service: Service, server: str, line: str) -> Iterator[Said]:
    command = service.command or service.entrypoint
    at = command.at if command else service.at
    debug = next(_switched(service), None) if server.startswith("flask") else None
    if debug is not None:
        yield debug
    elif server.startswith(("flask", "sanic")):
        yield Said("debug", bool(_DEBUGS.search(line)), at)
    yield Said("reload", _reloads(service, server, line), at)


def _reloads(service: Service, server: str, line: str) -> bool:
    if _BY_ITSELF.search(server):
        return not _QUIET.search(line)
    said = service.variable("UVICORN_RELOAD") if server == "uvicorn" else None
    value = said.value.reveal().lower() if said and said.value else ""
    return bool(_RELOADS.search(line)) or value in _TRUE


def _switched(service: Service) -> Iterator[Said]:
    """The variables by which Flask's own command decides, where they say anything."""
    for name, wanted in (("FLASK_DEBUG", _TRUE), ("FLASK_ENV", frozenset({"development"}))):
        said = service.variable(name)
        if said is not None and said.value is not None and said.value.reveal():
            at: Place = said.at or service.at
            yield Said(name, said.value.reveal().lower() in wanted, at)
