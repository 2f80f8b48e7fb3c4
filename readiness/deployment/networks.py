"""Networks as firewalls name them, and which of them are the world."""

import ipaddress

_WORDS = frozenset({"*", "internet", "any", "all", "0.0.0.0"})  # noqa: S104 - judged, not bound
# Nobody owns a network as wide as this: two halves of the world are the world.
_WIDE = {4: 8, 6: 16}


def is_world(text: str) -> bool:
    """Tell whether a network is everybody, or so wide that it is as good as everybody."""
    if text.strip().lower() in _WORDS:
        return True
    network = _network(text)
    return network is not None and network.prefixlen < _WIDE[network.version]


def is_private(address: str) -> bool:
    """Tell whether an address, or every one of a network, is of a private network."""
    network = _network(address)
    return network is not None and network.is_private and not network.is_unspecified


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text.strip().strip("[]"), strict=False)
    except ValueError:
        return None
