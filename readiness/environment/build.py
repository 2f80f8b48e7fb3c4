"""The environments of a deployment, one for each service that runs the code."""

import re
from collections.abc import Iterable, Mapping

from readiness.deployment import Deployment
from readiness.deployment.assigned import assigned_by, started
from readiness.deployment.inside import find
from readiness.deployment.service import Command, Service
from readiness.environment.environment import Environment
from readiness.environment.files import file_variables, read_given_file
from readiness.environment.named import named_file, named_otherwise
from readiness.environment.overrides import Overrides
from readiness.model.secret import Secret
from readiness.model.variable import Origin, Variable
from readiness.project import Project, Unreadable

Layer = Mapping[str, Variable]

# Variables of the interpreter and of installers say nothing about an environment.
_OF_TOOLS = re.compile(
    r"(?:PYTHON|PIP_|UV_|POETRY_|LC_|PDM_|PIPENV_|VIRTUAL_ENV)\w*|PATH|LANG|LANGUAGE|TZ|HOME|"
    r"DEBIAN_FRONTEND|TERM|SHELL|USER|LD_LIBRARY_PATH"
)


def build_environments(
    project: Project, deployment: Deployment, *, name: str, overrides: Overrides | None = None
) -> tuple[Environment, ...]:
    """The variables that each process of an environment would start with.

    One environment for all services that run this code and would get the same variables;
    a single one without a service where the deployment names none that runs it.
    """
    given = overrides or Overrides()
    strong = given_layers(project, given)
    services: tuple[Service | None, ...] = deployment.code_services or (None,)
    built: list[Environment] = []
    for service in services:
        _add(built, _environment(project, name, service, strong))
    return tuple(built)


def given_variables(project: Project, overrides: Overrides) -> dict[str, Variable]:
    """What the user says, as one mapping: it also fills the references of Compose."""
    return stacked(given_layers(project, overrides))


def given_layers(project: Project, overrides: Overrides) -> list[Layer]:
    """What the user says about variables, the strongest first."""
    line: dict[str, Variable] = {
        name: Variable(name, "known", Secret(value), (Origin("--set", None, Secret(value)),))
        for name, value in overrides.set.items()
    }
    for name in overrides.unset - line.keys():
        line[name] = Variable(name, "unset", None, (Origin("--unset"),))
    for name in overrides.injected - line.keys():
        line[name] = Variable(name, "injected", None, (Origin("--injected"),))
    layers: list[Layer] = [line]
    for path in reversed(overrides.env_files):
        layers.append(_file(project, path, layers, f"--env-file {path}"))
    layers.append({
        name: Variable(
            name,
            "known",
            value,
            (Origin("the settings", overrides.settings_at.get(name), value),),
        )
        for name, value in overrides.settings.items()
    })  # fmt: skip
    for path in reversed(overrides.settings_files):
        layers.append(_file(project, path, layers, f"{path}, which the settings name"))
    return layers


def _file(project: Project, path: str, stronger: list[Layer], source: str) -> Layer:
    return file_variables(read_given_file(project, path), stacked(stronger), source=source)


def stacked(layers: Iterable[Layer]) -> dict[str, Variable]:
    """One mapping out of layers, the strongest first; chains keep what weaker ones say."""
    found: dict[str, Variable] = {}
    for layer in layers:
        for name, one in layer.items():
            before = found.get(name)
            found[name] = one if before is None else _over(before, one)
    return found


def _over(before: Variable, weaker: Variable) -> Variable:
    """Keep a variable, and add what a weaker source says unless the same line said it."""
    places = {origin.at for origin in before.chain if origin.at}
    added = tuple(origin for origin in weaker.chain if origin.at not in places)
    return Variable(before.name, before.state, before.value, (*before.chain, *added))


def _environment(
    project: Project, name: str, service: Service | None, strong: list[Layer]
) -> Environment:
    own = {one.name: one for one in service.variables} if service else {}
    weakest, notes = _named_file(project, name, service, stacked([*strong, own]))
    variables = stacked([*strong, own, weakest])
    missing: tuple[str, ...] = ()
    if service is not None and (command := started(service)) is not None:
        # The process has these, whatever was given to the command before.
        variables = stacked([assigned_by(service, command, variables), variables])
        variables, missing = _loaded(project, service, command, variables)
    return Environment(
        name,
        dict(sorted(variables.items())),
        described=any(not _OF_TOOLS.fullmatch(one) for one in variables),
        service=service.name if service else None,
        services=(service.name,) if service else (),
        unread_sources=(*(service.unread_sources if service else ()), *missing),
        notes=notes,
    )


def _loaded(
    project: Project, service: Service, command: Command, variables: dict[str, Variable]
) -> tuple[dict[str, Variable], tuple[str, ...]]:
    """The variables with those of the files that a command loads, and which are not there."""
    missing: list[str] = []
    for word, beats in command.files:
        path = find(project, service, word)
        try:
            file = project.dotenv(path or word)
        except Unreadable:
            missing.append(path or word)
            continue
        own = {one.name for one in file.bindings} if beats else set()
        around = {name: one for name, one in variables.items() if name not in own}
        layer = file_variables(file, around, source=f"{path}, which the command loads")
        variables = stacked([layer, variables] if beats else [variables, layer])
    return variables, tuple(missing)


def _named_file(
    project: Project, name: str, service: Service | None, around: Layer
) -> tuple[Layer, tuple[str, ...]]:
    """The variables of ``.env.<environment>``, and what was assumed to find it."""
    path, note = named_file(project, name, service.build.context if service and service.build
                            else "")  # fmt: skip
    if path is None:
        return {}, note
    if other := named_otherwise(project, path, name, around):
        return {}, (*note, f"{path} is not taken: {other}")
    try:
        file = project.dotenv(path)
    except Unreadable:
        return {}, (*note, f"{path} cannot be read")
    return file_variables(file, around, source=path), note


def _add(built: list[Environment], one: Environment) -> None:
    """Add an environment, or join it to the one with the same variables."""
    for n, other in enumerate(built):
        if _same(one, other):
            built[n] = Environment(
                other.name, other.variables, other.described, other.service,
                (*other.services, *one.services), other.unread_sources, other.notes,
            )  # fmt: skip
            return
    built.append(one)


def _same(one: Environment, other: Environment) -> bool:
    if one.variables.keys() != other.variables.keys():
        return False
    if one.unread_sources != other.unread_sources:
        return False
    pairs = ((one.variables[name], other.variables[name]) for name in one.variables)
    return all(
        first.state == second.state and first.value == second.value for first, second in pairs
    )
