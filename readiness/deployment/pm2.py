"""PM2: the processes of an ``ecosystem.config.js``, with the variables of the environment."""

import posixpath
from collections.abc import Iterator

from readiness.deployment.dockerfile import split
from readiness.deployment.interpolation import COMPUTED, fill, variable
from readiness.deployment.naming import aliases
from readiness.deployment.platforms import Keys, laid, listed, supplied
from readiness.deployment.reading import Reading
from readiness.deployment.service import Command, Replicas, Service
from readiness.document.javascript import exported
from readiness.document.node import Malformed, Node
from readiness.project import Unreadable

_FILES = ("ecosystem*.config.{js,cjs,json,yaml,yml}", "ecosystem.{json,yaml,yml}",
          "pm2*.{json,yaml,yml}", "processes.json", "pm2.config.{js,cjs}")  # fmt: skip
_OTHER = (".js", ".ts", ".mjs", ".cjs", ".sh", ".rb", ".php")


def read_pm2(reading: Reading) -> None:
    """Add a service for each process of Python that PM2 starts."""
    for path in reading.mine(*_FILES):
        try:
            root = _root(reading, path)
        except (Malformed, Unreadable) as answer:
            reading.refuse(path, answer)
            continue
        for node in (root.get("apps") or root) if root is not None else ():
            if (script := node.get("script")) is not None:
                reading.services.extend(_process(reading, node, script))


def _root(reading: Reading, path: str) -> Node | None:
    if path.endswith((".js", ".cjs")):
        return exported(reading.project.text(path), path)
    return reading.project.json(path) if path.endswith(".json") else reading.project.yaml(path)


def _process(reading: Reading, node: Node, script: Node) -> Iterator[Service]:
    words = _words(node, script)
    name, folder, count = node.get("name"), node.get("cwd"), node.get("instances")
    if not words or words[0].endswith(_OTHER):
        return
    found = _variables(node.get("env"), "env of PM2")
    for key, one in node.items():
        if key.removeprefix("env_").lower() in aliases(reading.environment):
            found = laid(found, _variables(one, f"{key} of PM2"))
    number = int(count.text) if count is not None and count.text.isdigit() else None
    yield Service(
        name.text if name is not None else posixpath.basename(script.text), "pm2",
        script.key_at or script.at, command=Command(words, script.at),
        variables=listed(found), runs_code=bool(reading.project.files("*.py")),
        working_dir=folder.text if folder is not None and COMPUTED not in folder.text else None,
        replicas=Replicas(number or None, number or None, count.at) if count is not None else None,
    )  # fmt: skip


def _words(node: Node, script: Node) -> tuple[str, ...]:
    """What PM2 starts: the script behind its interpreter, with its words."""
    interpreter, given = node.get("interpreter") or node.get("exec_interpreter"), node.get("args")
    more = tuple(one.text for one in given or ()) or split(given.text if given else "")
    words = (*split(script.text), *more)
    named = interpreter.text if interpreter is not None else ""
    if named and named != "none":
        return (named, *words)
    return ("python", *words) if script.text.endswith(".py") else words


def _variables(node: Node | None, source: str) -> Keys:
    found: Keys = {}
    for name, one in node.items() if node is not None else ():
        if one.children is not None or COMPUTED in name:
            continue
        if COMPUTED in one.text:
            found[name] = supplied(name, one, source, one.text)
        else:
            at = one.key_at or one.at
            found[name] = variable(name, fill(one.text, {}), source=source, at=at)
    return found
