"""Lightsail: the containers of a deployment that is described in JSON."""

from readiness.deployment.platforms import Keys, listed, words
from readiness.deployment.reading import Reading
from readiness.deployment.referring import filled
from readiness.deployment.service import Command, Service
from readiness.document.node import Malformed, Node
from readiness.project import Unreadable

_GLOBS = ("*lightsail*.json", "**/lightsail/*.json", "/lightsail/*.json", "containers*.json")


def read_lightsail(reading: Reading) -> None:
    """Add a service for each container, whose text names an image."""
    for path in reading.project.files(*_GLOBS):
        if not reading.is_mine(path):
            continue
        try:
            root = reading.project.json(path)
        except (Malformed, Unreadable) as answer:
            reading.refuse(path, answer)
            continue
        containers = root.get("containers") or (root if path.count("containers") else None)
        for name, one in containers.items() if containers else ():
            if one.is_mapping and one.get("image") is not None:
                reading.services.append(_service(name, one))


def _service(name: str, node: Node) -> Service:
    image, given = node.get("image"), node.get("environment")
    found: Keys = {key: filled(key, one, "environment of the container")
                   for key, one in (given.items() if given else ())}  # fmt: skip
    command = node.get("command")
    return Service(
        name, "lightsail", node.key_at or node.at, variables=listed(found),
        image=_named(image), image_at=image.at if image else None,
        command=words(command) if command is not None and command.is_list else _single(command),
    )  # fmt: skip


def _named(image: Node | None) -> str | None:
    """The name of an image; one that was pushed to Lightsail is called ``:service.label.3``."""
    text = image.text if image else ""
    return text.removeprefix(":").partition(".")[2].partition(".")[0] if text[:1] == ":" else text


def _single(node: Node | None) -> Command | None:
    return Command((node.text,), node.at) if node is not None and node.text else None
