"""What a file tells a web framework: its names in capitals, and the arguments of its calls."""

import ast
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from msgspec import Struct

from readiness import Place, Program
from readiness.checkers.parts import parts_of
from readiness.checkers.spelling import name_of
from readiness.checkers.trees import may_have
from readiness.checkers.web_bindings import bound_anew
from readiness.checkers.web_said import UNSAID, Said
from readiness.checkers.web_words import (
    APPLICATIONS,
    CREDENTIALS,
    ORIGINS,
    assigned,
    is_read,
    tells,
)

_BUILT = ("fastapi.FastAPI", "starlette.applications.Starlette", "uvicorn.run", "flask.Flask")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class CodeReader(Struct, frozen=True):
    """Reads one file, with the values that its program gives to names."""

    path: str
    program: Program
    lines: list[int] | None

    def names(self, tree: ast.Module) -> Iterator[Said]:
        """The names of the module, in capitals, that Django or an extension reads."""
        given: dict[str, list[ast.expr]] = {}
        for name, value in assigned(tree.body):
            given.setdefault(name, []).append(value)
        if not any(map(is_read, given)):
            return
        always = {value for _, value in assigned(tree.body, deep=False)}
        always -= set(bound_anew(tree, given))
        told = [self.final(name, given[name], always) for name in CREDENTIALS & set(given)]
        trusted = _any(told or self.taken_over(tree))
        for name, values in given.items():
            places = [Place(self.path, value.lineno) for value in values]
            if is_read(name) and any(self.program.under(at) is not None for at in places):
                at = Place(self.path, values[-1].lineno)
                yield Said(name, self.final(name, values, always), at, trusted)

    def taken_over(self, tree: ast.Module) -> Iterator[object]:
        """What another module says of credentials, whose names this one takes with a star."""
        stars = (one for one in ast.walk(tree) if isinstance(one, ast.ImportFrom))
        if any(one.names[0].name == "*" for one in stars):
            for name in CREDENTIALS:
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
            if isinstance(child, ast.Call) and tells(child):
                yield from self.call(child, around)
            if may_have(child, self.lines):
                yield from self.calls(child, main=main, around=around)

    def call(self, call: ast.Call, around: tuple[ast.AST, ...]) -> Iterator[Said]:
        """What a call says that tells something."""
        under = self.program.under(Place(self.path, call.lineno))
        if under is None:
            return
        given = {one.arg: one.value for one in call.keywords if one.arg}
        wanted = ORIGINS | ({"debug", "reload"} if name_of(call.func) in APPLICATIONS else set())
        trusted = _any(self.value(given[name]) for name in CREDENTIALS & set(given))
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
            at = Place(self.path, given[name].lineno)
            yield Said(name, value, at, trusted, under, Place(self.path, call.lineno))

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
        """What a value stands for, where all of it is known."""
        found = self.program.plain(value)
        return found if isinstance(found, bool | str | int | list | tuple) else UNSAID


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
