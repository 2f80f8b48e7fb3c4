"""DigitalOcean's App Platform and Azure's Container Apps: their descriptions in YAML."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from readiness.deployment.platforms import (
    Chosen,
    Keys,
    built,
    laid,
    line,
    listed,
    words,
)
from readiness.deployment.railway import told
from readiness.deployment.reading import Reading
from readiness.deployment.referring import named_values
from readiness.deployment.service import Replicas, Service
from readiness.document.node import Malformed, Node
from readiness.project import Unreadable

_COMPONENTS = ("services", "workers", "jobs", "functions")
# Other files are called ``app.yaml``, too: some component says one of these.
_OF_COMPONENTS = frozenset({
    "github", "gitlab", "git", "image", "run_command", "environment_slug", "dockerfile_path",
    "instance_size_slug", "source_dir", "bitbucket",
})  # fmt: skip


def read_digital_ocean(reading: Reading) -> None:
    """Add a service for each component of the specifications of the environment."""
    globs = (".do/*.yaml", ".do/*.yml", "app.yaml", "app.*.yaml", "app-spec.yaml")
    for _, root in Chosen(reading, globs).documents("yaml"):
        if root.get("apiVersion") is not None or root.get("runtime") is not None:
            continue
        spec = root.get("spec") or root
        components = [one for kind in _COMPONENTS for one in spec.get(kind) or ()]
        if not any(key in _OF_COMPONENTS for one in components for key, _ in one.items()):
            continue
        wide = named_values(spec.get("envs") or (), "key", "envs of the app")
        reading.services.extend(_component(reading, one, wide) for one in components)


def _component(reading: Reading, node: Node, wide: Keys) -> Service:
    name, count = node.get("name"), node.get("instance_count")
    label = name.text if name else "app"
    own = named_values(node.get("envs") or (), "key", f"envs of {label}")
    number = int(count.text) if count is not None and count.text.isdigit() else None
    service = Service(
        label, "digitalocean", (name or node).at, command=line(node.get("run_command")),
        variables=listed(laid(wide, own)),
        replicas=Replicas(number, number, count.at) if count is not None and number else None,
    )  # fmt: skip
    folder = node.get("source_dir")
    inside = folder.text.strip("/") if folder else ""
    dockerfile = node.get("dockerfile_path")
    if dockerfile is not None:
        service = built(reading, service, inside, dockerfile.text.lstrip("/"), service.at)
    language, image = node.get("environment_slug"), node.get("image")
    if image is not None or (language is not None and language.text != "python"):
        return replace(service, runs_code=None if image is not None else False)
    return told(reading, service, inside)


def read_container_apps(reading: Reading) -> None:
    """Add the containers of Azure's Container Apps."""
    for path in reading.project.files("*.yaml", "*.yml"):
        try:
            content = reading.project.read(path)
            marks = (b"properties:", b"template:", b"containers:")
            if not all(mark in content for mark in marks) or b"apiVersion: apps/" in content:
                continue
            root = reading.project.yaml(path)
        except (Malformed, Unreadable):
            continue
        containers = root.get("properties", "template", "containers")
        if containers is not None and root.get("kind") is None and reading.is_mine(path):
            reading.services.extend(_containers(root, containers))


def _containers(root: Node, nodes: Iterable[Node]) -> Iterator[Service]:
    scale = root.get("properties", "template", "scale")
    least, most = (scale.get(key) if scale else None for key in ("minReplicas", "maxReplicas"))
    for one in nodes:
        name, image = one.get("name"), one.get("image")
        yield Service(
            name.text if name else "app", "azure", (name or one).at,
            image=image.text if image else None, image_at=image.at if image else None,
            command=words(one.get("args")), entrypoint=words(one.get("command")),
            variables=listed(named_values(one.get("env") or (), "name", "env of the container")),
            replicas=Replicas(_number(least), _number(most), most.at) if most else None,
        )  # fmt: skip


def _number(node: Node | None) -> int | None:
    return int(node.text) if node is not None and node.text.isdigit() else None
