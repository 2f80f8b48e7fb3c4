"""Which compose files make up the deployment of an environment, and in which order."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec import Struct

from readiness.deployment.compose_commands import Call, calls
from readiness.deployment.images import is_known
from readiness.deployment.naming import belongs, is_for_work, is_pattern
from readiness.deployment.reading import Reading, joined
from readiness.document.node import Malformed, Node
from readiness.project import Unreadable

_FILE = re.compile(r"(?:.*[._-])?compose(?:[._-][\w.-]+)?\.ya?ml\Z", re.IGNORECASE)
_BASES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
_OVERRIDES = ("compose.override.yaml", "compose.override.yml", "docker-compose.override.yml",
              "docker-compose.override.yaml")  # fmt: skip
# Files of other tools that have ``services`` too.
_OTHERS = re.compile(
    r"(?:\A|/)(?:\.github|\.circleci|\.gitlab-ci|render\.ya?ml|\.drone|\.woodpecker|"
    r"bitbucket-pipelines|mkdocs|serverless|config/services)"
)
_STACK = re.compile(r"(?:\A|[/._-])(?:stack|swarm)[^/]*\Z")
_STARTED = ("image", "build", "extends", "provider")


class Stack(Struct, frozen=True):
    """The compose files that are started together, the strongest last.

    ``env_files`` are those that the command which starts them names, ``profiles`` those
    that it asks for; None where no command is known.
    """

    folder: str
    files: tuple[str, ...]
    assumption: str | None = None
    env_files: tuple[str, ...] = ()
    profiles: tuple[str, ...] | None = None


def find_stacks(reading: Reading) -> list[Stack]:
    """Choose the compose files of an environment, folder by folder; the others are noted."""
    folders: dict[str, list[str]] = {}
    for path in reading.project.files("*.yml", "*.yaml"):
        if _is_compose(reading, path):
            folders.setdefault(folder_of(path), []).append(path)
    stacks: list[Stack] = []
    for folder, paths in sorted(folders.items()):
        stacks.extend(_choose(reading, folder, paths))
    parts = {path for one in stacks for path in _parts(reading, one)}
    stacks = [one for one in stacks if not parts.issuperset(one.files)]
    return [one for one in stacks if not _is_superseded(reading, one, stacks)]


def _parts(reading: Reading, stack: Stack) -> Iterator[str]:
    """The files that a stack extends or includes: they are read with it."""
    for path in stack.files:
        root = reading.project.yaml(path)
        services = root.get("services")
        files = [node.get("extends", "file") for _, node in services.items()] if services else []
        for one in root.get("include") or ():
            listed = one.get("path") or one
            files.extend(listed if listed.is_list else (listed,))
        for node in files:
            target = joined(folder_of(path), node.text) if node else path
            if target not in stack.files:
                yield target


def folder_of(path: str) -> str:
    """The folder of a file, empty for the project's own."""
    return path.rpartition("/")[0]


def _is_compose(reading: Reading, path: str) -> bool:
    """Tell whether a file is one of Compose, by its name or its form, and may be of this."""
    name = PurePosixPath(path).name
    is_named = bool(_FILE.match(name))
    if not is_named and not _looks_like_one(reading, path):
        return False
    if not reading.is_mine(path):
        return False
    if reading.only is None and is_for_work(name, reading.environment):
        reading.skip(path, "its name is that of a file for developers")
    elif reading.only is None and is_pattern(name, reading.environment):
        reading.skip(path, "its name is that of a file to be copied")
    else:
        return _has_services(reading, path)
    return False


def _is_read(reading: Reading, path: str) -> bool:
    """Tell whether a file is a mapping in YAML; note it where it is not."""
    try:
        root = reading.project.yaml(path)
    except (Malformed, Unreadable) as answer:
        reading.refuse(path, answer)
        return False
    if not root.is_mapping:
        reading.refuse(path, "Compose reads a mapping, and this is none")
    return root.is_mapping


def _has_services(reading: Reading, path: str) -> bool:
    if not _is_read(reading, path):
        return False
    root = reading.project.yaml(path)
    return root.get("services") is not None or root.get("include") is not None


def _looks_like_one(reading: Reading, path: str) -> bool:
    """Tell whether a ``production.yml`` or ``stack.yml`` has services as Compose writes them."""
    named = belongs(PurePosixPath(path).name, reading.environment) != "any"
    named = named if reading.only is None else path in reading.only
    if _OTHERS.search(path) or not (named or _STACK.search(path)):
        return False
    try:
        content = reading.project.read(path)
        if not re.search(rb"^services:", content, re.MULTILINE) or b"apiVersion:" in content:
            return False
        services = reading.project.yaml(path).get("services")
    except (Malformed, Unreadable):
        return False
    nodes = [node for _, node in services.items()] if services else []
    return bool(nodes) and all(any(map(node.get, _STARTED)) for node in nodes)


def _choose(reading: Reading, folder: str, paths: list[str]) -> Iterator[Stack]:
    base = _first(paths, _BASES)
    override = _first(paths, _OVERRIDES)
    mine = [path for path in paths if path not in {base, override} and _is_named(reading, path)]
    rest = [path for path in paths if path not in {base, override, *mine}]
    main = _main_stack(reading, folder, base, override, mine)
    used = set(main.files) if main else set()
    if main:
        yield main
    for path in (*mine, *rest):
        if path in used:
            continue
        if _is_complete(reading.project.yaml(path)):
            yield Stack(folder, (path,))
        else:
            reading.skip(path, "its services are parts that no known command joins to others")
    for left in (base, override):
        if left and left not in used:
            reason = f"{' and '.join(main.files if main else mine)} stands in its place"
            reading.skip(left, reason)


def _is_named(reading: Reading, path: str) -> bool:
    """Tell whether a file's own name says this environment; its folder says it for all in it."""
    return reading.belongs(path if reading.only else PurePosixPath(path).name) == "this"


def _main_stack(
    reading: Reading, folder: str, base: str | None, override: str | None, mine: list[str]
) -> Stack | None:
    for call in calls(reading, folder):
        if _is_of(call, base, mine) and all(_is_read(reading, path) for path in call.files):
            return _called(folder, call)
    if not mine:
        files = tuple(path for path in (base, override) if path)
        joined = f"{override} is merged over {base}, as Compose does unasked"
        return Stack(folder, files, joined if base and override else None) if base else None
    first = mine[0]
    if base is None or _is_complete(reading.project.yaml(first)):
        text = f"{first} is started without {base}: every service in it is complete"
        return Stack(folder, (first,), text if base else None)
    return Stack(folder, (base, first), f"{first} is merged over {base}")


def _is_of(call: Call, base: str | None, mine: list[str]) -> bool:
    if mine:
        return call.files[-1] in mine or mine[0] in call.files
    return base is not None and base in call.files


def _called(folder: str, call: Call) -> Stack:
    several = len(call.files) > 1
    how = " are started together" if several else " is started alone"
    text = f"{', '.join(call.files)}{how} ({call.where})"
    profiles = tuple(one for one in call.profiles if one) or None
    return Stack(folder, call.files, text, call.env_files, profiles)


def _is_complete(root: Node) -> bool:
    """Tell whether every service could start without another file."""
    services = root.get("services")
    return services is None or all(
        any(service.get(key) is not None for key in _STARTED) for _, service in services.items()
    )


def _first(paths: list[str], names: tuple[str, ...]) -> str | None:
    by_name = {PurePosixPath(path).name: path for path in paths}
    return next((by_name[name] for name in names if name in by_name), None)


def _is_superseded(reading: Reading, stack: Stack, stacks: list[Stack]) -> bool:
    """Tell whether files that name this environment start the same services elsewhere."""
    if any(reading.belongs(path) == "this" for path in stack.files):
        return False
    own = _own_services(reading, stack)
    for other in stacks:
        named = next((path for path in other.files if reading.belongs(path) == "this"), None)
        if named and _share(own, _own_services(reading, other)):
            for path in stack.files:
                if path not in other.files:
                    reading.skip(path, f"{named} is of this environment and starts the same")
            reading.assumptions.append(f"{named} is deployed, not {', '.join(stack.files)}")
            return True
    return False


def _own_services(reading: Reading, stack: Stack) -> dict[str, str | None]:
    """The services that are no well-known product, each with the folder it is built from."""
    found: dict[str, str | None] = {}
    for path in stack.files:
        services = reading.project.yaml(path).get("services")
        for name, node in services.items() if services else ():
            build, image = node.get("build"), node.get("image")
            context = (build.get("context") or build) if build else None
            if context is not None and context.children is None:
                found[name] = joined(stack.folder, context.text)
            elif image is not None and not is_known(image.text):
                found.setdefault(name, None)
    return found


def _share(first: dict[str, str | None], second: dict[str, str | None]) -> bool:
    return any(
        None in {first[name], second[name]} or first[name] == second[name]
        for name in first.keys() & second.keys()
    )
