"""Render: the services and databases that a ``render.yaml`` declares."""

from collections.abc import Iterator

from readiness.deployment.facts import DeclaredDatabase, Exposure
from readiness.deployment.networks import is_world
from readiness.deployment.platforms import (
    Chosen,
    Keys,
    built,
    known,
    laid,
    line,
    listed,
    supplied,
)
from readiness.deployment.reading import Reading
from readiness.deployment.service import Replicas, Schedule, Service
from readiness.document.node import Node
from readiness.model.variable import Variable

_RUNTIMES = frozenset({"docker", "python", "image"})
_CODE = frozenset({"web", "worker", "pserv", "cron"})

# For how many days a database can be taken back to any moment: the least of all paid plans.
_RECOVERABLE = 3
_RECOVERED = {"free": 0}


def read_render(reading: Reading) -> None:
    """Add the services and databases of the blueprints of the environment."""
    for path, root in Chosen(reading, ("render.yaml", "render.*.yaml")).documents("yaml"):
        groups = {_text(one.get("name")): one for one in root.get("envVarGroups") or ()}
        for one in root.get("services") or ():
            if _text(one.get("type")) in _CODE:
                reading.services.append(_service(reading, path.rpartition("/")[0], one, groups))
        for one in root.get("databases") or ():
            reading.databases.append(_database(one))
            reading.exposures.append(_access(one))


def _service(reading: Reading, folder: str, node: Node, groups: dict[str, Node]) -> Service:
    name, image = node.get("name"), node.get("image", "url")
    runtime = _text(node.get("runtime") or node.get("env"))
    schedule = node.get("schedule")
    service = Service(
        _text(name) or "service", "render", (name or node).at,
        image=image.text if image else None, image_at=image.at if image else None,
        command=line(node.get("startCommand") or node.get("dockerCommand")),
        variables=listed(_variables(node, groups)), replicas=_replicas(node),
        schedule=Schedule(schedule.text, schedule.at) if schedule else None,
        runs_code=None if runtime in _RUNTIMES else False,
    )  # fmt: skip
    if runtime == "docker":
        path = _text(node.get("dockerfilePath")) or "./Dockerfile"
        return built(reading, service, folder, path, node.at)
    return service


def _variables(node: Node, groups: dict[str, Node]) -> Keys:
    """The variables of a service, over those of the groups that it takes."""
    found: Keys = {}
    for one in node.get("envVars") or ():
        group = groups.get(_text(one.get("fromGroup")))
        if group is not None:
            found = laid(found, dict(_written(group, f"the group {_text(group.get('name'))}")))
    return laid(found, dict(_written(node, "envVars of render.yaml")))


def _written(node: Node, source: str) -> Iterator[tuple[str, Variable]]:
    for one in node.get("envVars") or ():
        key, value = one.get("key"), one.get("value")
        if key is not None and value is not None:
            yield key.text, known(key.text, value, source)
        elif key is not None:
            yield key.text, supplied(key.text, key, f"{source}, supplied by the platform")


def _replicas(node: Node) -> Replicas | None:
    count = node.get("numInstances")
    if count is not None and count.text.isdigit():
        return Replicas(int(count.text), int(count.text), count.at)
    least, most = (node.get("scaling", key) for key in ("minInstances", "maxInstances"))
    if least is None or most is None or not (least.text + most.text).isdigit():
        return None
    return Replicas(int(least.text), int(most.text), most.at)


def _ranges(node: Node) -> list[str] | None:
    allowed = node.get("ipAllowList")
    return None if allowed is None else [_text(one.get("source")) for one in allowed]


def _is_public(node: Node) -> bool:
    """Tell whether the world reaches a database: Render lets it where no list is given."""
    ranges = _ranges(node)
    return ranges is None or any(map(is_world, ranges))


def _database(node: Node) -> DeclaredDatabase:
    name, plan = node.get("name"), node.get("plan")
    allowed = node.get("ipAllowList")
    return DeclaredDatabase(
        _text(name), "managed", (name or node).at, resource="a database of Render",
        publicly_accessible=_is_public(node),
        publicly_accessible_at=(allowed.key_at or allowed.at) if allowed else None,
        backup_retention=_RECOVERED.get(_text(plan), _RECOVERABLE),
        backup_retention_at=plan.at if plan else None,
    )  # fmt: skip


def _access(node: Node) -> Exposure:
    name, allowed = _text(node.get("name")), node.get("ipAllowList")
    at = (allowed.key_at or allowed.at) if allowed else node.at
    if not _is_public(node):
        text = f"{name} is reached from {', '.join(_ranges(node) or ()) or 'inside'} only"
        return Exposure("publicly-accessible", name, text, at, open=False)
    why = "ipAllowList has the world" if allowed else "no ipAllowList closes it"
    return Exposure(
        "publicly-accessible", name, f"{name} of Render is open to the world: {why}", at
    )


def _text(node: Node | None) -> str:
    return node.text if node is not None else ""
