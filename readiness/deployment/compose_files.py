"""Which compose files make up the deployment of an environment, and in which order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from readiness.deployment.facts import NotEvaluated
from readiness.deployment.naming import belongs, is_aside
from readiness.document.node import Malformed, Node
from readiness.project import Project, Unreadable

_FILE = re.compile(r"(?:.*[._-])?compose(?:[._-][\w.-]+)?\.ya?ml\Z", re.IGNORECASE)
_BASES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
_OVERRIDES = ("compose.override.yaml", "compose.override.yml", "docker-compose.override.yml",
              "docker-compose.override.yaml")  # fmt: skip
# Files in which people write the commands that they deploy with, the likeliest first.
_WRITTEN = ("Makefile", "makefile", "justfile", "Justfile", "Taskfile.{yml,yaml}", "*.sh",
            ".github/workflows/*.{yml,yaml}", ".gitlab-ci.yml", "Jenkinsfile", "*.service",
            "Procfile", "*.md")  # fmt: skip
_CALL = re.compile(r"docker[ -]compose\b|\bCOMPOSE_FILE=")
_NAMED = re.compile(r"(?:-f|--file)[ =]+[\"']?([^\s\"']+)")
_LISTED = re.compile(r"\bCOMPOSE_FILE=[\"']?([^\s\"']+)")


@dataclass(frozen=True, slots=True)
class Stack:
    """The compose files that are started together, the strongest last."""

    folder: str
    files: tuple[str, ...]
    assumption: str | None = None


@dataclass(slots=True)
class Found:
    """The stacks of an environment, and the compose files that are not of it."""

    stacks: list[Stack]
    left_out: list[NotEvaluated]
    unread: list[NotEvaluated]


def find_stacks(project: Project, environment: str) -> Found:
    """Choose the compose files of an environment, folder by folder."""
    found = Found([], [], [])
    folders: dict[str, list[str]] = {}
    for path in project.files("*.yml", "*.yaml"):
        if not _FILE.match(PurePosixPath(path).name):
            continue
        if is_aside(path):
            found.left_out.append(NotEvaluated(path, "it lies in a folder of tests or examples"))
        elif belongs(path, environment) == "other":
            found.left_out.append(NotEvaluated(path, "it belongs to another environment"))
        elif _is_compose(project, path, found):
            folders.setdefault(folder_of(path), []).append(path)
    for folder, paths in sorted(folders.items()):
        _choose(project, folder, paths, environment, found)
    return found


def folder_of(path: str) -> str:
    """The folder of a file, empty for the project's own."""
    return path.rpartition("/")[0]


def _is_compose(project: Project, path: str, found: Found) -> bool:
    try:
        root = project.yaml(path)
    except (Malformed, Unreadable) as answer:
        found.unread.append(NotEvaluated(path, answer.reason))
        return False
    return root.get("services") is not None or root.get("include") is not None


def _choose(
    project: Project, folder: str, paths: list[str], environment: str, found: Found
) -> None:
    base = _first(paths, _BASES)
    override = _first(paths, _OVERRIDES)
    mine = [path for path in paths if path not in {base, override}
            and belongs(PurePosixPath(path).name, environment) == "this"]  # fmt: skip
    rest = [path for path in paths if path not in {base, override, *mine}]
    main = _main_stack(project, folder, base, override, mine)
    used = set(main.files) if main else set()
    if main:
        found.stacks.append(main)
    for path in (*mine, *rest):
        if path in used:
            continue
        if _is_complete(project.yaml(path)):
            found.stacks.append(Stack(folder, (path,)))
        else:
            reason = "its services are parts that no known command joins to others"
            found.left_out.append(NotEvaluated(path, reason))
    found.left_out.extend(
        NotEvaluated(path, f"{' and '.join(mine)} stands in its place")
        for path in (base, override) if path and path not in used
    )  # fmt: skip


def _main_stack(
    project: Project, folder: str, base: str | None, override: str | None, mine: list[str]
) -> Stack | None:
    if not mine:
        files = tuple(path for path in (base, override) if path)
        joined = f"{override} is merged over {base}, as Compose does unasked"
        return Stack(folder, files, joined if base and override else None) if base else None
    for files, where in _commands(project, folder):
        if files[-1] in mine or mine[0] in files:
            return Stack(folder, files, f"{', '.join(files)} are started together ({where})")
    first = mine[0]
    if base is None or _is_complete(project.yaml(first)):
        text = f"{first} is started without {base}: every service in it is complete"
        return Stack(folder, (first,), text if base else None)
    return Stack(folder, (base, first), f"{first} is merged over {base}")


def _is_complete(root: Node) -> bool:
    """Tell whether every service could start without another file."""
    services = root.get("services")
    wanted = ("image", "build", "extends", "provider")
    return services is None or all(
        any(service.get(key) is not None for key in wanted) for _, service in services.items()
    )


def _first(paths: list[str], names: tuple[str, ...]) -> str | None:
    by_name = {PurePosixPath(path).name: path for path in paths}
    return next((by_name[name] for name in names if name in by_name), None)


def _commands(project: Project, folder: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The compose files that commands written in the project name together."""
    for glob in _WRITTEN:
        for path in project.files(glob):
            try:
                lines = project.lines(path)
            except Unreadable:
                continue
            for line in lines:
                if _CALL.search(line.text):
                    names = _NAMED.findall(line.text)
                    for listed in _LISTED.findall(line.text):
                        names.extend(listed.split(":"))
                    files = tuple(_resolve(project, folder, name) for name in names)
                    if files and all(files):
                        yield tuple(map(str, files)), str(line.at)


def _resolve(project: Project, folder: str, name: str) -> str | None:
    plain = name.removeprefix("./")
    beside = f"{folder}/{PurePosixPath(plain).name}" if folder else plain
    return next((path for path in (plain, beside) if project.has(path)), None)
