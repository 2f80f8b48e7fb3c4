"""How the project itself says that its compose files are started."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec import Struct

from readiness.deployment.naming import aliases, env_files
from readiness.deployment.reading import Reading, joined
from readiness.document.node import Malformed
from readiness.project import Line, Unreadable

# Files in which people write the commands that they deploy with, the likeliest first.
_WRITTEN = ("Makefile", "makefile", "justfile", "Justfile", "Taskfile.{yml,yaml}", "*.sh",
            ".github/workflows/*.{yml,yaml}", ".gitlab-ci.yml", "Jenkinsfile", "*.service",
            "Procfile", "package.json", "*.md")  # fmt: skip
_CALL = re.compile(r"docker[ -]compose\b|\bpodman-compose\b|docker stack deploy|\bCOMPOSE_FILE=")
_MENTIONED = re.compile(rb"compose|COMPOSE_FILE|docker stack")
_OPTION = re.compile(
    r"(?:\A|\s)(?P<option>-f|--file|-c|--compose-file|--env-file|--profile)[ =]+[\"']?"
    r"(?P<value>[^\s\"']+)"
)
_LISTED = re.compile(r"\b(?P<name>COMPOSE_FILE|COMPOSE_PROFILES)=[\"']?(?P<value>[^\s\"']+)")
_KINDS = {"-f": "files", "--file": "files", "-c": "files", "--compose-file": "files",
          "--env-file": "env_files", "--profile": "profiles"}  # fmt: skip


class Call(Struct, frozen=True):
    """One way to start compose files: what it names, and where it is written."""

    files: tuple[str, ...]
    env_files: tuple[str, ...]
    profiles: tuple[str, ...]
    where: str


def calls(reading: Reading, folder: str) -> Iterator[Call]:
    """The ways to start the files of a folder, the likeliest first.

    What names a file that is not there, or one of another environment, is none of them.
    """
    for call in (*_declared(reading, folder), *_written(reading, folder)):
        named = (*call.files, *call.env_files)
        if call.files and all(reading.belongs(path) != "other" for path in named):
            yield call


def _declared(reading: Reading, folder: str) -> Iterator[Call]:
    """What ``COMPOSE_FILE`` in the file of variables beside says."""
    project = reading.project
    here = [path for path in project.paths if path.rpartition("/")[0] == folder]
    own = list(env_files(here, aliases(reading.environment)))
    for path in (*own, joined(folder, ".env")):
        if not project.has(path):
            continue
        try:
            last = project.dotenv(path).last
        except (Malformed, Unreadable):
            continue
        if (found := last.get("COMPOSE_FILE")) and found.value:
            parting = last.get("COMPOSE_PATH_SEPARATOR")
            names = found.value.split((parting.value if parting else None) or ":")
            profiles = last.get("COMPOSE_PROFILES")
            yield Call(
                tuple(_resolved(reading, folder, names) or ()),
                (path,) if path in own else (),
                tuple((profiles.value or "").split(",")) if profiles else (),
                str(found.at),
            )


def _written(reading: Reading, folder: str) -> Iterator[Call]:
    if reading.commands is None:
        reading.commands = tuple(_all_commands(reading))
    for text, where in reading.commands:
        yield from _of_line(reading, folder, text, where)


def _all_commands(reading: Reading) -> Iterator[tuple[str, str]]:
    """Every command about compose files that stands in the project, with its place."""
    for glob in _WRITTEN:
        for path in reading.project.files(glob):
            try:
                if _MENTIONED.search(reading.project.read(path)):
                    yield from _of_lines(reading.project.lines(path))
            except Unreadable:
                continue


def _of_lines(lines: tuple[Line, ...]) -> Iterator[tuple[str, str]]:
    pending, start = "", None
    for line in lines:
        start = start or line.at
        pending += line.text
        if pending.endswith("\\"):
            pending = pending[:-1] + " "
            continue
        named = _OPTION.search(pending) or _LISTED.search(pending)
        if named and _CALL.search(pending):
            yield pending, str(start)
        pending, start = "", None


def _of_line(reading: Reading, folder: str, text: str, where: str) -> Iterator[Call]:
    found: dict[str, list[str]] = {"files": [], "env_files": [], "profiles": []}
    for one in _LISTED.finditer(text):
        is_files = one["name"] == "COMPOSE_FILE"
        parts = one["value"].split(":" if is_files else ",")
        found["files" if is_files else "profiles"].extend(parts)
    for one in _OPTION.finditer(_after_program(text)):
        found[_KINDS[one["option"]]].append(one["value"])
    files = _resolved(reading, folder, found["files"])
    # A file of variables that is not in the project is read by the command all the same.
    loaded = [_resolve(reading, folder, one) or joined("", one) for one in found["env_files"]]
    if files:
        yield Call(tuple(files), tuple(loaded), tuple(found["profiles"]), where)


def _after_program(text: str) -> str:
    """The options of the program itself; those after its command (`logs -f`) are the command's."""
    start = _CALL.search(text)
    rest = text[start.start() :] if start else ""
    end = re.search(r"\s(?:logs|exec|run|tail|rm)\s|&&|\|\||;", rest)
    return rest[: end.start()] if end else rest


def _resolved(reading: Reading, folder: str, names: list[str]) -> list[str] | None:
    """The paths that names stand for; None where any of them is not in the project."""
    paths = [_resolve(reading, folder, name) for name in names]
    return None if None in paths else [path for path in paths if path is not None]


def _resolve(reading: Reading, folder: str, name: str) -> str | None:
    plain = name.removeprefix("./").strip("\"'")
    beside = f"{folder}/{PurePosixPath(plain).name}" if folder else plain
    tries = (joined(folder, plain), plain, beside)
    return next((path for path in tries if reading.project.has(path)), None)
