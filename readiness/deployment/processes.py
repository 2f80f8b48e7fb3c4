"""The programs that a command really starts, through shells, scripts and wrappers."""

import posixpath
import re
from collections.abc import Iterator

from msgspec.structs import replace

from readiness.deployment.configured_variables import configured
from readiness.deployment.dockerfile import split
from readiness.deployment.env_options import files_of, pairs_of
from readiness.deployment.reading import Reading, joined
from readiness.deployment.service import Command, Service
from readiness.deployment.shell_lines import as_words, entered, parts
from readiness.deployment.shell_settings import asked, exports, file_of, kept, unless
from readiness.deployment.wrappers import WRAPPERS, bare
from readiness.model.place import Place
from readiness.project import Project, Unreadable

_DEEPEST = 6
# Scripts may call each other; past this many commands the rest is not followed.
_MOST = 500
_SHELLS = frozenset({"sh", "bash", "dash", "ash", "zsh"})
_KEYWORDS = frozenset({"if", "then", "else", "elif", "fi", "do", "done", "while", "for", "{", "}",
                       "!", "(", ")"})  # fmt: skip
_TESTS = {("[",), ("[[",), ("test",), ("if",), ("grep",)}
_FOLDERS = ("", "scripts", "bin", "docker", "deploy")


def add_processes(reading: Reading) -> None:
    """Give every service the programs that it starts."""
    for n, one in enumerate(reading.services):
        found = tuple(processes_of(reading.project, one))
        if found:
            made = replace(one, processes=found)
            whole = (replace(each, assigned=(*configured(reading.project, made, each),
                             *each.assigned)) for each in found)  # fmt: skip
            reading.services[n] = replace(made, processes=tuple(whole))


def processes_of(project: Project, service: Service) -> Iterator[Command]:
    """The programs that a service starts, in order."""
    command, entrypoint = service.command, service.entrypoint
    reader = _Reader(project, service)
    if entrypoint is None:
        if command is not None:
            yield from reader.unwrap(command, (), 0)
        return
    rest = command.words if command else ()
    if entrypoint.shell:
        yield from reader.unwrap(entrypoint, (), 0)
        return
    # Where the entry point only prepares, the command is what the place should name.
    at = command.at if command and _prepares(entrypoint.words) else entrypoint.at
    yield from reader.unwrap(Command((*entrypoint.words, *rest), at), (), 0)


def _prepares(words: tuple[str, ...]) -> bool:
    program = posixpath.basename(words[0]) if words else ""
    return program in WRAPPERS or program.endswith(".sh") or program in _SHELLS


class _Reader:
    """The commands of one service; scripts are read from the project."""

    def __init__(self, project: Project, service: Service) -> None:
        self.project = project
        self.folder = service.build.context if service.build else ""
        self.left = _MOST
        self.inside = 0
        """How many conditions, loops and functions of a script stand open around a line."""
        self.unless = ""
        """The variable that has to be missing for the lines of a condition to run."""
        self.exporting = False
        """Whether what is assigned from now on is for the programs too (``set -a``)."""

    def unwrap(
        self, command: Command, arguments: tuple[str, ...], depth: int
    ) -> Iterator[Command]:
        self.left -= 1
        if depth > _DEEPEST or self.left < 0:
            return
        if command.shell:
            yield from self._line(command.line or command.text, command.at, arguments, depth)
            return
        if (said := self._said(command)) is not None:
            yield from said
            return
        assigned, words = bare(command.words)
        if not words:
            return
        program = posixpath.basename(words[0])
        if program in _SHELLS:
            yield from self._shell(words, command.at, depth)
        elif (script := self._script(words[0])) is not None:
            yield from self._lines(script, words[1:], depth)
        elif words[0] in {".", "source"} and len(words) > 1 and (path := self._file(words[1])):
            yield from self._lines(path, words[2:], depth + 1)
        else:
            yield Command(words, command.at, assigned=(*assigned, *pairs_of(words)),
                          files=files_of(command.words))  # fmt: skip

    def _said(self, command: Command) -> list[Command] | None:
        """The variables that a command sets, each for itself; None where it starts a program."""
        words = command.words
        exported = exports(words) if words else None
        if exported is not None and words[0] == "set":
            self.exporting = exported
            return []
        plain = words if exported is None else tuple(one for one in words if one[:1] != "-")
        pairs, rest = bare(plain)
        held = kept(words) if words else ()
        if rest and not held:
            return None
        own = not (exported or self.exporting)
        return [
            Command(("export",), command.at, assigned=(self._where_missing(one),),
                    perhaps=command.perhaps, own=own)
            for one in (*pairs, *held)
        ]  # fmt: skip

    def _where_missing(self, pair: tuple[str, str]) -> tuple[str, str]:
        name, value = pair
        return (name, f"${{{name}:-{value}}}") if self.unless == name else pair

    def _file(self, word: str) -> str | None:
        """The file of the project that a script reads into itself."""
        plain = posixpath.normpath(word.lstrip("/"))
        tries = (joined(self.folder, plain), plain)
        return next((path for path in tries if self.project.has(path)), None)

    def _shell(self, words: tuple[str, ...], at: Place, depth: int) -> Iterator[Command]:
        for n, word in enumerate(words[1:], 1):
            if re.fullmatch(r"-[a-z]*c[a-z]*", word) and n + 1 < len(words):
                yield from self._line(words[n + 1], at, words[n + 3 :], depth + 1)
                return
            if not word.startswith("-"):
                script = self._script(word)
                if script is not None:
                    yield from self._lines(script, words[n + 1 :], depth)
                return

    def _line(
        self, text: str, at: Place, arguments: tuple[str, ...], depth: int
    ) -> Iterator[Command]:
        before: tuple[str, ...] = ()
        for sign, part in parts(text):
            if (named := file_of(part)) and (path := self._file(named)):
                was, self.exporting = self.exporting, True
                yield from self._lines(path, (), depth + 1)
                self.exporting, before = was, ("export",)
                continue
            words = split(as_words(part))
            self.inside = max(0, self.inside + entered(words))
            passed = sign == "||" or (sign == "&&" and before[:1] in _TESTS)
            self._see(sign, before, words)
            before = words
            if "$@" in words or "$*" in words:
                place = next(n for n, word in enumerate(words) if word in {"$@", "$*"})
                words = (*words[:place], *arguments, *words[place + 1 :])
            while words and words[0] in _KEYWORDS:
                words = words[1:]
            words = next((words[:n] for n, one in enumerate(words) if one[0:1] == "#"), words)
            if words:
                perhaps = passed or self.inside > 0
                yield from self.unwrap(Command(words, at, perhaps=perhaps), (), depth + 1)

    def _see(self, sign: str, before: tuple[str, ...], words: tuple[str, ...]) -> None:
        """Take note of what a test asks before what it stands before."""
        if words[:1] == ("if",):
            self.unless = asked(words[1:], "-z") if self.inside == 1 else ""
        elif words[:1] in {("else",), ("elif",), ("fi",)} or (sign and self.inside == 0):
            self.unless = unless(sign, before)
        elif self.inside == 0:
            self.unless = ""

    def _lines(self, path: str, arguments: tuple[str, ...], depth: int) -> Iterator[Command]:
        try:
            lines = self.project.lines(path)
        except Unreadable:
            return
        pending, start = "", None
        for line in lines:
            start = start or line.at
            if self.left < 0:
                return
            pending += line.text
            if pending.endswith("\\"):
                pending = pending[:-1]
                continue
            if not pending.lstrip().startswith("#"):
                yield from self._line(pending, start, arguments, depth + 1)
            pending, start = "", None

    def _script(self, word: str) -> str | None:
        """The shell script of the project that a word names."""
        plain = posixpath.normpath(word.lstrip("/")) if word else ""
        name = posixpath.basename(plain)
        if not plain or name.endswith(".py"):
            return None
        tries = [joined(self.folder, plain), plain, *(joined(self.folder, f"{folder}/{name}")
                 if folder else joined(self.folder, name) for folder in _FOLDERS)]  # fmt: skip
        found = next((path for path in tries if self.project.has(path)), None)
        if found is None and name.endswith(".sh"):
            named = self.project.files(name)
            found = named[0] if len(named) == 1 else None
        return found if found and self._is_script(found) else None

    def _is_script(self, path: str) -> bool:
        if path.endswith((".sh", ".bash")):
            return True
        try:
            first = self.project.read(path)[:80].split(b"\n")[0]
        except Unreadable:
            return False
        return first.startswith(b"#!") and b"sh" in first
