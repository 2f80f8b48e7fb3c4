"""Checker of whether the platform asks the processes that serve whether they are well."""

import re
from collections.abc import Iterator

from readiness import (
    Deployment,
    EntryPoint,
    Finding,
    NotApplicable,
    Program,
    Service,
    checker,
    ok,
    problem,
    undecided,
)

_SERVING = frozenset({"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet",
                      "ReplicationController", "Pod"})  # fmt: skip
_SERVERS = frozenset({"gunicorn", "uvicorn", "fastapi", "hypercorn", "granian", "daphne",
                      "waitress-serve", "uwsgi", "flask"})  # fmt: skip
_DJANGO = "runserver"
# Images of others that are known to bring no check of their own.
_PLAIN = re.compile(
    r"(?:.*/)?(?:python|debian|ubuntu|alpine|uv|pypy|slim|distroless.*)(?:[:@].*)?"
)


@checker("probes.configured")
def configured(deployment: Deployment, program: Program) -> Iterator[Finding]:
    """Each service of Compose or Kubernetes that serves with this code is asked how it is."""
    found = [
        finding
        for service in deployment.code_services
        if not service.schedule and _serves(deployment, service, program)
        for finding in _judged(service)
    ]
    if not found:
        raise NotApplicable("no Compose file and no manifest of Kubernetes serves with this code")
    yield from found


def _serves(deployment: Deployment, service: Service, program: Program) -> bool:
    """Whether others come to a process: it has a port, or its command starts a web server.

    So does the code that it runs, by itself: a script of the project, or a command of it.
    """
    started = service.command or service.entrypoint
    own = {service.at.path, *({started.at.path} if started else ())}
    # What an image exposes says nothing of a worker that is started from it by other words.
    if any(one.published or one.at.path in own for one in service.ports):
        return True
    workers = deployment.workers(service)
    if workers is not None:
        return workers.server in _SERVERS
    if any(_DJANGO in command.words for command in service.processes):
        return True
    return any(_leads_to(entry, path) for entry in deployment.entry_points()
               if entry.service == service.name for path in program.serving())  # fmt: skip


def _leads_to(entry: EntryPoint, path: str) -> bool:
    """Whether a file is what an entry point runs."""
    module = (entry.module or "").replace(".", "/")
    files = [entry.path] if entry.path else [
        f"{module}.py", f"{module}/__init__.py", f"{module}/__main__.py"]  # fmt: skip
    return any(path == one or path.endswith(f"/{one}") for one in files)


def _judged(service: Service) -> Iterator[Finding]:
    if service.source == "kubernetes" and service.workload in _SERVING:
        yield _of_pod(service)
    elif service.source == "compose":
        yield _of_container(service)


def _of_pod(service: Service) -> Finding:
    kinds = {one.kind for one in service.probes if not one.disabled}
    missing = [kind for kind in ("readiness", "liveness") if kind not in kinds]
    if not missing:
        return ok(f"{service.name} has a readiness and a liveness probe", at=service.at)
    words = " and no ".join(missing)
    wanted = " and ".join(f"{kind}Probe" for kind in missing)
    return problem(f"{service.name} has no {words} probe", at=service.at,
                   hint=f"add {wanted} to the container")  # fmt: skip


def _of_container(service: Service) -> Finding:
    probe = next(iter(service.probes), None)
    if probe is not None and probe.disabled:
        return problem(f"the health check of {service.name} is switched off", at=probe.at,
                       hint="give it a test that asks the process")  # fmt: skip
    if probe is not None and probe.test:
        return ok(f"{service.name} has a health check", at=probe.at)
    if probe is not None or not _is_plain(service):
        return undecided(
            f"whether the image of {service.name} brings a health check is not known here",
            at=service.at, hint="give the service a `healthcheck` with a `test`",
        )  # fmt: skip
    return problem(f"{service.name} has no health check", at=service.at,
                   hint="give it a `healthcheck`, or its Dockerfile a HEALTHCHECK")  # fmt: skip


def _is_plain(service: Service) -> bool:
    """Whether the image is built here, from one that has no check."""
    return service.base is not None and bool(_PLAIN.fullmatch(service.base))
