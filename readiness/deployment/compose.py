"""Docker Compose: the services that a stack of compose files would start."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from readiness.deployment.compose_files import Stack, find_stacks, folder_of
from readiness.deployment.compose_merge import merge, merge_all
from readiness.deployment.compose_mounted import mounted
from readiness.deployment.compose_service import ServiceReader
from readiness.deployment.compose_variables import env_file_variables
from readiness.deployment.naming import aliases, belongs, env_files, is_for_work
from readiness.deployment.reading import Reading, joined
from readiness.document.node import Malformed, Node
from readiness.model.place import Place
from readiness.model.variable import Variable
from readiness.project import Unreadable

_DEEPEST = 20


def read_compose(reading: Reading) -> None:
    """Read every stack of compose files that belongs to the environment."""
    for stack in find_stacks(reading):
        if stack.assumption:
            reading.assumptions.append(stack.assumption)
        _Stack(reading, stack).read()


class _Stack:
    """One stack being read: its files, merged, extended and included."""

    def __init__(
        self, reading: Reading, stack: Stack, outer: Mapping[str, Variable] | None = None
    ) -> None:
        self.reading = reading
        self.stack = stack
        # Paths in a file that others extend or include are relative to that file.
        self.folders: dict[str, str] = dict.fromkeys(stack.files, stack.folder)
        # What the files that include these know is stronger than what stands beside these.
        self.known = {**self._own_variables(), **(outer or reading.given)}
        self.services = ServiceReader(reading, self.known, self._folder)
        self.entered: set[tuple[str, ...]] = {stack.files}

    def read(self) -> None:
        """Add the services of the stack to the reading."""
        found = tuple(
            owner.services.read(name, node)
            for name, (owner, node) in self._nodes(0).items()
            if node.is_mapping and not owner._is_of_another(name, node)  # noqa: SLF001 - its own
        )
        self.reading.services.extend(found)
        self.reading.stacks.append((self.stack.files, found))

    def _nodes(self, depth: int) -> "dict[str, tuple[_Stack, Node]]":
        """Every service, with the stack whose variables fill its references."""
        roots = [root for path in self.stack.files if (root := self._load(path)) is not None]
        found: dict[str, tuple[_Stack, Node]] = {}
        for root in roots if depth < _DEEPEST else ():
            for one in root.get("include") or ():
                inner = self._included(one)
                if inner.stack.files in self.entered:
                    continue
                self.entered.add(inner.stack.files)
                found |= inner._nodes(depth + 1)  # noqa: SLF001 - another of the same
                self.folders = {**inner.folders, **self.folders}
        merged = merge_all(roots)
        if merged is not None:
            fill = self.services.fill
            self.reading.mounted.extend(mounted(merged, self.known, fill, self._folder))
        services = merged.get("services") if merged else None
        for name, node in services.items() if services else ():
            whole = self._extended(node, 0)
            known = found[name][1] if name in found else None
            found[name] = (self, merge(known, whole) if known else whole)
        return found

    def _included(self, node: Node) -> "_Stack":
        """The stack that an entry of ``include`` names, with its own folder and variables."""
        listed = node.get("path") or node
        base = self._folder(node.at)
        files = tuple(joined(base, self.services.fill(one))
                      for one in (listed if listed.is_list else (listed,)))  # fmt: skip
        given = node.get("project_directory")
        folder = joined(base, self.services.fill(given)) if given else folder_of(files[0])
        named = node.get("env_file")
        paths = [joined(base, self.services.fill(one))
                 for one in ((named if named.is_list else (named,)) if named else ())]  # fmt: skip
        env_files = tuple(paths) or (joined(folder, ".env"),)
        stack = Stack(folder, files, None, env_files, self.stack.profiles)
        inner = _Stack(self.reading, stack, self.known)
        inner.entered = self.entered
        return inner

    def _own_variables(self) -> dict[str, Variable]:
        """What Compose takes from files of variables: the named ones, else the one beside it."""
        found: dict[str, Variable] = {}
        for path in self._env_files():
            if self.reading.project.has(path):
                known = {**found, **self.reading.given}
                found |= env_file_variables(self.reading, path, known, source=path)
        return found

    def _env_files(self) -> tuple[str, ...]:
        project, folder = self.reading.project, self.stack.folder
        if self.stack.env_files:
            return self.stack.env_files
        own = self.reading.environment.lower()
        loaded = {joined(folder, text) for text in self._env_file_names()}
        here = [path for path in project.paths if folder_of(path) == folder]
        named = [path for path in env_files(here, aliases(own)) if path not in loaded]
        if named:
            special = min(named, key=lambda path: (own not in path.lower(), path))
            self.reading.assumptions.append(f"compose is started with --env-file {special}")
            return (special,)
        return (joined(folder, ".env"),)

    def _env_file_names(self) -> Iterator[str]:
        for path in self.stack.files:
            services = self.reading.project.yaml(path).get("services")
            for _, service in services.items() if services else ():
                node = service.get("env_file")
                for one in (node or ()) if node and node.is_list else (node,):
                    if one is not None:
                        yield (one.get("path") or one).text

    def _load(self, path: str) -> Node | None:
        try:
            root = self.reading.project.yaml(path)
        except (Malformed, Unreadable) as answer:
            self.reading.refuse(path, answer)
            return None
        self.folders.setdefault(path, folder_of(path))
        return root

    def _extended(self, node: Node, depth: int) -> Node:
        """A service laid over the one that it extends."""
        extends = node.get("extends")
        if extends is None or depth > _DEEPEST:
            return node
        named_service = extends.get("service") or extends
        file = extends.get("file")
        path = (
            joined(self._folder(extends.at), self.services.fill(file)) if file else extends.at.path
        )
        root = self._load(path)
        parent = root.get("services", self.services.fill(named_service)) if root else None
        if parent is None:
            reason = f"{named_service.text} of {path} is extended, and it is not there"
            self.reading.refuse(node.at.path, reason)
            return node
        merged = merge(self._extended(parent, depth + 1), node)
        return replace(merged, at=node.at, key_at=node.key_at)

    def _folder(self, at: Place) -> str:
        return self.folders.get(at.path, folder_of(at.path))

    def _is_of_another(self, name: str, node: Node) -> bool:
        """Tell whether a service starts only under profiles of other environments."""
        profiles = [self.services.fill(one) for one in node.get("profiles") or ()]
        if not profiles or any(map(self._is_asked_for, profiles)):
            return False
        at = node.key_at or node.at
        reason = f"the service {name} starts under the profile {', '.join(profiles)} only"
        self.reading.skip(str(at), reason)
        return True

    def _declared(self) -> tuple[str, ...] | None:
        """The profiles that ``COMPOSE_PROFILES`` asks for; None where nothing says it."""
        one = self.known.get("COMPOSE_PROFILES")
        if one is None or one.value is None:
            return None
        return tuple(one.value.reveal().split(","))

    def _is_asked_for(self, profile: str) -> bool:
        """Tell whether a profile may be one of this environment; a known command decides."""
        asked, environment = self.stack.profiles or self._declared(), self.reading.environment
        if asked is not None:
            return profile in asked or "*" in asked
        return belongs(profile, environment) != "other" and not is_for_work(profile, environment)
