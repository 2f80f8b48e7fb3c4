"""Quadlet: the containers that Podman's units for systemd start."""

from collections.abc import Iterator

from readiness.deployment.dockerfile import split
from readiness.deployment.platforms import listed
from readiness.deployment.ports import port_of
from readiness.deployment.reading import Reading
from readiness.deployment.service import Command, Port, Probe, Service
from readiness.deployment.systemd import Settings, unit_variables, whole_unit
from readiness.model.variable import Origin, Variable


def read_quadlets(reading: Reading) -> None:
    """Add a service for each container unit of the environment."""
    for path in reading.mine("*.container"):
        unit = whole_unit(reading, path)
        if any(name == "Image" for name, _, _ in unit):
            reading.services.append(_service(reading, path, unit))


def _service(reading: Reading, path: str, unit: Settings) -> Service:
    name = path.rpartition("/")[2].removesuffix(".container")
    last = {key: (value, at) for key, value, at in unit}
    image, at = last["Image"]
    unread: list[str] = []
    variables = {one.name: one for one in unit_variables(reading, unit, name, unread)}
    variables |= {one.name: one for one in _secrets(unit)}
    command, health = last.get("Exec"), last.get("HealthCmd")
    entry, user = last.get("Entrypoint"), last.get("User")
    return Service(
        name, "quadlet", at, image=image, image_at=at, variables=listed(variables),
        command=Command(split(command[0]), command[1]) if command else None,
        entrypoint=Command(split(entry[0]), entry[1]) if entry else None,
        user=user[0] if user else None, ports=tuple(_ports(unit)), unread_sources=tuple(unread),
        probes=(Probe("healthcheck", health[1], health[0]),) if health else (),
    )  # fmt: skip


def _secrets(unit: Settings) -> Iterator[Variable]:
    """Secrets that are given as variables; others are files."""
    for key, value, at in unit:
        name, *options = value.split(",")
        if key == "Secret" and "type=env" in options:
            target = next((one[7:] for one in options if one.startswith("target=")), name)
            yield Variable(target, "injected", None, (Origin("a secret of Podman", at),))


def _ports(unit: Settings) -> Iterator[Port]:
    for key, value, at in unit:
        if key == "PublishPort":
            yield from port_of(value, at)
