"""CloudFormation and SAM: the functions and containers of templates, with their variables."""

from collections.abc import Callable, Iterator

from readiness.deployment.platforms import Keys, laid, listed, supplied, words
from readiness.deployment.reading import Reading
from readiness.deployment.referring import filled
from readiness.deployment.serverless import has_handler
from readiness.deployment.service import Service
from readiness.document.node import Malformed, Node
from readiness.model.variable import Variable
from readiness.project import Unreadable

_GLOBS = ("*.yaml", "*.yml", "*.template", "*.template.json")
_MARK = b"AWS::"


def read_cloudformation(reading: Reading) -> None:
    """Add a service for each function and container of the templates of the environment."""
    for path in reading.project.files(*_GLOBS):
        try:
            if _MARK not in reading.project.read(path) or not reading.is_mine(path):
                continue
            root = reading.project.yaml(path)
        except (Malformed, Unreadable) as answer:
            reading.refuse(path, answer)
            continue
        template = _Template(root)
        for name, node in (root.get("Resources") or Node(None, root.at)).items():
            kind = node.get("Type")
            reader = _READERS.get(kind.text if kind else "")
            properties = node.get("Properties")
            if reader is not None and properties is not None:
                reading.services.extend(reader(reading, template, name, properties))


class _Template:
    """What the values of a template may refer to: its parameters that have a default."""

    def __init__(self, root: Node) -> None:
        self.root = root
        parameters = root.get("Parameters")
        found = {name: node.get("Default") for name, node in parameters.items()} if (
            parameters) else {}  # fmt: skip
        self.defaults = {name: one.text for name, one in found.items() if one is not None}

    def variable(self, name: str, node: Node, source: str) -> Variable:
        """A variable as it is written, by ``!Ref`` or by ``!Sub``; else the platform's."""
        text = node.get("Fn::Sub") or node.get("Ref") or node
        tag = "!Sub" if node.get("Fn::Sub") else "!Ref" if node.get("Ref") else node.tag
        if text.children is not None or tag not in {None, "!Sub", "!Ref"}:
            return supplied(name, node, source)
        if tag == "!Ref":
            default = self.defaults.get(text.text)
            return supplied(name, node, source) if default is None else filled(
                name, Node(default, node.at, raw=default, key_at=node.key_at), source)  # fmt: skip
        return filled(name, text, source, self.defaults if tag else None)

    def mapping(self, node: Node | None, source: str) -> Keys:
        """The variables of a mapping."""
        pairs = node.items() if node else ()
        return {name: self.variable(name, one, source) for name, one in pairs}


def _function(reading: Reading, template: _Template, name: str, node: Node) -> Iterator[Service]:
    path = ("Environment", "Variables")
    shared = template.root.get("Globals", "Function")
    wide = template.mapping(shared.get(*path) if shared else None, "Globals of the template")
    own = template.mapping(node.get(*path), f"the environment of {name}")
    runtime = node.get("Runtime") or (shared.get("Runtime") if shared else None)
    image = node.get("ImageUri") or node.get("Code", "ImageUri")
    other = runtime is not None and not runtime.text.startswith("python")
    code = node.get("CodeUri") or (shared.get("CodeUri") if shared else None)
    folder = code.text if code is not None and code.children is None else ""
    handler = node.get("Handler") or (shared.get("Handler") if shared else None)
    inline = node.get("InlineCode") or node.get("Code", "ZipFile")
    own_code = not (other or inline) and has_handler(reading, folder, handler)
    yield Service(
        name, "cloudformation", node.key_at or node.at,
        image=image.text if image is not None and image.children is None else None,
        image_at=image.at if image else None, variables=listed(laid(wide, own)),
        runs_code=None if image is not None else own_code,
    )  # fmt: skip


def _task(_: Reading, template: _Template, name: str, node: Node) -> Iterator[Service]:
    containers = list(node.get("ContainerDefinitions") or ())
    for one in containers:
        inner, image = one.get("Name"), one.get("Image")
        found: Keys = {}
        for pair in one.get("Environment") or ():
            key, value = pair.get("Name"), pair.get("Value")
            if key is not None and value is not None:
                found[key.text] = template.variable(key.text, value, f"the environment of {name}")
        for pair in one.get("Secrets") or ():
            if (key := pair.get("Name")) is not None:
                found[key.text] = supplied(key.text, pair, f"the secrets of {name}")
        plain = image is not None and image.children is None and image.tag is None
        yield Service(
            f"{name}/{inner.text}" if inner and len(containers) > 1 else name, "cloudformation",
            one.at, image=image.text if image is not None and plain else None,
            image_at=image.at if image else None, command=words(one.get("Command")),
            entrypoint=words(one.get("EntryPoint")), variables=listed(found),
        )  # fmt: skip


_READERS: dict[str, Callable[[Reading, _Template, str, Node], Iterator[Service]]] = {
    "AWS::Serverless::Function": _function,
    "AWS::Lambda::Function": _function,
    "AWS::ECS::TaskDefinition": _task,
}
