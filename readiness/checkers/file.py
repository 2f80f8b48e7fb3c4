"""Checkers of files: that they are there, and what stands in them."""

import re
from collections.abc import Callable, Iterator
from typing import Literal

from readiness import (
    Finding,
    Malformed,
    Matcher,
    Node,
    NotApplicable,
    Place,
    Project,
    Undecidable,
    Unreadable,
    checker,
    counted,
    nodes_at,
    ok,
    problem,
    shown,
    undecided,
)

Format = Literal["yaml", "toml", "json", "ini", "env"]

_ENDINGS: dict[str, Format] = {
    "yaml": "yaml", "yml": "yaml", "toml": "toml", "json": "json", "ini": "ini", "cfg": "ini",
    "conf": "ini", "service": "ini", "env": "env",
}  # fmt: skip


@checker("file.present")
def present(
    project: Project, *, present: list[str] | None = None, absent: list[str] | None = None
) -> Iterator[Finding]:
    """Each glob of ``present`` matches a file, and none of ``absent`` does.

    Files that git ignores do not count, but for every ``.env*``.
    """
    if not present and not absent:
        raise Undecidable("the rule names no file", "give it `present` or `absent`")
    for glob in (*(present or ()), *(absent or ())):
        if glob.startswith("/") or ".." in glob.split("/"):
            raise Undecidable(f"{glob} leads out of the project, where nothing is looked at",
                              "write a glob of the project's own files")  # fmt: skip
    if absent and not present and not project.paths:
        raise NotApplicable("the project has no files")
    for glob in present or ():
        yield _present(glob, project.files(glob))
    for glob in absent or ():
        yield from _absent(glob, project)


def _present(glob: str, found: tuple[str, ...]) -> Finding:
    data = {"glob": glob, "files": list(found)}
    if found:
        others = f" and {len(found) - 1} more" if found[1:] else ""
        return ok(f"{found[0]}{others} matches {glob}", at=Place(found[0]), data=data)
    hint = f"add {glob} to the repository; a file that git ignores does not count"
    return problem(f"no file matches {glob}, one is expected", hint=hint, data=data)


def _absent(glob: str, project: Project) -> Iterator[Finding]:
    found = project.files(glob)
    for path in found:
        yield problem(
            f"{path} is in the project, no file that matches {glob} may be",
            at=Place(path),
            hint=f"remove {path}",
            data={"glob": glob},
        )
    if not found:
        yield ok(
            f"none of {counted(len(project.paths), 'file')} matches {glob}", data={"glob": glob}
        )


@checker("file.value")
def value(
    project: Project,
    *,
    path: str,
    at: str,
    expect: Matcher | None = None,
    format: Format | None = None,  # noqa: A002 - the word of the rule
    optional: bool = False,
) -> Iterator[Finding]:
    """The value ``at`` a path of a file is as ``expect`` says; without it, not empty.

    ``path`` is a glob, ``at`` keys parted by dots (``tool.poetry.version``, indexes of
    lists are numbers) or a JSONPath (``$.services[*].image``). YAML, TOML, JSON, INI and
    .env files are told by their names, others by ``format``. Values are judged as they
    are written. With ``optional`` the file and the value may be missing.
    """
    found = project.files(path)
    if not found and not optional:
        message = f"no file matches {path}, one with {at} is expected"
        yield problem(message, hint=f"add {path}, or make the rule `optional`")
    seen = 0
    for file in found:
        for finding in _file(project, file, at, expect, format, optional=optional):
            seen += 1
            yield finding
    if not seen and optional:
        raise NotApplicable(f"nothing stands at {at} of {path}, and nothing must")


def _file(
    project: Project, path: str, at: str, expect: Matcher | None, form: Format | None, *,
    optional: bool,
) -> Iterator[Finding]:  # fmt: skip
    try:
        nodes = [node for root in _roots(project, path, form) for node in nodes_at(root, at)]
    except Unreadable as error:
        yield undecided(f"{path} cannot be read: {error.reason}", at=Place(path))
        return
    except Malformed as error:
        yield undecided(f"{path} cannot be understood: {error.reason}", at=error.at)
        return
    except ValueError as error:
        raise Undecidable(str(error)) from None
    for node in nodes:
        yield _judged(node, at, expect)
    if not nodes and not optional:
        yield problem(f"{path} has no {at}, one is expected", at=Place(path),
                      hint=f"add {at} to {path}", data={"path": at})  # fmt: skip


def _roots(project: Project, path: str, form: Format | None) -> tuple[Node, ...]:
    readers: dict[Format, Callable[[str], tuple[Node, ...]]] = {
        "yaml": project.yaml_all,
        "toml": lambda path: (project.toml(path),),
        "json": lambda path: (project.json(path),),
        "ini": lambda path: (project.ini(path),),
        "env": lambda path: (project.dotenv(path).node,),
    }
    return readers[form or _format_of(path)](path)


def _format_of(path: str) -> Format:
    name = path.rpartition("/")[2]
    if name.startswith(".env"):
        return "env"
    found = _ENDINGS.get(name.rpartition(".")[2].lower())
    if found is None:
        raise Undecidable(
            f"the name of {path} does not tell its format",
            f"give the rule a `format`: {', '.join(dict.fromkeys(_ENDINGS.values()))}",
        )
    return found


def _judged(node: Node, at: str, expect: Matcher | None) -> Finding:
    place = node.key_at or node.at
    is_many = node.is_mapping or node.is_list
    if is_many:
        seen = "a mapping" if node.is_mapping else "a list"
    else:
        seen = _shown(at, "" if node.value is None else node.text)
    if expect is None:
        met, wanted = bool(node.value) if is_many else node.text.strip() != "", "a value"
    else:
        met, wanted = not is_many and expect.accepts(node.value), str(expect)
    data = {"path": at, "value": seen}
    if met:
        return ok(f"{at} is {seen}, as expected", at=place, data=data)
    message = f"{at} is {seen or 'empty'}, {wanted} is expected"
    return problem(message, at=place, hint=f"change {at} in {place.path}", data=data)


def _shown(at: str, text: str) -> str:
    """The value as it may be shown: where the path ends in no name, nobody knows what it is."""
    is_named = re.search(r"[A-Za-z_][\w-]*(?:\[\d+\]|\.\d+|['\"\]])*\Z", at) is not None
    return shown(at, text) if is_named else "a value"
