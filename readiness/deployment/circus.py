"""Circus: the processes that a ``circus.ini`` watches, with their variables."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from readiness.deployment.platforms import Keys, laid, line, listed
from readiness.deployment.reading import Reading
from readiness.deployment.referring import filled
from readiness.deployment.service import Replicas, Service
from readiness.document.node import Malformed, Node
from readiness.model.variable import Variable
from readiness.project import Unreadable

_OUTER = re.compile(r"\$(?:\((?:circus\.)?env\.(?P<inner>\w+)\)|(?P<name>[A-Za-z_]\w*))")


def read_circus(reading: Reading) -> None:
    """Add a service for each watcher."""
    for path in reading.mine("*circus*.ini", "*.ini"):
        try:
            if b"[watcher:" not in reading.project.read(path):
                continue
            root = reading.project.ini(path)
        except (Malformed, Unreadable) as answer:
            reading.refuse(path, answer)
            continue
        reading.services.extend(_watchers(reading, root))


def _watchers(reading: Reading, root: Node) -> Iterator[Service]:
    for section, node in root.items():
        name, command = section.removeprefix("watcher:"), node.get("cmd")
        if name == section or command is None:
            continue
        more, count = node.get("args"), node.get("numprocesses")
        whole = replace(command, raw=f"{command.text} {more.text if more else ''}".strip())
        number = int(count.text) if count is not None and count.text.isdigit() else None
        folder = node.get("working_dir")
        yield Service(
            name, "circus", command.key_at or command.at, command=line(whole),
            variables=listed(_variables(root, name)),
            working_dir=folder.text if folder else None,
            replicas=Replicas(number, number, count.at) if count is not None else None,
            runs_code=bool(re.search(r"python|uvicorn|gunicorn|celery|venv", whole.text))
            and bool(reading.project.files("*.py")),
        )  # fmt: skip


def _variables(root: Node, watcher: str) -> Keys:
    """What sections of variables say: of all watchers, of several, of this one."""
    found: Keys = {}
    for section, node in (root.get("env") or Node(None, root.at)).items():
        found = laid(found, {section: _filled(section, node)})
    for section, node in root.items():
        names = section.removeprefix("env:")
        if names != section and ("*" in names or watcher in re.split(r"\s*,\s*", names)):
            found = laid(found, {name: _filled(name, one) for name, one in node.items()})
    return found


def _filled(name: str, node: Node) -> Variable:
    text = _OUTER.sub(lambda one: f"${{{one['inner'] or one['name']}}}", node.text)
    return filled(name, replace(node, value=text, raw=text), "env of Circus")
