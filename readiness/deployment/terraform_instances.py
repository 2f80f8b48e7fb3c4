"""Terraform: how many instances of a process it starts."""

import re
from collections.abc import Iterator

from readiness.deployment.service import Replicas
from readiness.deployment.terraform_values import Module
from readiness.document.node import Node

Path = tuple[str | int, ...]
_SCALING = ("template", 0, "scaling", 0)
_ANNOTATIONS = ("template", 0, "metadata", 0, "annotations")
_REPLICAS = (("spec", 0, "replicas"), ("spec", 0, "replicas"))
# Where the least and the most stand in each kind of resource.
_COUNTS: dict[str, tuple[Path, Path]] = {
    "google_cloud_run_v2_service": (
        (*_SCALING, "min_instance_count"), (*_SCALING, "max_instance_count")),
    "google_cloud_run_service": (
        (*_ANNOTATIONS, "autoscaling.knative.dev/minScale"),
        (*_ANNOTATIONS, "autoscaling.knative.dev/maxScale")),
    "azurerm_container_app": (("template", 0, "min_replicas"), ("template", 0, "max_replicas")),
    "kubernetes_deployment": _REPLICAS, "kubernetes_deployment_v1": _REPLICAS,
    "kubernetes_stateful_set": _REPLICAS, "kubernetes_stateful_set_v1": _REPLICAS,
}  # fmt: skip


def instances(module: Module, kind: str, node: Node) -> Replicas | None:
    """The instances that a resource says itself; None where it says nothing."""
    least, most = _COUNTS.get(kind, ((), ()))
    at = module.at(node, *most) if most else None
    return None if at is None else _range(module, node, least, most)


def tasks(module: Module, definition: str) -> Replicas | None:
    """The tasks of the services of ECS that run a task definition, all together."""
    said = re.compile(rf"\baws_ecs_task_definition\.{re.escape(definition)}\b")
    found = [
        _scaled(module, name) or _range(module, node, ("desired_count",), ("desired_count",))
        for name, node in module.resources("aws_ecs_service")
        if (task := node.get("task_definition")) is not None and said.search(task.text)
    ]
    known = [one for one in found if one is not None]
    if not known or len(known) < len(found):
        return None
    return Replicas(
        sum(one.least or 1 for one in known),
        None if any(one.most is None for one in known) else sum(one.most or 0 for one in known),
        known[0].at,
    )


def _scaled(module: Module, service: str) -> Replicas | None:
    """What Application Auto Scaling allows a service of ECS."""
    for node in _targets(module):
        resource = node.get("resource_id")
        if resource is not None and f"aws_ecs_service.{service}." in resource.text:
            return _range(module, node, ("min_capacity",), ("max_capacity",))
    return None


def _targets(module: Module) -> Iterator[Node]:
    yield from (node for _, node in module.resources("aws_appautoscaling_target"))


def _range(module: Module, node: Node, least: Path, most: Path) -> Replicas | None:
    at = module.at(node, *most)
    return None if at is None else Replicas(
        _number(module, node, least) or 1, _number(module, node, most), at)  # fmt: skip


def _number(module: Module, node: Node, path: Path) -> int | None:
    said = str(module.value(node, *path))
    return int(said) if said.isdigit() else None
