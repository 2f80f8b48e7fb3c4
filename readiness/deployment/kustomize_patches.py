"""Patches as kustomize applies them: strategic merges and JSON patches, with places kept."""

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from readiness.document.node import Node

# How the lists of Kubernetes' own objects are merged; any other list is replaced.
_KEYS: dict[str, tuple[str, ...]] = {
    "containers": ("name",), "initContainers": ("name",), "ephemeralContainers": ("name",),
    "volumes": ("name",), "env": ("name",), "imagePullSecrets": ("name",), "secrets": ("name",),
    "ports": ("containerPort", "port"), "volumeMounts": ("mountPath",),
    "volumeDevices": ("devicePath",), "hostAliases": ("ip",),
    "topologySpreadConstraints": ("topologyKey",),
}  # fmt: skip


class NotApplied(Exception):  # noqa: N818 - an answer about a patch, not an error of ours
    """A patch that does not fit; ``reason`` is one line."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def merged(first: Node, second: Node, key: str = "") -> Node | None:
    """Lay a patch over an object strategically; None where it deletes it."""
    directive = second.get("$patch")
    if directive is not None and directive.text == "delete":
        return None
    if directive is not None and directive.text == "replace":
        return _without_directive(second)
    if first.is_mapping and second.is_mapping:
        return _merged_mapping(first, second)
    if first.is_list and second.is_list and (by := _key_of(key, (*first, *second))):
        return _merged_list(first, second, by)
    return second


def _merged_mapping(first: Node, second: Node) -> Node:
    children = dict(first.items())
    for name, node in second.items():
        before = children.get(name)
        if _is_null(node):
            children.pop(name, None)
        elif before is None:
            children[name] = _settled(node)
        elif (made := merged(before, node, name)) is None:
            children.pop(name)
        else:
            children[name] = replace(made, key_at=node.key_at)
    return Node.mapping(children, first.at, second.key_at)


def _merged_list(first: Node, second: Node, by: str) -> Node:
    if any(_text(one.get("$patch")) == "replace" for one in second):
        return Node.sequence((one for one in second if not one.get("$patch")), second.at)
    kept = {_text(one.get(by)): one for one in first}
    added: list[Node] = []
    for one in second:
        name = _text(one.get(by))
        if name not in kept:
            added.extend([] if one.get("$patch") else [_settled(one)])
        elif (made := merged(kept.pop(name), one)) is not None:
            added.append(made)
    return Node.sequence((*added, *kept.values()), second.at, second.key_at)


def _key_of(key: str, nodes: Iterable[Node]) -> str | None:
    nodes = [one for one in nodes if _text(one.get("$patch")) != "replace"]
    found = (by for by in _KEYS.get(key, ()) if all(one.get(by) for one in nodes))
    return next(found, None)


def _settled(node: Node) -> Node:
    """What a patch adds, without what it takes away from nothing."""
    if not node.is_mapping:
        return node
    kept = {name: _settled(one) for name, one in node.items() if not _is_null(one)}
    return Node.mapping(kept, node.at, node.key_at)


def _is_null(node: Node) -> bool:
    return node.value is None and node.children is None


def _without_directive(node: Node) -> Node:
    kept = {name: one for name, one in node.items() if name != "$patch"}
    return Node.mapping(kept, node.at, node.key_at)


def changed(node: Node, operation: Node) -> Node:
    """Do one operation of a JSON patch (RFC 6902); raises `NotApplied` where it does not fit."""
    kind, path = _text(operation.get("op")), _steps(operation.get("path"))
    value = operation.get("value")
    match kind:
        case "add" | "replace" if value is not None:
            return _at(node, path, lambda holder, step: _put(holder, step, value, kind == "add"))
        case "remove":
            return _at(node, path, _removed)
        case "move" | "copy":
            source = _steps(operation.get("from"))
            moved = node.get(*_plain(node, source))
            if moved is None:
                raise NotApplied(f"there is nothing at /{'/'.join(source)}")
            node = _at(node, source, _removed) if kind == "move" else node
            return _at(node, path, lambda holder, step: _put(holder, step, moved, new=True))
        case "test":
            return node
    raise NotApplied(f"the operation {kind or 'without a name'} is not known")


def _at(node: Node, path: Sequence[str], change: Callable[[Node, str], Node]) -> Node:
    if not path:
        raise NotApplied("a patch of the whole object is not read")
    if len(path) == 1:
        return change(node, path[0])
    step = path[0]
    inner = node.get(*_plain(node, (step,)))
    if inner is None:
        raise NotApplied(f"there is no {step} in what it changes")
    return _put(node, step, _at(inner, path[1:], change), new=False)


def _put(holder: Node, step: str, value: Node, new: bool) -> Node:  # noqa: FBT001 - add or replace
    if holder.is_mapping:
        before = holder.get(step)
        at = value.key_at or (before.key_at if before else None) or value.at
        kept = {**dict(holder.items()), step: replace(value, key_at=at)}
        return Node.mapping(kept, holder.at, holder.key_at)
    elements = list(holder)
    if step == "-":
        elements.append(value)
    elif not step.isdigit() or int(step) > len(elements) - (not new):
        raise NotApplied(f"there is no element {step} in what it changes")
    elif new:
        elements.insert(int(step), value)
    else:
        elements[int(step)] = value
    return Node.sequence(elements, holder.at, holder.key_at)


def _removed(holder: Node, step: str) -> Node:
    if holder.get(*_plain(holder, (step,))) is None:
        raise NotApplied(f"there is no {step} to remove")
    if holder.is_mapping:
        kept = {name: one for name, one in holder.items() if name != step}
        return Node.mapping(kept, holder.at, holder.key_at)
    elements = [one for n, one in enumerate(holder) if n != int(step)]
    return Node.sequence(elements, holder.at, holder.key_at)


def _steps(node: Node | None) -> list[str]:
    parts = _text(node).split("/")[1:]
    return [part.replace("~1", "/").replace("~0", "~") for part in parts]


def _plain(node: Node, path: Sequence[str]) -> list[str | int]:
    """The steps of a path with the indexes of lists as numbers."""
    found: list[str | int] = []
    inner: Node | None = node
    for step in path:
        plain = int(step) if inner is not None and inner.is_list and step.isdigit() else step
        found.append(plain)
        inner = inner.get(plain) if inner is not None else None
    return found


def _text(node: Node | None) -> str:
    return node.text if node is not None else ""
