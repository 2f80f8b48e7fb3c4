"""Functions that the Serverless Framework, Zappa and Vercel deploy, with their variables."""

from collections.abc import Iterator, Mapping

from readiness.deployment.naming import aliases
from readiness.deployment.platforms import Chosen, Keys, laid, listed
from readiness.deployment.reading import Reading, joined
from readiness.deployment.referring import filled
from readiness.deployment.service import Service
from readiness.document.node import Node

_ZAPPA = ("environment_variables", "aws_environment_variables")


def read_serverless(reading: Reading) -> None:
    """Add a service for each function that is deployed to the environment."""
    for _, root in Chosen(reading, ("serverless.yml", "serverless.yaml")).documents("yaml"):
        reading.services.extend(_functions(reading, root))
    for kind in ("json", "yaml", "toml"):
        names = ("zappa_settings.json",) if kind == "json" else (
            ("zappa_settings.yml", "zappa_settings.yaml") if kind == "yaml"
            else ("zappa_settings.toml",))  # fmt: skip
        for _, root in Chosen(reading, names).documents(kind):
            reading.services.extend(_stage(reading, root))
    for _, root in Chosen(reading, ("vercel.json",)).documents("json"):
        uses = [one.get("use") for one in root.get("builds") or ()]
        if any(use is not None and use.text.startswith("@vercel/python") for use in uses):
            found = _mapping(root.get("env"), "env of vercel.json")
            reading.services.append(_service("vercel", root, found))


def _functions(reading: Reading, root: Node) -> Iterator[Service]:
    provider = root.get("provider")
    if provider is None:
        return
    known = {f"self:{path}": text for path, text in _leaves(root, "")}
    wide = _mapping(provider.get("environment"), "the environment of the provider", known)
    runtime = provider.get("runtime")
    for name, one in (root.get("functions") or Node(None, root.at)).items():
        own = _mapping(one.get("environment"), f"the environment of {name}", known)
        said = one.get("runtime") or runtime
        other = said is not None and not said.text.startswith(("python", "$"))
        handler = one.get("handler")
        if not other and has_handler(reading, "", handler):
            yield _service(name, one, laid(wide, own))


def _stage(reading: Reading, root: Node) -> Iterator[Service]:
    """The stage of Zappa that is named after the environment, or the only one."""
    stages = dict(root.items())
    named = aliases(reading.environment)
    chosen = [name for name in stages if name.lower() in named] or (
        list(stages) if len(stages) == 1 else [])  # fmt: skip
    for name in chosen:
        found: Keys = {}
        for key in _ZAPPA:
            found |= _mapping(stages[name].get(key), f"{key} of {name}")
        yield _service(name, stages[name], found)


def _leaves(node: Node, path: str) -> Iterator[tuple[str, str]]:
    """What ``${self:a.b}`` stands for in the same file."""
    for name, one in node.items():
        below = f"{path}.{name}" if path else name
        if one.children is None and one.value is not None:
            yield below, one.text
        yield from _leaves(one, below)


def _mapping(node: Node | None, source: str, known: Mapping[str, str] | None = None) -> Keys:
    pairs = node.items() if node else ()
    return {name: filled(name, one, source, known) for name, one in pairs}


def _service(name: str, node: Node, found: Keys) -> Service:
    return Service(name, "serverless", node.key_at or node.at, variables=listed(found),
                   runs_code=True)  # fmt: skip


def has_handler(reading: Reading, folder: str, handler: Node | None) -> bool:
    """Whether the file that a function's handler names is in the project."""
    if handler is None:
        return False
    file = f"{handler.text.rpartition('.')[0].replace('.', '/')}.py"
    return bool(reading.project.files(joined(folder, file), f"**/{joined(folder, file)}"))
