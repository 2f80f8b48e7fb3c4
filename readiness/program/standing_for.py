"""What the local names of a function may stand for: what is made there, or what others have."""

import ast
from collections.abc import Iterable, Iterator

from msgspec import Struct

_FRESH = frozenset({
    "dict", "list", "set", "tuple", "frozenset", "deque", "defaultdict", "Counter", "OrderedDict",
    "bytearray", "str", "int", "float", "len",
})  # fmt: skip
_OWN = frozenset({"self", "cls"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_LOOPS = (ast.For, ast.AsyncFor, ast.comprehension)
Bindings = Iterator[tuple[str, frozenset[str]]]


class Meanings(Struct, frozen=True):
    """For each local name the names that it may stand for; none for what is made there."""

    local: dict[str, set[str]]

    @classmethod
    def of(cls, node: ast.AST, every: Iterable[ast.AST], outside: set[str]) -> "Meanings":
        """Read them from the parts of a function; names of ``outside`` are not local."""
        local: dict[str, set[str]] = {}
        for one in every:
            for name, meant in _bound_by(one):
                if name not in outside:
                    local.setdefault(name, set()).update(meant)
        if getattr(node, "name", "") == "__init__":
            local |= {name: set() for name in _OWN}
        return cls(local)

    def lasts(self, held: ast.expr) -> bool:
        """Whether what an expression gives may be there after the function has returned."""
        return bool(self._resolved(_names(held)))

    def ends(self, held: ast.expr) -> set[str]:
        """The names by which others may reach what an expression gives."""
        return self._resolved(_names(held)) and self._resolved(_names(held, last=True))

    def _resolved(self, names: frozenset[str]) -> set[str]:
        found: set[str] = set()
        pending, seen = [*names], {*names}
        for name in pending:
            meant = self.local.get(name)
            if meant is None or name in meant:
                found.add(name)
            new = (meant or set()) - seen
            seen |= new
            pending += new
        return found


def _bound_by(one: ast.AST) -> Bindings:
    match one:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from _targets(target, _names(value))
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            yield from _targets(target, _names(value))
        case ast.NamedExpr(target=target, value=value):
            yield from _targets(target, _names(value))
        case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
            yield from _targets(target, _names(value))
        case _ if isinstance(one, _LOOPS):
            yield from _targets(one.target, _names(one.iter))
        case _ if isinstance(one, _FUNCTIONS):
            yield from _parameters(one.args)


def _targets(target: ast.expr, meant: frozenset[str]) -> Bindings:
    match target:
        case ast.Name(id=name):
            yield name, meant
        case ast.Tuple(elts=several) | ast.List(elts=several):
            for one in several:
                yield from _targets(one, meant)
        case ast.Starred(value=inner):
            yield from _targets(inner, meant)


def _parameters(given: ast.arguments) -> Bindings:
    """Whoever calls a function may have what it is given; so has who wrote its defaults."""
    several = [*given.posonlyargs, *given.args]
    defaults = dict(zip(reversed(several), reversed(given.defaults), strict=False))
    defaults |= {one: value for one, value in zip(given.kwonlyargs, given.kw_defaults, strict=True)
                 if value is not None}  # fmt: skip
    for one in (*several, *given.kwonlyargs):
        said = [defaults[one]] if one in defaults else []
        said += [one.annotation] if isinstance(one.annotation, ast.Subscript) else []
        names = {word.id for value in said for word in ast.walk(value)
                 if isinstance(word, ast.Name)}  # fmt: skip
        yield one.arg, frozenset({one.arg, *names})


def _names(value: ast.expr, *, last: bool = False) -> frozenset[str]:
    """The names that lead to a value; ``last`` are those of the object itself, as `a.b` has b."""
    found: set[str] = set()
    pending = [value]
    for one in pending:
        match one:
            case ast.Name(id=name):
                found.add(name)
            case ast.Attribute(attr=name) if last:
                found.add(name)
            case ast.Call(func=ast.Name(id=name)) if name in _FRESH:
                pass
            case _:
                pending += _given_on(one)
    return frozenset(found)


def _given_on(value: ast.expr) -> list[ast.expr]:
    """The parts that a value may be, or may hold, as far as that tells who else has it."""
    match value:
        case (
            ast.Attribute(value=inner) | ast.Subscript(value=inner) | ast.Starred(value=inner)
            | ast.Await(value=inner) | ast.NamedExpr(value=inner)
        ):  # fmt: skip
            return [inner]
        case ast.Call(func=func, args=arguments):
            return [func, *arguments]
        case ast.IfExp(body=one, orelse=other):
            return [one, other]
        case ast.BoolOp(values=several) | ast.Tuple(elts=several) | ast.List(elts=several):
            return several
    return []
