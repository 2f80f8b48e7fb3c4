"""Who can reach a database in Kubernetes: Services, ports of the node, NetworkPolicies."""

import re
from collections.abc import Iterator, Mapping

from readiness.deployment.databases import POSTGRES_PORT, is_database
from readiness.deployment.facts import Exposure
from readiness.deployment.manifest import Manifest
from readiness.deployment.networks import is_world
from readiness.deployment.reading import Reading
from readiness.deployment.service import Service
from readiness.document.node import Node

_INTERNAL = {
    "service.beta.kubernetes.io/aws-load-balancer-internal": ("true", "0.0.0.0/0"),
    "service.beta.kubernetes.io/aws-load-balancer-scheme": ("internal",),
    "networking.gke.io/load-balancer-type": ("Internal",),
    "cloud.google.com/load-balancer-type": ("Internal",),
    "service.beta.kubernetes.io/azure-load-balancer-internal": ("true",),
}
_OPERATED = frozenset({"Cluster", "postgresql", "PostgresCluster"})
_MAKERS = re.compile(r"cnpg\.io|acid\.zalan\.do|crunchydata\.com")
_FORWARDED = re.compile(r"(?:[\w.-]+/)?(?P<name>[\w.-]+):(?:5432|postgres\w*)(?::.*)?\Z")


def add_access(
    reading: Reading, services: list[Service], own: list[Manifest], manifests: list[Manifest]
) -> None:
    """Add the ways to the databases among the services; ``manifests`` may open or close them."""
    databases = [one for one in services if is_database(one)]
    for one in own:
        if one.kind == "Service":
            reading.exposures.extend(_service(one, databases))
        elif one.kind == "ConfigMap":
            reading.exposures.extend(_forwarded(one))
        elif one.kind == "IngressRouteTCP":
            reading.exposures.extend(_routed(one))
        elif one.kind in _OPERATED and _MAKERS.search(_maker(one)):
            reading.exposures.extend(_operated(one))
    for database in databases:
        reading.exposures.extend(_of_node(database))
        reading.exposures.append(_policy(database, manifests))


def _maker(one: Manifest) -> str:
    version = one.node.get("apiVersion")
    return version.text if version is not None else ""


def _operated(one: Manifest) -> Iterator[Exposure]:
    """The Services beyond the cluster that an operator is told to make for a database."""
    spec = one.node.get("spec")
    templates = spec.get("managed", "services", "additional") if spec else None
    kinds = [node.get("serviceTemplate", "spec", "type") for node in templates or ()]
    if spec is not None:
        kinds += [spec.get("service", "type"), spec.get("proxy", "pgBouncer", "service", "type")]
        for key in ("enableMasterLoadBalancer", "enableMasterPoolerLoadBalancer",
                    "enableReplicaLoadBalancer", "enableReplicaPoolerLoadBalancer"):  # fmt: skip
            flag = spec.get(key)
            if flag is not None and flag.value is True:
                text = f"a load balancer opens {one.name} ({key})"
                yield Exposure("service-load-balancer", one.name, text, flag.at)
    for kind in kinds:
        if kind is not None and kind.text in {"LoadBalancer", "NodePort"}:
            balanced = kind.text == "LoadBalancer"
            text = f"a Service of type {kind.text} opens {one.name}"
            yield Exposure("service-load-balancer" if balanced else "service-node-port",
                           one.name, text, kind.at)  # fmt: skip


def _service(one: Manifest, databases: list[Service]) -> Iterator[Exposure]:
    selector = _labels(one.node.get("spec", "selector"))
    selected = bool(selector) and any(_matches(selector, database) for database in databases)
    port = next((port for port in one.node.get("spec", "ports") or () if _is_server(port)), None)
    if port is None and not selected:
        return
    kind = one.node.get("spec", "type")
    at = kind.at if kind else one.at
    name = kind.text if kind else "ClusterIP"
    outside = one.node.get("spec", "externalIPs", 0)
    if outside is not None:
        text = f"the Service {one.name} opens the database on {outside.text} (externalIPs)"
        yield Exposure("service-node-port", one.name, text, outside.at)
    elif name == "LoadBalancer":
        yield _load_balancer(one)
    elif name == "NodePort":
        text = f"the Service {one.name} opens the database on a port of every node"
        yield Exposure("service-node-port", one.name, text, at)
    else:
        text = f"the Service {one.name} is reached inside the cluster only ({name})"
        yield Exposure("service-load-balancer", one.name, text, at, open=False)


def _forwarded(one: Manifest) -> Iterator[Exposure]:
    """The ports that the ingress controller of nginx forwards as they come."""
    if "tcp-services" not in one.name and not one.name.endswith("-tcp"):
        return
    for key, node in (one.node.get("data") or Node.mapping({}, one.at)).items():
        if found := _FORWARDED.match(node.text):
            text = f"the ingress controller forwards its port {key} to {found['name']}"
            yield Exposure("ingress", found["name"], text, node.key_at or node.at)


def _routed(one: Manifest) -> Iterator[Exposure]:
    """The routes of Traefik that lead to PostgreSQL's port."""
    for route in one.node.get("spec", "routes") or ():
        for service in route.get("services") or ():
            port, name = service.get("port"), service.get("name")
            if name is not None and port is not None and port.value == POSTGRES_PORT:
                text = f"the route {one.name} leads from outside to {name.text}"
                yield Exposure("ingress", name.text, text, name.at)


def _load_balancer(one: Manifest) -> Exposure:
    kind = one.node.get("spec", "type") or one.node
    notes = one.node.get("metadata", "annotations")
    for key, values in _INTERNAL.items():
        note = notes.get(key) if notes else None
        if note is not None and note.text in values:
            text = f"the load balancer of {one.name} is an internal one"
            return Exposure("service-load-balancer", one.name, text, note.at, open=False)
    ranges = one.node.get("spec", "loadBalancerSourceRanges")
    given = [node.text for node in ranges or ()]
    if given and not any(map(is_world, given)):
        text = f"the load balancer of {one.name} lets {', '.join(given)} in"
        at = ranges.at if ranges else kind.at
        return Exposure("service-load-balancer", one.name, text, at, open=False)
    text = f"the load balancer of {one.name} opens the database to everybody"
    return Exposure("service-load-balancer", one.name, text, kind.at)


def _of_node(database: Service) -> Iterator[Exposure]:
    for port in database.ports:
        if port.published and port.container in {POSTGRES_PORT, None}:
            text = f"{database.name} opens its port on the node itself (hostPort)"
            yield Exposure("published-port", database.name, text, port.at, open=port.public)
    if database.host_network is not None:
        text = f"{database.name} uses the network of the node"
        yield Exposure("host-network", database.name, text, database.host_network)


def _policy(database: Service, manifests: list[Manifest]) -> Exposure:
    """Whether a NetworkPolicy limits who in the cluster reaches a database."""
    for one in manifests:
        if one.kind != "NetworkPolicy" or not _same_space(one, database):
            continue
        selector = _labels(one.node.get("spec", "podSelector", "matchLabels"))
        if not _matches(selector, database) or not _limits(one.node):
            continue
        rules = one.node.get("spec", "ingress") or ()
        wide = next((found for rule in rules if (found := _admits_all(rule))), None)
        if wide is not None:
            text = f"the NetworkPolicy {one.name} lets everybody reach {database.name}"
            return Exposure("no-network-policy", database.name, text, wide.at)
        text = f"the NetworkPolicy {one.name} limits who reaches {database.name}"
        return Exposure("no-network-policy", database.name, text, one.at, open=False)
    text = f"no NetworkPolicy limits who in the cluster reaches {database.name}"
    return Exposure("no-network-policy", database.name, text, database.at)


def _limits(node: Node) -> bool:
    """Tell whether a policy speaks about incoming traffic."""
    types = [one.text for one in node.get("spec", "policyTypes") or ()]
    return not types or "Ingress" in types


def _admits_all(rule: Node) -> Node | None:
    """What in a rule of a policy lets everybody in: that nobody is named, or the world is."""
    peers = tuple(rule.get("from") or ())
    if not peers:
        return rule
    blocks = (peer.get("ipBlock", "cidr") for peer in peers)
    return next((one for one in blocks if one is not None and is_world(one.text)), None)


def _same_space(one: Manifest, database: Service) -> bool:
    return None in {one.namespace, database.namespace} or one.namespace == database.namespace


def _matches(selector: Mapping[str, str], database: Service) -> bool:
    return selector.items() <= dict(database.labels).items()


def _labels(node: Node | None) -> dict[str, str]:
    return {key: one.text for key, one in node.items()} if node else {}


def _is_server(port: Node) -> bool:
    return any((found := port.get(key)) is not None and found.value == POSTGRES_PORT
               for key in ("port", "targetPort"))  # fmt: skip
