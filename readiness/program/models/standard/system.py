"""``os``, ``sys`` and other parts of the standard library."""

import base64
import html
import urllib.parse
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from readiness.program.interpreter.plain import NotPlain, plain
from readiness.program.models.lifting import lift
from readiness.program.models.standard.paths import (
    exists,
    is_absolute,
    join,
    make_path,
    normal_path,
    path,
    path_function,
    same_path,
)
from readiness.program.models.standard.process_variables import (
    MAPPING,
    getenv,
    put,
    unset,
)
from readiness.program.models.table import FunctionModel, Table
from readiness.program.values import (
    MORE,
    NONE,
    Arguments,
    Choice,
    List,
    Part,
    Text,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _quoting(quote: Callable[..., str], kept: str) -> FunctionModel:
    """Quote part by part: what is not known stays one part; ``kept`` is safe by default."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        value = arguments.positional[0] if arguments.positional else NONE
        if isinstance(value, Choice):
            rest = arguments.after(1)
            return machine.each(value, lambda one: run(machine, Arguments(
                (one, *rest.positional), rest.keywords, arguments.at)))  # fmt: skip
        if not isinstance(value, Text):
            return lift(quote)(machine, arguments)
        try:
            safe = plain(arguments.get("safe", 1) or text(kept))
        except NotPlain:
            safe = ""
        if not isinstance(safe, str) or not _is_unicode(value):
            return lift(quote)(machine, arguments)
        parts = tuple(
            replace(part, key=f"{part.key}.{quote.__name__}{safe!r}") if part.text is None
            else Part(quote(part.text, safe=safe), part.at, part.variable, part.literal)
            for part in value.parts
        )  # fmt: skip
        return Text(parts, value.trace)

    return run


def _is_unicode(value: Text) -> bool:
    """Whether a text can be encoded: a lone surrogate cannot."""
    return not any(
        "\ud800" <= sign <= "\udfff" for part in value.parts for sign in part.text or ""
    )


def _urlopen(machine: "Machine", arguments: Arguments) -> Value:
    machine.may_fail("a request", arguments.at)
    return Unknown("the answer of a server", arguments.at)


def _strtobool(word: str) -> int:
    """As ``distutils.util.strtobool``."""
    if word.lower() in {"y", "yes", "t", "true", "on", "1"}:
        return 1
    if word.lower() in {"n", "no", "f", "false", "off", "0"}:
        return 0
    raise ValueError("invalid truth value")


def _append_path(machine: "Machine") -> Value:
    return machine.search_path


def _argv(machine: "Machine") -> Value:
    """The program and the words after it; where they are not known, those that code needs."""
    made = List((text("program"), *map(text, machine.words or ())))
    if machine.words is None:
        made.slots.values[MORE] = Unknown("an argument of the command line")
    return made


_WORDS = {"linesep": "\n", "pathsep": ":", "curdir": ".", "pardir": "..", "extsep": ".",
          "devnull": "/dev/null", "defpath": "/bin:/usr/bin"}  # fmt: skip


def _word(word: str, machine: "Machine") -> Value:
    _ = machine
    return text(word)


TABLE = Table(
    functions={
        "os.getenv": getenv, "os.putenv": put, "os.unsetenv": unset,
        "os.path.join": join, "os.path.exists": exists, "os.path.isfile": exists,
        "os.path.abspath": same_path, "os.path.realpath": same_path,
        "os.path.expanduser": same_path, "os.fspath": same_path,
        "os.path.dirname": path_function("dirname"), "os.path.basename": path_function("basename"),
        "os.path.splitext": path_function("splitext"), "os.path.isabs": is_absolute,
        "os.path.split": path_function("split"), "os.path.normpath": normal_path,
        "os.getcwd": lambda m, a: text("."), "os.makedirs": lambda m, a: NONE,
        "os.chdir": lambda m, a: NONE, "os.mkdir": lambda m, a: NONE,
        "pathlib.Path": path, "pathlib.PurePath": path, "pathlib.PosixPath": path,
        "pathlib.PurePosixPath": path, "pathlib.Path.cwd": lambda m, a: make_path(text("."), a.at),
        "pathlib.Path.home": lambda m, a: make_path(text("~"), a.at),
        "urllib.parse.quote": _quoting(urllib.parse.quote, "/"),
        "urllib.parse.quote_plus": _quoting(urllib.parse.quote_plus, ""),
        "html.escape": lift(html.escape),
        "base64.urlsafe_b64encode": lift(base64.urlsafe_b64encode),
        "base64.urlsafe_b64decode": lift(base64.urlsafe_b64decode),
        "base64.b64decode": lift(base64.b64decode), "base64.b64encode": lift(base64.b64encode),
        "distutils.util.strtobool": lift(_strtobool), "urllib.request.urlopen": _urlopen,
        "time.sleep": lambda m, a: NONE,
    },
    classes={"os._Environ": MAPPING},
    values={
        "os.environ": lambda m: m.environ, "sys.path": _append_path,
        "sys.argv": _argv, "os.name": lambda m: text("posix"),
        "sys.platform": lambda m: text("linux"), "os.sep": lambda m: text("/"),
        **{f"os.{name}": partial(_word, word) for name, word in _WORDS.items()},
        "sys.version_info": lambda m: Unknown("the version of Python"),
    },
    aliases={"posixpath.join": "os.path.join",
             "werkzeug.urls.url_quote": "urllib.parse.quote", "setuptools.distutils.util.strtobool":  # noqa: E501 - a table
             "distutils.util.strtobool", "six.moves.urllib.parse": "urllib.parse"},
)  # fmt: skip
