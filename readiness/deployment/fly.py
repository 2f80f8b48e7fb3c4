"""Fly.io: the processes that a ``fly.toml`` would start."""

from collections.abc import Iterator

from readiness.deployment.platforms import Chosen, built, line, listed, mapping
from readiness.deployment.reading import Reading
from readiness.deployment.service import Port, Replicas, Service
from readiness.document.node import Node


def read_fly(reading: Reading) -> None:
    """Add a service for each group of processes of the apps of the environment."""
    for path, root in Chosen(reading, ("fly.toml", "fly.*.toml")).documents("toml"):
        reading.services.extend(_services(reading, path, root))


def _services(reading: Reading, path: str, root: Node) -> Iterator[Service]:
    folder = path.rpartition("/")[0]
    processes = root.get("processes")
    groups = dict(processes.items()) if processes and processes.is_mapping else {}
    image = root.get("build", "image")
    app = root.get("app")
    for name, node in groups.items() or (("app", None),):
        at = (node.key_at or node.at) if node else (app or root).at
        service = Service(
            name if groups else (app.text if app else "app"), "fly", at,
            image=image.text if image else None, image_at=image.at if image else None,
            command=line(node),
            variables=listed(mapping(root.get("env"), "[env] of fly.toml")),
            ports=tuple(_ports(root)), replicas=_replicas(root),
            runs_code=None if image else bool(reading.project.files("*.py")) or None,
        )  # fmt: skip
        dockerfile = root.get("build", "dockerfile")
        named = dockerfile.text if dockerfile else "Dockerfile"
        yield service if image else built(reading, service, folder, named, at)


def _ports(root: Node) -> Iterator[Port]:
    inner = root.get("http_service", "internal_port")
    if inner is not None and inner.text.isdigit():
        yield Port(int(inner.text), inner.at, published=True)


def _replicas(root: Node) -> Replicas | None:
    least = root.get("http_service", "min_machines_running")
    if least is None or not least.text.isdigit():
        return None
    return Replicas(int(least.text), None, least.at)
