"""Firewall rules of the clouds, as far as they concern PostgreSQL's port."""

from collections.abc import Callable, Iterator
from typing import Any

from readiness.deployment.databases import POSTGRES_PORT
from readiness.deployment.facts import Exposure
from readiness.deployment.networks import is_world
from readiness.deployment.terraform_expressions import UNRESOLVED
from readiness.deployment.terraform_values import Module
from readiness.document.node import Node
from readiness.model.place import Place

_FIRST = "0.0.0.0"  # noqa: S104 - an address that is judged, not bound
_LAST = "255.255.255.255"


def firewall_exposures(module: Module) -> Iterator[Exposure]:
    """Every rule that lets somebody reach port 5432, open to the world or not."""
    for kind, reader in _READERS.items():
        for name, node in module.resources(kind):
            yield from reader(module, f"{kind}.{name}", node)


def _group(module: Module, subject: str, node: Node) -> Iterator[Exposure]:
    for block in node.get("ingress") or ():
        yield from _aws(module, subject, block)


def _rule(module: Module, subject: str, node: Node) -> Iterator[Exposure]:
    if module.value(node, "type") in ("ingress", UNRESOLVED):
        yield from _aws(module, subject, node)


def _aws(module: Module, subject: str, node: Node) -> Iterator[Exposure]:
    first, last = module.value(node, "from_port"), module.value(node, "to_port")
    protocol = module.value(node, "protocol") or module.value(node, "ip_protocol")
    everything = str(protocol) in {"-1", "all"}
    if not everything and not _covers(first, last):
        return
    keys = ("cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6")
    ranges = [value for key in keys for value in _many(module.value(node, key))]
    at = next((at for key in keys if (at := module.at(node, key))), node.at)
    yield _exposure("security-group", subject, ranges, at)


def _google(module: Module, subject: str, node: Node) -> Iterator[Exposure]:
    if module.value(node, "direction") == "EGRESS" or module.value(node, "disabled") is True:
        return
    for block in node.get("allow") or ():
        ports = _many(module.value(block, "ports"))
        if not ports or any(_port_in(str(port)) for port in ports):
            ranges = _many(module.value(node, "source_ranges"))
            tagged = node.get("source_tags") or node.get("source_service_accounts")
            if not ranges and tagged is None:
                ranges = ["0.0.0.0/0"]
            at = module.at(node, "source_ranges") or node.at
            yield _exposure("firewall-rule", subject, ranges, at)


def _authorized(module: Module, subject: str, node: Node) -> Iterator[Exposure]:
    for block in node.get("settings", 0, "ip_configuration", 0, "authorized_networks") or ():
        ranges = _many(module.value(block, "value"))
        yield _exposure("firewall-rule", subject, ranges, module.at(block, "value") or block.at)


def _azure(module: Module, subject: str, node: Node) -> Iterator[Exposure]:
    inbound = module.value(node, "direction") != "Outbound"
    if not inbound or module.value(node, "access") == "Deny":
        return
    ports = [*_many(module.value(node, "destination_port_range")),
             *_many(module.value(node, "destination_port_ranges"))]  # fmt: skip
    if any(_port_in(str(port)) for port in ports):
        sources = [*_many(module.value(node, "source_address_prefix")),
                   *_many(module.value(node, "source_address_prefixes"))]  # fmt: skip
        at = module.at(node, "source_address_prefix") or node.at
        yield _exposure("firewall-rule", subject, sources, at)


def _range(module: Module, subject: str, node: Node) -> Iterator[Exposure]:
    first = module.value(node, "start_ip_address")
    last = module.value(node, "end_ip_address")
    at = module.at(node, "end_ip_address") or node.at
    ranges: list[Any] = [f"{first}-{last}"]
    if UNRESOLVED in (first, last):
        ranges = [UNRESOLVED]
    elif (first, last) == (_FIRST, _FIRST):
        text = f"{subject} lets in whatever runs in Azure, of every customer"
        yield Exposure("firewall-rule", subject, text, at)
        return
    elif _is_wide(str(first), str(last)):
        ranges = ["0.0.0.0/0"]
    yield _exposure("firewall-rule", subject, ranges, at)


def _is_wide(first: str, last: str) -> bool:
    """Tell whether a range of addresses is the world, or a good part of it."""
    starts = int(first.partition(".")[0]) if first.partition(".")[0].isdigit() else 0
    ends = int(last.partition(".")[0]) if last.partition(".")[0].isdigit() else 0
    return last == _LAST or ends > starts


def _exposure(kind: Any, subject: str, ranges: list[Any], at: Place) -> Exposure:
    if any(is_world(value) for value in ranges if isinstance(value, str)):
        return Exposure(kind, subject, f"{subject} opens port 5432 to the world", at)
    if any(value is UNRESOLVED for value in ranges):
        text = f"{subject} opens port 5432 to addresses that Terraform computes"
        return Exposure(kind, subject, text, at, open=None)
    to = ", ".join(map(str, ranges)) or "other groups"
    return Exposure(kind, subject, f"{subject} opens port 5432 to {to} only", at, open=False)


def _covers(first: Any, last: Any) -> bool:
    low, high = _int(first), _int(last)
    if low is None or high is None:
        # A port that is computed may be the database's own.
        return UNRESOLVED in (first, last)
    return low <= POSTGRES_PORT <= high or low == high == 0


def _int(value: Any) -> int | None:
    text = str(value)
    return int(text) if text.isdigit() else None


def _port_in(text: str) -> bool:
    first, dash, last = text.partition("-")
    if text == "*":
        return True
    return _covers(first, last if dash else first)


def _many(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


_READERS: dict[str, Callable[[Module, str, Node], Iterator[Exposure]]] = {
    "aws_security_group": _group,
    "aws_security_group_rule": _rule,
    "aws_vpc_security_group_ingress_rule": _aws,
    "google_compute_firewall": _google,
    "google_sql_database_instance": _authorized,
    "azurerm_network_security_rule": _azure,
    "azurerm_postgresql_flexible_server_firewall_rule": _range,
    "azurerm_postgresql_firewall_rule": _range,
}
