"""The programs that a command really starts, through shells, scripts and wrappers."""

import posixpath
import re
from collections.abc import Iterator

from msgspec.structs import replace

from readiness.deployment.configured_variables import configured
from readiness.deployment.dockerfile import split
from readiness.deployment.env_options import behind, files_of, pairs_of
from readiness.deployment.reading import Reading, joined
from readiness.deployment.service import Command, Service
from readiness.deployment.shell_settings import asked, exports, file_of, kept, unless
from readiness.model.place import Place
from readiness.project import Project, Unreadable

_DEEPEST = 6
# Scripts may call each other; past this many commands the rest is not followed.
_MOST = 500
_SHELLS = frozenset({"sh", "bash", "dash", "ash", "zsh"})
# Programs that start the rest of their words, after their own options.
_WRAPPERS = frozenset({
    "exec", "nice", "nohup", "time", "sudo", "env", "tini", "dumb-init", "catatonit", "gosu",
    "su-exec", "setpriv", "stdbuf", "timeout", "opentelemetry-instrument", "ddtrace-run",
    "chamber", "wait-for-it", "wait-for-it.sh", "wait-for", "dockerize", "command",
})  # fmt: skip
_RUNNERS = {"poetry": ("run",), "uv": ("run",), "pipenv": ("run",), "pdm": ("run",),
            "rye": ("run",), "hatch": ("run",), "newrelic-admin": ("run-program",),
            "doppler": ("run",), "infisical": ("run",), "conda": ("run",), "micromamba": ("run",),
            "op": ("run",), "aws-vault": ("exec",)}  # fmt: skip
# Programs that load variables, and start what stands behind their word ``run``.
_LOADERS = frozenset({"dotenv", "honcho"})
# Words of a shell before an assignment that holds from there on.
_SETTERS = frozenset({"export", "readonly", "local", "declare"})
# Wrappers whose first plain word is their own argument.
_TAKES_ONE = frozenset({"gosu", "su-exec", "timeout", "wait-for-it", "wait-for-it.sh", "wait-for",
                        "setpriv", "chamber"})  # fmt: skip
_PARTS = re.compile(r"&&|\|\||[;|&\n]")
_QUOTED = re.compile(r"'[^']*'|\"(?:\\.|[^\"\\])*\"")
# What a shell puts in place of a command that it runs: one word, whatever is in it.
_RUN = re.compile(r"\$\([^()]*\)")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_KEYWORDS = frozenset({"if", "then", "else", "elif", "fi", "do", "done", "while", "for", "{", "}",
                       "!", "(", ")"})  # fmt: skip
_BEGINS = {("if",), ("while",), ("until",), ("for",), ("case",)}
_ENDS = {("fi",), ("done",), ("esac",), ("}",)}
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
    return program in _WRAPPERS or program.endswith(".sh") or program in _SHELLS


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
        assigned, words = _bare(command.words)
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
        pairs, rest = _bare(plain)
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
        for sign, part in _parts(text):
            if (named := file_of(part)) and (path := self._file(named)):
                was, self.exporting = self.exporting, True
                yield from self._lines(path, (), depth + 1)
                self.exporting, before = was, ("export",)
                continue
            words = split(_RUN.sub(lambda found: "".join(found[0].split()), part))
            self.inside = max(0, self.inside + _entered(words))
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


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a line, each with the sign before it, parted as the shell does it."""
    hidden = _QUOTED.sub(lambda found: "x" * len(found[0]), text)
    hidden = _RUN.sub(lambda found: "x" * len(found[0]), hidden)
    start, sign = 0, ""
    for found in _PARTS.finditer(hidden):
        yield sign, text[start : found.start()].strip()
        start, sign = found.end(), found[0]
    yield sign, text[start:].strip()


def _entered(words: tuple[str, ...]) -> int:
    """How many conditions, loops and functions begin with a command, less those that end."""
    first = words[:1]
    begins = first in _BEGINS or "{" in words or words[-1:] == ("()",)
    return int(begins) - int(first in _ENDS)


def _bare(words: tuple[str, ...]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """What is assigned before a program, and the words from it on, without wrappers."""
    assigned: list[tuple[str, str]] = []
    while words:
        program = posixpath.basename(words[0])
        if _ASSIGNMENT.match(words[0]):
            name, _, value = words[0].partition("=")
            assigned.append((name, value))
            words = words[1:]
        elif program in _SETTERS:
            words = words[1:]
        elif program in _LOADERS and "run" in words:
            words = behind(program, words[words.index("run") + 1 :])
        elif program == "uv" and words[1:2] == ("run",):
            words = behind(program, words[2:])
        elif program in _RUNNERS and words[1:2] == _RUNNERS[program]:
            words = _after_options(words[2:])
        elif program in _WRAPPERS and len(words) > 1:
            words = _after_options(words[1:])
            if program in _TAKES_ONE:
                words = _after_options(words[1:])
        else:
            break
    return tuple(assigned), words


def _after_options(words: tuple[str, ...]) -> tuple[str, ...]:
    if "--" in words:
        return words[words.index("--") + 1 :]
    while words and words[0].startswith("-"):
        words = words[1:]
    return words
