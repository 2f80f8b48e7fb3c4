"""Heroku's containers: the processes of a ``heroku.yml``, and what add-ons supply."""

from msgspec.structs import replace

from readiness.deployment.platforms import (
    Chosen,
    Keys,
    built,
    laid,
    line,
    listed,
    mapping,
    supplied,
    words,
)
from readiness.deployment.railway import told
from readiness.deployment.reading import Reading
from readiness.deployment.service import Command, Service
from readiness.document.node import Node

_ADDED = {"heroku-postgresql": "DATABASE_URL", "heroku-redis": "REDIS_URL"}


def added(node: Node | None) -> Keys:
    """The variables that the add-ons of an application bring along."""
    found: Keys = {}
    for one in node or ():
        plan, name = one.get("plan") or one, one.get("as")
        kind = plan.text.partition(":")[0]
        variable = f"{name.text}_URL" if name else _ADDED.get(kind)
        if kind in _ADDED and variable is not None:
            found[variable] = supplied(variable, plan, f"the add-on {kind}")
    return found


def read_heroku_containers(reading: Reading) -> None:
    """Add the processes of each ``heroku.yml``."""
    for path, root in Chosen(reading, ("heroku.yml",)).documents("yaml"):
        folder = path.rpartition("/")[0]
        images, run = root.get("build", "docker"), root.get("run")
        files = {name: node.text for name, node in images.items()} if images else {}
        said = mapping(root.get("setup", "config"), "setup of heroku.yml")
        variables = laid(added(root.get("setup", "addons")), said)
        processes = {**dict(images.items() if images else ()), **dict(run.items() if run else ())}
        for name, node in processes.items():
            at = node.key_at or node.at
            started = run.get(name) if run else None
            image = node.get("image")
            service = Service(name, "procfile", at, command=_command(started))
            file = files.get(image.text if image else name, files.get("web"))
            made = built(reading, service, folder, file, at) if file else service
            own = {one.name: one for one in made.variables}
            made = replace(made, variables=listed(laid(own, variables)))
            reading.services.append(told(reading, made, folder))


def _command(node: Node | None) -> Command | None:
    """A command of Heroku: a line, or under ``command`` a list of them."""
    if node is None or not node.is_mapping:
        return line(node)
    inner = node.get("command")
    if inner is None or not inner.is_list:
        return line(inner)
    elements = tuple(inner)
    return line(elements[0]) if len(elements) == 1 else words(elements)
