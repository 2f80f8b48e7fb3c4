"""App Engine and Heroku: what an ``app.yaml`` and an ``app.json`` give to the processes."""

from msgspec.structs import replace

from readiness.deployment.heroku import added
from readiness.deployment.platforms import (
    Chosen,
    Keys,
    built,
    known,
    laid,
    line,
    listed,
    mapping,
    supplied,
)
from readiness.deployment.reading import Reading
from readiness.deployment.service import Command, Replicas, Service
from readiness.document.node import Node


def read_app_engine(reading: Reading) -> None:
    """Add the services of App Engine of the environment."""
    for path, root in Chosen(reading, ("app.yaml", "app.*.yaml", "app-*.yaml")).documents("yaml"):
        runtime = root.get("runtime")
        if runtime is None or root.get("apiVersion") is not None:
            continue
        name, at = root.get("service"), runtime.key_at or runtime.at
        python = runtime.text.startswith("python")
        command = line(root.get("entrypoint"))
        if command is None and python and runtime.text != "python":
            command = Command(("gunicorn", "main:app"), at)
        service = Service(
            name.text if name else "default",
            "app-engine",
            at,
            command=command,
            variables=listed(mapping(root.get("env_variables"), "env_variables of app.yaml")),
            replicas=_replicas(root),
            runs_code=python or runtime.text == "custom" or False,
        )
        custom = runtime.text == "custom"
        reading.services.append(
            built(reading, service, _folder(path), "Dockerfile", at) if custom else service
        )


def _replicas(root: Node) -> Replicas | None:
    count = root.get("manual_scaling", "instances")
    if count is not None and count.text.isdigit():
        return Replicas(int(count.text), int(count.text), count.at)
    most = root.get("automatic_scaling", "max_instances")
    if most is None or not most.text.isdigit():
        return None
    return Replicas(None, int(most.text), most.at)


def read_heroku(reading: Reading) -> None:
    """Give the processes of a Procfile the variables that the ``app.json`` beside it declares."""
    for path, root in Chosen(reading, ("app.json",)).documents("json"):
        declared = laid(added(root.get("addons")), _declared(root.get("env")))
        for n, one in enumerate(reading.services):
            if one.source == "procfile" and _folder(one.at.path) == _folder(path):
                own = {variable.name: variable for variable in one.variables}
                reading.services[n] = replace(one, variables=listed(laid(declared, own)))


def _declared(node: Node | None) -> Keys:
    found: Keys = {}
    for name, one in node.items() if node else ():
        value = one.get("value") if one.is_mapping else one
        required = one.get("required")
        if value is not None and value.value is not None:
            found[name] = known(name, value, "env of app.json")
        elif required is None or required.value is not False:
            found[name] = supplied(name, one, "env of app.json, filled in on the platform")
    return found


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
