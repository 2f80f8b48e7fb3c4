"""What an image of a Dockerfile brings along: variables, command, user, ports."""

import json
import shlex
from collections.abc import Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from readiness.deployment.docker_words import filled_word
from readiness.deployment.interpolation import fill, variable
from readiness.deployment.service import Command, Port, Probe, Volume
from readiness.document.dockerfile import Dockerfile, Instruction, Stage
from readiness.model.place import Place
from readiness.model.variable import Origin, Variable

_DEEPEST = 20


class Image(Struct):
    """An image as a stage makes it; ``base`` is the image outside that it starts from."""

    base: str = ""
    base_at: Place | None = None
    variables: dict[str, Variable] = field(default_factory=dict)
    arguments: dict[str, Variable] = field(default_factory=dict)
    command: Command | None = None
    entrypoint: Command | None = None
    user: str | None = None
    working_dir: str | None = None
    ports: list[Port] = field(default_factory=list)
    probes: list[Probe] = field(default_factory=list)
    volumes: list[Volume] = field(default_factory=list)
    triggers: list[Instruction] = field(default_factory=list)


def image_of(
    dockerfile: Dockerfile,
    target: str | None = None,
    arguments: Mapping[str, Variable] | None = None,
) -> Image | None:
    """What a build of a stage gives; None where there is no such stage."""
    stage = dockerfile.stage(target)
    if stage is None:
        return None
    builder = _Builder(dockerfile, dict(arguments or {}))
    return builder.image(stage, 0)


class _Builder:
    """One build: its arguments, and the stages that lead to the one asked for."""

    def __init__(self, dockerfile: Dockerfile, given: dict[str, Variable]) -> None:
        self.dockerfile = dockerfile
        self.given = given
        self.global_arguments: dict[str, Variable] = {}
        image = Image()
        for one in dockerfile.preamble:
            if one.name == "ARG":
                self._argument(one, image)
        self.global_arguments = image.arguments

    def image(self, stage: Stage, depth: int) -> Image:
        base = fill(stage.image, self.global_arguments, absent="empty").text
        parent = self._parent(base, stage)
        if parent is not None and depth < _DEEPEST:
            image = self.image(parent, depth + 1)
            image.arguments = {}
            triggers, image.triggers = image.triggers, []
            for one in triggers:
                self._apply(one, image)
        else:
            image = Image(base=base, base_at=stage.at)
        for one in stage.instructions:
            self._apply(one, image)
        return image

    def _parent(self, name: str, stage: Stage) -> Stage | None:
        before = self.dockerfile.stages[: self.dockerfile.stages.index(stage)]
        return next((one for one in before if (one.name or "").lower() == name.lower()), None)

    def _apply(self, one: Instruction, image: Image) -> None:
        match one.name:
            case "ENV":
                self._environment(one, image)
            case "ARG":
                self._argument(one, image)
            case "ONBUILD":
                name, _, rest = one.value.partition(" ")
                image.triggers.append(replace(one, name=name.upper(), value=rest.strip()))
            case "CMD":
                image.command = command_of(one.value, one.at)
            case "ENTRYPOINT":
                image.entrypoint = command_of(one.value, one.at)
                image.command = None
            case "USER":
                image.user = self._text(one.value, image)
            case "WORKDIR":
                image.working_dir = _joined(image.working_dir, self._text(one.value, image))
            case _:
                self._describe(one, image)

    def _describe(self, one: Instruction, image: Image) -> None:
        match one.name:
            case "EXPOSE":
                image.ports.extend(_exposed(self._text(one.value, image), one.at))
            case "HEALTHCHECK":
                off = one.value.strip().upper() == "NONE"
                image.probes = [Probe("healthcheck", one.at, one.value, disabled=off)]
            case "VOLUME":
                words = command_of(one.value, one.at).words
                image.volumes.extend(Volume(None, word, one.at) for word in words)

    def _environment(self, one: Instruction, image: Image) -> None:
        # All values of one instruction see the variables as they were before it.
        around = self._around(image)
        for name, value in _pairs(one.value, legacy=True):
            if value is None:
                continue
            weaker = image.variables[name].chain if name in image.variables else ()
            at = one.place_of(name)
            filled = filled_word(value, around, self.dockerfile.escape)
            image.variables[name] = variable(
                name, filled, source="ENV of the image", at=at, weaker=weaker
            )

    def _argument(self, one: Instruction, image: Image) -> None:
        for name, value in _pairs(one.value):
            image.arguments[name] = self._argument_value(name, value, one, image)

    def _argument_value(
        self, name: str, value: str | None, one: Instruction, image: Image
    ) -> Variable:
        if name in self.given:
            return self.given[name]
        if value is None:
            outer = self.global_arguments.get(name)
            origin = Origin("a build argument", one.place_of(name))
            return outer or Variable(name, "injected", None, (origin,))
        filled = filled_word(value, self._around(image), self.dockerfile.escape)
        return variable(name, filled, source="the default of a build argument",
                        at=one.place_of(name))  # fmt: skip

    def _around(self, image: Image) -> dict[str, Variable]:
        return {**image.arguments, **image.variables}

    def _text(self, text: str, image: Image) -> str:
        return fill(text, self._around(image), absent="empty").text


def command_of(text: str, at: Place) -> Command:
    """The command of an instruction: a JSON list as it is, anything else for a shell."""
    if text.lstrip().startswith("["):
        try:
            words = json.loads(text)
        except ValueError:
            words = None
        if isinstance(words, list) and all(isinstance(word, str) for word in words):
            return Command(tuple(words), at)
    return Command.for_shell(split(text), at, text)


def split(text: str) -> tuple[str, ...]:
    """The words of a line as a shell parts them; by blanks where its quotes do not close."""
    try:
        return tuple(shlex.split(text))
    except ValueError:
        return tuple(text.split())


def _pairs(text: str, *, legacy: bool = False) -> Iterator[tuple[str, str | None]]:
    """Names and values of ``ENV`` and ``ARG``, quotes still on; also ``ENV name the value``."""
    from dockerfile_parse.util import WordSplitter  # noqa: PLC0415 - few projects need it

    words = list(WordSplitter(text).split(dequote=False))
    if legacy and words and "=" not in words[0]:
        yield words[0], text.split(None, 1)[1] if len(words) > 1 else None
        return
    for word in words:
        name, equals, value = word.partition("=")
        yield name, value if equals else None


def _exposed(text: str, at: Place) -> Iterator[Port]:
    for word in text.split():
        number, _, protocol = word.partition("/")
        if number.isdigit():
            yield Port(int(number), at, protocol=protocol or "tcp")


def _joined(folder: str | None, path: str) -> str:
    return path if path.startswith("/") or folder is None else f"{folder.rstrip('/')}/{path}"
