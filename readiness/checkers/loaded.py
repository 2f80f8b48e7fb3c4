"""Files of variables that the code itself loads, as `load_dotenv` and settings classes do."""

import ast
import posixpath
import re
from collections.abc import Iterator

from msgspec import Struct

from readiness import Environment, Place, Program, Project, Search, Secret, Unreadable
from readiness.checkers.ignored import is_env_file
from readiness.checkers.names import environment_of, words
from readiness.checkers.scope import is_code, is_for, is_template
from readiness.checkers.spelling import name_of, text_of

_CALLS = frozenset({"load_dotenv", "dotenv_values", "read_env", "read_dotenv"})
_READS_DOTENV = Search(
    rb"\b(?:load_dotenv|dotenv_values|read_env|read_dotenv|env_file|decouple)\b",
    among=is_code,
)
# A condition that speaks of the environment may leave this one out; "the file is there" does not.
_DECIDES = re.compile(r"(?i)env|prod|debug|dev|local|stag|test|live|getattr|settings|config")


class Loaded(Struct, frozen=True):
    """A variable of a file that the code loads; ``overrides`` tells that it wins."""

    name: str
    kept: Secret
    at: Place
    overrides: bool = False

    @property
    def text(self) -> str:
        """What the file says, for judging."""
        return self.kept.reveal()


class _Load(Struct, frozen=True):
    path: str
    overrides: bool
    certain: bool


def loaded(program: Program, environment: Environment, project: Project) -> tuple[Loaded, ...]:
    """The variables that files give which the code loads, where nothing stronger gives them.

    What a load under a condition gives counts only where the evaluation met its value.
    """
    found: dict[Place, Loaded] = {}
    for load in _loads(project, environment.name):
        met = None if load.certain else _met(program, project, load.path)
        for one in _bindings(project, load):
            given = environment.get(one.name)
            stronger = given is not None and given.state != "unset" and not load.overrides
            if not stronger and (met is None or one.at.line in met):
                found.setdefault(one.at, one)
    return tuple(found.values())


def _bindings(project: Project, load: _Load) -> Iterator[Loaded]:
    try:
        last = project.dotenv(load.path).last
    except Unreadable:
        return
    for name, binding in last.items():
        if binding.value is not None:
            yield Loaded(name, Secret(binding.value), binding.at, load.overrides)


def _met(program: Program, project: Project, path: str) -> set[int | None]:
    """The lines of a file of variables from which a name of a module has its value."""
    found: set[int | None] = set()
    for module in program.coverage.evaluated:
        for name in _assigned(project, module):
            trace = getattr(program.value(f"{_dotted(module)}:{name}"), "trace", ())
            found |= {step.at.line for step in trace if step.at and step.at.path == path}
    return found


def _dotted(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _assigned(project: Project, path: str) -> Iterator[str]:
    tree = _tree(project, path)
    for node in tree.body if tree else ():
        if isinstance(node, ast.Assign):
            yield from (name for target in node.targets if (name := name_of(target)))


def _tree(project: Project, path: str) -> ast.Module | None:
    try:
        return ast.parse(project.text(path))
    except (Unreadable, SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _loads(project: Project, environment: str) -> Iterator[_Load]:
    present = [path for path in project.paths if is_env_file(path) and not is_template(path)]
    for path in filter(is_code, project.mentioning(_READS_DOTENV)) if present else ():
        if (tree := _tree(project, path)) is not None:
            for name, overrides, certain in _named(tree, guarded=False):
                if (file := _located(name, path, present)) is not None:
                    yield _Load(file, overrides, certain and is_for(file, environment))


def _located(name: str, code: str, present: list[str]) -> str | None:
    """The file of that name nearest to the code: beside it, or in a folder above."""
    folder = posixpath.dirname(code)
    while True:
        path = posixpath.normpath(posixpath.join(folder, name))
        if path in present or not folder:
            return path if path in present else None
        folder = posixpath.dirname(folder)


def _named(node: ast.AST, *, guarded: bool) -> Iterator[tuple[str, bool, bool]]:
    """Each load below a node: the file's name, whether it overrides, whether it is certain."""
    for child in ast.iter_child_nodes(node):
        inner = guarded or _guards(child)
        match child:
            case ast.Call() if name_of(child.func) in _CALLS:
                overrides = any(
                    k.arg == "override" and isinstance(k.value, ast.Constant) and k.value.value
                    for k in child.keywords
                )
                for name in _files_of(child):
                    yield name, bool(overrides), not inner
            case (
                ast.keyword(arg="env_file", value=value)
                | ast.Assign(targets=[ast.Name(id="env_file")], value=value)
            ):
                yield from ((name, False, not inner) for name in _texts(value))
            case ast.Dict(keys=keys, values=values):
                pairs = zip(keys, values, strict=True)
                files = [one for key, value in pairs if text_of(key) == "env_file"
                         for one in _texts(value)]  # fmt: skip
                yield from ((name, False, not inner) for name in files)
            case ast.ImportFrom(module="decouple"):
                yield ".env", False, not inner
        yield from _named(child, guarded=inner)


def _guards(node: ast.AST) -> bool:
    if isinstance(node, ast.Match | ast.While):
        return True
    if isinstance(node, ast.ClassDef):
        return any(environment_of(word) for word in words(node.name))
    if not isinstance(node, ast.If | ast.IfExp):
        return False
    said = ast.unparse(node.test)
    quoted = re.sub(r"""(['"])[^'"]*\.env[^'"]*\1""", "", said)
    about_a_file = "exists" in said or "is_file" in said
    return "__name__" not in said and not about_a_file and bool(_DECIDES.search(quoted))


def _files_of(call: ast.Call) -> list[str]:
    given = [*call.args, *(k.value for k in call.keywords if k.arg in _PATHS)]
    names = [name for one in given for name in _texts(one)]
    if names:
        return names
    return [".env"] if not given or _finds(given) else []


_PATHS = frozenset({"dotenv_path", "path", "env_file"})


def _finds(given: list[ast.expr]) -> bool:
    return any(isinstance(one, ast.Call) and name_of(one.func) == "find_dotenv" for one in given)


def _texts(value: ast.expr) -> list[str]:
    """The names of files in an expression: a text, several, or the end of a path."""
    texts = [text_of(one) or "" for one in ast.walk(value) if isinstance(one, ast.Constant)]
    return [text for text in texts if is_env_file(text)]
