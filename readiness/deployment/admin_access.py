"""Web pages through which a database is managed, and who can open them."""

import re
from collections.abc import Iterator

from readiness.deployment.facts import Exposure
from readiness.deployment.images import is_admin
from readiness.deployment.manifest import Manifest
from readiness.deployment.reading import Reading
from readiness.deployment.service import Service
from readiness.document.node import Node
from readiness.model.place import Place

_ROUTED = re.compile(r"traefik\.(?:http|tcp)\.routers\.[^.]+\.rule\Z|caddy(?:_\d+)?\Z")
# What leads requests from outside to a Service, and under which keys its name stands.
_ROUTES = frozenset({"Ingress", "HTTPRoute", "TCPRoute", "IngressRoute", "IngressRouteTCP",
                     "VirtualService", "HTTPProxy", "Route", "TransportServer", "VirtualServer",
                     "Mapping"})  # fmt: skip
_NAMED = frozenset({"name", "serviceName", "service"})
_HOSTS = ("VIRTUAL_HOST", "LETSENCRYPT_HOST")


def add_admin_pages(reading: Reading, manifests: list[Manifest]) -> None:
    """Add the administration pages that the deployment runs, and what is open about them."""
    for service in reading.services:
        if service.image and is_admin(service.image):
            found = list(_ways(service, manifests))
            reading.exposures.extend(found or [_closed(service)])


def _ways(service: Service, manifests: list[Manifest]) -> Iterator[Exposure]:
    if service.profiles:
        return
    for port in service.ports:
        if port.published:
            where = port.host_ip or "every address"
            yield _open(service, f"is published on {where} of the host", port.at, port.public)
    if service.host_network is not None:
        yield _open(service, "uses the network of the host", service.host_network)
    for key, _ in service.labels:
        if _ROUTED.match(key) and service.source == "compose":
            yield _open(service, "is given to the world by a reverse proxy", service.at)
    for name in _HOSTS:
        variable = service.variable(name)
        if variable is not None and variable.at is not None:
            yield _open(service, "is given to the world by a reverse proxy", variable.at)
            return
    if service.source == "kubernetes":
        yield from _through_services(service, manifests)


def _through_services(service: Service, manifests: list[Manifest]) -> Iterator[Exposure]:
    """The Services that select it, and the Ingresses that lead to one of them."""
    labels = dict(service.labels).items()
    for one in manifests:
        selector = one.node.get("spec", "selector")
        said = {key: node.text for key, node in selector.items()} if selector else {}
        if one.kind != "Service" or not said or not said.items() <= labels:
            continue
        kind = one.node.get("spec", "type")
        if kind is not None and kind.text in {"LoadBalancer", "NodePort"}:
            yield _open(service, f"is opened by a Service of type {kind.text}", kind.at)
        for route in manifests:
            spec = route.node.get("spec") if route.kind in _ROUTES else None
            if spec is not None and (found := _leads_to(spec, one.name)):
                yield _open(service, f"is opened by the {route.kind} {route.name}", found.at)


def _leads_to(node: Node, name: str) -> Node | None:
    """Where a route names a Service as that to which it leads."""
    named = [inner for key, inner in node.items() if key in _NAMED]
    for inner in (*named, node.get("destination", "host")):
        if inner is not None and inner.children is None and inner.text.split(".")[0] == name:
            return inner
    children = (inner for _, inner in node.items()) if node.is_mapping else node
    return next((found for one in children if (found := _leads_to(one, name))), None)


def _open(service: Service, said: str, at: Place, public: bool | None = True) -> Exposure:  # noqa: FBT001, FBT002 - as the port says it
    text = f"{service.name}, through which the database is managed, {said}"
    return Exposure("admin-interface", service.name, text, at, open=public)


def _closed(service: Service) -> Exposure:
    said = "is opened to nobody outside"
    if service.profiles:
        said = f"is started with the profile {service.profiles[0]} only"
    text = f"{service.name}, through which the database is managed, {said}"
    return Exposure("admin-interface", service.name, text, service.at, open=False)
