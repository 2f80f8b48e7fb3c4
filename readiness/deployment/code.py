"""Which services run the code of this project."""

import re

from msgspec.structs import replace

from readiness.deployment.compose_service import with_image
from readiness.deployment.images import image_name, is_known, is_postgres, is_runtime
from readiness.deployment.naming import is_aside, is_pattern
from readiness.deployment.reading import Reading
from readiness.deployment.service import Build, Service
from readiness.model.place import Place

_OTHER_LANGUAGES = frozenset({"node", "golang", "rust", "openjdk", "ruby", "php", "nginx", "bun",
                              "deno", "eclipse-temurin", "gradle", "maven"})  # fmt: skip


def settle_code(reading: Reading) -> None:
    """Say of each service whether it runs this code, and add what only a Dockerfile tells."""
    reading.services = [_judged(reading, one) for one in reading.services]
    _join_images(reading)
    _add_dockerfiles(reading)
    for source in ("compose", "kubernetes", "systemd", "render", "ecs", "nomad", "cloudformation",
                   "digitalocean", "azure", "kamal", "quadlet", "copilot", "lightsail", "docker",
                   "cloud-run", "ansible"):  # fmt: skip
        _settle_perhaps(reading, source)
    _settle_terraform(reading)


def _settle_terraform(reading: Reading) -> None:
    """Terraform starts helpers too: what may run the code does where nothing else is known to."""
    if not any(one.runs_code for one in reading.services):
        _settle_perhaps(reading, "terraform")
    for one in reading.services:
        if one.source == "terraform" and one.runs_code is None:
            reading.refuse(
                str(one.at), f"whether {one.name} runs this project's code is not known"
            )


def _judged(reading: Reading, service: Service) -> Service:
    if service.runs_code is not None:
        return service
    return replace(service, runs_code=_runs_code(reading, service))


def _runs_code(reading: Reading, service: Service) -> bool | None:
    if service.build is not None:
        # What is built from a folder beside the project is not its code.
        beside = re.match(r"(?:\.\./)+[^.]", service.build.context)
        base = service.base or ""
        other = base and (is_known(base) or image_name(base) in _OTHER_LANGUAGES)
        if beside or other:
            return False
        return _has_python(reading, service.build.context) or None
    image = service.image
    if image is None:
        return None
    if is_known(image) or image_name(image) in _OTHER_LANGUAGES:
        return False
    if is_runtime(image):
        return any((one.source or "").startswith(".") for one in service.volumes) or None
    built = [one for one in reading.services if one.build and one.image]
    return True if any(one.image == image for one in built) else None


def _has_python(reading: Reading, folder: str) -> bool:
    prefix = f"{folder}/" if folder else ""
    return any(path.startswith(prefix) and not is_aside(path.removeprefix(prefix))
               for path in reading.project.files("*.py"))  # fmt: skip


def _join_images(reading: Reading) -> None:
    """Give services that run a pushed image the Dockerfile that it was most likely built from."""
    unbuilt = _unbuilt(reading)
    for n, service in enumerate(reading.services):
        if service.build or service.runs_code is False or service.image is None:
            continue
        path = _dockerfile_for(reading, service, unbuilt)
        if path is None:
            continue
        image = reading.built_image(path)
        if image is None or is_postgres(image.base):
            continue
        reading.assumptions.append(f"the image {service.image} is built from {path}")
        known = {one.name: one for one in service.variables}
        merged = dict(image.variables)
        for name, one in known.items():
            chain = merged[name].chain if name in merged else ()
            merged[name] = replace(one, chain=(*one.chain, *chain))
        variables = tuple(merged[name] for name in sorted(merged))
        reading.services[n] = replace(
            with_image(service, image), variables=variables,
            runs_code=_has_python(reading, path.rpartition("/")[0]) or None,
        )  # fmt: skip


def _dockerfile_for(reading: Reading, service: Service, unbuilt: list[str]) -> str | None:
    name = image_name(service.image or "")
    twin = next((one for one in reading.services
                 if one.build and one.build.dockerfile and name in
                 {image_name(one.image or ""), one.name.lower()}), None)  # fmt: skip
    if twin and twin.build:
        return twin.build.dockerfile
    if (tagged := reading.tags.get(name)) in unbuilt:
        return tagged
    named = [path for path in unbuilt if name in path.lower().replace(".", "/").split("/")]
    candidates = named or unbuilt
    taken = service.source not in {"compose", "docker"} or named or _is_only(reading, service)
    return candidates[0] if len(candidates) == 1 and taken else None


def _is_only(reading: Reading, service: Service) -> bool:
    """Tell whether no other service of Compose runs this code, or may do so."""
    return not any(one.runs_code is not False for one in reading.services
                   if one.source == service.source and one is not service)  # fmt: skip


def _unbuilt(reading: Reading) -> list[str]:
    names = ("Dockerfile", "Dockerfile.*", "*.Dockerfile", "Containerfile", "*.dockerfile")
    paths = [path for path in reading.mine(*names) if not path.endswith(".dockerignore")]
    for path in paths:
        if _is_template(reading, path):
            reading.skip(path, "its name is that of a template")
    return [path for path in paths
            if path not in reading.built and not _is_template(reading, path)]  # fmt: skip


def _is_template(reading: Reading, path: str) -> bool:
    return reading.only is None and is_pattern(path.rpartition("/")[2], reading.environment)


def _add_dockerfiles(reading: Reading) -> None:
    """A Dockerfile that no service is built from is a service of its own."""
    for path in _unbuilt(reading):
        image = reading.built_image(path)
        if image is None:
            continue
        folder = path.rpartition("/")[0]
        base_at = image.base_at or Place(path)
        service = Service(
            name=path, source="dockerfile", at=base_at, base=image.base,
            build=Build(folder, path, None, base_at),
            variables=tuple(image.variables[name] for name in sorted(image.variables)),
            volumes=tuple(image.volumes),
        )  # fmt: skip
        reading.services.append(_judged(reading, with_image(service, image)))


def _settle_perhaps(reading: Reading, source: str) -> None:
    """Where no service of a kind is known to run the code, those that may are taken to."""
    mine = [one for one in reading.services if one.source == source]
    if any(one.runs_code for one in mine) or not reading.project.files("*.py"):
        return
    for n, one in enumerate(reading.services):
        if one.source == source and one.runs_code is None:
            reading.services[n] = replace(one, runs_code=True)
            command = "its command" if one.argv or source != "terraform" else "its code"
            what = f"the image {one.image}" if one.image else command
            reading.assumptions.append(f"{one.name} runs this project's code ({what})")
