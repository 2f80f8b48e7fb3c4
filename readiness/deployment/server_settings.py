"""The settings of a PostgreSQL server that commands and ``postgresql.conf`` ask for."""

import re
from collections.abc import Iterable, Iterator

from readiness.deployment.databases import is_database
from readiness.deployment.facts import DeclaredSetting
from readiness.deployment.reading import Reading
from readiness.deployment.service import Service
from readiness.model.place import Place
from readiness.project import Unreadable

_FILES = ("postgresql.conf", "postgresql*.conf", "postgres*.conf")
_GIVEN = re.compile(r"(?P<name>[A-Za-z_][\w.-]*)=(?P<text>.*)\Z", re.DOTALL)
# As guc-file.l reads a line: a name, perhaps an equals sign, a value, perhaps a comment.
_LINE = re.compile(
    r"""\s*(?P<name>[A-Za-z_][\w.]*)(?:\s*=\s*|\s+|(?='))
        (?P<text>'(?:[^'\\]|''|\\.)*'|[^\s#']+)\s*(?:\#.*)?\Z""", re.VERBOSE
)  # fmt: skip
# What a shell, Compose or Kubernetes puts another text in the place of.
_REFERS = re.compile(r"\$[({]")
_INCLUDES = frozenset({"include", "include_if_exists", "include_dir"})


def add_server_settings(reading: Reading) -> None:
    """Add what the commands of servers and the configuration files in the project ask for."""
    said: list[DeclaredSetting] = []
    for service in filter(is_database, reading.services):
        said.extend(_of_command(service))
    given = {one.name for one in said}
    for path in dict.fromkeys(reading.mine(*_FILES)):
        # The command line beats the file that the same server reads.
        said.extend(one for one in _of_file(reading, path) if one.name not in given)
    reading.settings.extend(said)


def _of_command(service: Service) -> Iterator[DeclaredSetting]:
    """``-c name=value`` and ``--name=value`` of ``postgres``, the last of a name counting."""
    found: dict[str, DeclaredSetting] = {}
    for text in _options(service.argv):
        if given := _GIVEN.match(text):
            name = given["name"].replace("-", "_").lower()
            at = service.command.at if service.command else service.at
            open_ended = _REFERS.search(given["text"])
            found[name] = DeclaredSetting(
                name, None if open_ended else given["text"], at, f"the command of {service.name}"
            )
    yield from found.values()


def _options(words: tuple[str, ...]) -> Iterator[str]:
    for index, word in enumerate(words):
        if word == "-c" and index + 1 < len(words):
            yield words[index + 1]
        elif (word.startswith("-c") and "=" in word) or (word.startswith("--") and "=" in word):
            yield word[2:]


def _of_file(reading: Reading, path: str) -> Iterator[DeclaredSetting]:
    try:
        lines = reading.project.lines(path)
    except Unreadable as answer:
        reading.refuse(path, answer)
        return
    yield from settings_in(((one.text, Place(path, one.at.line)) for one in lines), path)


def settings_in(lines: Iterable[tuple[str, Place]], source: str) -> Iterator[DeclaredSetting]:
    """The settings in the lines of a ``postgresql.conf``, the last of a name counting."""
    found: dict[str, DeclaredSetting] = {}
    for text, at in lines:
        said = _LINE.match(text)
        if said is None or said["name"].lower() in _INCLUDES:
            continue
        name = said["name"].lower()
        found[name] = DeclaredSetting(name, _plain(said["text"]), at, source)
    yield from found.values()


def _plain(text: str) -> str:
    if not text.startswith("'"):
        return text
    return re.sub(r"''|\\(.)", lambda found: found[1] or "'", text[1:-1])
