"""Calls of ``az`` that deploy to Container Apps, App Service and Functions."""

from readiness.deployment.interpolation import COMPUTED
from readiness.deployment.platforms import Keys, listed
from readiness.deployment.referring import filled, named_values
from readiness.deployment.service import Command, Kind, Service
from readiness.deployment.steps.deploying import Deploying, counted, line_of, pairs
from readiness.deployment.steps.options import Options, options_of
from readiness.deployment.steps.step import Step, is_open
from readiness.document.node import Malformed, Node
from readiness.project import Unreadable

_SECRET = ("secretref:", "@Microsoft.KeyVault(")
_KINDS: tuple[Kind, ...] = ("azure", "terraform", "procfile", "dockerfile")


def read_az(deploying: Deploying, step: Step) -> None:
    """Take what a call says of an application."""
    match step.words[1:]:
        case ("containerapp", "create" | "update" | "up", *rest):
            _container(deploying, step, options_of(tuple(rest), many=True))
        case ("deployment", "group" | "sub" | "mg" | "tenant", "create", *rest):
            _parameters(deploying, step, options_of(tuple(rest), many=True))
        case ("containerapp", "job", "create" | "update", *rest):
            _container(deploying, step, options_of(tuple(rest), many=True))
        case ("webapp" | "functionapp", "config", "appsettings", "set", *rest):
            _settings(deploying, step, options_of(tuple(rest), many=True))
        case ("webapp" | "functionapp", "config", "set", *rest):
            _start(deploying, step, options_of(tuple(rest), many=True))


def _container(deploying: Deploying, step: Step, told: Options) -> None:
    name, image = told.last("--name", "-n"), told.last("--image", "-i")
    if not deploying.is_mine(name, told.last("--resource-group", "-g")) or told.has("--yaml"):
        return
    words = told.all("--env-vars", "--set-env-vars", "--replace-env-vars")
    command, arguments = told.all("--command"), told.all("--args")
    service = Service(
        name if name and not is_open(name) else "app", "azure", step.at, image=image,
        image_at=step.at if image else None,
        variables=listed(pairs(words, step.at, "--env-vars of az", hidden=_SECRET)),
        entrypoint=Command(tuple(command), step.at) if command else None,
        command=Command(tuple(arguments), step.at) if arguments else None,
        replicas=counted(told.last("--min-replicas"), told.last("--max-replicas"), step.at),
    )  # fmt: skip
    if image is None and told.has("--source"):
        service = deploying.image(step, service, told.last("--source"))
    deploying.serve(step, service)


def _parameters(deploying: Deploying, step: Step, told: Options) -> None:
    """What a call gives to the parameters of a template."""
    if not deploying.is_mine(told.last("--resource-group", "-g"), told.last("--name", "-n")):
        return
    for word in told.all("--parameters", "-p"):
        name, equals, value = word.partition("=")
        if equals and name.isidentifier():
            text = COMPUTED if is_open(value) else value
            deploying.reading.parameters[name] = Node(text, step.at, raw=text)


def _settings(deploying: Deploying, step: Step, told: Options) -> None:
    name = told.last("--name", "-n")
    if not deploying.is_mine(name, told.last("--resource-group", "-g")):
        return
    words = told.all("--settings", "--slot-settings")
    files = [one[1:] for one in words if one.startswith("@")]
    found, unread = pairs(words, step.at, "appsettings of az", hidden=_SECRET), []
    for path in files:
        read = _file(deploying, path)
        unread += [path] if read is None else []
        found |= read or {}
    application = Service(name or "app", "azure", step.at, runs_code=True)
    deploying.give(step, _KINDS, found, name=name, otherwise=application, unread=tuple(unread))


def _start(deploying: Deploying, step: Step, told: Options) -> None:
    """The line with which App Service starts an application."""
    name, command = told.last("--name", "-n"), line_of(told.last("--startup-file"), step.at)
    if command is not None and deploying.is_mine(name, told.last("--resource-group", "-g")):
        deploying.serve(
            step, Service(name or "app", "azure", step.at, command=command, runs_code=True)
        )


def _file(deploying: Deploying, path: str) -> Keys | None:
    """Settings in JSON: a list of names and values, or a mapping."""
    try:
        root = deploying.reading.project.json(path.removeprefix("./"))
    except (Malformed, Unreadable):
        return None
    return settings_of(root, "appsettings of az")


def settings_of(root: Node, said: str) -> Keys:
    """Settings as Azure writes them, in either form."""
    if root.is_list:
        return named_values(root, "name", said)
    return {name: filled(name, one, said) for name, one in root.items()}
