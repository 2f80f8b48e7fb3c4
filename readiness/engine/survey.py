"""A first look at a project that has no settings yet, for `readiness init`."""

from pathlib import Path

from msgspec import Struct

from readiness.engine.gather import Gathering
from readiness.engine.request import Request
from readiness.environment import Environment
from readiness.settings.settings import Settings

_AGENTS = ("agent", "team", "workflow")


class Survey(Struct, frozen=True):
    """What was seen: files that build agents, variables that the code reads, and sources.

    ``required`` are variables without which the code does not start; ``missing`` those of
    them that no source mentions. ``processes`` says of each service that runs the code where
    its variables come from; ``deployment`` are the files that describe what is deployed,
    ``left_out`` those that do not, each with the reason.
    """

    folder: str
    files: int
    services: tuple[str, ...]
    agent_files: tuple[str, ...]
    required: tuple[str, ...]
    missing: tuple[str, ...]
    processes: tuple[str, ...]
    deployment: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    databases: tuple[str, ...]
    assumptions: tuple[str, ...]


def survey(folder: Path, environment: str) -> Survey:
    """Look at a project as `check` would, without judging and without connecting."""
    request = Request(folder.resolve(), environment=environment, say=lambda _: None)
    gathering = Gathering(request, Settings(request.folder), (), ())
    known = {name for one in gathering.environments for name in one.variables}
    reads = [read for program in gathering.programs for read in program.reads()]
    required = dict.fromkeys(read.name for read in reads if read.required)
    engines = [engine for program in gathering.programs for engine in program.engines()]
    return Survey(
        folder=request.folder.name,
        files=len(gathering.project.paths),
        services=tuple(service.name for service in gathering.deployment.code_services),
        agent_files=_agent_files(gathering),
        required=tuple(required),
        missing=tuple(name for name in required if name not in known),
        processes=tuple(map(_process, gathering.environments)),
        deployment=_deployment(gathering),
        left_out=tuple((one.path, one.reason) for one in gathering.deployment.left_out),
        databases=tuple(dict.fromkeys(str(engine.url) for engine in engines)),
        assumptions=_assumptions(gathering),
    )


def _process(environment: Environment) -> str:
    """Which service would start, and where its variables stand, the strongest source first."""
    names = ", ".join(environment.services) or "the code"
    places = [one.at.path for variable in environment.variables.values()
              for one in variable.chain if one.at is not None]  # fmt: skip
    sources = ", ".join(dict.fromkeys(places)) or "nothing: no file sets any"
    return f"{names}: variables from {sources}"


def _deployment(gathering: Gathering) -> tuple[str, ...]:
    found = gathering.deployment
    kept = [one for one in found.services if one.source != "github-actions"]
    places = [service.at for service in kept]
    places += [one.at for one in found.databases] + [one.at for one in found.exposures]
    return tuple(sorted({place.path for place in places}))


def _assumptions(gathering: Gathering) -> tuple[str, ...]:
    said = [*gathering.deployment.assumptions]
    said += [note for one in gathering.environments for note in one.notes]
    said += [text for program in gathering.programs for text in program.assumptions]
    return tuple(dict.fromkeys(said))


def _agent_files(gathering: Gathering) -> tuple[str, ...]:
    holders = [holder for program in gathering.programs for holder in program.agents()]
    return tuple(dict.fromkeys(h.at.path for h in holders if h.kind in _AGENTS))
