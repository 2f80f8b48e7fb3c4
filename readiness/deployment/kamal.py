"""Kamal: the roles that a ``config/deploy.yml`` starts, with the destination's file over it."""

from collections.abc import Iterator

from msgspec.structs import replace

from readiness.deployment.compose_merge import merge
from readiness.deployment.platforms import Keys, built, known, laid, line, listed, supplied
from readiness.deployment.reading import Reading
from readiness.deployment.service import Replicas, Service
from readiness.document.node import Malformed, Node
from readiness.project import Unreadable

_SOURCE = "env of Kamal"


def read_kamal(reading: Reading) -> None:
    """Add a service for each role of the servers of the environment."""
    for path in reading.project.files("/config/deploy.yml", "**/config/deploy.yml"):
        if not reading.is_mine(path):
            continue
        try:
            root = _whole(reading, path)
        except (Malformed, Unreadable) as answer:
            reading.refuse(path, answer)
            continue
        if root.get("service") is not None and root.get("image") is not None:
            folder = path.rpartition("/")[0].rpartition("/")[0]
            reading.services.extend(_services(reading, folder, root))


def _whole(reading: Reading, path: str) -> Node:
    root = reading.project.yaml(path)
    beside = path.removesuffix("deploy.yml")
    for one in reading.mine("deploy.*.yml"):
        if one.startswith(f"{beside}deploy.") and reading.belongs(one) == "this":
            root = merge(root, reading.project.yaml(one))
    return root


def _services(reading: Reading, folder: str, root: Node) -> Iterator[Service]:
    service, image = root.get("service"), root.get("image")
    servers = root.get("servers")
    roles = dict(servers.items()) if servers and servers.is_mapping else {"web": servers}
    named = root.get("builder", "dockerfile")
    context = root.get("builder", "context")
    shared = _variables(root.get("env"))
    for role, node in roles.items():
        at = node.key_at or node.at if node else root.at
        own = _variables(node.get("env") if node else None)
        label = service.text if service else "app"
        hosts = len(tuple((node.get("hosts") or node) if node else ()))
        made = Service(
            label if len(roles) == 1 else f"{label}/{role}", "kamal", at,
            image=image.text if image else None, image_at=image.at if image else None,
            command=line(node.get("cmd") if node else None),
            variables=listed(laid(shared, own)),
            replicas=Replicas(hosts, hosts, at) if hosts else None,
        )  # fmt: skip
        inside = context.text.removeprefix("./") if context else ""
        built_one = built(reading, made, "/".join(filter(None, (folder, inside))),
                          named.text if named else "Dockerfile", at)  # fmt: skip
        yield replace(built_one, command=made.command or built_one.command)


def _variables(node: Node | None) -> Keys:
    """What is in the clear, and the names of secrets: ``NAME`` or ``NAME:AS_CALLED_THERE``."""
    if node is None or not node.is_mapping:
        return {}
    found: Keys = {}
    clear = node.get("clear")
    if clear is None and node.get("secret") is None:
        clear = node
    for name, one in clear.items() if clear else ():
        if name not in {"clear", "secret", "tags"} and one.children is None:
            computed = "<%" in one.text
            found[name] = supplied(name, one, _SOURCE) if computed else known(name, one, _SOURCE)
    for one in node.get("secret") or ():
        name = one.text.partition(":")[0]
        found[name] = supplied(name, one, "secrets of Kamal")
    return found
