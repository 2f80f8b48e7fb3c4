"""What the tasks of Ansible start: containers, units of systemd, and calls of programs."""

import posixpath
from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from readiness.deployment.ansible.tasks import CALLS, COMPOSE, CONTAINERS, WRITES, Task, Walk
from readiness.deployment.ansible.values import texts_of
from readiness.deployment.dockerfile import split
from readiness.deployment.platforms import Keys, laid, listed
from readiness.deployment.ports import port_of
from readiness.deployment.reading import Reading, joined
from readiness.deployment.referring import filled
from readiness.deployment.service import Command, Service
from readiness.deployment.steps.work import Piece, Work
from readiness.deployment.systemd import parsed, service_of, variables_of
from readiness.document.node import Node
from readiness.model.place import Place
from readiness.project import Line

_GONE = frozenset({"absent", "stopped"})


class _Found(Struct):
    reading: Reading
    containers: list[Task] = field(default_factory=list)
    units: list[tuple[str, str, str]] = field(default_factory=list)


def read_ansible(reading: Reading) -> Iterator[Work]:
    """Add what tasks start, and give the calls that they make."""
    found = _Found(reading)
    for task in Walk(reading).plays():
        if task.module in CONTAINERS:
            state = _text(task.told.get("state"))
            if task.told.get("image") is not None and state not in _GONE:
                found.containers.append(task)
        elif task.module in WRITES:
            _write(found, task)
        elif task.module in CALLS:
            yield _call(task)
        elif task.module in COMPOSE:
            words = ("docker", "compose", "up")
            yield Work((Piece("", task.node.at, _texts(task), words),), ("deploy",))
    for task in found.containers:
        reading.services.append(_container(reading, task))
    for name, text, path in found.units:
        unit = list(parsed(tuple(_lines(text, path))))
        if any(key == "ExecStart" for key, _, _ in unit):
            reading.services.append(replace(service_of(reading, name, unit, {}), source="ansible"))


def _texts(task: Task) -> dict[str, str]:
    return {name: text for one in task.environment
            for name, text in texts_of(task.values, one).items()}  # fmt: skip


def _call(task: Task) -> Work:
    """The line that a task runs, as a script would."""
    said = task.told.get("cmd") or task.told
    label = task.node.get("name")
    piece = Piece(task.values.text(said.text), said.at, _texts(task))
    return Work((piece,), ("deploy", label.text if label else ""))


def _write(found: _Found, task: Task) -> None:
    """A file that a task writes: from a template of the project, or out of its own text."""
    target = task.values.text(_text(task.told.get("dest")))
    content, source = task.told.get("content"), task.told.get("src")
    path, text = task.told.at.path, None
    if content is not None:  # its lines stand below its mark
        text = "\n" * (content.at.line or 0) + content.text
    if text is None and source is not None:
        path = _source(found.reading, task, task.values.text(source.text))
        text = found.reading.project.text_if_any(path) if path else None
    if not target or text is None:
        return
    made = text if task.module == "copy" and content is None else task.values.text(text)
    found.reading.rendered[target] = (made, path)
    if target.endswith(".service"):
        found.units.append((posixpath.basename(target), made, path))


def _source(reading: Reading, task: Task, name: str) -> str:
    kind = "templates" if task.module == "template" else "files"
    tries = (
        joined(folder, inner) for folder in task.folders for inner in (f"{kind}/{name}", name)
    )
    return next((path for path in tries if reading.project.has(path)), "")


def _lines(text: str, path: str) -> Iterator[Line]:
    for number, line in enumerate(text.splitlines(), 1):
        yield Line(line, Place(path, number))


def _container(reading: Reading, task: Task) -> Service:
    told, values = task.told, task.values
    name, image = values.text(_text(told.get("name"))), told.get("image")
    command, entry = told.get("command"), told.get("entrypoint")
    unread: list[str] = []
    published = told.get("ports") or told.get("published_ports") or ()
    texts = [(values.text(one.text), one.at) for one in published]
    ports = [port for text, at in texts if "${" not in text for port in port_of(text, at)]
    return Service(
        name or "container", "ansible", (told.get("name") or told).at,
        image=values.text(image.text) if image is not None else None,
        image_at=image.at if image is not None else None, ports=tuple(ports),
        command=_command(task, command), entrypoint=_command(task, entry),
        variables=listed(_variables(reading, task, unread)), unread_sources=tuple(unread),
    )  # fmt: skip


def _variables(reading: Reading, task: Task, unread: list[str]) -> Keys:
    found: Keys = {}
    files = task.told.get("env_file") or task.told.get("env_files")
    for one in (files or ()) if files is None or files.is_list else (files,):
        path = task.values.text(one.text)
        if path in reading.rendered:
            given = variables_of(*reading.rendered[path], "env_file of the task")
            found = laid(found, {one.name: one for one in given})
        else:
            unread.append(path)
    env, said = task.told.get("env"), "env of the task"
    for name, one in env.items() if env is not None else ():
        text = task.values.text(one.text)
        found = laid(found, {name: filled(name, replace(one, value=text, raw=text), said)})
    for one in env if env is not None else ():
        name, equals, text = task.values.text(one.text).partition("=")
        if equals:
            found = laid(found, {name: filled(name, Node(text, one.at, raw=text), said)})
    return found


def _command(task: Task, node: Node | None) -> Command | None:
    if node is None or node.value is None:
        return None
    texts = [task.values.text(one.text) for one in node] or split(task.values.text(node.text))
    return Command(tuple(texts), node.at) if texts else None


def _text(node: Node | None) -> str:
    return node.text if node is not None else ""
