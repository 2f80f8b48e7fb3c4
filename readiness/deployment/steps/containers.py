"""Calls of Docker and Podman that start a container, or a service of a swarm."""

from readiness.deployment.images import image_name, is_known, is_runtime
from readiness.deployment.platforms import Keys, listed
from readiness.deployment.ports import port_of
from readiness.deployment.reading import joined
from readiness.deployment.service import Command, Kind, Probe, Replicas, Service
from readiness.deployment.steps.deploying import Deploying, number, pairs, supplied_at
from readiness.deployment.steps.options import Options, clustered, options_of
from readiness.deployment.steps.step import Step, is_open

_FLAGS = frozenset({
    "-d", "--detach", "-i", "--interactive", "-t", "--tty", "--rm", "--init", "--privileged",
    "--read-only", "-P", "--publish-all", "--no-healthcheck", "--oom-kill-disable", "-q",
    "--quiet",
    "--sig-proxy", "--disable-content-trust", "--replace", "--with-registry-auth", "--force",
})  # fmt: skip
_SHORT = frozenset("eplmcuvwha")
_KINDS: tuple[Kind, ...] = ("docker", "compose")


def read_container(deploying: Deploying, step: Step) -> None:
    """Take a container that is started to stay, or a service of a swarm."""
    match step.words[1:]:
        case ("build" | "buildx" | "image", *rest):
            _built(deploying, tuple(rest))
        case ("run" | "create", *rest) | ("container", "run" | "create", *rest):
            _container(deploying, step, tuple(rest))
        case ("service", "create", *rest):
            _container(deploying, step, tuple(rest), swarm=True)
        case ("service", "update", *rest):
            told = options_of(clustered(tuple(rest), _SHORT), _FLAGS)
            name = told.plain[-1] if told.plain else None
            given = pairs(told.all("--env-add"), step.at, "docker service update")
            deploying.give(step, _KINDS, given, name=name)


def _container(
    deploying: Deploying, step: Step, words: tuple[str, ...], *, swarm: bool = False
) -> None:
    told, image, rest = _parted(clustered(words, _SHORT))
    name = told.last("--name") or "container"
    stays = swarm or _stays(deploying, step, told)
    is_other = is_known(image) and not is_open(image) and not is_runtime(image)
    if not image or is_other or not stays or not deploying.is_mine(name, image):
        return
    unread: list[str] = []
    replicas = number(told.last("--replicas"))
    health = told.last("--health-cmd")
    entry = told.last("--entrypoint")
    ports = [port for text in told.all("-p", "--publish") if not is_open(text)
             for port in port_of(text, step.at)]  # fmt: skip
    deploying.serve(step, Service(
        "container" if is_open(name) else name, "docker", step.at, image=image, image_at=step.at,
        variables=listed(_variables(deploying, step, told, unread)), ports=tuple(ports),
        command=Command(rest, step.at) if rest else None,
        entrypoint=Command((entry,), step.at) if entry else None,
        replicas=Replicas(replicas, replicas, step.at) if replicas else None,
        probes=(Probe("healthcheck", step.at, health),) if health else (),
        unread_sources=tuple(unread),
    ))  # fmt: skip


def _built(deploying: Deploying, words: tuple[str, ...]) -> None:
    """Remember which Dockerfile an image is built from."""
    told = options_of(
        clustered(words, _SHORT | {"f", "t"}), _FLAGS | {"--push", "--load", "--pull"}
    )
    folder = told.plain[-1] if told.plain else "."
    file = told.last("--file", "-f") or f"{folder}/Dockerfile"
    for tag in told.all("--tag", "-t"):
        if not is_open(folder + file):
            deploying.reading.tags[image_name(tag)] = joined("", file)


def _parted(words: tuple[str, ...]) -> tuple[Options, str, tuple[str, ...]]:
    """The options before the image, the image, and the command behind it."""
    n = 0
    while n < len(words) and words[n].startswith("-"):
        n += 1 if "=" in words[n] or words[n] in _FLAGS else 2
    return options_of(words[:n], _FLAGS), words[n] if n < len(words) else "", words[n + 1 :]


def _stays(deploying: Deploying, step: Step, told: Options) -> bool:
    """Whether a container is one that serves, not one that a developer looks at."""
    if told.has("-t", "--tty", "-i", "--interactive", "--rm") and not told.has("--detach", "-d"):
        return False
    return told.has("--restart") or deploying.is_deploying(step)


def _variables(deploying: Deploying, step: Step, told: Options, unread: list[str]) -> Keys:
    found: Keys = {}
    for path in told.all("--env-file"):
        read = None if is_open(path) else deploying.file(step, path, "--env-file of docker")
        unread += [path] if read is None else []
        found |= read or {}
    own = [one if "=" in one or one not in step.exported else f"{one}={step.exported[one]}"
           for one in told.all("-e", "--env")]  # fmt: skip
    found |= pairs(own, step.at, "docker run")
    for text in told.all("--secret"):
        name, *more = text.split(",")
        if "type=env" in more:
            target = next((one[7:] for one in more if one.startswith("target=")), name)
            found[target] = supplied_at(target, step.at, "a secret of Podman")
    return found
