"""What requirements and lock files say of agno."""

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from readiness import Malformed, Node, Place, Project, Unreadable, nodes_at
from readiness.checkers.scope import is_aside

LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock.toml", "pylock.*.toml")
_LISTED = ("requirements*.txt", "requirements/*.txt", "requirements*.in", "constraints*.txt",
           "environment.yml", "environment.yaml")  # fmt: skip
_TABLED = ("pyproject.toml", "Pipfile")
_LISTS = ("$.project.dependencies[*]", "$.project['optional-dependencies'][*][*]",
          "$['dependency-groups'][*][*]", "$.tool.uv['dev-dependencies'][*]")  # fmt: skip
_TABLES = ("$.tool.poetry.dependencies", "$.tool.poetry.group[*].dependencies", "$.packages")
_LINE = re.compile(r"(?i)\A\s*(?:-\s+)?(?P<name>[\w.-]+)\s*(?:\[(?P<extras>[^\]]*)\])?"
                   r"\s*(?P<said>[^;#]*)")  # fmt: skip
_EXACT = re.compile(r"\A={2,3}\s*\d[\d.]*(?:\.?(?:post|rc|a|b)\d+)?(?:\s+--hash.*|\s*\\)?\Z")


class Asked(Struct, frozen=True):
    """One requirement: the package, its extras, and which releases will do, as written.

    ``extra`` says that only those get it who ask for an extra or a group of the project.
    """

    name: str
    extras: frozenset[str]
    said: str
    at: Place
    extra: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether one release only will do."""
        return bool(_EXACT.match(self.said))


# What a developer installs, and an image does not.
_FOR_DEVELOPERS = re.compile(
    r"(?i)(?:\A|[-_./])(?:dev|development|tests?|testing|lint|docs?|ci)[-_./]"
)


def files(project: Project, globs: tuple[str, ...]) -> list[str]:
    """The files that match and are part of what is deployed."""
    return [path for path in project.files(*globs) if not is_aside(path)]


def locks_agno(project: Project, path: str) -> bool:
    """Whether a lock file names agno."""
    try:
        return bool(re.search(r"""(?m)^\s*(?:name = )?"agno"(?:\s*:|\s*$)""", project.text(path)))
    except Unreadable:
        return False


def asked(project: Project) -> tuple[Asked, ...]:
    """Every requirement of the project, in the order of its files."""
    paths = [path for path in files(project, _LISTED) if not _FOR_DEVELOPERS.search(path)]
    listed = (one for path in paths for one in _lines(project, path))
    tabled = (one for path in files(project, _TABLED) for one in _tables(project, path))
    return (*listed, *tabled)


def brings_greenlet(one: Asked) -> bool:
    """Whether a requirement brings greenlet, itself or as SQLAlchemy does."""
    if one.name == "sqlalchemy":
        old = re.search(r"(?:==|~=)\s*[12]\.[0-9]*(?<!2\.1)\b(?!\d)|<=?\s*2\.[01]\b", one.said)
        return "asyncio" in one.extras or bool(old and "2.1." not in one.said)
    return one.name in {"greenlet", "gevent"} or (one.name == "agno" and "postgres" in one.extras)


def _lines(project: Project, path: str) -> Iterator[Asked]:
    try:
        lines = project.lines(path)
    except Unreadable:
        return
    for line in lines:
        if (one := _read(line.text, line.at)) is not None:
            yield one


def _tables(project: Project, path: str) -> Iterator[Asked]:
    try:
        document = project.toml(path)
    except (Unreadable, Malformed):
        return
    for where in _LISTS:
        for node in nodes_at(document, where):
            if isinstance(node.value, str) and (one := _read(node.value, node.at)) is not None:
                yield replace(one, extra=where != _LISTS[0])
    for where in _TABLES:
        for table in nodes_at(document, where):
            children = table.children if isinstance(table.children, dict) else {}
            yield from (_entry(name, node) for name, node in children.items())


def _entry(name: str, node: Node) -> Asked:
    """``name = "^1"`` or ``name = {version = "^1", extras = ["x"]}`` of a table."""
    held = node.value if isinstance(node.value, dict) else {"version": node.value}
    said = str(held.get("version", "")).strip().removeprefix("*")
    # Poetry takes a release alone for "that one, or a later one of the kind".
    exact = said if not said[:1].isdigit() else f"^{said}"
    extras = frozenset(map(str, held.get("extras") or ()))
    return Asked(_normal(name), extras, exact, node.key_at or node.at)


def _read(text: str, at: Place) -> Asked | None:
    found = _LINE.match(text)
    if found is None or text.lstrip().startswith("#"):
        return None
    extras = frozenset(re.findall(r"[\w-]+", found["extras"] or ""))
    said = found["said"].strip()
    if said and said[0] not in "=~!<>@(":
        return None
    return Asked(_normal(found["name"]), extras, said, at)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
