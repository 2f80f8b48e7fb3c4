"""What the readers of application platforms share: variables by name, and the image they run."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from readiness.deployment.compose_service import with_image
from readiness.deployment.dockerfile import split
from readiness.deployment.reading import Reading, joined
from readiness.deployment.service import Build, Command, Service
from readiness.document.node import Malformed, Node
from readiness.model.place import Place
from readiness.model.secret import Secret
from readiness.model.variable import Origin, Variable
from readiness.project import Unreadable

Keys = dict[str, Variable]
Documents = Iterator[tuple[str, Node]]


class Chosen(Struct, frozen=True):
    """The files of one platform: those that name the environment stand for the others."""

    reading: Reading
    globs: tuple[str, ...]

    def documents(self, kind: str) -> Documents:
        """Each file with what it says; one that cannot be read is noted."""
        paths = self.reading.mine(*self.globs)
        named = {path.rpartition("/")[0] for path in paths if self._is_named(path)}
        for path in paths:
            if path.rpartition("/")[0] in named and not self._is_named(path):
                self.reading.skip(path, "the file beside it that names this environment counts")
                continue
            try:
                yield path, getattr(self.reading.project, kind)(path)
            except (Malformed, Unreadable) as answer:
                self.reading.refuse(path, answer)

    def _is_named(self, path: str) -> bool:
        return self.reading.belongs(path) == "this"


def known(name: str, node: Node, source: str) -> Variable:
    """A variable whose value is written."""
    value = Secret(node.text)
    return Variable(name, "known", value, (Origin(source, node.key_at or node.at, value),))


def supplied(name: str, node: Node, source: str, partly: str | None = None) -> Variable:
    """A variable that the platform gives a value that is not written, or only ``partly``."""
    text = None if partly is None else Secret(partly)
    return Variable(name, "injected", None, (Origin(source, node.key_at or node.at, text),))


def mapping(node: Node | None, source: str) -> Keys:
    """The variables of a mapping of names to values."""
    pairs = node.items() if node else ()
    return {name: known(name, one, source) for name, one in pairs if one.children is None}


def laid(weaker: Mapping[str, Variable], stronger: Mapping[str, Variable]) -> Keys:
    """Lay variables over others, each with the whole chain."""
    found = dict(weaker)
    for name, one in stronger.items():
        before = found[name].chain if name in found else ()
        found[name] = Variable(name, one.state, one.value, (*one.chain, *before))
    return found


def listed(variables: Mapping[str, Variable]) -> tuple[Variable, ...]:
    """Variables in the order of their names."""
    return tuple(variables[name] for name in sorted(variables))


def line(node: Node | None) -> Command | None:
    """A command that a shell is given; None where there is none."""
    if node is None or not node.text.strip():
        return None
    return Command.for_shell(split(node.text), node.at, node.text)


def words(nodes: Iterable[Node] | None) -> Command | None:
    """A command as a list of words; None where there is none."""
    elements = list(nodes or ())
    return Command(tuple(one.text for one in elements), elements[0].at) if elements else None


def built(reading: Reading, service: Service, folder: str, dockerfile: str, at: Place) -> Service:
    """A service that is built from a Dockerfile of the project, if there is one."""
    path = joined(folder, dockerfile)
    if not reading.project.has(path):
        return service
    image = reading.built_image(path)
    own = {one.name: one for one in service.variables}
    variables = laid(image.variables, own) if image else own
    made = replace(service, build=Build(folder, path, None, at), variables=listed(variables))
    return with_image(made, image)
