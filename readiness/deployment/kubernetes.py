"""Kubernetes: the containers that the manifests of an environment would start."""

from collections.abc import Iterator

from msgspec.structs import replace

from readiness.deployment.admin_access import add_admin_pages
from readiness.deployment.facts import DeclaredDatabase, DeclaredSetting
from readiness.deployment.kubernetes_access import add_access
from readiness.deployment.kubernetes_variables import Sources, container_variables
from readiness.deployment.manifest import Manifest
from readiness.deployment.manifests import read_manifests
from readiness.deployment.reading import Reading
from readiness.deployment.service import Command, Port, Probe, Replicas, Schedule, Service, Volume
from readiness.document.node import Node

# Where each kind of workload keeps the description of its pods.
_PODS: dict[str, tuple[str, ...]] = {
    "Deployment": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
    "DaemonSet": ("spec", "template"),
    "ReplicaSet": ("spec", "template"),
    "ReplicationController": ("spec", "template"),
    "Job": ("spec", "template"),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
    "Pod": (),
    "Rollout": ("spec", "template"),
    "DeploymentConfig": ("spec", "template"),
}
# Cloud Run and Knative, which use words of Kubernetes for things of their own.
_SERVERLESS: dict[tuple[str, str], tuple[str, ...]] = {
    ("serving.knative.dev", "Service"): ("spec", "template"),
    ("run.googleapis.com", "Job"): ("spec", "template", "spec", "template"),
}
_COUNTED = frozenset({"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController",
                      "Rollout", "DeploymentConfig"})  # fmt: skip
_OPERATED = {"Cluster": "postgresql.cnpg.io", "postgresql": "acid.zalan.do",
             "PostgresCluster": "postgres-operator.crunchydata.com"}  # fmt: skip


def read_kubernetes(reading: Reading) -> None:
    """Add the workloads of the manifests of the environment, and what is open about them."""
    everything = read_manifests(reading)
    for applied in everything:
        _read(reading, [*applied.own], [*applied.own, *applied.around])
    add_admin_pages(reading, [one for applied in everything for one in applied.own])


def _read(reading: Reading, own: list[Manifest], manifests: list[Manifest]) -> None:
    sources = Sources.of(manifests, reading.created)
    services: list[Service] = []
    for one in own:
        if _pod(one) is not None:
            services.extend(_services(one, manifests, sources))
        elif one.kind == "ScheduledBackup" and (schedule := _schedule(one.node)):
            services.append(
                Service(one.name, "kubernetes", one.at, schedule=schedule, runs_code=False,
                        workload=one.kind, namespace=one.namespace)
            )  # fmt: skip
        elif _is_operated(one):
            reading.databases.append(_operated(one))
            reading.settings.extend(_settings(one))
    reading.services.extend(services)
    reading.assumptions.extend(
        f"the optional {name} of {at} is not in the project, and taken not to be there"
        for name, at in sources.absent.items()
    )
    add_access(reading, services, own, manifests)


def _services(one: Manifest, manifests: list[Manifest], sources: Sources) -> Iterator[Service]:
    pod = one.node.get(*(_pod(one) or ()))
    spec = pod.get("spec") if pod else None
    if pod is None or spec is None:
        return
    replicas = _replicas(one, manifests)
    containers = tuple(spec.get("containers") or ())
    for container in containers:
        name = one.name if len(containers) == 1 else _inner(one, container)
        yield replace(_service(name, one, container, pod, sources), replicas=replicas)
    for container in spec.get("initContainers") or ():
        found = _service(_inner(one, container), one, container, pod, sources)
        yield replace(found, workload="InitContainer", at=container.at)


def _pod(one: Manifest) -> tuple[str, ...] | None:
    """Where an object describes its pods; None of one that starts none."""
    group = _text(one.node.get("apiVersion")).partition("/")[0]
    return _SERVERLESS.get((group, one.kind), _PODS.get(one.kind))


def _inner(one: Manifest, container: Node) -> str:
    return f"{one.name}/{_text(container.get('name'))}"


def _service(name: str, one: Manifest, container: Node, pod: Node, sources: Sources) -> Service:
    image = container.get("image")
    spec = pod.get("spec")
    variables, unread = container_variables(container, sources)
    host_network = spec.get("hostNetwork") if spec else None
    labels = pod.get("metadata", "labels")
    return Service(
        name=name,
        source="kubernetes",
        at=one.at,
        image=image.text if image else None,
        image_at=image.at if image else None,
        command=_command(container.get("args")),
        entrypoint=_command(container.get("command")),
        variables=variables,
        ports=tuple(_ports(container)),
        schedule=_schedule(one.node) if one.kind == "CronJob" else None,
        probes=tuple(_probes(container)),
        volumes=tuple(_volumes(container, spec)),
        host_network=host_network.at if host_network and host_network.value is True else None,
        user=_user(container, spec),
        labels=tuple((key, node.text) for key, node in labels.items()) if labels else (),
        workload=one.kind,
        namespace=one.namespace,
        unread_sources=unread,
        working_dir=_text(container.get("workingDir")) or None,
    )


def _command(node: Node | None) -> Command | None:
    return Command(tuple(one.text for one in node), node.at) if node and node.is_list else None


def _ports(container: Node) -> Iterator[Port]:
    for one in container.get("ports") or ():
        inner, host = one.get("containerPort"), one.get("hostPort")
        yield Port(
            _number(inner), (host or inner or one).at, _number(host),
            _text(one.get("hostIP")) or None, (_text(one.get("protocol")) or "tcp").lower(),
            published=host is not None,
        )  # fmt: skip


def _replicas(one: Manifest, manifests: list[Manifest]) -> Replicas | None:
    """How many pods run: what a HorizontalPodAutoscaler allows, else what the object says."""
    for scaler in manifests:
        target = scaler.node.get("spec", "scaleTargetRef")
        if (
            scaler.kind == "HorizontalPodAutoscaler"
            and target is not None
            and (_text(target.get("kind")), _text(target.get("name"))) == (one.kind, one.name)
        ):
            least, most = (scaler.node.get("spec", key) for key in ("minReplicas", "maxReplicas"))
            return Replicas(_number(least) if least else 1, _number(most),
                            most.at if most else scaler.at)  # fmt: skip
    if one.kind == "Service":
        return _scale(one)
    if one.kind not in _COUNTED:
        return None
    found = one.node.get("spec", "replicas")
    count = _number(found) if found else 1
    return Replicas(count, count, found.at if found else one.at)


def _scale(one: Manifest) -> Replicas | None:
    """How many pods Knative or Cloud Run starts; None where nothing bounds them."""
    said = one.node.get("spec", "template", "metadata", "annotations")
    found = {key.rpartition("/")[2].lower().replace("-", ""): node
             for key, node in (said.items() if said else ())}  # fmt: skip
    most, least = found.get("maxscale"), found.get("minscale")
    if most is None:
        return None
    return Replicas(_said(least) or 1, _said(most), most.at)


def _said(node: Node | None) -> int | None:
    """The number that an annotation says, which is a text."""
    return int(node.text) if node is not None and node.text.isdigit() else None


def _schedule(node: Node) -> Schedule | None:
    found, suspend = node.get("spec", "schedule"), node.get("spec", "suspend")
    if found is None:
        return None
    off = suspend is not None and suspend.value is True
    return Schedule(found.text, found.at, off, suspend.at if suspend and off else None)


def _probes(container: Node) -> Iterator[Probe]:
    for kind in ("liveness", "readiness", "startup"):
        probe = container.get(f"{kind}Probe")
        if probe is None:
            continue
        http, run = probe.get("httpGet"), probe.get("exec", "command")
        test = f"GET {_text(http.get('path')) or '/'}" if http else ""
        test = test or (" ".join(one.text for one in run) if run else "tcp or grpc")
        yield Probe(kind, probe.key_at or probe.at, test)


def _volumes(container: Node, spec: Node | None) -> Iterator[Volume]:
    volumes = {
        _text(one.get("name")): one for one in (spec.get("volumes") if spec else None) or ()
    }
    for one in container.get("volumeMounts") or ():
        name = _text(one.get("name"))
        volume = volumes.get(name)
        kind = next((key for key, _ in volume.items() if key != "name"), name) if volume else name
        read_only = one.get("readOnly")
        yield Volume(
            None if kind == "emptyDir" else f"{kind}:{name}" if volume else name,
            _text(one.get("mountPath")), one.at, bool(read_only and read_only.value),
        )  # fmt: skip


def _user(container: Node, spec: Node | None) -> str | None:
    for holder in (container, spec):
        found = holder.get("securityContext", "runAsUser") if holder else None
        if found is not None:
            return found.text
    return None


def _is_operated(one: Manifest) -> bool:
    version = _text(one.node.get("apiVersion"))
    return one.kind in _OPERATED and version.startswith(_OPERATED[one.kind])


def _operated(one: Manifest) -> DeclaredDatabase:
    kept = one.node.get("spec", "backup", "retentionPolicy")
    text = kept.text.strip().lower() if kept else ""
    days = {"d": 1, "w": 7, "m": 30}.get(text[-1:], 0)
    count = int(text[:-1]) * days if days and text[:-1].isdigit() else None
    return DeclaredDatabase(
        one.name, "operator", one.at, resource=one.kind,
        backup_retention=count, backup_retention_at=kept.at if kept else None,
    )  # fmt: skip


def _settings(one: Manifest) -> Iterator[DeclaredSetting]:
    """What an operator is asked to write into the server's configuration."""
    inner = ("postgresql", "parameters")
    crunchy = one.kind == "PostgresCluster"
    found = one.node.get("spec", *(("patroni", "dynamicConfiguration") if crunchy else ()), *inner)
    for name, node in found.items() if found else ():
        yield DeclaredSetting(name, node.text, node.key_at or node.at, f"{one.kind} {one.name}")


def _text(node: Node | None) -> str:
    return node.text if node is not None else ""


def _number(node: Node | None) -> int | None:
    return node.value if node is not None and type(node.value) is int else None
