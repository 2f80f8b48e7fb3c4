"""Calls of ``gcloud`` that deploy to Cloud Run and Cloud Functions."""

from msgspec.structs import replace

from readiness.deployment.platforms import Keys, listed
from readiness.deployment.service import Command, Service
from readiness.deployment.steps.deploying import Deploying, counted, pairs, parted, supplied_at
from readiness.deployment.steps.options import Options, options_of
from readiness.deployment.steps.step import Step, is_open
from readiness.document.node import Malformed
from readiness.model.place import Place
from readiness.model.variable import Variable
from readiness.project import Unreadable

_FLAGS = frozenset({
    "--quiet", "-q", "--allow-unauthenticated", "--async", "--cpu-boost", "--cpu-throttling",
    "--use-http2", "--session-affinity", "--execute-now", "--wait", "--gen2", "--trigger-http",
    "--default-url", "--iap",
})  # fmt: skip
_SAID = "gcloud"


def read_gcloud(deploying: Deploying, step: Step) -> None:
    """Take what a call says of a service, a job or a function."""
    words = [one for one in step.words[1:] if one not in {"alpha", "beta"}]
    match words:
        case ["run", "deploy", *rest] | ["run", "services", "update" | "deploy", *rest]:
            _serve(deploying, step, options_of(tuple(rest), _FLAGS))
        case ["run", "jobs", "create" | "update" | "deploy", *rest]:
            _serve(deploying, step, options_of(tuple(rest), _FLAGS))
        case ["functions", "deploy", *rest]:
            _serve(deploying, step, options_of(tuple(rest), _FLAGS), function=True)


def _serve(deploying: Deploying, step: Step, told: Options, *, function: bool = False) -> None:
    name = told.plain[0] if told.plain else "service"
    if not deploying.is_mine(name, told.last("--project")):
        return
    runtime = told.last("--runtime") or "python"
    image = told.last("--image")
    unread: list[str] = []
    least, most = told.last("--min-instances", "--min"), told.last("--max-instances", "--max")
    service = Service(
        "service" if is_open(name) else name, "cloud-run", step.at, image=image,
        image_at=step.at if image else None,
        variables=listed(_variables(deploying, step, told, unread)),
        command=_command(told.last("--args"), step.at),
        entrypoint=_command(told.last("--command"), step.at),
        replicas=counted(least, most, step.at), unread_sources=tuple(unread),
    )  # fmt: skip
    if function:
        service = replace(service, runs_code=runtime.startswith("python"))
    elif image is None and told.has("--source"):
        service = deploying.image(step, service, told.last("--source"))
    deploying.serve(step, service)


def _variables(deploying: Deploying, step: Step, told: Options, unread: list[str]) -> Keys:
    found: Keys = {}
    for path in told.all("--env-vars-file"):
        read = _file(deploying, step, path)
        unread += [path] if read is None else []
        found |= read or {}
    for text in told.all("--set-env-vars", "--update-env-vars"):
        found |= pairs(parted(text), step.at, _SAID)
    for text in told.all("--set-secrets", "--update-secrets"):
        names = [one.partition("=")[0] for one in parted(text)]
        found |= {name: supplied_at(name, step.at, "secrets of gcloud") for name in names
                  if not name.startswith("/")}  # fmt: skip
    for text in told.all("--remove-env-vars", "--remove-secrets"):
        for name in text.split(","):
            found.pop(name, None)
    return found


def _file(deploying: Deploying, step: Step, path: str) -> Keys | None:
    """A file of variables: YAML, or lines where it is called so."""
    project = deploying.reading.project
    if not path.endswith((".yaml", ".yml")) or path in step.written:
        return deploying.file(step, path, "--env-vars-file")
    try:
        root = project.yaml(path.removeprefix("./"))
    except (Malformed, Unreadable):
        return None
    texts = [f"{name}={node.text}" for name, node in root.items() if node.children is None]
    found = pairs(texts, step.at, "--env-vars-file")
    places = {name: node.key_at or node.at for name, node in root.items()}
    return {name: _moved(one, places[name]) for name, one in found.items()}


def _moved(one: Variable, at: Place) -> Variable:
    return replace(one, chain=tuple(replace(origin, at=at) for origin in one.chain))


def _command(text: str | None, at: Place) -> Command | None:
    return Command(tuple(parted(text)), at) if text and not is_open(text) else None
