"""AWS Copilot: the services of its manifests, as they are in the environment."""

from msgspec.structs import replace

from readiness.deployment.compose_merge import merge
from readiness.deployment.compose_variables import env_file_variables
from readiness.deployment.naming import aliases
from readiness.deployment.platforms import Keys, built, laid, line, listed, supplied, words
from readiness.deployment.railway import told
from readiness.deployment.reading import Reading
from readiness.deployment.referring import filled
from readiness.deployment.service import Command, Replicas, Schedule, Service
from readiness.document.node import Malformed, Node
from readiness.project import Unreadable


def read_copilot(reading: Reading) -> None:
    """Add the service of each manifest."""
    for path in reading.project.files("**/copilot/*/manifest.yml", "/copilot/*/manifest.yml"):
        if not reading.is_mine(path):
            continue
        try:
            root = reading.project.yaml(path)
        except (Malformed, Unreadable) as answer:
            reading.refuse(path, answer)
            continue
        if root.get("type") is not None and root.get("name") is not None:
            reading.services.append(_service(reading, _of_environment(reading, root)))


def _of_environment(reading: Reading, root: Node) -> Node:
    """A manifest with what it says of the environment laid over it."""
    named = aliases(reading.environment)
    for name, own in (root.get("environments") or Node(None, root.at)).items():
        if name.lower() in named and own.is_mapping:
            root = merge(root, own)
    return root


def _service(reading: Reading, root: Node) -> Service:
    name, image = root.get("name"), root.get("image")
    location = image.get("location") if image else None
    schedule = root.get("on", "schedule") or root.get("true", "schedule")
    service = Service(
        name.text if name else "service", "copilot", (name or root).at,
        image=location.text if location else None, image_at=location.at if location else None,
        command=_command(root.get("command")), entrypoint=_command(root.get("entrypoint")),
        variables=listed(_variables(reading, root)), replicas=_replicas(root.get("count")),
        schedule=Schedule(schedule.text, schedule.at) if schedule else None,
    )  # fmt: skip
    build = image.get("build") if image else None
    if build is None:
        return service if location else told(reading, service, "")
    file = (build.get("dockerfile") if build.is_mapping else build) or build
    made = built(reading, service, "", file.text or "Dockerfile", file.at)
    return replace(made, command=service.command or made.command)


def _command(node: Node | None) -> Command | None:
    return words(node) if node is not None and node.is_list else line(node)


def _variables(reading: Reading, root: Node) -> Keys:
    found: Keys = {}
    if (file := root.get("env_file")) is not None and reading.project.has(file.text):
        found = env_file_variables(reading, file.text, {}, source="env_file of Copilot")
    said = root.get("variables")
    own = {name: filled(name, one, "variables of Copilot")
           for name, one in (said.items() if said else ())}  # fmt: skip
    secrets = root.get("secrets")
    hidden = {name: supplied(name, one, "secrets of Copilot")
              for name, one in (secrets.items() if secrets else ())}  # fmt: skip
    return laid(laid(found, own), hidden)


def _replicas(node: Node | None) -> Replicas | None:
    if node is None:
        return None
    if node.text.isdigit():
        return Replicas(int(node.text), int(node.text), node.at)
    spread = node.get("range")
    least, _, most = (spread.text if spread else "").partition("-")
    if least.isdigit() and most.isdigit():
        return Replicas(int(least), int(most), node.at)
    return None
