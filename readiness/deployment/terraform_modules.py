"""Modules of others for Terraform that start containers and functions: what they are given."""

from collections.abc import Callable, Iterator

from readiness.deployment.platforms import words
from readiness.deployment.service import Service
from readiness.deployment.terraform_values import Module
from readiness.deployment.terraform_variables import Given, image_text
from readiness.document.node import Node

Found = Iterator[tuple[Service, Given]]


def module_services(module: Module) -> Found:
    """The services of each call of a module that is known, with what they are given."""
    for name, node in module.modules():
        source = str(module.value(node, "source") or "")
        for mark, reader in _READERS.items():
            if mark in source:
                yield from reader(module, name, node)
                break


def _service(
    module: Module, name: str, node: Node, image: str = "image", *, code: bool | None = None
) -> Service:
    return Service(
        name, "terraform", node.key_at or node.at, image=image_text(module, node, image),
        image_at=module.at(node, image), runs_code=code,
        command=words(node.get("command") or node.get("container_command")),
    )  # fmt: skip


def _cloud_run(module: Module, name: str, node: Node) -> Found:
    """Cloud Run: one container, or several in the second version of the module."""
    said = f"variables of module.{name}"
    containers = node.get("containers")
    if containers is None:
        given = Given(module, said)
        given.pairs(node.get("env_vars"))
        given.pairs(node.get("env_secret_vars"), "value_from")
        yield _service(module, name, node), given
    for one in module.expanded(containers) if containers is not None else ():
        given = Given(module, said)
        given.mapping(one.get("env_vars"))
        given.references(one.get("env_secret_vars"))
        yield _service(module, name, one, "container_image"), given


def _ecs(module: Module, name: str, node: Node) -> Found:
    """Services of ECS: one with its containers, or a cluster with several services."""
    services = node.get("services")
    inner = module.expanded(services).items() if services is not None else [(name, node)]
    for label, service in inner:
        containers = service.get("container_definitions")
        whole = module.expanded(containers) if containers is not None else None
        every = list(whole.items()) if whole is not None else []
        for key, one in every:
            given = Given(module, f"variables of module.{name}")
            given.pairs(one.get("environment"))
            given.pairs(one.get("secrets"), "valueFrom", "value_from")
            yield _service(module, label if len(every) == 1 else f"{label}/{key}", one), given


def _definition(module: Module, name: str, node: Node) -> Found:
    """The definition of a container, as a module makes it."""
    given = Given(module, f"variables of module.{name}")
    given.pairs(node.get("environment"))
    given.mapping(node.get("map_environment"))
    given.pairs(node.get("secrets"), "valueFrom")
    given.references(node.get("map_secrets"))
    yield _service(module, name, node, "container_image"), given


def _lambda(module: Module, name: str, node: Node) -> Found:
    given = Given(module, f"variables of module.{name}")
    given.mapping(node.get("environment_variables"))
    runtime = module.value(node, "runtime")
    is_code = isinstance(runtime, str) and runtime.startswith("python")
    code = True if is_code else None if node.get("image_uri") is not None else False
    yield _service(module, name, node, "image_uri", code=code), given


_READERS: dict[str, Callable[[Module, str, Node], Found]] = {
    "cloud-run/google": _cloud_run,
    "terraform-google-cloud-run": _cloud_run,
    "ecs-container-definition/aws": _definition,
    "ecs/aws": _ecs,
    "terraform-aws-ecs": _ecs,
    "lambda/aws": _lambda,
}
