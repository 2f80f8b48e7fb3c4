"""Amazon ECS: the containers of task definitions, in JSON or in Terraform."""

import re
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from readiness.deployment.interpolation import COMPUTED
from readiness.deployment.platforms import Chosen, Keys, known, listed, supplied, words
from readiness.deployment.reading import Reading
from readiness.deployment.service import Port, Service
from readiness.deployment.terraform_expressions import UNRESOLVED
from readiness.deployment.terraform_values import Module
from readiness.document.hcl import parse as parse_hcl
from readiness.document.json import parse as parse_json
from readiness.document.node import Malformed, Node

_ENCODED = re.compile(r"\$\{\s*jsonencode\((?P<inner>.*)\)\s*\}\Z", re.DOTALL)

Resolve = Callable[[Node], Node | None]
Partly = Callable[[Node], str | None]
Expand = Callable[[Node], Node]


def read_ecs(reading: Reading) -> None:
    """Add a service for each container of the task definitions in JSON."""
    globs = ("*task*def*.json", "*taskdef*.json", ".aws/*.json", "ecs/*.json")
    for path, root in Chosen(reading, globs).documents("json"):
        listed_nodes = root.get("containerDefinitions")
        family = root.get("family")
        name = family.text if family else path.rpartition("/")[2].removesuffix(".json")
        reading.services.extend(_services(listed_nodes, name, _itself, _no_part, _itself))


def task_services(module: Module, name: str, node: Node) -> list[Service] | None:
    """The containers of a task definition of Terraform; None where it is computed."""
    definitions = node.get("container_definitions")
    if definitions is None:
        return []
    try:
        containers = _containers(definitions)
    except Malformed:
        return None
    if containers is None or not containers.is_list:
        return None

    def resolved(one: Node) -> Node | None:
        value = module.settled(one)
        if value is UNRESOLVED or isinstance(value, list | dict):
            return None
        text = "" if value is None else str(value)
        return replace(one, value=value, raw=text)

    return list(_services(containers, name, resolved, module.partly, module.expanded))


def _itself(node: Node) -> Node:
    return node


def _no_part(_: Node) -> None:
    return None


def _containers(node: Node) -> Node | None:
    """The list that ``jsonencode([…])`` or a text of JSON holds, with the lines of the file."""
    if node.is_list:
        return node
    text = node.text
    above = (node.at.line or 1) - 1
    if found := _ENCODED.match(text):
        root = parse_hcl(f"containers = {found['inner']}\n", node.at.path).get("containers")
        return root.lowered(above) if root else None
    if text.lstrip().startswith("["):
        # The text of a here-document begins on the line below its mark.
        return parse_json(text, node.at.path).lowered(above + 1)
    return None


def _services(
    containers: Node | None, family: str, resolve: Resolve, partly: Partly, expand: Expand
) -> Iterator[Service]:
    nodes = [one for one in containers or () if one.is_mapping]
    for written in nodes:
        node = _expanded(written, expand)
        image, name = node.get("image"), node.get("name")
        settled = resolve(image) if image else None
        text = settled.text if settled else (partly(image) or COMPUTED) if image else None
        inner = name.text if name else ""
        yield Service(
            family if len(nodes) == 1 else f"{family}/{inner}", "ecs", (name or node).at,
            image=text, image_at=image.at if image else None,
            command=words(node.get("command")), entrypoint=words(node.get("entryPoint")),
            variables=listed(_variables(node, resolve, partly)), ports=tuple(_ports(node)),
            unread_sources=tuple(_files(node)),
        )  # fmt: skip


def _expanded(node: Node, expand: Expand) -> Node:
    """A container whose lists of variables stand as what their expressions come to."""
    inner = dict(node.items())
    inner |= {key: expand(inner[key]) for key in ("environment", "secrets") if key in inner}
    return Node.mapping(inner, node.at, node.key_at)


def _variables(node: Node, resolve: Resolve, partly: Partly) -> Keys:
    found: Keys = {}
    for one in node.get("environment") or ():
        name, value = one.get("name"), one.get("value")
        if name is None:
            continue
        settled = resolve(value) if value else None
        said = "environment of the task definition"
        found[name.text] = (
            known(name.text, settled, said)
            if settled is not None
            else supplied(
                name.text,
                value or name,
                f"{said}, computed where it is applied",
                partly(value) if value else None,
            )
        )
    for one in node.get("secrets") or ():
        if (name := one.get("name")) is not None:
            found[name.text] = supplied(name.text, name, "secrets of the task definition")
    return found


def _ports(node: Node) -> Iterator[Port]:
    for one in node.get("portMappings") or ():
        inner = one.get("containerPort")
        if inner is not None and inner.text.isdigit():
            yield Port(int(inner.text), inner.at)


def _files(node: Node) -> Iterator[str]:
    for key in ("environment", "secrets"):
        given = node.get(key)
        if given is not None and given.value is not None and not given.is_list:
            yield f"a computed {key} of the task definition ({given.at})"
    for one in node.get("environmentFiles") or ():
        if (value := one.get("value")) is not None:
            yield value.text
