"""Ports as Compose writes them."""

import re
from collections.abc import Callable, Iterator

from readiness.deployment.service import UNKNOWN_IP, Port
from readiness.document.node import Node
from readiness.model.place import Place

_SHORT = re.compile(
    r"(?:(?:(?P<ip>\[[^\]]*\]|[^:\[\]]*):)?(?P<host>\d*(?:-\d+)?):)?"
    r"(?P<container>\d+(?:-\d+)?)(?:/(?P<protocol>\w+))?\Z"
)
_MOST = 100

Fill = Callable[[Node], str]


def ports_of(node: Node | None, fill: Fill) -> Iterator[Port]:
    """The ports of a service, in the short and the long form."""
    for one in node or ():
        yield from _long(one, fill) if one.is_mapping else port_of(fill(one), one.at)


def exposed_ports(node: Node | None, fill: Fill) -> Iterator[Port]:
    """The ports that only other containers reach."""
    for one in node or ():
        number, _, protocol = fill(one).partition("/")
        for port in _range(number):
            yield Port(port, one.at, protocol=protocol or "tcp")


def port_key(node: Node) -> object:
    """What makes two published ports the same one."""
    if node.is_mapping:
        parts = ("host_ip", "published", "target", "protocol")
        found = [node.get(part) for part in parts]
        return tuple(one.text if one else "" for one in found)
    return node.text.removesuffix("/tcp")


def port_of(text: str, at: Place) -> Iterator[Port]:
    """The ports of one line: ``127.0.0.1:8000:80/tcp``."""
    found = _SHORT.match(text.strip())
    if not found:
        yield Port(None, at, published=True)
        return
    hosts = _range(found["host"] or "")
    for n, container in enumerate(_range(found["container"])):
        host = hosts[n] if n < len(hosts) else None
        # An address that is there and empty came from a variable that nobody knows.
        ip = UNKNOWN_IP if found["ip"] == "" else found["ip"]
        yield Port(container, at, host, ip, found["protocol"] or "tcp", published=True)


def _long(node: Node, fill: Fill) -> Iterator[Port]:
    def part(name: str) -> str:
        found = node.get(name)
        return fill(found) if found else ""

    host = part("published")
    target = part("target")
    yield Port(
        int(target) if target.isdigit() else None, node.at,
        int(host) if host.isdigit() else None, part("host_ip") or None,
        part("protocol") or "tcp", published=True,
    )  # fmt: skip


def _range(text: str) -> list[int]:
    first, _, last = text.partition("-")
    if not first.isdigit():
        return []
    end = int(last) if last.isdigit() else int(first)
    return list(range(int(first), min(end, int(first) + _MOST) + 1))
