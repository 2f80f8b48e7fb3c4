"""What Compose mounts as ``secrets`` and ``configs``, and under which names."""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from readiness.deployment.facts import Mounted
from readiness.deployment.reading import joined
from readiness.document.node import Node
from readiness.model.place import Place
from readiness.model.variable import Variable

_KINDS: tuple[tuple[str, Literal["secret", "config"]], ...] = (
    ("secrets", "secret"), ("configs", "config")
)  # fmt: skip


def mounted(
    root: Node,
    known: Mapping[str, Variable],
    fill: Callable[[Node | None], str],
    folder: Callable[[Place], str],
) -> Iterator[Mounted]:
    """The secrets and configs of merged files; ``known`` are the variables of Compose itself."""
    for key, kind in _KINDS:
        declared = root.get(key)
        if declared is None or not declared.is_mapping:
            continue
        targets = _targets(root, key, fill)
        for name, node in declared.items():
            file, variable = node.get("file"), node.get("environment")
            external = fill(node.get("external")).lower() == "true"
            held = None if external else file
            yield Mounted(
                kind, name, node.key_at or node.at,
                joined(folder(held.at), fill(held)) if held else None,
                known.get(fill(variable)) if variable and not external else None,
                tuple(targets.get(name, ())),
            )  # fmt: skip


def _targets(root: Node, key: str, fill: Callable[[Node | None], str]) -> dict[str, list[str]]:
    """The names of the files in the containers, by the name at the top of the file."""
    found: dict[str, list[str]] = {}
    services = root.get("services")
    for _, service in services.items() if services and services.is_mapping else ():
        listed = service.get(key)
        for one in listed if listed and listed.is_list else ():
            source = fill(one.get("source")) if one.is_mapping else fill(one)
            target = fill(one.get("target")) if one.is_mapping else ""
            found.setdefault(source, []).append(posixpath.basename(target or source))
    return found
