"""Railway: how ``railway.json`` and ``railway.toml`` start the code."""

from collections.abc import Iterator

from msgspec.structs import replace

from readiness.deployment.compose_merge import merge
from readiness.deployment.platforms import Chosen, built, line
from readiness.deployment.reading import Reading
from readiness.deployment.service import Probe, Replicas, Schedule, Service
from readiness.document.node import Node


def read_railway(reading: Reading) -> None:
    """Add the service of each ``railway.json`` and ``railway.toml``; neither holds variables."""
    for kind in ("json", "toml"):
        for path, root in Chosen(reading, (f"railway.{kind}",)).documents(kind):
            own = root.get("environments", reading.environment)
            whole = merge(root, own) if own and own.is_mapping and root.is_mapping else root
            reading.services.append(_railway(reading, path, whole))


def _railway(reading: Reading, path: str, root: Node) -> Service:
    folder = path.rpartition("/")[0]
    deploy = root.get("deploy") or root
    command, schedule = deploy.get("startCommand"), deploy.get("cronSchedule")
    at = (command or deploy).key_at or (command or deploy).at
    service = Service(
        folder or "railway", "railway", at, command=line(command),
        replicas=_replicas(deploy.get("numReplicas")), probes=tuple(_probes(deploy)),
        schedule=Schedule(schedule.text, schedule.at) if schedule and schedule.value else None,
    )  # fmt: skip
    named = root.get("build", "dockerfilePath")
    dockerfile = named.text.lstrip("/") if named and named.value else "Dockerfile"
    return told(reading, built(reading, service, folder, dockerfile, at), folder)


def told(reading: Reading, service: Service, folder: str) -> Service:
    """What is built from no Dockerfile runs the code of its folder, if that is Python."""
    if service.build is not None:
        return service
    prefix = f"{folder}/" if folder else ""
    runs = any(path.startswith(prefix) for path in reading.project.files("*.py"))
    return replace(service, runs_code=runs)


def _replicas(node: Node | None) -> Replicas | None:
    if node is None or not node.text.isdigit():
        return None
    return Replicas(int(node.text), int(node.text), node.at)


def _probes(deploy: Node) -> Iterator[Probe]:
    path = deploy.get("healthcheckPath")
    if path is not None and path.value:
        yield Probe("readiness", path.at, path.text)
