"""A first look at a project that has no settings yet, for `readiness init`."""

from dataclasses import dataclass
from pathlib import Path

from readiness.engine.gather import Gathering
from readiness.engine.request import Request
from readiness.settings.settings import Settings

_AGENTS = ("agent", "team", "workflow")


@dataclass(frozen=True, slots=True)
class Survey:
    """What was seen: files that build agents, variables that the code reads, and sources.

    ``required`` are variables without which the code does not start; ``missing`` those of
    them that no source mentions.
    """

    folder: str
    files: int
    services: tuple[str, ...]
    agent_files: tuple[str, ...]
    required: tuple[str, ...]
    missing: tuple[str, ...]
    env_files: tuple[str, ...]
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
        env_files=gathering.project.files(f".env.{environment}"),
        databases=tuple(dict.fromkeys(str(engine.url) for engine in engines)),
        assumptions=tuple(a for program in gathering.programs for a in program.assumptions),
    )


def _agent_files(gathering: Gathering) -> tuple[str, ...]:
    holders = [holder for program in gathering.programs for holder in program.agents()]
    return tuple(dict.fromkeys(h.at.path for h in holders if h.kind in _AGENTS))
