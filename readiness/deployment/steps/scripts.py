"""Scripts, Makefiles and their like in the project: what each of their targets does."""

import re
from collections.abc import Iterator

from readiness.deployment.naming import is_aside, is_for_work, other_names
from readiness.deployment.reading import Reading
from readiness.deployment.steps.work import Piece, Work, is_for, piece
from readiness.document.node import Malformed, Node
from readiness.model.place import Place
from readiness.project import Unreadable

# What has to stand in a file before it is worth following.
INTEREST = re.compile(
    rb"gcloud|\baz\s|\bfly(?:ctl)?\s|heroku|kubectl|\boc\s|docker|podman|nerdctl|railway|dokku|"
    rb"koyeb|aws\s+lambda|\beb\s+|helm\s|terraform\s|tofu\s"
)
_MAKEFILES = ("Makefile", "makefile", "GNUmakefile", "*.mk", "justfile", "Justfile")
_SCRIPTS = ("*.sh", "*.bash", "bin/*", "scripts/*", "script/*", "deploy", "deploy/*")
_TARGET = re.compile(r"(?P<names>[A-Za-z0-9_@][\w ./@-]*?)(?:\s+[^:=]*)?::?(?![=:])")
_SET = re.compile(r"(?:export\s+)?(?P<name>[A-Za-z_]\w*)\s*(?P<sign>[?:]?:?=|\+=)\s*(?P<value>.*)")
_REFERENCE = re.compile(r"\$\((?P<round>[A-Za-z_]\w*)\)|\$\{(?P<curly>[A-Za-z_]\w*)\}|\$\$")
_MUSTACHE = re.compile(r"\{\{\s*\.?(?P<name>\w+)\s*\}\}")


def script_work(reading: Reading) -> Iterator[Work]:
    """Each script and each target that may deploy the environment."""
    for path in reading.project.files(*_MAKEFILES):
        if text := _text(reading, path):
            yield from _targets(reading, path, text)
    for path in reading.project.files("Taskfile.{yml,yaml}", "taskfile.{yml,yaml}"):
        if _text(reading, path):
            yield from _tasks(reading, path)
    for path in reading.project.files(*_SCRIPTS):
        if (text := _text(reading, path)) and is_script(path, text):
            yield Work((Piece(text, Place(path, 1)),), (path,))


def is_script(path: str, text: str) -> bool:
    """Tell whether a file is one for a shell."""
    first = text.partition("\n")[0]
    return path.endswith((".sh", ".bash")) or (first.startswith("#!") and "sh" in first)


def _text(reading: Reading, path: str) -> str | None:
    """The text of a file that may call what deploys, and that may be of the environment."""
    try:
        if not INTEREST.search(reading.project.read(path)):
            return None
        text = reading.project.text(path)
    except Unreadable:
        return None
    if reading.only is not None:
        return text if path in reading.only else None
    name = path.rpartition("/")[2]
    if is_aside(path) or is_for_work(name, reading.environment):
        return None
    return text if reading.belongs(path) != "other" else None


def _targets(reading: Reading, path: str, text: str) -> Iterator[Work]:
    """The targets of a Makefile or the recipes of a justfile, each with its lines."""
    just = path.lower().endswith("justfile")
    texts: dict[str, str] = {}
    found: list[tuple[str, list[Piece]]] = []
    for number, line in _joined(text):
        if line[:1] in "\t " and found and line.strip():
            said = _just(line) if just else _make(line)
            found[-1][1].append(Piece(said.strip().lstrip("@-+"), Place(path, number)))
        elif (set_ := _SET.match(line)) and set_["sign"] != "+=":
            value = set_["value"].strip().strip("'\"") if just else _make(set_["value"]).strip()
            value = value.partition(" #")[0].strip()
            # Whoever calls it for this environment says so: `make deploy ENV=production`.
            if value.lower() not in other_names(reading.environment):
                texts.setdefault(set_["name"], value)
        elif target := _TARGET.match(line):
            found.append((target["names"].strip(), []))
    for names, pieces in found:
        if pieces and _is_mine(reading, names):
            yield Work(tuple(pieces), (names,), texts, exports=False)


def _is_mine(reading: Reading, names: str) -> bool:
    return is_for(reading, None, *names.split())


def _joined(text: str) -> Iterator[tuple[int, str]]:
    """Lines, with those that a backslash continues joined to them."""
    pending, start = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        start = start or number
        pending += line
        if pending.endswith("\\"):
            pending = pending[:-1] + " "
            continue
        yield start, pending
        pending, start = "", 0


def _make(line: str) -> str:
    """A line of a recipe as its shell gets it, with the references of make as the shell's."""
    return _REFERENCE.sub(
        lambda one: "$" if one[0] == "$$" else f"${{{one['round'] or one['curly']}}}", line
    )


def _just(line: str) -> str:
    return _MUSTACHE.sub(lambda one: f"${{{one['name']}}}", line)


def _tasks(reading: Reading, path: str) -> Iterator[Work]:
    try:
        root = reading.project.yaml(path)
    except (Malformed, Unreadable):
        return
    tasks = root.get("tasks")
    others = other_names(reading.environment)
    texts = {name: one for name, one in _plain(root.get("vars")).items() if one not in others}
    for name, node in tasks.items() if tasks else ():
        if _is_mine(reading, name):
            own = {**texts, **_plain(node.get("vars")), **_plain(node.get("env"))}
            commands = list(node.get("cmds") or ([node.get("cmd")] if node.get("cmd") else ()))
            lines = [one.get("cmd") or one for one in commands if one is not None]
            pieces = tuple(piece(one, None, _just(one.text)) for one in lines if not one.children)
            yield Work(pieces, (name,), own, exports=False)


def _plain(node: Node | None) -> dict[str, str]:
    return {name: _just(one.text) for name, one in (node.items() if node else ())
            if one.children is None}  # fmt: skip
