"""Reports that are given again where nothing changed that they depend on."""

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence

from readiness.cache.sights import Sight, changes, keep_sight
from readiness.cache.store import digest, load, name_of, save
from readiness.cache.walk import Stamp, is_settled, walk
from readiness.cache.world import day, git_files, program, stamps_of

_FORM = 2
_VALUES = frozenset({
    "-e", "--environment", "-c", "--checklist", "--unset", "--injected", "--env-file",
    "--database", "--only", "--skip", "--fail-on", "--report", "--timeout",
})  # fmt: skip
_FLAGS = frozenset({"-q", "--quiet"})
Stands = Callable[[Sight, str, Sequence[str]], bool]
"""Whether a report stands, by what was seen, the folder, and the files that changed."""


# Plain classes: the modules that `dataclasses` needs would take half of the time of a run
# in which nothing changed.


class Inputs:
    """What a report was made from: a folder as it was seen at a moment, and files elsewhere.

    The ``sight`` tells what was looked into in its ``files``.
    """

    def __init__(
        self, folder: str, files: Mapping[str, Stamp], looked: int, others: tuple[str, ...] = (),
        sight: Sight | None = None,
    ) -> None:  # fmt: skip
        self.folder = folder
        self.files = files
        self.looked = looked
        self.others = others
        self.sight = sight

    def told(self, paths: Iterable[str], sight: Sight | None) -> "Inputs":
        """The same, with more files elsewhere, and with what was looked into here."""
        return Inputs(self.folder, self.files, self.looked, (*self.others, *paths), sight)


class Kept:
    """A report in JSON, and where it was asked for."""

    def __init__(
        self, text: str, generated_at: str, outputs: tuple[tuple[str, str | None], ...], *,
        quiet: bool, gate: str, exit_code: int,
    ) -> None:  # fmt: skip
        self.text = text
        self.generated_at = generated_at
        self.outputs = outputs
        self.quiet = quiet
        self.gate = gate
        self.exit_code = exit_code


def seen_in(files: Iterable[tuple[str, Stamp]]) -> tuple[str, Stamp]:
    """A name for files as they are, and the stamp of the one that changed last."""
    listed = sorted(files)
    newest = max((stamp for _, stamp in listed), key=lambda stamp: stamp[1], default=(0, 0, 0))
    return digest(repr(listed).encode(errors="surrogateescape")), newest


def may_be_kept(arguments: Sequence[str]) -> bool:
    """Whether a command line holds nothing but what the cache knows, and no value.

    What ``--set`` gives may be a secret, so that not even a name made of it is kept; a
    database and commands give other answers every time.
    """
    words = iter(arguments)
    for word in words:
        option, given, value = word.partition("=")
        if not word.startswith("-") or word in _FLAGS:
            continue
        if option not in _VALUES or (given and not option.startswith("--")):
            return False
        said = value if given else next(words, "")
        if option == "--database" and said != "none":
            return False
    return True


def is_known(arguments: Sequence[str]) -> bool:
    """Whether an earlier run with these arguments left a report, which may be stale."""
    return may_be_kept(arguments) and load(_name(arguments)) is not None


def find(arguments: Sequence[str], stands: Stands) -> Kept | None:
    """The report of an earlier run with these arguments, if it would be the same now.

    Where few files changed since, ``stands`` tells whether it would.
    """
    content = load(_name(arguments)) if may_be_kept(arguments) else None
    if content is None:
        return None
    head, _, text = content.partition(b"\n")
    try:
        told = json.loads(head)
        holds = (
            told["form"] == _FORM
            and told["sum"] == digest(text)
            and (_holds(told, arguments, stands))
        )
        return Kept(
            text.decode(), told["at"], tuple(map(tuple, told["outputs"])), quiet=told["quiet"],
            gate=told["gate"], exit_code=told["exit"],
        ) if holds else None  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _holds(told: "dict[str, object]", arguments: Sequence[str], stands: Stands) -> bool:
    others = told["others"]
    if told["day"] != day() or told["program"] != program() or not isinstance(others, list):
        return False
    now = stamps_of(path for path, _ in others)
    if [[path, list(stamp)] for path, stamp in now] != others:
        return False
    folder, seen = str(told["folder"]), str(told["seen"])
    files = dict(walk(folder))
    if seen == seen_in(files.items())[0]:
        return True
    known = changes(_name(arguments, "sight"), seen, files)
    return known is not None and stands(known[0], folder, known[1])


def moment() -> tuple[str, str]:
    """This program and this day: to be told before anything is read."""
    return program(), day()


def keep(arguments: Sequence[str], inputs: Inputs, made: Kept, began: tuple[str, str]) -> None:
    """Keep a report, unless something changed too lately to tell, or while it was made.

    ``began`` is what `moment` said before anything was read.
    """
    others = stamps_of([*inputs.others, *git_files(inputs.folder)])
    seen, newest = seen_in(inputs.files.items())
    stamps = [newest, *(stamp for _, stamp in others)]
    if not all(is_settled(stamp, inputs.looked) for stamp in stamps) or began != moment():
        return
    told = {
        "form": _FORM, "sum": digest(made.text.encode()), "program": began[0], "day": began[1],
        "folder": inputs.folder, "seen": seen, "others": others, "at": made.generated_at,
        "outputs": made.outputs, "quiet": made.quiet, "gate": made.gate, "exit": made.exit_code,
    }  # fmt: skip
    save(_name(arguments), json.dumps(told).encode() + b"\n" + made.text.encode())
    if inputs.sight is not None:
        keep_sight(_name(arguments, "sight"), seen, inputs.files, inputs.sight)


def _name(arguments: Sequence[str], kind: str = "report") -> str:
    return name_of(kind, os.getcwd(), *arguments)  # noqa: PTH109 - pathlib takes long
