"""One service of a compose file, with what its image brings along."""

from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from readiness.deployment.compose_merge import named
from readiness.deployment.compose_variables import Variables
from readiness.deployment.dockerfile import Image, split
from readiness.deployment.interpolation import fill
from readiness.deployment.ports import exposed_ports, ports_of
from readiness.deployment.reading import Reading, joined
from readiness.deployment.service import Build, Command, Probe, Replicas, Service, Volume
from readiness.document.node import Node
from readiness.model.place import Place
from readiness.model.variable import Variable


class ServiceReader:
    """Reads services with the variables that fill their references.

    ``folder`` gives the folder that paths written at a place are relative to.
    """

    def __init__(
        self, reading: Reading, known: Mapping[str, Variable], folder: Callable[[Place], str]
    ) -> None:
        self.reading = reading
        self.known = known
        self.folder = folder

    def fill(self, node: Node | None) -> str:
        """A scalar as Compose would take it; empty where there is none."""
        return fill(node.text, self.known).text if node is not None else ""

    def read(self, name: str, node: Node) -> Service:
        """The service that a node describes."""
        at = node.key_at or node.at
        build = self._build(node.get("build"))
        image = self._image(build, node.get("build", "args"))
        variables = Variables(self.reading, self.known, name, self.folder)
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
        folder = self.folder((context or node).at)
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
        variables = Variables(self.reading, self.known, "build", self.folder)
        given = variables.written(settled, "a build argument")
        return self.reading.built_image(build.dockerfile, build.target, given)

    def _command(self, node: Node | None) -> Command | None:
        if node is None or node.value is None:
            return None
        if node.is_list:
            return Command(tuple(self._word(one) for one in node), node.at)
        return Command(split(self._word(node)), node.at)

    def _word(self, node: Node) -> str:
        """A part of a command; a reference stays one where nobody knows what it gives."""
        return fill(node.text, self.known).partial

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
