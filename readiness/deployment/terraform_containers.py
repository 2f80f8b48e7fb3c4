"""Terraform: the containers and functions that it starts, with their variables."""

import re
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from readiness.deployment.platforms import line, listed, words
from readiness.deployment.reading import Reading
from readiness.deployment.service import Command, Service
from readiness.deployment.terraform_instances import instances
from readiness.deployment.terraform_modules import module_services
from readiness.deployment.terraform_values import Module
from readiness.deployment.terraform_variables import Given, image_text, plain
from readiness.document.node import Node

_POD = ("spec", 0, "template", 0, "spec", 0, "container")
# Where the containers with blocks of variables stand in each kind of resource.
_BLOCKS: dict[str, tuple[str | int, ...]] = {
    "google_cloud_run_service": ("template", 0, "spec", 0, "containers"),
    "google_cloud_run_v2_service": ("template", 0, "containers"),
    "google_cloud_run_v2_job": ("template", 0, "template", 0, "containers"),
    "azurerm_container_app": ("template", 0, "container"),
    "kubernetes_deployment": _POD,
    "kubernetes_deployment_v1": _POD,
    "kubernetes_stateful_set": _POD,
    "kubernetes_stateful_set_v1": _POD,
}
_NAMES = (("name",), ("function_name",), ("service_name",), ("metadata", 0, "name"))
_STACK = ("site_config", 0, "application_stack", 0)
_SOURCE = ("source_configuration", 0)
# What Azure puts before the name of a connection string, by its kind.
_PREFIXES = {"postgresql": "POSTGRESQLCONNSTR_", "custom": "CUSTOMCONNSTR_",
             "mysql": "MYSQLCONNSTR_", "sqlserver": "SQLCONNSTR_",
             "sqlazure": "SQLAZURECONNSTR_"}  # fmt: skip
_IMAGE = (*_SOURCE, "image_repository", 0)
_CODE = (*_SOURCE, "code_repository", 0, "code_configuration", 0, "code_configuration_values", 0)


def add_containers(reading: Reading, module: Module) -> None:
    """Add a service for each container; what is computed about one is named."""
    for kind, path in _BLOCKS.items():
        for name, node in module.resources(kind):
            containers = [one for one in node.get(*path) or () if one.is_mapping]
            if not containers:
                _refuse(reading, node, f"the containers of {kind}.{name}")
            for one in containers:
                inner = f"/{_text(module, one, 'name') or ''}" if len(containers) > 1 else ""
                given = Given(module, f"env of {kind}.{name}")
                given.blocks(one)
                service = Service(
                    f"{_name(module, node, name)}{inner}", "terraform", one.key_at or one.at,
                    image=image_text(module, one, "image"), image_at=module.at(one, "image"),
                    command=words(one.get("args")),
                    entrypoint=words(one.get("command")),
                    replicas=instances(module, kind, node),
                )  # fmt: skip
                _add(reading, service, given)
    for service, given in module_services(module):
        _add(reading, service, given)
    for kind, reader in _MAPPINGS.items():
        for name, node in module.resources(kind):
            given = Given(module, f"the environment of {kind}.{name}")
            for service in reader(reading, node, _name(module, node, name), given):
                _add(reading, service, given)


def _add(reading: Reading, service: Service, given: Given) -> None:
    for node in given.computed:
        _refuse(reading, node, f"a part of {given.said}")
    unread = (*given.sources, *(f"{given.said} ({node.at})" for node in given.computed))
    reading.services.append(replace(service, variables=listed(given.found), unread_sources=unread))


def _refuse(reading: Reading, node: Node, what: str) -> None:
    reading.refuse(str(node.at), f"{what} is computed, which is not evaluated")


def _function(reading: Reading, node: Node, name: str, given: Given) -> Iterator[Service]:
    """A function of AWS Lambda: of an image, or of the file that its handler names."""
    environment = node.get("environment", 0)
    given.mapping(environment.get("variables") if environment else None)
    if (dynamic := node.get("dynamic", "environment")) is not None:
        given.computed.append(dynamic)
    image = image_text(given.module, node, "image_uri")
    handler = _text(given.module, node, "handler") or ""
    file = f"{handler.rpartition('.')[0].replace('.', '/')}.py"
    may = node.get("image_uri") is not None or bool(reading.project.files(f"**/{file}"))
    if not may:
        _refuse(reading, node, f"the code of {name}")
    yield Service(name, "terraform", node.key_at or node.at, image=image,
                  image_at=given.module.at(node, "image_uri"),
                  runs_code=None if may else False)  # fmt: skip


def _runner(_: Reading, node: Node, name: str, given: Given) -> Iterator[Service]:
    """A service of AWS App Runner, from an image or from the code."""
    image, code = node.get(*_IMAGE), node.get(*_CODE)
    settings = image.get("image_configuration", 0) if image else code
    command = settings.get("start_command") if settings else None
    if settings is not None:
        given.mapping(settings.get("runtime_environment_variables"))
        given.references(settings.get("runtime_environment_secrets"))
    other = code is not None and not (_text(given.module, code, "runtime") or "P").startswith("P")
    yield Service(
        name, "terraform", node.key_at or node.at,
        image=image_text(given.module, image, "image_identifier") if image else None,
        image_at=given.module.at(image, "image_identifier") if image else None,
        command=_line(given.module, command), runs_code=False if other else None,
    )  # fmt: skip


def _web_app(_: Reading, node: Node, name: str, given: Given) -> Iterator[Service]:
    """An application of Azure App Service; its stack says in which language."""
    given.mapping(node.get("app_settings"))
    given.strings(node, _PREFIXES)
    stack = node.get(*_STACK)
    keys = {key for key, _ in stack.items()} if stack else set()
    languages = {key for key in keys if re.fullmatch(r"[a-z]+_version", key)}
    other = bool(languages) and "python_version" not in languages
    command = node.get("site_config", 0, "app_command_line")
    yield Service(
        name, "terraform", node.key_at or node.at,
        image=image_text(given.module, stack, "docker_image_name") if stack else None,
        image_at=given.module.at(stack, "docker_image_name") if stack else None,
        command=_line(given.module, command), runs_code=False if other else None,
    )  # fmt: skip


_MAPPINGS: dict[str, Callable[[Reading, Node, str, Given], Iterator[Service]]] = {
    "aws_lambda_function": _function,
    "aws_apprunner_service": _runner,
    "azurerm_linux_web_app": _web_app,
    "azurerm_linux_function_app": _web_app,
}


def _line(module: Module, node: Node | None) -> Command | None:
    return line(node) if node is not None and _settled(module, node) is not None else None


def _name(module: Module, node: Node, label: str) -> str:
    return next((text for path in _NAMES if (text := _text(module, node, *path))), label)


def _text(module: Module, node: Node, *path: str | int) -> str | None:
    found = node.get(*path)
    return (_settled(module, found) or None) if found is not None else None


def _settled(module: Module, node: Node) -> str | None:
    return plain(module.settled(node))
