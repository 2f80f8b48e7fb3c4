"""What the code tells its web frameworks: Django's names in capitals, arguments of calls."""

import ast
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from msgspec import Struct

from readiness import Deployment, Environment, Place, Program, Project, Reading, Search
from readiness.checkers.arguments import ASSIGNED, may_be_given
from readiness.checkers.parts import parts_of
from readiness.checkers.scope import is_code, is_for
from readiness.checkers.spelling import name_of
from readiness.checkers.trees import lines_with, may_have, parsed, tree_of
from readiness.checkers.web_configurations import told_by_configurations
from readiness.checkers.web_flask import told_to_flask
from readiness.checkers.web_layers import names_over
from readiness.checkers.web_said import UNSAID, Said

# Libraries are full of parameters called debug: what counts is an application, or the name itself.
_ALONE = re.compile(r"ALLOWED_HOSTS|CORS|allow_origins|\bDEBUG[\s\\)]*[:=]")
_CALLED = re.compile(r"\b(?:FastAPI|Starlette|Litestar|Quart|run)[\s\\)]*\(")
# What the reading of the parsed file looks for, with all that may stand in between.
_NAMED = re.compile(
    rb"\b(?:DEBUG|ALLOWED_HOSTS|CORS_ALLOW_ALL_ORIGINS|CORS_ORIGIN_ALLOW_ALL"
    rb"|CORS_ALLOWED_ORIGINS)\b(?:[\s\\)\]\"']|#[^\n]*)*[:=]"
    rb"|\b(?:allow_origins|origins|allow_origin_regex|supports_credentials|resources)" + ASSIGNED
)
_CALLS = re.compile(rb"\b(?:FastAPI|Starlette|Litestar|Quart|run)(?:[\s\\)\]\"']|#[^\n]*)*\(")
_ARGUMENT = re.compile(rb"\b(?:debug|reload)" + ASSIGNED)
_FRAMEWORKS = re.compile(r"(?i)\b(?:django|flask|fastapi|starlette|uvicorn|quart|litestar)\b")
_BUILT = ("fastapi.FastAPI", "starlette.applications.Starlette", "uvicorn.run", "flask.Flask")
_APPLICATIONS = frozenset({"FastAPI", "Starlette", "Litestar", "Quart", "run"})
DEBUGS = frozenset({"DEBUG", "FLASK_DEBUG", "FLASK_ENV", "debug", "reload"})
ORIGINS = frozenset({
    "allow_origins", "origins", "allow_origin_regex", "CORS_ALLOW_ALL_ORIGINS",
    "CORS_ORIGIN_ALLOW_ALL", "CORS_ALLOWED_ORIGINS",
})  # fmt: skip
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_CREDENTIALS = frozenset({"allow_credentials", "supports_credentials", "CORS_ALLOW_CREDENTIALS"})
_TELLING = re.compile("|".join({*ORIGINS, *_CREDENTIALS, "debug", "reload", "resources"}))
"""An argument by which a call tells something, as `_tells` asks for it."""
_DJANGO = ORIGINS | {"DEBUG", "ALLOWED_HOSTS"}


# What was said in an environment, for the several rules that ask; gone with its program.
_read: "WeakKeyDictionary[Program, tuple[Said, ...]]" = WeakKeyDictionary()


def settings_of(
    program: Program, deployment: Deployment, environment: Environment, project: Project
) -> Iterator[Said]:
    """Every setting of a web framework in the code that counts for the environment."""
    if program not in _read:
        _read[program] = tuple(_settings_of(program, deployment, environment, project))
    yield from _read[program]


def _settings_of(
    program: Program, deployment: Deployment, environment: Environment, project: Project
) -> Iterator[Said]:
    paths = [path for path, says in project.noted(_SETTINGS).items()
             if says and is_for(path, environment.name)]  # fmt: skip
    for path in paths:
        tree = tree_of(project, path)
        if tree is not None:
            reader = _Reader(path, program, lines_with(project, path, _TELLING))
            later = names_over(project, path, paths)
            yield from (one for one in reader.names(tree) if one.name not in later)
            yield from reader.calls(tree, main=_runs(path, deployment))
    yield from told_to_flask(program, environment)
    yield from told_by_configurations(program, environment, _DJANGO)


def _says(project: Project, path: str) -> int:
    """Whether a file sets one of the names in any environment; -1 where it cannot be parsed."""
    text = project.text_if_any(path)
    if text is None or not _may_say(project, path, text):
        return -1 if text is None else 0
    tree = parsed(text)
    if tree is None:
        return -1
    return any(_is_read(name) for name, _ in _assigned(tree.body)) or any(
        isinstance(node, ast.Call) and _tells(node) for node in ast.walk(tree)
    )


def _is_read(name: str) -> bool:
    """Tell whether Django or an extension reads a name of the module."""
    return name in _DJANGO and name.isupper()


def _tells(call: ast.Call) -> bool:
    """Tell whether a call may say anything."""
    given = {one.arg for one in call.keywords}
    name = name_of(call.func)
    return bool(
        given & ORIGINS
        or (name in _APPLICATIONS and given & {"debug", "reload"})
        or (name == "CORS" and given & (_CREDENTIALS | {"resources"}))
    )


def _may_say(project: Project, path: str, text: str) -> bool:
    """Tell whether a file may be of an application and set one of the names."""
    if not (_ALONE.search(text) or _CALLED.search(text)):
        return False
    if not (_FRAMEWORKS.search(text) or "settings" in path):
        return False
    shown = project.searchable(path)
    return shown is None or bool(_NAMED.search(shown)) or may_be_given(shown, _CALLS, _ARGUMENT)


def _runs(path: str, deployment: Deployment) -> bool:
    """Tell whether the main block of a file may run: no command says that another one does."""
    starts = deployment.entry_points()
    return not starts or any(one.main and one.path in {path, None} for one in starts)


class _Reader(Struct, frozen=True):
    path: str
    program: Program
    lines: list[int] | None

    def names(self, tree: ast.Module) -> Iterator[Said]:
        """The names of the module, in capitals, that Django or an extension reads."""
        given: dict[str, list[ast.expr]] = {}
        for name, value in _assigned(tree.body):
            given.setdefault(name, []).append(value)
        if not any(map(_is_read, given)):
            return
        always = {value for _, value in _assigned(tree.body, deep=False)}
        told = [self.final(name, given[name], always) for name in _CREDENTIALS & set(given)]
        trusted = _any(told or self.taken_over(tree))
        for name, values in given.items():
            places = [Place(self.path, value.lineno) for value in values]
            if _is_read(name) and any(self.program.under(at) is not None for at in places):
                at = Place(self.path, values[-1].lineno)
                yield Said(name, self.final(name, values, always), at, trusted)

    def taken_over(self, tree: ast.Module) -> Iterator[object]:
        """What another module says of credentials, whose names this one takes with a star."""
        stars = (one for one in ast.walk(tree) if isinstance(one, ast.ImportFrom))
        if any(one.names[0].name == "*" for one in stars):
            for name in _CREDENTIALS:
                if name.isupper() and not self.lacks(name):
                    yield self.value(ast.Name(name))

    def lacks(self, name: str) -> bool:
        """Whether a module that was run has no such name."""
        found = self.program.value(f"{_module(self.path)}:{name}")
        return str(getattr(found, "reason", "")).endswith("is not there")

    def final(self, name: str, values: list[ast.expr], always: Collection[ast.expr]) -> object:
        """What a name has in the end: as it is written last, if that hangs on no condition."""
        last = values[-1]
        return self.value(last if last in always else ast.Name(name), name)

    def calls(
        self, node: ast.AST, *, main: bool, around: tuple[ast.AST, ...] = ()
    ) -> Iterator[Said]:
        """The arguments of calls; those of a main block that does not run are left out.

        ``around`` are the functions around, whose names are none of the module's.
        """
        if isinstance(node, _FUNCTIONS):
            around = (*around, node)
        for child in parts_of(node):
            if not main and isinstance(child, ast.If) and "__name__" in ast.dump(child.test):
                continue
            if isinstance(child, ast.Call) and _tells(child):
                yield from self.call(child, around)
            if may_have(child, self.lines):
                yield from self.calls(child, main=main, around=around)

    def call(self, call: ast.Call, around: tuple[ast.AST, ...]) -> Iterator[Said]:
        """What a call says that tells something."""
        under = self.program.under(Place(self.path, call.lineno))
        if under is None:
            return
        given = {one.arg: one.value for one in call.keywords if one.arg}
        wanted = ORIGINS | ({"debug", "reload"} if name_of(call.func) in _APPLICATIONS else set())
        trusted = _any(self.value(given[name]) for name in _CREDENTIALS & set(given))
        if name_of(call.func) == "CORS" and trusted and not {"origins", "resources"} & set(given):
            yield Said("origins", "*", Place(self.path, call.lineno), trusted, under)
        if name_of(call.func) == "CORS":
            for node in _origins_of(given.get("resources")):
                yield Said("origins", self.settled(node, around), Place(self.path, node.lineno),
                           trusted, under)  # fmt: skip
        for name in sorted(wanted & set(given)):
            value = self.value(given[name])
            if value is UNSAID:
                value = self._evaluated(call, name)
            if value is UNSAID:
                value = self.settled(given[name], around)
            yield Said(name, value, Place(self.path, given[name].lineno), trusted, under)

    def value(self, node: ast.expr, name: str = "") -> object:
        """The value of an expression: as it is written, or of a name as the module has it."""
        try:
            return ast.literal_eval(node)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            name = name or _path(node)
        if not name:
            return UNSAID
        return self.plain(self.program.value(f"{_module(self.path)}:{name}"))

    def settled(self, node: ast.expr, around: tuple[ast.AST, ...]) -> object:
        """The value of an expression by the names of the module, if it has none of its own."""
        value = self.value(node)
        names = _names_in(node) if value is UNSAID else set()
        if value is not UNSAID or any(names & _bound_in(one) for one in around):
            return value
        return self.plain(self.program.expression(self.path, node))

    def _evaluated(self, call: ast.Call, name: str) -> object:
        """An argument as the evaluation has it, where it came to the call."""
        for one in self.program.calls(*_BUILT):
            if (one.at.path, one.at.line) == (self.path, call.lineno):
                found = one.arguments.get(name)
                return UNSAID if found is None else self.plain(found)
        return UNSAID

    def plain(self, value: Any) -> object:
        found = self.program.plain(value)
        return found if isinstance(found, bool | str | int | list | tuple) else UNSAID


def _assigned(body: list[ast.stmt], *, deep: bool = True) -> Iterator[tuple[str, ast.expr]]:
    """The names that a module gives values to; where ``deep``, under conditions too."""
    for one in body:
        match one:
            case ast.Assign(targets=targets, value=value):
                yield from ((name_of(target), value) for target in targets
                            if not isinstance(target, ast.Subscript))  # fmt: skip
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield name_of(target), value
            case ast.If() | ast.Try() | ast.With() if deep:
                for block in ("body", "orelse", "finalbody"):
                    yield from _assigned(getattr(one, block, []))


def _origins_of(resources: ast.expr | None) -> Iterator[ast.expr]:
    """What Flask-CORS is told of the origins of single paths."""
    for one in resources.values if isinstance(resources, ast.Dict) else ():
        pairs = zip(one.keys, one.values, strict=True) if isinstance(one, ast.Dict) else ()
        for key, value in pairs:
            if isinstance(key, ast.Constant) and key.value == "origins":
                yield value


def _names_in(node: ast.expr) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _bound_in(node: ast.AST) -> frozenset[str]:
    """The names that a function has for itself: parameters, and whatever it assigns."""
    every = list(ast.walk(node))
    given = {one.arg for one in every if isinstance(one, ast.arg)}
    stored = {one.id for one in every
              if isinstance(one, ast.Name) and not isinstance(one.ctx, ast.Load)}  # fmt: skip
    inner = {getattr(one, "name", None) for one in every if one is not node}
    taken = {(one.asname or one.name).partition(".")[0] for one in every
             if isinstance(one, ast.alias)}  # fmt: skip
    return frozenset(given | stored | taken | {one for one in inner if isinstance(one, str)})


def _any(values: Iterable[object]) -> bool | None:
    """Whether any of these is true; None where one of them is not known."""
    found = list(values)
    return True if True in found else None if UNSAID in found else False


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _path(node: ast.expr) -> str:
    """A name, or names with dots between them; nothing for any other expression."""
    if isinstance(node, ast.Attribute) and (before := _path(node.value)):
        return f"{before}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


_SETTINGS = Reading(
    b"web settings",
    Search(rb"\bDEBUG\b|\bdebug\s*=|\breload\s*=|ALLOWED_HOSTS|CORS|allow_origins", among=is_code),
    is_code,
    _says,
)
