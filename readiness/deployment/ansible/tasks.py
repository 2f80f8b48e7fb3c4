"""The tasks of playbooks and roles, each with the variables that it finds."""

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from readiness.deployment.ansible.values import Values
from readiness.deployment.reading import Reading, joined
from readiness.deployment.steps.scripts import INTEREST
from readiness.document.node import Malformed, Node
from readiness.project import Unreadable

_DEEPEST = 10
_PARTS = ("pre_tasks", "roles", "tasks", "post_tasks")
_INNER = ("block", "rescue", "always")
_INCLUDED = ("include_tasks", "import_tasks", "include")
_ROLES = ("include_role", "import_role")
# What a task says of itself, beside the module that it calls.
_ABOUT = frozenset({
    "name", "when", "vars", "environment", "loop", "register", "become", "tags", "notify",
    "block", "rescue", "always", "with_items", "delegate_to",
})  # fmt: skip
CONTAINERS = frozenset({"docker_container", "podman_container", "docker_swarm_service"})
CALLS = frozenset({"shell", "command"})
COMPOSE = frozenset({"docker_compose", "docker_compose_v2", "docker_stack"})
WRITES = frozenset({"template", "copy"})
# Files that tell what a process is started with.
_USEFUL = re.compile(r"env|service|default|sysconfig")
_VAULT = b"$ANSIBLE_VAULT"


class Task(Struct, frozen=True):
    """One task: its module, what the module is told, and where templates are looked for."""

    module: str
    told: Node
    node: Node
    values: Values
    folders: tuple[str, ...]
    environment: tuple[Node, ...] = ()


class _Where(Struct, frozen=True):
    """Where tasks stand: their folder, those of templates, and what is set around them."""

    folder: str
    folders: tuple[str, ...]
    environment: tuple[Node, ...] = ()

    def inside(self, node: Node) -> "_Where":
        """The same with the variables of the process that a part sets."""
        own = node.get("environment")
        return replace(self, environment=(*self.environment, own)) if own is not None else self


class Walk(Struct):
    """The tasks of the plays of a project."""

    reading: Reading

    def plays(self) -> Iterator[Task]:
        """Every task of every play that may be of the environment."""
        for path in self.reading.project.files("*.yml", "*.yaml"):
            if not _is_playbook(self.reading, path) or not self.reading.is_mine(path):
                continue
            try:
                root = self.reading.project.yaml(path)
            except (Malformed, Unreadable) as answer:
                self.reading.refuse(path, answer)
                continue
            for play in root:
                hosts = play.get("hosts")
                if hosts is not None and self.reading.belongs(hosts.text) != "other":
                    yield from self._play(path.rpartition("/")[0], play)

    def _play(self, folder: str, play: Node) -> Iterator[Task]:
        values = Values().over(None)
        for node in self._groups():
            values = values.over(node)
        values = values.over(play.get("vars"))
        for one in play.get("vars_files") or ():
            values = values.over(self._file(joined(folder, values.text(one.text))))
        where = _Where(folder, (folder,)).inside(play)
        for part in _PARTS:
            for one in play.get(part) or ():
                if part == "roles":
                    yield from self._role(one, values, where, 0)
                else:
                    yield from self._task(one, values, where, 0)

    def _groups(self) -> Iterator[Node]:
        """The variables of groups: of all, of any, of the environment."""
        reading = self.reading
        paths = [path for path in reading.project.files("**/group_vars/**", "/group_vars/**")
                 if reading.belongs(path) != "other"]  # fmt: skip

        def strength(path: str) -> tuple[bool, bool, str]:
            return reading.belongs(path) == "this", "/all" not in f"/{path}", path

        for path in sorted(paths, key=strength):
            if (node := self._file(path)) is not None:
                yield node

    def _file(self, path: str) -> Node | None:
        """A file of variables; None of one that is locked, or not there."""
        try:
            if not self.reading.project.has(path):
                return None
            if self.reading.project.read(path).startswith(_VAULT):
                return None
            return self.reading.project.yaml(path)
        except (Malformed, Unreadable):
            return None

    def _role(self, node: Node, values: Values, where: _Where, depth: int) -> Iterator[Task]:
        named = node.get("role") or node.get("name") or node
        bases = (joined(where.folders[-1], f"roles/{named.text}"), f"roles/{named.text}")
        role = next((one for one in bases if self.reading.project.files(f"/{one}/**")), None)
        if role is None or depth > _DEEPEST:
            return
        defaults = self._main(role, "defaults")
        inner = Values({**(dict(defaults.items()) if defaults else {}), **values.nodes})
        inner = inner.over(self._main(role, "vars")).over(node.get("vars"))
        there = replace(where, folder=f"{role}/tasks", folders=(role, where.folders[-1]))
        for one in self._main(role, "tasks") or ():
            yield from self._task(one, inner, there, depth + 1)

    def _main(self, role: str, part: str) -> Node | None:
        found = (self._file(f"{role}/{part}/main.{kind}") for kind in ("yml", "yaml"))
        return next((one for one in found if one is not None), None)

    def _task(self, node: Node, values: Values, where: _Where, depth: int) -> Iterator[Task]:
        if depth > _DEEPEST or not any(_matters(name, told) for name, told in node.items()):
            return
        values = values.over(node.get("vars"))
        if values.holds(node.get("when")) is False:
            return
        where = where.inside(node)
        for part in _INNER:
            for one in node.get(part) or ():
                yield from self._task(one, values, where, depth + 1)
        for name, told in node.items():
            module = name.rpartition(".")[2]
            if module in {*_INCLUDED, *_ROLES}:
                yield from self._drawn_in(module, told, values, where, depth)
            elif name not in _ABOUT:
                for turn in _turns(values, node):
                    yield Task(module, told, node, turn, where.folders, where.environment)

    def _drawn_in(
        self, module: str, told: Node, values: Values, where: _Where, depth: int
    ) -> Iterator[Task]:
        """The tasks of another file, or of a role."""
        if module in _ROLES:
            yield from self._role(told, values, where, depth + 1)
            return
        file = joined(where.folder, values.text((told.get("file") or told).text))
        for one in self._file(file) or ():
            yield from self._task(one, values, where, depth + 1)


def _matters(name: str, told: Node) -> bool:
    """Whether a part of a task may start something, or leads to other tasks."""
    module = name.rpartition(".")[2]
    if module in CALLS:
        return bool(INTEREST.search((told.get("cmd") or told).text.encode()))
    if module in WRITES:
        said = [one.text for key in ("src", "dest") if (one := told.get(key)) is not None]
        return bool(_USEFUL.search(" ".join(said)))
    return module in {*CONTAINERS, *COMPOSE, *_INCLUDED, *_ROLES, *_INNER}


def _turns(values: Values, node: Node) -> Iterator[Values]:
    """The turns of a loop over what is written; one where there is no loop."""
    source = node.get("loop") or node.get("with_items")
    if source is None or not source.is_list:
        yield values
        return
    for one in source:
        yield values.with_item(values.plain(one))


def _is_playbook(reading: Reading, path: str) -> bool:
    try:
        content = reading.project.read(path)
    except Unreadable:
        return False
    return b"hosts:" in content and (b"tasks:" in content or b"roles:" in content)
