"""Which releases of a library the project may have, by its lock files and requirements."""

import re
from collections.abc import Iterator

from msgspec import Struct

from readiness.project import Project, Unreadable

Release = tuple[int, ...]

_LOCKS = ("uv.lock", "poetry.lock", "pdm.lock")
_REQUIREMENTS = ("requirements*.txt", "requirements/*.txt", "constraints*.txt", "pyproject.toml",
                 "setup.cfg", "setup.py", "Pipfile")  # fmt: skip
_RUNNING = ("Dockerfile*", "*.Dockerfile", "Containerfile", ".python-version", "runtime.txt",
            ".tool-versions", "Pipfile")  # fmt: skip
_PINNED = re.compile(
    r"(?mi)^(?:FROM\s+(?:--\S+\s+)?(?:\S+/)?python:|python-|python\s+|python_version\s*=\s*[\"']|)"
    r"(3\.\d+)"
)
_ASKED = re.compile(
    r"(?m)^\s*(?:requires-python|python_requires|python)\s*=\s*[\"']?([^\"'\n]*\d[^\"'\n]*)"
)
_CLAUSE = re.compile(r"(===?|~=|>=|<=|>|<|\^|~)?\s*v?(\d+(?:\.\d+)*)")


class _Bounds(Struct, frozen=True):
    """The least release, and the one that is too high; None for no bound."""

    low: Release = ()
    below: Release | None = None

    def at_least(self, release: Release) -> bool | None:
        if self.low >= release:
            return True
        return False if self.below is not None and self.below <= release else None


def at_least(project: Project, name: str, release: Release) -> bool | None:
    """Whether the project has this release of a library or a later one; None if nobody tells."""
    for paths, find in ((_LOCKS, _locked), (_REQUIREMENTS, _required)):
        texts = [_text(project, path) for path in project.files(*paths)]
        answers = {one.at_least(release) for text in texts for one in find(text, name)}
        if answers - {None}:
            return answers.pop() if len(answers) == 1 else _agreed(answers)
    return None


def python_at_least(project: Project, release: Release) -> bool | None:
    """Whether the project runs with this Python or a later one; None if nobody tells."""
    for paths, find in ((_RUNNING, _pinned_python), ((*_LOCKS, *_REQUIREMENTS), _asked_python)):
        texts = [_text(project, path) for path in project.files(*paths)]
        answers = {one.at_least(release) for text in texts for one in find(text)}
        if answers - {None}:
            return answers.pop() if len(answers) == 1 else _agreed(answers)
    return None


def _pinned_python(text: str) -> Iterator[_Bounds]:
    """What runs, by an image or a file of versions."""
    for found in _PINNED.finditer(text):
        low = _release(found[1])
        yield _Bounds(low, (*low[:-1], low[-1] + 1))


def _asked_python(text: str) -> Iterator[_Bounds]:
    """What is asked for: ``requires-python = ">=3.11"``, ``python = "^3.11"``."""
    for found in _ASKED.finditer(text):
        yield _bounds(found[1], caret=True)


def _agreed(answers: set[bool | None]) -> bool | None:
    """A range says less than a pin, but two pins must say the same."""
    said = answers - {None}
    return said.pop() if len(said) == 1 else None


def _text(project: Project, path: str) -> str:
    try:
        return project.text(path)
    except Unreadable:
        return ""


def _locked(text: str, name: str) -> Iterator[_Bounds]:
    entry = rf'^name = "{_spelled(name)}"\s+version = "([0-9.]+)'
    for found in re.finditer(entry, text, re.MULTILINE | re.IGNORECASE):
        yield _exactly(_release(found[1]))


def _required(text: str, name: str) -> Iterator[_Bounds]:
    """``name[extra]>=1,<2`` of a line or a list, and ``name = "^1"`` of a table."""
    spelled = _spelled(name)
    listed = rf"(?:^|[\"'])\s*{spelled}(?:\[[^\]]*\])?\s*((?:[=~<>!]=|[<>(~])[^#;\n\"']*)"
    tabled = rf"^{spelled}\s*=\s*(?:\{{[^}}\n]*\bversion\s*=\s*)?[\"']([^\"'\n]+)"
    for found in re.finditer(listed, text, re.MULTILINE | re.IGNORECASE):
        yield _bounds(found[1], caret=False)
    for found in re.finditer(tabled, text, re.MULTILINE | re.IGNORECASE):
        yield _bounds(found[1], caret=True)


def _bounds(said: str, *, caret: bool) -> _Bounds:
    low: Release = ()
    below: Release | None = None
    for sign, number in _CLAUSE.findall(re.sub(r"!=\s*[\d.*]+", "", said)):
        release = _release(number)
        one = _clause(sign or ("^" if caret else ""), release)
        low = max(low, one.low)
        below = one.below if below is None else min(below, one.below or below)
    return _Bounds(low, below)


def _clause(sign: str, release: Release) -> _Bounds:
    wide = {"~=": release[:-1], "~": release[:2], "^": release[:1]}
    if sign in wide:
        return _Bounds(release, _after(wide[sign]) if wide[sign] else None)
    plain = {
        "==": _exactly(release), "===": _exactly(release), ">=": _Bounds(release),
        ">": _Bounds(release), "<": _Bounds((), release), "<=": _Bounds((), _after(release)),
    }  # fmt: skip
    return plain.get(sign, _Bounds())


def _exactly(release: Release) -> _Bounds:
    """One release; ``==2`` and ``==2.*`` are as wide as what they leave out."""
    return _Bounds(release, _after(release))


def _after(release: Release) -> Release:
    return (*release[:-1], release[-1] + 1)


def _release(text: str) -> Release:
    return tuple(int(part) for part in text.strip(".").split(".") if part)


def _spelled(name: str) -> str:
    return "[-_.]".join(re.escape(part) for part in name.split("-"))
