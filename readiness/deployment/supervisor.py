"""Supervisor: the programs that a ``supervisord.conf`` starts, with their variables."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from readiness.deployment.dockerfile import split
from readiness.deployment.platforms import Keys, built, laid, line, listed
from readiness.deployment.railway import told
from readiness.deployment.reading import Reading
from readiness.deployment.referring import filled
from readiness.deployment.service import Replicas, Service
from readiness.document.node import Malformed, Node
from readiness.project import Unreadable

_PAIR = re.compile(r"""\s*(?P<name>[A-Za-z_]\w*)=(?P<value>"[^"]*"|'[^']*'|[^,]*),?""")
_ENV = re.compile(r"%\(ENV_(?P<name>\w+)\)s")


def read_supervisor(reading: Reading) -> None:
    """Add a service for each program of Python that Supervisor starts."""
    for path in reading.project.files("supervisor*.conf", "*supervisor*.ini", "*.conf"):
        try:
            if b"[program:" not in reading.project.read(path) or not reading.is_mine(path):
                continue
            root = reading.project.ini(path)
        except (Malformed, Unreadable) as answer:
            reading.refuse(path, answer)
            continue
        wide = _variables(root.get("supervisord", "environment"))
        for section, node in root.items():
            if section.startswith("program:"):
                reading.services.extend(_program(reading, path, section[8:], node, wide))


def _program(reading: Reading, path: str, name: str, node: Node, wide: Keys) -> Iterator[Service]:
    command = node.get("command")
    if command is None or _starts_other(command.text):
        return
    count = node.get("numprocs")
    number = int(count.text) if count is not None and count.text.isdigit() else 1
    service = Service(
        name, "supervisor", command.key_at or command.at, command=line(command),
        variables=listed(laid(wide, _variables(node.get("environment")))),
        replicas=Replicas(number, number, count.at) if count is not None else None,
    )  # fmt: skip
    folder = next((one for one in (path.rpartition("/")[0], "")
                   if reading.project.has(f"{one}/Dockerfile".lstrip("/"))), "")  # fmt: skip
    made = built(reading, service, folder, "Dockerfile", service.at)
    # The image starts Supervisor; this is what that starts.
    yield told(reading, replace(made, command=service.command, entrypoint=None), "")


def _starts_other(text: str) -> bool:
    words = split(text)
    program = words[0].rpartition("/")[2] if words else ""
    return program in {"nginx", "redis-server", "postgres", "cron", "crond", "node", "npm"}


def _variables(node: Node | None) -> Keys:
    found: Keys = {}
    for pair in _PAIR.finditer(node.text) if node else ():
        assert node is not None  # noqa: S101 - for the type checker
        value = pair["value"].strip().strip("\"'")
        text = _ENV.sub(lambda one: f"${{{one['name']}}}", value).replace("%%", "%")
        written = replace(node, value=text, raw=text)
        found[pair["name"]] = filled(pair["name"], written, "environment of Supervisor")
    return found
