"""The walk through a module that finds its texts and the names that they are given."""

import ast
from collections.abc import Callable
from typing import Any

from readiness import Place
from readiness.checkers.literal import Around, How, Literal
from readiness.checkers.literal_calls import called, named_call
from readiness.checkers.name_tables import Pairs, are_variables, is_renamed
from readiness.checkers.names import words
from readiness.checkers.parts import FIELDS
from readiness.checkers.spelling import (
    bare,
    name_of,
    prefix_of,
    text_of,
    variable_of,
)
from readiness.checkers.telling import may_matter

# Keys under which a schema shows readers what a value may look like.
_SHOWN = frozenset({"json_schema_extra"})
_EXAMPLES = frozenset({("example",), ("examples",)})


class Reader:
    """Walks one module once, handing names down to the texts below them.

    Every text counts; those that may matter to a rule are found.
    """

    def __init__(self, path: str, variables: frozenset[str] = frozenset()) -> None:
        self.path = path
        self._variables = variables
        self.count = 0
        self.found: list[Literal] = []

    def below(self, node: ast.AST, around: Around) -> None:
        """Visit the parts of a node."""
        for name in FIELDS[type(node)]:
            part = getattr(node, name, None)
            if type(part) is list:
                for child in part:
                    if (way := _WAYS[type(child)]) is not None:
                        way(self, child, around)
            elif part is not None and (way := _WAYS[type(part)]) is not None:
                way(self, part, around)

    def visit(self, node: ast.AST, around: Around) -> None:
        """Find the texts in a node that has no name."""
        if (way := _WAYS[type(node)]) is not None:
            way(self, node, around)

    def statement(self, node: ast.Expr, around: Around) -> None:
        """A value that stands alone: a text there is for readers."""
        if type(node.value) is not ast.Constant:
            self.visit(node.value, around)

    def attribute(self, node: ast.Attribute, around: Around) -> None:
        """What is before the dots; most often no more than a name."""
        inner = node.value
        while type(inner) is ast.Attribute:
            inner = inner.value
        self.visit(inner, around)

    def text(self, node: ast.expr, around: Around) -> None:
        """A text that nothing names."""
        if (text := text_of(node)) is not None:
            self.made("", text, node, "other", None, around)

    def assigned(self, node: ast.Assign | ast.AnnAssign, around: Around) -> None:
        """What a name is given; where it is given nothing, its type may hold a text."""
        if node.value is None:
            self.below(node, around)
            return
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            name = name_of(target)
            if name in self._variables and not around.within:
                name = ""  # the text is no more than the name of a variable
            self.named(name, node.value, "assignment", around)

    def condition(self, node: ast.If | ast.While, around: Around) -> None:
        """Statements that a test decides about."""
        self.below(node, around.under(node.test))

    def cases(self, node: ast.Match, around: Around) -> None:
        """Statements that a subject decides about."""
        self.below(node, around.under(node.subject))

    def attempt(self, node: ast.AST, around: Around) -> None:
        """Code that may not be reached, for a reason that is no setting."""
        self.below(node, around.under())

    def in_class(self, node: ast.ClassDef, around: Around) -> None:
        """A class; the values of an enumeration are names of things."""
        if not (node.bases and name_of(node.bases[-1]).endswith("Enum")):
            self.below(node, around.inside(node.name, prefix_of(node)))

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, around: Around) -> None:
        """A function and its defaults."""
        inner = around.inside(node.name)
        self.parameters(node.args, inner)
        self.below(node, inner)

    def small_function(self, node: ast.Lambda, around: Around) -> None:
        """A lambda and its defaults."""
        self.parameters(node.args, around)
        self.below(node, around)

    def named(self, name: str, value: ast.expr, how: How, around: Around) -> None:
        """A value under a name: the text that it is, or what is in it."""
        kind = type(value)
        if kind is ast.Name:
            return
        text = text_of(value)
        if text is not None:
            fields = around.fields
            variable = (fields + name).upper() if fields is not None and name else None
            self.made(name, text, value, "default" if variable else how, variable, around)
        elif way := _NAMED.get(kind):
            way(self, name, value, how, around)
        elif kind is not ast.Constant:
            self.inner(name, value, around)

    def inner(self, name: str, value: ast.expr, around: Around) -> None:
        """What is in a value; the name is then that of something around."""
        self.visit(value, around.inside(name, around.fields) if name else around)

    def named_pair(self, name: str, value: ast.Tuple, _: How, around: Around) -> None:
        """A user and a password side by side: ``auth=("me", "…")``."""
        if len(value.elts) == 2 and words(name)[-1:] == ("auth",):  # noqa: PLR2004 - a pair
            self.named("password", value.elts[1], "argument", around.outside())
        else:
            self.inner(name, value, around)

    def named_choice(self, name: str, value: ast.IfExp, how: How, around: Around) -> None:
        """One of two values."""
        inner = around.under(switched=True)
        self.visit(value.test, inner)
        self.named(name, value.body, how, inner)
        self.named(name, value.orelse, how, inner)

    def named_or(self, name: str, value: ast.BoolOp, how: How, around: Around) -> None:
        """A value and what stands in for it: ``getenv("X") or "…"``."""
        if type(value.op) is not ast.Or:
            self.inner(name, value, around)
            return
        first, *others = value.values
        self.named(name, first, how, around)
        variable = variable_of(first) if isinstance(first, ast.Call) else None
        for other in others:
            self.default(variable or name, other, variable, around)

    def entries(self, node: ast.Dict, around: Around) -> None:
        """The values of a dictionary under their keys."""
        told = [(text_of(key) or "", text_of(value) or "")
                for key, value in zip(node.keys, node.values, strict=True)]  # fmt: skip
        for key, value in zip(node.keys, node.values, strict=True):
            said = text_of(key) or ""
            if type(value) is ast.Name or words(said)[-1:] in _EXAMPLES or said in _SHOWN:
                continue
            if not self.is_name(said, value, told, around):
                self.named(said, value, "entry", around.inside(said))

    def is_name(self, name: str, value: ast.expr, told: Pairs, around: Around) -> bool:
        """Tell whether a text in a table is the name of something, as all in it are."""
        text = text_of(value) or ""
        table = around.within[-1] if around.within else ""
        return (text.isupper() and are_variables(told)) or is_renamed(table, told, name, text)

    def compared(self, node: ast.Compare, around: Around) -> None:
        """A text that something is compared with: ``token == "…"``."""
        if len(node.ops) == 1 and type(node.ops[0]) in {ast.Eq, ast.NotEq}:
            self.sides(node.left, node.comparators[0], around)

    def sides(self, left: ast.expr, right: ast.expr, around: Around) -> None:
        """The two that are compared: each text has the name of the other."""
        left, right = bare(left), bare(right)
        for one, other in ((left, right), (right, left)):
            if text_of(one) is not None:
                self.named(name_of(other), one, "compared", around.outside())

    def default(self, name: str, value: ast.expr, variable: str | None, around: Around) -> None:
        """What stands in for a variable, if that is known."""
        text = text_of(value) if variable else None
        if text is None or not variable:
            self.named(name, value, "argument", around.outside())
        else:
            self.made(name, text, value, "default", variable, around)

    def parameters(self, given: ast.arguments, around: Around) -> None:
        """The defaults of parameters under their names."""
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
        around: Around,
    ) -> None:  # fmt: skip
        """One more text."""
        self.count += 1
        if may_matter(name, variable, text, around.within):
            at = Place(self.path, node.lineno, node.col_offset + 1)
            self.found.append(Literal(name, text, at, how, variable, around.guarded,
                                      around.within, around.switched))  # fmt: skip


_Way = Callable[[Reader, Any, Around], None] | None


class _Ways(dict[type, _Way]):
    """How each kind of node is read; most have parts only, and what is no node has none."""

    def __missing__(self, kind: type) -> _Way:
        way = self[kind] = Reader.below if issubclass(kind, ast.AST) else None
        return way


_WAYS = _Ways(
    {
        **dict.fromkeys((ast.Name, ast.alias, ast.Pass, ast.Break, ast.Continue)),
        ast.Expr: Reader.statement,
        ast.Attribute: Reader.attribute,
        ast.Assign: Reader.assigned,
        ast.AnnAssign: Reader.assigned,
        ast.JoinedStr: Reader.text,
        ast.Constant: Reader.text,
        ast.Call: called,
        ast.Dict: Reader.entries,
        ast.Compare: Reader.compared,
        ast.ClassDef: Reader.in_class,
        ast.FunctionDef: Reader.function,
        ast.AsyncFunctionDef: Reader.function,
        ast.Lambda: Reader.small_function,
        ast.If: Reader.condition,
        ast.While: Reader.condition,
        ast.Match: Reader.cases,
        ast.IfExp: Reader.attempt,
        ast.Try: Reader.attempt,
    }
)
_NAMED: dict[type[ast.AST], Callable[[Reader, str, Any, How, Around], None]] = {
    ast.Call: named_call,
    ast.Compare: lambda reader, _name, value, _how, around: reader.compared(value, around),
    ast.Tuple: Reader.named_pair,
    ast.IfExp: Reader.named_choice,
    ast.BoolOp: Reader.named_or,
}
