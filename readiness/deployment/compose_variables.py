"""The variables of a compose service: its own, its files', its image's."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from readiness.deployment.compose_merge import named
from readiness.deployment.interpolation import Filled, fill, variable
from readiness.deployment.reading import Reading, joined
from readiness.document.dotenv import DotEnv, parse
from readiness.document.node import Malformed, Node
from readiness.model.place import Place
from readiness.model.variable import Origin, Variable
from readiness.project import Unreadable


class Variables:
    """What one service would start with; ``unread`` names files that are not there."""

    def __init__(
        self,
        reading: Reading,
        known: Mapping[str, Variable],
        service: str,
        folder: Callable[[Place], str],
    ) -> None:
        self.reading = reading
        self.known = known
        self.service = service
        self.folder = folder
        self.unread: list[str] = []

    def read(self, node: Node, image: Mapping[str, Variable]) -> tuple[Variable, ...]:
        """Every variable with its chain: ``environment``, then ``env_file``, then the image."""
        found = dict(image)
        for one in _listed(node.get("env_file")):
            self._env_file(one, found)
        environment = node.get("environment")
        if environment is not None and environment.is_list:
            environment = named(environment)
        own = self.written(environment, f"environment of the service {self.service}", found)
        return tuple({**found, **own}[name] for name in sorted({**found, **own}))

    def written(
        self, node: Node | None, source: str, weaker: Mapping[str, Variable] | None = None
    ) -> dict[str, Variable]:
        """The variables of a mapping; one without a value is passed through from outside."""
        found: dict[str, Variable] = {}
        for name, one in node.items() if node else ():
            chain = weaker[name].chain if weaker and name in weaker else ()
            at = one.key_at or one.at
            if one.value is None and one.raw in {None, "", "~", "null"} and not one.is_mapping:
                found[name] = self._passed(name, source, at, chain)
            else:
                text = _scalar_text(one)
                filled = fill(text, self.known)
                found[name] = variable(name, filled, source=source, at=at, weaker=chain)
        return found

    def _passed(self, name: str, source: str, at: Place, weaker: tuple[Origin, ...]) -> Variable:
        outer = self.known.get(name)
        origin = Origin(f"{source}, passed through", at, outer.value if outer else None)
        if outer is None or outer.state == "injected":
            return Variable(name, "injected", None, (origin, *weaker))
        return Variable(name, outer.state, outer.value, (origin, *outer.chain, *weaker))

    def _env_file(self, node: Node, found: dict[str, Variable]) -> None:
        written = node.get("path") or node
        required = node.get("required")
        name = fill(written.text, self.known).text
        path = joined(self.folder(written.at), name)
        raw = (node.get("format") or node).text == "raw"
        source = f"env_file of the service {self.service}"
        if not self.reading.project.has(path):
            if (made := written_variables(self.reading, path, self.known)) is not None:
                found.update(laid_over(found, made))
            elif required is None or required.value is not False:
                self.unread.append(path)
                self.reading.refuse(path, f"{written.at} loads it, and it is not in the project")
            return
        read = env_file_variables(self.reading, path, self.known, source=source, raw=raw)
        found.update(laid_over(found, read))


def laid_over(
    weaker: Mapping[str, Variable], stronger: Mapping[str, Variable]
) -> dict[str, Variable]:
    """Variables over others of the same names, each with the whole chain."""
    return {
        name: Variable(name, one.state, one.value,
                       (*one.chain, *(weaker[name].chain if name in weaker else ())))
        for name, one in stronger.items()
    }  # fmt: skip


def written_variables(
    reading: Reading, path: str, known: Mapping[str, Variable]
) -> dict[str, Variable] | None:
    """The variables of a file that a job writes before it starts Compose; None of another."""
    text, at = reading.written.get(path.rpartition("/")[2], ("", None))
    if at is None:
        return None
    read = variables_of(parse(text, at.path), known, source="a file that the job writes")
    return {
        name: replace(one, chain=tuple(replace(origin, at=at) for origin in one.chain))
        for name, one in read.items()
    }


def env_file_variables(
    reading: Reading,
    path: str,
    known: Mapping[str, Variable],
    *,
    source: str,
    raw: bool = False,
) -> dict[str, Variable]:
    """The variables of a file as Compose reads it, each with all its lines, the last first."""
    try:
        file = reading.project.dotenv(path)
    except (Malformed, Unreadable) as answer:
        reading.refuse(path, answer)
        return {}
    for at in file.broken:
        reading.refuse(str(at), "the line names no variable")
    return variables_of(file, known, source=source, raw=raw)


def variables_of(
    file: DotEnv, known: Mapping[str, Variable], *, source: str, raw: bool = False
) -> dict[str, Variable]:
    """The variables of a parsed file; a reference to itself is supplied from outside.

    What ``known`` has fills a reference before the file's own lines do, as in Compose.
    """
    found: dict[str, Variable] = {}
    for one in file.bindings:
        weaker = found[one.name].chain if one.name in found else ()
        if one.value is None:
            if (outer := known.get(one.name)) is not None:
                found[one.name] = outer
            continue
        literal = raw or one.quote == "'"
        filled = Filled(one.value) if literal else fill(one.value, {**found, **known})
        found[one.name] = variable(one.name, filled, source=source, at=one.at, weaker=weaker)
    return found


def _scalar_text(node: Node) -> str:
    """A value as Compose writes it into a variable: a number in its shortest form."""
    match node.value:
        case bool():
            return "true" if node.value else "false"
        case int():
            return str(node.value)
        case float():
            return f"{node.value:.15g}"
    return node.text


def _listed(node: Node | None) -> tuple[Node, ...]:
    if node is None or (node.value is None and node.children is None):
        return ()
    return tuple(node) if node.is_list else (node,)
