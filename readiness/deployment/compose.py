"""Docker Compose: the services that a stack of compose files would start."""

from collections.abc import Iterator
from dataclasses import replace

from readiness.deployment.compose_files import Stack, find_stacks, folder_of
from readiness.deployment.compose_merge import merge, merge_all, named
from readiness.deployment.compose_variables import Variables, env_file_variables
from readiness.deployment.dockerfile import Image, split
from readiness.deployment.interpolation import fill
from readiness.deployment.naming import aliases, belongs
from readiness.deployment.ports import exposed_ports, ports_of
from readiness.deployment.reading import Reading, joined
from readiness.deployment.service import Build, Command, Probe, Replicas, Service, Volume
from readiness.document.node import Malformed, Node
from readiness.model.place import Place
from readiness.model.variable import Variable
from readiness.project import Unreadable

_DEEPEST = 20


def read_compose(reading: Reading) -> None:
    """Read every stack of compose files that belongs to the environment."""
    found = find_stacks(reading.project, reading.environment)
    reading.left_out.extend(found.left_out)
    reading.unread.extend(found.unread)
    for stack in found.stacks:
        if stack.assumption:
            reading.assumptions.append(stack.assumption)
        _Stack(reading, stack).read()


class _Stack:
    """One stack being read: its files, and the variables that fill their references."""

    def __init__(self, reading: Reading, stack: Stack) -> None:
        self.reading = reading
        self.stack = stack
        # Paths in a file that others extend or include are relative to that file.
        self.folders: dict[str, str] = dict.fromkeys(stack.files, stack.folder)
        self.known = {**self._own_variables(), **reading.given}

    def read(self) -> None:
        """Add the services of the stack to the reading."""
        roots = [self.reading.project.yaml(path) for path in self.stack.files]
        merged = merge_all([*self._included(roots, 0), *roots])
        services = merged.get("services") if merged else None
        for name, node in services.items() if services else ():
            whole = self._extended(node, 0)
            if whole.is_mapping and not self._is_of_another(name, whole):
                self.reading.services.append(self._service(name, whole))

    def _own_variables(self) -> dict[str, Variable]:
        """What Compose takes from the file of variables beside it."""
        project, folder = self.reading.project, self.stack.folder
        own = self.reading.environment.lower()
        names = sorted(aliases(own), key=lambda alias: (alias != own, alias))
        loaded = {joined(folder, text) for text in self._env_file_names()}
        paths = [joined(folder, f".env.{name}") for name in names]
        special = next((path for path in paths if project.has(path) and path not in loaded), None)
        if special:
            self.reading.assumptions.append(f"compose is started with --env-file {special}")
        path = special or joined(folder, ".env")
        if not project.has(path):
            return {}
        return env_file_variables(self.reading, path, {}, source=path)

    def _env_file_names(self) -> Iterator[str]:
        for path in self.stack.files:
            services = self.reading.project.yaml(path).get("services")
            for _, service in services.items() if services else ():
                node = service.get("env_file")
                for one in (node or ()) if node and node.is_list else (node,):
                    if one is not None:
                        yield (one.get("path") or one).text

    def _included(self, roots: list[Node], depth: int) -> list[Node]:
        """The files that others include, before those that include them."""
        found: list[Node] = []
        for root in roots if depth < _DEEPEST else ():
            for one in root.get("include") or ():
                listed = one.get("path") or one
                for node in listed if listed.is_list else (listed,):
                    loaded = self._load(joined(folder_of(root.at.path), self.fill(node)))
                    if loaded is not None:
                        found.extend((*self._included([loaded], depth + 1), loaded))
        return found

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
        path = joined(self._folder(extends.at), self.fill(file)) if file else extends.at.path
        root = self._load(path)
        parent = root.get("services", self.fill(named_service)) if root else None
        if parent is None:
            reason = f"{named_service.text} of {path} is extended, and it is not there"
            self.reading.refuse(node.at.path, reason)
            return node
        merged = merge(self._extended(parent, depth + 1), node)
        return replace(merged, at=node.at, key_at=node.key_at)

    def _folder(self, at: Place) -> str:
        return self.folders.get(at.path, folder_of(at.path))

    def fill(self, node: Node | None) -> str:
        """A scalar as Compose would take it; empty where there is none."""
        return fill(node.text, self.known).text if node is not None else ""

    def _is_of_another(self, name: str, node: Node) -> bool:
        """Tell whether a service starts only under profiles of other environments."""
        profiles = [self.fill(one) for one in node.get("profiles") or ()]
        others = [one for one in profiles if belongs(one, self.reading.environment) == "other"]
        if profiles and len(others) == len(profiles):
            at = node.key_at or node.at
            reason = f"the service {name} starts under the profile {', '.join(profiles)} only"
            self.reading.skip(str(at), reason)
            return True
        return False

    def _service(self, name: str, node: Node) -> Service:
        at = node.key_at or node.at
        build = self._build(node.get("build"))
        image = self._image(build, node.get("build", "args"))
        variables = Variables(self.reading, self.known, name, self._folder)
        image_node = node.get("image")
        service = Service(
            name=name,
            source="compose",
            at=at,
            image=self.fill(image_node) or None,
            image_at=image_node.at if image_node else None,
            base=image.base if image else None,
            build=build,
            command=self._command(node.get("command")),
            entrypoint=self._command(node.get("entrypoint")),
            variables=variables.read(node, image.variables if image else {}),
            ports=(*ports_of(node.get("ports"), self.fill),
                   *exposed_ports(node.get("expose"), self.fill)),
            replicas=self._replicas(node),
            probes=tuple(self._probes(node.get("healthcheck"))),
            volumes=tuple(self._volumes(node.get("volumes"))),
            networks=tuple(self._names(node.get("networks"))),
            host_network=self._host_network(node),
            user=self.fill(node.get("user")) or None,
            profiles=tuple(self.fill(one) for one in node.get("profiles") or ()),
            labels=tuple(self._labels(node)),
            depends_on=tuple(self._names(node.get("depends_on"))),
            working_dir=self.fill(node.get("working_dir")) or None,
            unread_sources=tuple(variables.unread),
        )  # fmt: skip
        return with_image(service, image)

    def _build(self, node: Node | None) -> Build | None:
        if node is None or node.value is None:
            return None
        context = node.get("context")
        text = self.fill(context) if context else ("." if node.is_mapping else self.fill(node))
        folder = self._folder((context or node).at)
        file = node.get("dockerfile")
        # A context that is a URL is not in the project.
        if "://" in text or text.startswith("git@"):
            return Build(text, None, None, node.at)
        place = joined(folder, text)
        return Build(place, joined(place, self.fill(file) or "Dockerfile"),
                     self.fill(node.get("target")) or None, node.at)  # fmt: skip

    def _image(self, build: Build | None, arguments: Node | None) -> Image | None:
        if build is None or build.dockerfile is None:
            return None
        settled = named(arguments) if arguments and arguments.is_list else arguments
        variables = Variables(self.reading, self.known, "build", self._folder)
        given = variables.written(settled, "a build argument")
        return self.reading.built_image(build.dockerfile, build.target, given)

    def _command(self, node: Node | None) -> Command | None:
        if node is None or node.value is None:
            return None
        if node.is_list:
            return Command(tuple(self._word(one) for one in node), node.at)
        return Command(split(self._word(node)), node.at)

    def _word(self, node: Node) -> str:
        """A part of a command; as written where nobody knows what a reference gives."""
        filled = fill(node.text, self.known)
        return node.text if filled.unknown else filled.text

    def _replicas(self, node: Node) -> Replicas | None:
        found = node.get("deploy", "replicas") or node.get("scale")
        if found is None:
            return None
        text = self.fill(found)
        count = int(text) if text.isdigit() else None
        return Replicas(count, count, found.at)

    def _probes(self, node: Node | None) -> Iterator[Probe]:
        if node is None:
            return
        test = node.get("test")
        words = [self.fill(one) for one in test] if test and test.is_list else [self.fill(test)]
        off = self.fill(node.get("disable")).lower() == "true" or words[:1] == ["NONE"]
        yield Probe("healthcheck", node.at, " ".join(words), disabled=off)

    def _volumes(self, node: Node | None) -> Iterator[Volume]:
        for one in node or ():
            if one.is_mapping:
                source, target = self.fill(one.get("source")), self.fill(one.get("target"))
                read_only = self.fill(one.get("read_only")).lower() == "true"
            else:
                first, colon, rest = self.fill(one).partition(":")
                source, (target, _, mode) = (first, rest.partition(":")) if colon else (
                    "", (first, "", "")
                )  # fmt: skip
                read_only = "ro" in mode.split(",")
            yield Volume(source or None, target, one.at, read_only)

    def _names(self, node: Node | None) -> Iterator[str]:
        if node is not None:
            yield from (name for name, _ in node.items())
            yield from (self.fill(one) for one in node)

    def _host_network(self, node: Node) -> Place | None:
        mode = node.get("network_mode")
        return mode.at if mode is not None and self.fill(mode) == "host" else None

    def _labels(self, node: Node) -> Iterator[tuple[str, str]]:
        for labels in (node.get("labels"), node.get("deploy", "labels")):
            settled = named(labels) if labels and labels.is_list else labels
            for name, one in settled.items() if settled else ():
                yield name, self.fill(one)


def with_image(service: Service, image: Image | None) -> Service:
    """A service with what its image brings along, where it says nothing itself."""
    if image is None:
        return service
    command = service.command
    if command is None and service.entrypoint is None:
        command = image.command
    return replace(
        service,
        base=image.base,
        command=command,
        entrypoint=service.entrypoint or image.entrypoint,
        user=service.user or image.user,
        probes=service.probes or tuple(image.probes),
        ports=service.ports or tuple(image.ports),
        working_dir=service.working_dir or image.working_dir,
    )
