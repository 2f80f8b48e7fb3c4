"""How many workers the configuration files of hypercorn and uWSGI ask for."""

from readiness.deployment.facts import Workers
from readiness.deployment.inside import find
from readiness.deployment.options import count, option
from readiness.deployment.service import Command, Service
from readiness.document.node import Malformed
from readiness.project import Project, Unreadable

_UWSGI_FILES = (".ini", ".yaml", ".yml", ".xml", ".json")
_UWSGI_KEYS = ("processes", "workers", "p")


def hypercorn(command: Command, service: Service, project: Project, weakest: Workers) -> Workers:
    """What ``-c`` names: TOML, or Python, which the program's reading decides."""
    asked = option(command.words, ("-c", "--config"))
    if not asked:
        return weakest
    kind, colon, rest = asked.partition(":")
    path = find(project, service, rest if colon else asked)
    unknown = Workers(None, f"hypercorn reads {asked}", command.at, "hypercorn")
    if colon and kind in {"python", "file"} and (module := rest if kind == "python" else path):
        return Workers(None, unknown.text, command.at, "hypercorn",
                       setting=f"{module}:workers", otherwise=weakest)  # fmt: skip
    return unknown if colon or path is None else _of_toml(project, path, unknown, weakest)


def _of_toml(project: Project, path: str, unknown: Workers, weakest: Workers) -> Workers:
    try:
        node = project.toml(path).get("workers")
    except (Malformed, Unreadable):
        return unknown
    if node is None:
        return weakest
    return Workers(count(node.text), f"{path} of hypercorn", node.at, "hypercorn")


def uwsgi(command: Command, service: Service, project: Project, weakest: Workers) -> Workers:
    """What a file of uWSGI says, as far as it is one of plain settings."""
    files = [word for word in command.words if word.endswith(_UWSGI_FILES)]
    if not files:
        return weakest
    asked = files[-1].rpartition("=")[2]
    unknown = Workers(None, f"uwsgi reads {asked}", command.at, "uwsgi")
    path = find(project, service, asked)
    if len(files) > 1 or path is None or not path.endswith(".ini"):
        return unknown
    return _of_ini(project, path, unknown, weakest)


def _of_ini(project: Project, path: str, unknown: Workers, weakest: Workers) -> Workers:
    try:
        section = project.ini(path).get("uwsgi")
    except (Malformed, Unreadable):
        return unknown
    entries = dict(section.items()) if section else {}
    given = [entries[key] for key in _UWSGI_KEYS if key in entries]
    if len(given) > 1 or {"ini", "include", "inherit"} & entries.keys():
        return unknown
    return (
        Workers(count(given[0].text), f"uwsgi reads {path}", given[0].at, "uwsgi")
        if given
        else weakest
    )
