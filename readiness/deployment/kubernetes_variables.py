"""The variables of a container, from itself, ConfigMaps and Secrets."""

import base64
import binascii
import re
from collections.abc import Mapping

from msgspec import Struct, field

from readiness.deployment.interpolation import COMPUTED
from readiness.deployment.manifest import Manifest
from readiness.document.node import Node
from readiness.model.place import Place
from readiness.model.secret import Secret
from readiness.model.variable import Origin, Variable

_REFERENCE = re.compile(r"\$(?:\$|\((?P<name>[A-Za-z_.-][\w.-]*)\))")
_MAPS = frozenset({"ConfigMap"})
_SECRETS = frozenset({"Secret", "SealedSecret", "ExternalSecret"})

Keys = dict[str, Variable]


class Sources(Struct):
    """The ConfigMaps and Secrets of the manifests: for each, its keys as variables.

    ``absent`` are optional ones that some container asks for and that are not there.
    """

    maps: dict[str, Keys] = field(default_factory=dict)
    secrets: dict[str, Keys] = field(default_factory=dict)
    absent: dict[str, Place] = field(default_factory=dict)

    @classmethod
    def of(
        cls, manifests: list[Manifest], created: Mapping[tuple[str, str], Keys] | None = None
    ) -> "Sources":
        """Collect them from all objects; a sealed one has keys and no values.

        ``created`` are those that calls of scripts make, by kind and name.
        """
        sources = cls()
        for (kind, name), keys in (created or {}).items():
            held = sources.maps if kind in _MAPS else sources.secrets
            held[name] = dict(keys)
        for one in manifests:
            if one.kind in _MAPS:
                sources.maps.setdefault(one.name, {}).update(_plain(one, "data"))
            elif one.kind in _SECRETS:
                name, keys = _secret(one)
                sources.secrets.setdefault(name, {}).update(keys)
        return sources


def container_variables(
    container: Node, sources: Sources
) -> tuple[tuple[Variable, ...], tuple[str, ...]]:
    """What a container starts with, and the sources that are not in the project."""
    found: Keys = {}
    unread: list[str] = []
    for one in container.get("envFrom") or ():
        _add_all(one, sources, found, unread)
    for one in container.get("env") or ():
        name, value = one.get("name"), one.get("value")
        if name is None:
            continue
        reference = one.get("valueFrom")
        if reference and _is_left_out(reference, sources):
            continue
        made = _referred(name.text, one, reference, sources) if reference else _written(
            name.text, one, value, found
        )  # fmt: skip
        _lay(found, made)
    return tuple(found[name] for name in sorted(found)), tuple(unread)


def _lay(found: Keys, one: Variable) -> None:
    weaker = found[one.name].chain if one.name in found else ()
    found[one.name] = Variable(one.name, one.state, one.value, (*one.chain, *weaker))


def _add_all(node: Node, sources: Sources, found: Keys, unread: list[str]) -> None:
    prefix = node.get("prefix")
    for key, kind, known in (
        ("configMapRef", "ConfigMap", sources.maps), ("secretRef", "Secret", sources.secrets)
    ):  # fmt: skip
        name = node.get(key, "name")
        if name is None:
            continue
        if name.text not in known:
            if _is_optional(node.get(key)):
                sources.absent.setdefault(f"{kind} {name.text}", name.at)
            else:
                unread.append(f"{kind} {name.text}")
            continue
        for inner, one in known[name.text].items():
            whole = f"{prefix.text if prefix else ''}{inner}"
            _lay(found, Variable(whole, one.state, one.value, one.chain))


def _is_optional(node: Node | None) -> bool:
    said = node.get("optional") if node is not None else None
    return said is not None and said.value is True


def _is_left_out(reference: Node, sources: Sources) -> bool:
    """Tell whether an optional key is missing in its ConfigMap: what was there before stays."""
    target = reference.get("configMapKeyRef")
    if target is None or not _is_optional(target):
        return False
    holder, key = target.get("name"), target.get("key")
    known = sources.maps.get(holder.text if holder else "")
    return known is not None and (key is None or key.text not in known)


def _written(name: str, node: Node, value: Node | None, known: Mapping[str, Variable]) -> Variable:
    at = value.at if value else node.at
    text = value.text if value else ""
    unknown: list[str] = []

    def fill(found: re.Match[str]) -> str:
        if found["name"] is None:
            return "$"
        one = known.get(found["name"])
        if one is None:
            return found[0]
        if one.state == "injected":
            unknown.append(one.name)
            return f"${{{one.name}}}"
        return one.value.reveal() if one.value else ""

    filled = _REFERENCE.sub(fill, text)
    unknown += ["the installation"] if COMPUTED in filled else []
    if unknown:
        source = f"env of the container, supplied as {', '.join(unknown)}"
        return Variable(name, "injected", None, (Origin(source, at, Secret(filled)),))
    secret = Secret(filled)
    return Variable(name, "known", secret, (Origin("env of the container", at, secret),))


def _referred(name: str, node: Node, reference: Node, sources: Sources) -> Variable:
    """A variable by reference: known where the object is in the project, else supplied."""
    for key, kind, known in (
        ("configMapKeyRef", "ConfigMap", sources.maps),
        ("secretKeyRef", "Secret", sources.secrets),
    ):
        target = reference.get(key)
        if target is None:
            continue
        holder, inner = target.get("name"), target.get("key")
        one = known.get(holder.text if holder else "", {}).get(inner.text if inner else "")
        origin = Origin(f"the {kind} {holder.text if holder else ''}", target.at)
        if one is None:
            return Variable(name, "injected", None, (origin,))
        return Variable(name, one.state, one.value, one.chain)
    return Variable(name, "injected", None, (Origin("a field of the pod", node.at),))


def _plain(one: Manifest, key: str) -> Keys:
    data = one.node.get(key)
    found = {}
    for name, node in data.items() if data else ():
        origin = Origin(f"the {one.kind} {one.name}", node.key_at or node.at, Secret(node.text))
        found[name] = (
            Variable(name, "injected", None, (origin,))
            if COMPUTED in node.text
            else Variable(name, "known", Secret(node.text), (origin,))
        )
    return found


def _secret(one: Manifest) -> tuple[str, Keys]:
    """The keys of a Secret; those of a sealed or external one have no value here."""
    if one.kind == "Secret":
        return one.name, {**_decoded(one), **_plain(one, "stringData")}
    target = one.node.get("spec", "target", "name") or one.node.get(
        "spec", "template", "metadata", "name"
    )
    name = target.text if target else one.name
    sealed = one.node.get("spec", "encryptedData")
    keys = dict(sealed.items()) if sealed else {}
    for entry in one.node.get("spec", "data") or ():
        if key := entry.get("secretKey"):
            keys[key.text] = key
    text = f"the {one.kind} {one.name}"
    return name, {
        key: Variable(key, "injected", None, (Origin(text, node.at),))
        for key, node in keys.items()
    }


def _decoded(one: Manifest) -> Keys:
    data = one.node.get("data")
    found = {}
    for name, node in data.items() if data else ():
        try:
            text = base64.b64decode(node.text, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError, ValueError):
            origin = Origin(f"the Secret {one.name}, not base64 of a text", node.at)
            found[name] = Variable(name, "injected", None, (origin,))
            continue
        at = node.key_at or node.at
        secret = Secret(text)
        origin = Origin(f"the Secret {one.name} (base64 is not encryption)", at, secret)
        found[name] = Variable(name, "known", secret, (origin,))
    return found
