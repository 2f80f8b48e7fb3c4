"""The variables that Terraform gives to processes: in blocks, or as a mapping."""

from collections.abc import Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from readiness.deployment.interpolation import COMPUTED
from readiness.deployment.platforms import Keys, known, supplied
from readiness.deployment.terraform_expressions import UNRESOLVED, pairs_of
from readiness.deployment.terraform_values import Module
from readiness.document.node import Node

_COMPUTED = "computed where it is applied"
_FROM = ("value_from", "value_source", "secret_name")
_SOURCES = (("config_map_ref", "ConfigMap"), ("secret_ref", "Secret"))


class Given(Struct):
    """What one process is given; ``computed`` are places of variables that nobody here knows."""

    module: Module
    said: str
    found: Keys = field(default_factory=dict)
    computed: list[Node] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)

    def blocks(self, container: Node) -> None:
        """Take the ``env`` blocks of a container."""
        for one in container.get("env") or ():
            self._block(self.module, one)
        if (written := container.get("env")) is not None and not written.is_list:
            self.computed.append(written)
        for one in container.get("dynamic", "env") or ():
            self._dynamic(one)
        for one in container.get("dynamic", "env_from") or ():
            self.computed.append(one)
        self.sources.extend(_sources(self.module, container))

    def _block(self, module: Module, one: Node) -> None:
        name = one.get("name")
        settled = module.settled(name) if name else UNRESOLVED
        if name is None or not isinstance(settled, str) or "${" in settled:
            self.computed.append(one)
        elif any(one.get(key) is not None for key in _FROM):
            self.found[settled] = supplied(settled, name, f"{self.said}, by reference")
        else:
            self._take(settled, one.get("value"), name, module)

    def _dynamic(self, block: Node) -> None:
        """Take blocks that are made, one for each element of a list, a set or an object."""
        source, content, named = (block.get(key) for key in ("for_each", "content", "iterator"))
        values = self.module.settled(source) if source is not None else UNRESOLVED
        body = content.get(0) if content is not None else None
        if not isinstance(values, list | dict) or body is None:
            self.computed.append(block)
            return
        label = named.text.strip("${}") if named is not None else "env"
        for key, value in pairs_of(values):
            names = {**self.module.names, label: {"key": key, "value": value}}
            self._block(replace(self.module, names=names), body)

    def mapping(self, node: Node | None) -> None:
        """Take a mapping of names to values."""
        node = self.module.expanded(node) if node is not None else None
        if node is not None and not node.is_mapping:
            self.computed.append(node)
        for name, value in node.items() if node else ():
            if "${" in name or name.startswith("("):
                self.computed.append(value)
            else:
                self._take(name, value, value)

    def pairs(self, node: Node | None, *keys: str) -> None:
        """Take a list of names and values; one with a key of ``keys`` is a reference."""
        node = self.module.expanded(node) if node is not None else None
        if node is not None and not node.is_list:
            self.computed.append(node)
        for one in node or ():
            whole = self.module.expanded(one)
            name, value = whole.get("name"), whole.get("value")
            settled = self.module.settled(name) if name is not None else UNRESOLVED
            if name is None or not isinstance(settled, str):
                self.computed.append(one)
            elif any(whole.get(key) is not None for key in keys):
                self.found[settled] = supplied(settled, name, f"{self.said}, by reference")
            else:
                self._take(settled, value, name)

    def strings(self, node: Node, prefixes: Mapping[str, str]) -> None:
        """Take the ``connection_string`` blocks, whose kind stands before the name."""
        for one in node.get("connection_string") or ():
            name, kind = (self.module.value(one, key) for key in ("name", "type"))
            if isinstance(name, str) and isinstance(kind, str):
                prefix = prefixes.get(kind.lower(), "CUSTOMCONNSTR_")
                self._take(f"{prefix}{name}", one.get("value"), one)
            else:
                self.computed.append(one)

    def references(self, node: Node | None) -> None:
        """Take a mapping of names to secrets of the platform."""
        node = self.module.expanded(node) if node is not None else None
        if node is not None and not node.is_mapping:
            self.computed.append(node)
        for name, value in node.items() if node else ():
            self.found[name] = supplied(name, value, f"{self.said}, by reference")

    def _take(self, name: str, value: Node | None, at: Node, module: Module | None = None) -> None:
        module = module or self.module
        settled = module.settled(value) if value else ""
        if value is not None and settled is None:
            return
        text = plain(settled)
        if text is None or text.startswith("@Microsoft.KeyVault("):
            partly = module.partly(value) if value is not None and text is None else None
            self.found[name] = supplied(name, value or at, f"{self.said}, {_COMPUTED}", partly)
        else:
            node = replace(value or at, value=text, raw=text)
            self.found[name] = known(name, node, self.said)


def _sources(module: Module, container: Node) -> Iterator[str]:
    for one in container.get("env_from") or ():
        for key, kind in _SOURCES:
            node = one.get(key, 0)
            if node is not None and module.value(node, "optional") is not True:
                name = module.value(node, "name")
                yield f"{kind} {name}" if isinstance(name, str) else f"a {kind} of {node.at}"


def plain(value: object) -> str | None:
    """A value as a process gets it; None where it is computed or no single text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else None


def image_text(module: Module, node: Node, *path: str | int) -> str | None:
    """The name of an image, as far as it is known: what is computed stands in it so."""
    found = node.get(*path)
    if found is None or found.value is None:
        return None
    return plain(module.settled(found)) or module.partly(found) or COMPUTED
