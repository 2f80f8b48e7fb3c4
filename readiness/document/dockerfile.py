"""Dockerfiles: their stages and instructions, each with its place."""

import re
from collections.abc import Iterator
from io import BytesIO

from msgspec import Struct

from readiness.document.node import Malformed
from readiness.model.place import Place

_HEREDOC = re.compile(r"<<-?\s*(?P<quote>[\"']?)(?P<word>[A-Za-z_][A-Za-z0-9_]*)(?P=quote)")
_TAKES_HEREDOC = re.compile(r"\s*(?:RUN|COPY|ADD)\s", re.IGNORECASE)
_DIRECTIVE = re.compile(r"\s*#\s*(?P<name>[A-Za-z]\w*)\s*=\s*(?P<value>\S+)\s*\Z")
_FROM = re.compile(r"(?:--\S+\s+)*(?P<image>\S+)(?:\s+AS\s+(?P<name>\S+))?\s*\Z", re.IGNORECASE)


class Instruction(Struct, frozen=True):
    """One instruction, with its continuation lines joined; ``name`` in upper case.

    ``lines`` are the lines that it was written on.
    """

    name: str
    value: str
    at: Place
    lines: tuple[str, ...] = ()

    def place_of(self, word: str) -> Place:
        """The line on which a word of this instruction stands."""
        pattern = re.compile(rf"(?<![\w$]){re.escape(word)}(?=[\s=]|\Z)")
        for n, line in enumerate(self.lines):
            if (found := pattern.search(line)) and self.at.line:
                return Place(self.at.path, self.at.line + n, found.start() + 1)
        return self.at


class Stage(Struct, frozen=True):
    """One build stage: ``image`` as written, ``name`` from ``AS``, its instructions."""

    image: str
    name: str | None
    at: Place
    instructions: tuple[Instruction, ...]


class Dockerfile(Struct, frozen=True):
    """A Dockerfile: the instructions before the first ``FROM``, then its stages."""

    path: str
    preamble: tuple[Instruction, ...]
    stages: tuple[Stage, ...]
    escape: str = "\\"

    def stage(self, target: str | None = None) -> Stage | None:
        """The stage that a build makes: the one named, else the last."""
        if target is None:
            return self.stages[-1] if self.stages else None
        named = [one for one in self.stages if (one.name or "").lower() == target.lower()]
        if not named and target.isdigit() and int(target) < len(self.stages):
            return self.stages[int(target)]
        return named[-1] if named else None


def parse(text: str, path: str) -> Dockerfile:
    """Parse a Dockerfile; raises `Malformed` where it has no ``FROM``."""
    escape = _escape(text)
    instructions = list(_instructions(text, path, escape))
    starts = [n for n, one in enumerate(instructions) if one.name == "FROM"]
    if not starts:
        raise Malformed("not a Dockerfile: it has no FROM", Place(path))
    ends = [*starts[1:], len(instructions)]
    stages = tuple(
        _stage(instructions[start], instructions[start + 1 : end])
        for start, end in zip(starts, ends, strict=True)
    )
    return Dockerfile(path, tuple(instructions[: starts[0]]), stages, escape)


def _escape(text: str) -> str:
    """The sign that continues lines: a directive above everything else may change it."""
    for line in text.splitlines():
        found = _DIRECTIVE.match(line)
        if found is None:
            break
        if found["name"].lower() == "escape":
            return "`" if found["value"] == "`" else "\\"
    return "\\"


def _stage(first: Instruction, rest: list[Instruction]) -> Stage:
    found = _FROM.match(first.value)
    image = found["image"] if found else first.value
    return Stage(image, found["name"] if found else None, first.at, tuple(rest))


def _instructions(text: str, path: str, escape: str) -> Iterator[Instruction]:
    from dockerfile_parse import DockerfileParser  # noqa: PLC0415 - few projects need it

    lines = re.split(r"\r\n|\n|\r", text)
    if escape != "\\":
        # The parser below knows one sign only.
        lines = [re.sub(rf"{escape}\s*\Z", r"\\", line) for line in lines]
    settled = "".join(f"{line}\n" for line in _settled(lines))
    parser = DockerfileParser(fileobj=BytesIO(settled.encode()), env_replace=False)
    for one in parser.structure:
        if one["instruction"] != "COMMENT":
            first, last = one["startline"], one["endline"]
            value = " ".join(one["value"].split("\n")).strip()
            at = Place(path, first + 1, 1)
            yield Instruction(one["instruction"], value, at, tuple(lines[first : last + 1]))


def _settled(lines: list[str]) -> Iterator[str]:
    """Lines in a form that dockerfile-parse reads as the builder does.

    It knows no here-documents, ends an instruction at an empty continuation line and
    drops one that the end of the file cuts off. The number of lines stays the same.
    """
    ends: list[str] = []
    continued = False
    last = max((n for n, line in enumerate(lines) if line.strip()), default=-1)
    for n, line in enumerate(lines):
        if ends:
            if line.strip() == ends[0]:
                ends.pop(0)
            yield "#"
            continue
        if continued and not line.strip():
            yield "#"
            continue
        if not continued and _TAKES_HEREDOC.match(line):
            ends = [found["word"] for found in _HEREDOC.finditer(line)]
        comment = line.lstrip().startswith("#")
        continued = (continued and comment) or (not comment and line.rstrip().endswith("\\"))
        yield line.rstrip().removesuffix("\\") if continued and n == last else line
