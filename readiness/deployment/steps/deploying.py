"""What the readers of single programs share: where a call stands, and what it gives."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from readiness.deployment.compose_variables import variables_of
from readiness.deployment.dockerfile import split
from readiness.deployment.laid import Laid
from readiness.deployment.platforms import Keys, built, laid, listed
from readiness.deployment.railway import told
from readiness.deployment.reading import Reading, joined
from readiness.deployment.service import Command, Kind, Replicas, Service
from readiness.deployment.steps.step import Step, is_open
from readiness.document.dotenv import parse as parse_dotenv
from readiness.model.place import Place
from readiness.model.secret import Secret
from readiness.model.variable import Origin, Variable
from readiness.project import Unreadable

_DEPLOYS = re.compile(
    r"(?:\A|[^a-z])(?:deploy\w*|release|rollout|ship|provision\w*|live)(?:[^a-z]|\Z)"
)
_NAME = re.compile(r"[A-Za-z_]\w*\Z")


class Deploying(Struct):
    """The calls that deploy the environment, and what they have made so far."""

    reading: Reading
    services: dict[tuple[Kind, str], Service] = field(default_factory=dict)
    sure: dict[tuple[Kind, str], bool] = field(default_factory=dict)
    laid: list[Laid] = field(default_factory=list)

    def is_mine(self, *names: str | None) -> bool:
        """Whether no name that a call gives is that of another environment's things."""
        return all(self.reading.belongs(one) != "other" for one in names
                   if one and not is_open(one))  # fmt: skip

    def is_deploying(self, step: Step) -> bool:
        """Whether what a call stands in is named after the environment, or after deploying."""
        places = [one.lower() for one in step.where]
        named = any(self.reading.belongs(one) == "this" for one in places)
        return named or any(_DEPLOYS.search(one) for one in places)

    def serve(self, step: Step, service: Service) -> None:
        """Add a service, or lay it over what an earlier call made of the same name."""
        key = (service.source, service.name)
        before = self.services.get(key)
        self.services[key] = service if before is None else _over(before, service, sure=step.sure)

    def give(self, step: Step, kinds: tuple[Kind, ...], variables: Keys, *,
             name: str | None = None, otherwise: Service | None = None,
             unread: tuple[str, ...] = ()) -> None:  # fmt: skip
        """Give variables to what is described elsewhere."""
        earlier = {key: one for each in self.laid if each.kinds == kinds and each.name == name
                   for key, one in each.variables.items()}  # fmt: skip
        settled = variables if step.sure else _unsure(earlier, variables)
        plain = name if name and not is_open(name) else None
        self.laid.append(Laid(kinds, settled, otherwise, plain, unread))

    def file(self, step: Step, path: str, said: str) -> Keys | None:
        """The variables of a file: one that was written before, or of the project."""
        project = self.reading.project
        plain = joined("", path)
        text = step.written.get(plain)
        if text is None and project.has(plain):
            try:
                text = project.text(plain)
            except Unreadable:
                return None
        if text is None:
            return None
        found = variables_of(parse_dotenv(text, plain), {}, source=said)
        return {name: replace(one, chain=one.chain) for name, one in found.items()}

    def image(self, step: Step, service: Service, folder: str | None) -> Service:
        """A service that is built from a folder of the project, where it is one."""
        inside = joined("", folder) if folder and not is_open(folder) else ""
        command = service.command
        made = built(self.reading, service, inside, "Dockerfile", step.at)
        if made.build is None:
            return told(self.reading, made, inside)
        return replace(made, command=command or made.command)


def _over(before: Service, after: Service, *, sure: bool) -> Service:
    own = {one.name: one for one in before.variables}
    new = {one.name: one for one in after.variables}
    settled = new if sure else _unsure(own, new)
    return replace(
        before, variables=listed(laid(own, settled)), image=after.image or before.image,
        command=after.command or before.command, replicas=after.replicas or before.replicas,
        unread_sources=(*before.unread_sources, *after.unread_sources),
    )  # fmt: skip


def _unsure(before: Keys, after: Keys) -> Keys:
    """What a call that may be passed by gives: a value that contradicts another is not known."""
    found: Keys = {}
    for name, one in after.items():
        other = before.get(name)
        same = other is None or (other.state, other.value) == (one.state, one.value)
        found[name] = one if same else Variable(name, "injected", None, one.chain)
    return found


def pairs(words: Iterable[str], at: Place, said: str, *, hidden: tuple[str, ...] = ()) -> Keys:
    """Variables that are given as NAME=value; values with a mark of secrets are supplied."""
    found: Keys = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not _NAME.match(name):
            continue
        is_secret = bool(hidden) and value.startswith(hidden)
        found[name] = (
            given(name, value, at, said)
            if equals and not is_secret
            else supplied_at(name, at, said, value)
        )
    return found


def given(name: str, text: str, at: Place, said: str) -> Variable:
    """A variable whose value is known, or only in part."""
    if is_open(text):
        return supplied_at(name, at, said, text)
    return Variable(name, "known", Secret(text), (Origin(said, at, Secret(text)),))


def supplied_at(name: str, at: Place, said: str, text: str = "") -> Variable:
    """A variable that gets a value that is not written here, or only partly."""
    partly = Secret(text) if text and is_open(text) and text != f"${{{name}}}" else None
    return Variable(name, "injected", None, (Origin(f"{said}, supplied there", at, partly),))


def parted(text: str) -> Iterator[str]:
    """The pairs of one word: ``A=1,B=2``, or with a sign of their own: ``^;^A=1;B=2``."""
    sign = ","
    if text.startswith("^") and "^" in text[1:]:
        sign, text = text[1:].split("^", 1)
    yield from text.split(sign)


def line_of(text: str | None, at: Place) -> Command | None:
    """A command that is given as one line."""
    return Command.for_shell(split(text), at, text) if text and not is_open(text) else None


def number(text: str | None) -> int | None:
    """A count that is written."""
    return int(text) if text is not None and text.isdigit() else None


def counted(least: str | None, most: str | None, at: Place) -> Replicas | None:
    """How many instances run, where anything is said of it."""
    if least is None and most is None:
        return None
    return Replicas(number(least), number(most), at)
