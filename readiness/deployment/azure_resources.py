"""Resources of Azure that run code, as Bicep and its templates in JSON describe them."""

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from readiness.deployment.interpolation import COMPUTED
from readiness.deployment.laid import Laid
from readiness.deployment.platforms import Keys, laid, line, listed, supplied, words
from readiness.deployment.reading import Reading
from readiness.deployment.referring import filled, named_values
from readiness.deployment.service import Kind, Probe, Replicas, Service
from readiness.document.node import Node
from readiness.model.variable import Variable

_KINDS: tuple[Kind, ...] = ("azure", "terraform", "procfile", "dockerfile")
_VAULT = "@Microsoft.KeyVault("
# What Azure puts before the name of a connection string, by its kind.
PREFIXES = {"postgresql": "POSTGRESQLCONNSTR_", "custom": "CUSTOMCONNSTR_",
            "mysql": "MYSQLCONNSTR_", "sqlserver": "SQLCONNSTR_",
            "sqlazure": "SQLAZURECONNSTR_"}  # fmt: skip


class Resource(Struct, frozen=True):
    """One resource: its kind in small letters, its name, its body, and what it belongs to."""

    kind: str
    name: str
    body: Node
    parent: str | None = None


class _Found(Struct):
    services: list[Service] = field(default_factory=list)
    beside: dict[str, Keys] = field(default_factory=dict)
    unread: dict[str, list[str]] = field(default_factory=dict)


def add_resources(reading: Reading, resources: Iterable[Resource]) -> None:
    """Add the applications among resources, each with the settings that stand beside it."""
    found, every = _Found(), list(resources)
    for one in every:
        reader = _READERS.get(one.kind)
        if reader is not None and reading.belongs(one.name) != "other":
            found.services.extend(reader(one))
        elif one.kind in {"microsoft.web/sites/config", "microsoft.web/sites/slots/config"}:
            _add_settings(found, one)
    for service in found.services:
        given = found.beside.pop(service.name, {})
        own = {one.name: one for one in service.variables}
        reading.services.append(replace(service, variables=listed(laid(own, given))))
    for name, given in found.beside.items():
        reading.laid.append(Laid(_KINDS, given, name=name))


def _container_app(one: Resource) -> Iterator[Service]:
    template = one.body.get("properties", "template")
    scale = template.get("scale") if template else None
    yield from containers(one.name, template.get("containers") if template else None, scale)


def containers(name: str, nodes: Node | None, scale: Node | None) -> Iterator[Service]:
    """The containers of one application of Container Apps."""
    every = [one for one in nodes or () if one.is_mapping]
    least, most = (scale.get(key) if scale else None for key in ("minReplicas", "maxReplicas"))
    for one in every:
        image, inner = one.get("image"), one.get("name")
        given = one.get("env")
        replicas = Replicas(_number(least), _number(most), (most or one).at) if most else None
        yield Service(
            name if len(every) == 1 or inner is None else f"{name}/{inner.text}", "azure",
            one.key_at or one.at, image=_plain(image), image_at=image.at if image else None,
            command=words(one.get("args")), entrypoint=words(one.get("command")),
            variables=listed(settings(given, "env of the container")), replicas=replicas,
            probes=tuple(_probes(one.get("probes"))), unread_sources=tuple(holes(given)),
        )  # fmt: skip


def _web_app(one: Resource) -> Iterator[Service]:
    kind, site = one.body.get("kind"), one.body.get("properties", "siteConfig")
    version = site.get("linuxFxVersion") if site else None
    language, _, rest = (version.text if version else "").partition("|")
    other = bool(language) and language.upper() not in {"PYTHON", "DOCKER", COMPUTED}
    is_image = language.upper() == "DOCKER"
    given = settings(site.get("appSettings") if site else None, "appSettings")
    for text in (site.get("connectionStrings") if site else None) or ():
        given |= _connection(text)
    yield Service(
        one.name, "azure", (version or kind or one.body).at,
        image=rest if is_image else None, image_at=version.at if version and is_image else None,
        command=line(site.get("appCommandLine") if site else None), variables=listed(given),
        runs_code=False if other else None if is_image or not language else True,
        unread_sources=tuple(holes(site.get("appSettings") if site else None)),
    )  # fmt: skip


def _connection(node: Node) -> Keys:
    name, value, kind = node.get("name"), node.get("connectionString"), node.get("type")
    if name is None or value is None:
        return {}
    prefix = PREFIXES.get(kind.text.lower() if kind else "custom", "CUSTOMCONNSTR_")
    return {f"{prefix}{name.text}": _setting(f"{prefix}{name.text}", value, "connectionStrings")}


def _add_settings(found: _Found, one: Resource) -> None:
    """The settings of an application that are a resource of their own."""
    owner, _, name = one.name.rpartition("/")
    properties = one.body.get("properties")
    target = owner or one.parent or ""
    if name.lower() == "appsettings" and properties is not None:
        given = settings(properties, "appsettings")
        found.beside[target] = laid(found.beside.get(target, {}), given)


def settings(node: Node | None, said: str) -> Keys:
    """Settings as a list of names and values, or as a mapping."""
    if node is None:
        return {}
    if node.is_list:
        made = named_values(node, "name", said)
        values = {one.text: pair for pair in node if (one := pair.get("name")) is not None}
        return {name: supplied(name, values[name], f"{said}, from a vault")
                if _is_hidden(values[name].get("value")) else one
                for name, one in made.items() if COMPUTED not in name}  # fmt: skip
    return {name: _setting(name, one, said) for name, one in node.items() if COMPUTED not in name}


def _setting(name: str, node: Node, said: str) -> Variable:
    if _is_hidden(node):
        return supplied(name, node, f"{said}, from a vault")
    value = node.get("value") if node.is_mapping else node
    return filled(name, value or node, said)


def _is_hidden(node: Node | None) -> bool:
    return node is not None and node.text.startswith(_VAULT)


def holes(node: Node | None) -> Iterator[str]:
    """Parts of variables that only an installation tells."""
    if node is None:
        return
    open_keys = any(COMPUTED in name for name, _ in node.items())
    whole = node.children is None and COMPUTED in node.text
    if whole or open_keys or any(not one.is_mapping for one in node):
        yield f"a computed part of the variables at {node.at}"


def _probes(nodes: Node | None) -> Iterator[Probe]:
    for one in nodes or ():
        kind = one.get("type")
        if kind is not None and kind.text.lower() in {"liveness", "readiness", "startup"}:
            yield Probe(kind.text.lower(), one.at)  # type: ignore[arg-type] # one of the three


def _number(node: Node | None) -> int | None:
    return int(node.text) if node is not None and node.text.isdigit() else None


def _plain(node: Node | None) -> str | None:
    return node.text if node is not None and node.children is None else None


_READERS: dict[str, Callable[[Resource], Iterator[Service]]] = {
    "microsoft.app/containerapps": _container_app,
    "microsoft.app/jobs": _container_app,
    "microsoft.web/sites": _web_app,
    "microsoft.web/sites/slots": _web_app,
}
