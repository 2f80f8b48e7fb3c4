"""Terraform's variables, locals and attributes, as far as they are literal."""

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from readiness.deployment.interpolation import COMPUTED
from readiness.deployment.naming import belongs
from readiness.deployment.reading import Reading, joined
from readiness.deployment.terraform_expressions import (
    UNRESOLVED,
    Expression,
    Unresolved,
    stepped,
)
from readiness.document.node import Malformed, Node
from readiness.model.place import Place
from readiness.project import Unreadable

_WHOLE = re.compile(r"\$\{(?P<expression>.*)\}\Z", re.DOTALL)
_PART = re.compile(r"\$\{(?P<expression>[^{}]*)\}")
_NAME = re.compile(r"(?P<kind>var|local)\.(?P<name>[A-Za-z_][\w-]*)\Z")
_BEGIN = re.compile(r"(?P<kind>var|local)\.(?P<name>[A-Za-z_][\w-]*)")
_LITERAL = re.compile(r"""(?:"(?P<text>[^"$]*)"|\d+|true|false)\Z""")
_CHOICE = re.compile(
    r"""(?P<left>[\w.-]+)\s*(?P<sign>[!=]=)\s*(?P<right>"[^"]*"|[\w.-]+)\s*\?
        \s*(?P<yes>"[^"]*"|[\w.-]+)\s*:\s*(?P<no>"[^"]*"|[\w.-]+)\Z""",
    re.VERBOSE,
)
_DEEPEST = 20
_MOST = 500
_AUTOMATIC = (".auto.tfvars", ".auto.tfvars.json")
_ALWAYS = ("terraform.tfvars", "terraform.tfvars.json")


class Module(Struct):
    """The Terraform files of one folder, read as one."""

    folder: str
    roots: list[Node] = field(default_factory=list)
    variables: dict[str, Node] = field(default_factory=dict)
    locals: dict[str, Node] = field(default_factory=dict)
    names: dict[str, Any] = field(default_factory=dict)
    """What the names of a block that goes through a list stand for, one element at a time."""

    def resources(self, kind: str) -> Iterator[tuple[str, Node]]:
        """Every resource of a type that is not switched off, with its name."""
        for root in self.roots:
            found = root.get("resource", kind)
            for name, node in found.items() if found else ():
                if self.value(node, "count") != 0:
                    yield name, node

    def modules(self) -> Iterator[tuple[str, Node]]:
        """Every call of a module, with its name."""
        for root in self.roots:
            found = root.get("module")
            for name, node in found.items() if found else ():
                if self.value(node, "count") != 0:
                    yield name, node

    def value(self, node: Node, *path: str | int) -> Any:
        """A literal value; None where nothing is said, `UNRESOLVED` where it is computed."""
        found = node.get(*path)
        return None if found is None else self._resolve(found, 0)

    def settled(self, node: Node) -> Any:
        """What a node comes to; `UNRESOLVED` where it is computed."""
        return self._resolve(node, 0)

    def partly(self, node: Node, depth: int = 0) -> str | None:
        """A text with ``${COMPUTED}`` in place of what Terraform computes; None of no text."""
        if not isinstance(node.value, str) or depth > _DEEPEST:
            return None
        if found := _whole(node.value):
            return self._part(found, depth)
        return _PART.sub(lambda found: self._part(found, depth) or COMPUTED, node.value)

    def _part(self, found: re.Match[str], depth: int) -> str | None:
        value = self._expression(found["expression"], depth)
        if isinstance(value, str | int | float):
            return str(value).lower() if isinstance(value, bool) else str(value)
        name = _NAME.match(found["expression"].strip())
        inner = self._named(name) if name is not None else None
        return self.partly(inner, depth + 1) if inner is not None else None

    def _named(self, found: re.Match[str]) -> Node | None:
        return (self.variables if found["kind"] == "var" else self.locals).get(found["name"])

    def bound(self, node: Node) -> Node:
        """A node with what its references come to, to be handed to another module."""
        if node.is_list:
            return Node.sequence([self.bound(one) for one in node], node.at, node.key_at)
        if node.is_mapping:
            inner = {key: self.bound(one) for key, one in node.items()}
            return Node.mapping(inner, node.at, node.key_at)
        value = self.settled(node)
        if value is UNRESOLVED:
            value = self.partly(node) or COMPUTED
        return replace(node, value=value)

    def at(self, node: Node, *path: str | int) -> Place | None:
        """The place of an attribute; None where nothing is said."""
        found = node.get(*path)
        return (found.key_at or found.at) if found is not None else None

    def _resolve(self, node: Node, depth: int) -> Any:
        if node.is_list:
            return [self._resolve(one, depth) for one in node]
        if node.is_mapping:
            return {key: self._resolve(one, depth) for key, one in node.items()}
        text = node.value
        if not isinstance(text, str) or "${" not in text:
            return text
        if found := _whole(text):
            return self._expression(found["expression"], depth)
        parts = [self._expression(found["expression"], depth) for found in _PART.finditer(text)]
        if any(isinstance(part, Unresolved | list | dict) or part is None for part in parts):
            return UNRESOLVED
        values = iter(parts)
        return _PART.sub(lambda _: str(next(values)), text)

    def _expression(self, text: str, depth: int) -> Any:
        if literal := _LITERAL.match(text.strip()):
            return literal["text"] if literal["text"] is not None else _plain(literal[0])
        if (choice := _CHOICE.match(text.strip())) and depth <= _DEEPEST:
            return self._chosen(choice, depth)
        if depth > _DEEPEST:
            return UNRESOLVED
        if (found := _NAME.match(text.strip())) is None:
            return Expression(lambda path: self._path(path, depth + 1), self.names).value(text)
        node = self._named(found)
        return UNRESOLVED if node is None else self._resolve(node, depth + 1)

    def _path(self, text: str, depth: int) -> Any:
        """What a name comes to, or a part of it: ``local.env["STAGE"]``."""
        found = _BEGIN.match(text)
        if found is None or (node := self._named(found)) is None:
            return UNRESOLVED
        return stepped(self._resolve(node, depth), text[found.end() :])

    def expanded(self, node: Node) -> Node:
        """A node that an expression makes, as the list or the mapping that it comes to."""
        if node.children is not None or "${" not in node.text:
            return node
        if (name := _whole(node.text)) and (found := _NAME.match(name["expression"])):
            named = self._named(found)
            return self.expanded(named) if named is not None and named is not node else node
        value = self._resolve(node, 0)
        return _as_node(value, node.at) if isinstance(value, list | dict) else node

    def _chosen(self, choice: re.Match[str], depth: int) -> Any:
        """The value of `var.x == "…" ? a : b`, where the variable is known."""
        left = self._expression(choice["left"], depth + 1)
        if left is UNRESOLVED or left is None:
            return UNRESOLVED
        equal = str(left) == str(self._expression(choice["right"], depth + 1))
        holds = equal if choice["sign"] == "==" else not equal
        return self._expression(choice["yes" if holds else "no"], depth + 1)


def _whole(text: str) -> re.Match[str] | None:
    """A text that is one expression and nothing beside it."""
    found = _WHOLE.match(text)
    if found is None:
        return None
    depth = 0
    for n, letter in enumerate(text):
        depth += (letter == "{") - (letter == "}")
        if letter == "}" and depth == 0:
            return found if n == len(text) - 1 else None
    return None


def _as_node(value: Any, at: Place) -> Node:
    """A value as a node; what only Terraform can tell stands as an expression."""
    if isinstance(value, dict):
        return Node.mapping({str(key): _as_node(one, at) for key, one in value.items()}, at)
    if isinstance(value, list):
        return Node.sequence([_as_node(one, at) for one in value], at)
    if value is UNRESOLVED:
        return Node(COMPUTED, at, raw=COMPUTED)
    text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return Node(value, at, raw=text)


def _plain(text: str) -> Any:
    return int(text) if text.isdigit() else text == "true"


def read_modules(reading: Reading) -> list[Module]:
    """The modules of the environment, each with the values that its variables would have."""
    modules: dict[str, Module] = {}
    for path in reading.mine("*.tf"):
        root = _parse(reading, path)
        if root is not None:
            folder = path.rpartition("/")[0]
            modules.setdefault(folder, Module(folder)).roots.append(root)
    for path in _values_files(reading):
        _give(reading, path, modules)
    for module in modules.values():
        _define(module)
    return _called(modules, reading.parameters)


def _called(modules: dict[str, Module], given: dict[str, Node]) -> list[Module]:
    """The modules as they are applied: one that another calls has the values of each call."""
    inner = {folder for one in modules.values() for folder, _ in _calls(one) if folder in modules}
    found = [one for folder, one in modules.items() if folder not in inner]
    for one in found:
        blocks = [root.get("variable") or root for root in one.roots]
        declared = {name for block in blocks for name, _ in block.items()}
        one.variables.update({name: node for name, node in given.items() if name in declared})
    pending = [(one, 0) for one in found or modules.values()]
    found = found or list(modules.values())
    while pending and len(found) < _MOST:
        caller, depth = pending.pop(0)
        for folder, call in _calls(caller) if depth < _DEEPEST else ():
            if folder in modules:
                made = _given(modules[folder], caller, call)
                found.append(made)
                pending.append((made, depth + 1))
    return found


def _calls(module: Module) -> Iterator[tuple[str, Node]]:
    """The calls of modules that lie in the project, each with the folder."""
    for _, node in module.modules():
        source = module.value(node, "source")
        if isinstance(source, str) and source.startswith("."):
            yield joined(module.folder, source), node


def _given(module: Module, caller: Module, call: Node) -> Module:
    given = {name: caller.bound(node) for name, node in call.items()}
    return replace(module, variables={**module.variables, **given})


def _values_files(reading: Reading) -> list[str]:
    """Files of values, weakest first: ``terraform.tfvars``, ``*.auto.tfvars``, the named."""

    def strength(path: str) -> tuple[int, str]:
        name = path.rpartition("/")[2]
        named = belongs(path, reading.environment) == "this"
        return 2 if named else 1 if name.endswith(_AUTOMATIC) else 0, path

    paths = sorted(reading.mine("*.tfvars", "*.tfvars.json"), key=strength)
    return [path for path in paths if strength(path)[0] or path.endswith(_ALWAYS)]


def _give(reading: Reading, path: str, modules: dict[str, Module]) -> None:
    root = _parse(reading, path)
    folder = path.rpartition("/")[0]
    above = [module for name, module in modules.items()
             if name == folder or (folder.startswith(f"{name}/") or not name)]  # fmt: skip
    if root is not None and above:
        nearest = max(above, key=lambda module: len(module.folder))
        nearest.variables.update(dict(root.items()))


def _define(module: Module) -> None:
    for root in module.roots:
        declared = root.get("variable")
        for name, node in declared.items() if declared else ():
            default = node.get("default")
            if default is not None:
                module.variables.setdefault(name, default)
        for block in root.get("locals") or ():
            module.locals.update(dict(block.items()))


def _parse(reading: Reading, path: str) -> Node | None:
    try:
        if path.endswith(".json"):
            return reading.project.json(path)
        return reading.project.hcl(path)
    except (Malformed, Unreadable) as answer:
        reading.refuse(path, answer)
        return None
