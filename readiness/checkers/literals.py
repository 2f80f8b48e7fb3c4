"""Texts in Python source that are given to something whose name says what they are."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from typing import Literal as Either
from weakref import WeakKeyDictionary

from readiness import Place, Project, Unreadable
from readiness.checkers.candidates import CANDIDATES
from readiness.checkers.names import words
from readiness.checkers.positions import position_of
from readiness.checkers.scope import is_code
from readiness.checkers.spelling import (
    ALIKE,
    READERS,
    bare,
    name_of,
    option_of,
    prefix_of,
    text_of,
    variable_of,
)
from readiness.checkers.telling import may_matter

_PROSE = frozenset({"description", "help", "example", "examples", "title", "doc", "metavar",
                    "pattern", "regex", "message", "msg", "json_schema_extra"})  # fmt: skip

# Calls that give back the text that they are given, in other clothes.
_WRAPPERS = frozenset({"SecretStr", "SecretBytes", "Secret", "str", "bytes", "quote", "quote_plus",
                       "b64decode", "unhexlify", "fromhex"})  # fmt: skip
# The comparison that takes the same time for every text, of `hmac` and `secrets`.
_COMPARES = "compare_digest"
# Calls in the place of a parameter's default, whose first argument is the default.
_OPTIONS = frozenset({"Option", "Argument", "Field", "Query", "Header", "Cookie", "Form", "Body"})
# Keys under which a schema shows readers what a value may look like.
_SHOWN = frozenset({"example", "examples", "json_schema_extra"})

_FAILED = -1
# Words of conditions that look at how the process was set up.
_SWITCHING = frozenset({
    "env", "environ", "environment", "debug", "dev", "development", "test", "testing", "tests",
    "local", "demo", "prod", "production", "staging", "stage", "mode", "profile", "settings",
    "config", "conf", "args", "options", "flag", "enabled", "getenv", "seed", "sample",
})  # fmt: skip

# Parts of the source that hold no text, and most of all that there is.
_EMPTY = frozenset({ast.Name, ast.alias, ast.Pass, ast.Break, ast.Continue})
# Fields whose values are names, numbers and signs.
_PLAIN = frozenset({
    "name", "names", "id", "attr", "arg", "ctx", "op", "ops", "module", "level", "kind",
    "conversion", "simple", "is_async", "type_comment",
})  # fmt: skip

How = Either["assignment", "argument", "default", "entry", "compared", "other"]


@dataclass(frozen=True, slots=True)
class Literal:
    """A text in the code: under which name, where, and how it is used.

    ``variable`` is the environment variable that it stands in for (a default), ``guarded``
    tells whether a condition decides if the line is reached, ``switched`` that it may be one
    about the environment or its settings, and ``within`` are the names
    of the classes, functions and keys around it. An f-string has a hole for every value
    that is put in.
    """

    name: str
    text: str
    at: Place
    how: How
    variable: str | None = None
    guarded: bool = False
    within: tuple[str, ...] = ()
    switched: bool = False


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts that may matter, the files that do not parse, the number of texts of others."""

    telling: tuple[Literal, ...]
    failed: tuple[str, ...]
    counts: Mapping[str, int]


# What was read of a project, for the several rules that ask; gone with the project.
_read: "WeakKeyDictionary[Project, _Texts]" = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class _Around:
    """What surrounds a part of the source: conditions, names, a settings class's prefix."""

    guarded: bool = False
    fields: str | None = None
    within: tuple[str, ...] = ()
    switched: bool = False

    def outside(self) -> "_Around":
        """The same, where no name is a field of a settings class."""
        if self.fields is None:
            return self
        return _Around(self.guarded, None, self.within, self.switched)

    def inside(self, name: str, fields: str | None = None) -> "_Around":
        within = (*self.within, name) if name else self.within
        return _Around(self.guarded, fields, within, self.switched)

    def under_condition(self, *, switched: bool = True) -> "_Around":
        switched = switched or self.switched
        if (self.guarded, self.switched) == (True, switched):
            return self
        return _Around(True, self.fields, self.within, switched)  # noqa: FBT003


def literals(project: Project) -> tuple[Literal, ...]:
    """Every text in the Python files that count which may matter to a rule, each once."""
    return _all(project).telling


def numbers_of_texts(project: Project) -> Mapping[str, int]:
    """How many texts there are in each Python file that counts and may hold a credential."""
    return _all(project).counts


def unparsed(project: Project) -> tuple[str, ...]:
    """The Python files that count, may hold a credential, and do not parse."""
    return _all(project).failed


def _all(project: Project) -> "_Texts":
    if project not in _read:
        _read[project] = _texts(project)
    return _read[project]


def _texts(project: Project) -> "_Texts":
    """Read the files; those in which nothing matters only where that is not known already."""
    telling: dict[str, list[Literal]] = {}

    def number(path: str) -> int:
        """Twice the texts of a file, and one more where any matters."""
        try:
            every = _literals_of(project, path)
        except (Unreadable, SyntaxError, ValueError, RecursionError, MemoryError):
            return _FAILED
        telling[path] = [o for o in every if may_matter(o.name, o.variable, o.text, o.within)]
        return 2 * len(every) + bool(telling[path])

    paths = tuple(filter(is_code, project.mentioning(CANDIDATES)))
    numbers = project.numbers(b"literals", paths, number)
    for path in paths:
        if path not in telling and numbers[path] % 2 and numbers[path] != _FAILED:
            number(path)
    return _Texts(
        tuple(one for path in paths for one in telling.get(path, ())),
        tuple(path for path in paths if numbers[path] == _FAILED),
        {path: numbers[path] // 2 for path in paths if numbers[path] != _FAILED},
    )


def _literals_of(project: Project, path: str) -> list[Literal]:
    reader = _Reader(path)
    reader.below(ast.parse(project.read(path)), _Around())
    return reader.found


class _Reader:
    """Walks one module once, handing names down to the texts below them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[Literal] = []

    def below(self, node: ast.AST, around: _Around) -> None:
        for name in _fields(node):
            value = getattr(node, name, None)
            if type(value) is list:
                for child in value:
                    if isinstance(child, ast.AST):
                        self.visit(child, around)
            elif isinstance(value, ast.AST):
                self.visit(value, around)

    def visit(self, node: ast.AST, around: _Around) -> None:
        kind = type(node)
        if kind not in _EMPTY:
            way = _WAYS.get(kind)
            if way is None:
                self.below(node, around)
            else:
                way(self, node, around)

    def statement(self, node: ast.Expr, around: _Around) -> None:
        if not isinstance(node.value, ast.Constant):
            self.below(node, around)

    def text(self, node: ast.expr, around: _Around) -> None:
        if not isinstance(node, ast.Constant) or isinstance(node.value, str | bytes):
            self.named("", node, "other", around.outside())

    def assigned(self, node: ast.Assign | ast.AnnAssign, around: _Around) -> None:
        if node.value is None:
            self.below(node, around)
            return
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            self.named(name_of(target), node.value, "assignment", around)

    def condition(self, node: ast.AST, around: _Around) -> None:
        switched = any(map(_speaks_of_environment, _tests(node)))
        self.below(node, around.under_condition(switched=switched))

    def in_class(self, node: ast.ClassDef, around: _Around) -> None:
        if node.bases and name_of(node.bases[-1]).endswith("Enum"):
            return  # its values are names of things
        self.below(node, around.inside(node.name, prefix_of(node)))

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, around: _Around) -> None:
        self.parameters(node.args, around.inside(node.name))
        self.below(node, around.inside(node.name))

    def small_function(self, node: ast.Lambda, around: _Around) -> None:
        self.parameters(node.args, around)
        self.below(node, around)

    def named(self, name: str, value: ast.expr, how: How, around: _Around) -> None:
        text = text_of(value)
        if text is not None:
            variable = (
                (around.fields + name).upper() if around.fields is not None and name else None
            )
            self.made(name, text, value, "default" if variable else how, variable, around)
            return
        match value:
            case ast.Compare():
                self.visit(value, around)
            case ast.Call(func=ast.Attribute(value=said, attr=way)) if (
                way in ALIKE and text_of(said) is not None
            ):
                self.named(name, said, how, around)
            case ast.Call(func=func, args=[first, *_]) if name and name_of(func) in _WRAPPERS:
                self.named(name, first, how, around)
            case ast.Call():
                self.called(value, around, name)
            case ast.Tuple(elts=[_, second]) if words(name)[-1:] == ("auth",):
                self.named("password", second, "argument", around.outside())
            case ast.IfExp(test=test, body=body, orelse=other):
                inner = around.under_condition()
                self.visit(test, inner)
                self.named(name, body, how, inner)
                self.named(name, other, how, inner)
            case ast.BoolOp(op=ast.Or(), values=[first, *others]):
                self.named(name, first, how, around)
                variable = variable_of(first) if isinstance(first, ast.Call) else None
                for other in others:
                    self.default(variable or name, other, variable, around)
            case _:
                inner = around.inside(name, around.fields) if name else around
                self.visit(value, inner)

    def entries(self, node: ast.Dict, around: _Around) -> None:
        for key, value in zip(node.keys, node.values, strict=True):
            if (said := text_of(key) or "") not in _SHOWN:
                self.named(said, value, "entry", around.inside(said))

    def compared(self, node: ast.Compare, around: _Around) -> None:
        """A text that something is compared with: ``token == "…"``."""
        match node:
            case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq()], comparators=[right]):
                self.sides(left, right, around)

    def sides(self, left: ast.expr, right: ast.expr, around: _Around) -> None:
        """The two that are compared: each text has the name of the other."""
        left, right = bare(left), bare(right)
        for one, other in ((left, right), (right, left)):
            if text_of(one) is not None:
                self.named(name_of(other), one, "compared", around.outside())

    def called(self, call: ast.Call, around: _Around, name: str = "") -> None:
        match call:
            case ast.Call(func=func, args=[left, right]) if name_of(func) == _COMPARES:
                self.sides(left, right, around)
            case _:
                self.call(call, around, name)

    def call(self, call: ast.Call, around: _Around, name: str = "") -> None:
        self.visit(call.func, around.outside())
        variable = variable_of(call)
        fallback = call.args[1:2] if variable else call.args
        if position := position_of(name_of(call.func), call.func):
            self.positioned(call, *position, around.outside())
            return
        if (
            variable is None
            and around.fields is not None
            and name
            and name_of(call.func) in READERS
        ):
            alias = next(
                (text_of(k.value) for k in call.keywords if "alias" in (k.arg or "")), None
            )
            variable = alias or (around.fields + name).upper()
            fallback = call.args[:1]
        if name and name_of(call.func) in _OPTIONS:
            variable = next(
                (text_of(k.value) for k in call.keywords if k.arg == "envvar"), variable
            )
            for first in call.args[:1]:
                self.default(name, first, variable or name.upper(), around.outside())
            fallback = []
        own = name if around.fields is not None else ""
        outside = around.outside()
        option = next((said for one in call.args if (said := option_of(one))), None)
        for argument in fallback:
            self.default(own or variable or "", argument, variable, outside)
        for keyword in call.keywords:
            if keyword.arg == "default" and option:
                self.named(option, keyword.value, "argument", outside)
            elif keyword.arg == "default" and (variable or name):
                self.default(own or variable or name, keyword.value, variable, outside)
            elif keyword.arg not in _PROSE:
                self.named(keyword.arg or "", keyword.value, "argument", outside)

    def positioned(self, call: ast.Call, index: int, name: str, around: _Around) -> None:
        """A call whose secret is told by its place: ``jwt.encode(claims, "…")``."""
        for at, argument in enumerate(call.args):
            self.named(name if at == index else "", argument, "argument", around)
        for keyword in call.keywords:
            said = name if keyword.arg == "key" else keyword.arg or ""
            self.named(said, keyword.value, "argument", around)

    def default(self, name: str, value: ast.expr, variable: str | None, around: _Around) -> None:
        text = text_of(value)
        if text is None or not variable:
            self.named(name, value, "argument", around.outside())
        else:
            self.made(name, text, value, "default", variable, around)

    def parameters(self, given: ast.arguments, around: _Around) -> None:
        named = [*given.posonlyargs, *given.args]
        pairs = [
            *zip(named[len(named) - len(given.defaults) :], given.defaults, strict=True),
            *zip(given.kwonlyargs, given.kw_defaults, strict=True),
        ]
        for parameter, value in pairs:
            if value is not None:
                self.named(parameter.arg, value, "argument", around)

    def made(  # noqa: PLR0917 - the fields of a literal
        self, name: str, text: str, node: ast.expr, how: How, variable: str | None,
        around: _Around,
    ) -> None:  # fmt: skip
        at = Place(self.path, node.lineno, node.col_offset + 1)
        self.found.append(Literal(name, text, at, how, variable, around.guarded, around.within,
                                  around.switched))  # fmt: skip


_WAYS: "dict[type[ast.AST], Callable[[_Reader, Any, _Around], None]]" = {
    ast.Expr: _Reader.statement,
    ast.Assign: _Reader.assigned,
    ast.AnnAssign: _Reader.assigned,
    ast.JoinedStr: _Reader.text,
    ast.Constant: _Reader.text,
    ast.Call: _Reader.called,
    ast.Dict: _Reader.entries,
    ast.Compare: _Reader.compared,
    ast.ClassDef: _Reader.in_class,
    ast.FunctionDef: _Reader.function,
    ast.AsyncFunctionDef: _Reader.function,
    ast.Lambda: _Reader.small_function,
    **dict.fromkeys((ast.If, ast.Match, ast.IfExp, ast.Try, ast.While), _Reader.condition),
}


_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {}


def _fields(node: ast.AST) -> tuple[str, ...]:
    """The fields of a part of the source in which a text may be."""
    kind = type(node)
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(name for name in kind._fields if name not in _PLAIN)
    return _FIELDS[kind]


def _tests(node: ast.AST) -> tuple[ast.expr, ...]:
    match node:
        case ast.If(test=test) | ast.While(test=test) | ast.Match(subject=test):
            return (test,)
        case _:
            return ()


def _speaks_of_environment(test: ast.expr) -> bool:
    """Tell whether a condition may ask for an environment, a setting or an option."""
    for node in ast.walk(test):
        match node:
            case ast.Name(id=said) | ast.Attribute(attr=said) | ast.Constant(value=str() as said):
                if _SWITCHING & set(words(said)):
                    return True
    return False
