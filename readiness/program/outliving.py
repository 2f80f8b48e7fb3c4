"""What a function sets that others find after it has returned, read from its code alone."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from readiness.program.nodes import Definition, walk
from readiness.program.standing_for import Meanings

ANY = "*"
"""A name that only who runs the code can tell."""
_CHANGING = frozenset({
    "update", "setdefault", "append", "appendleft", "insert", "pop", "popleft", "popitem",
    "clear", "remove", "discard", "add", "extend", "extendleft", "sort", "reverse", "rotate",
    "move_to_end", "set", "setattr", "__setattr__", "delattr", "__delattr__", "setitem",
    "__setitem__", "__delitem__", "__ior__", "__iadd__",
})  # fmt: skip
_NAMED = frozenset({"setattr", "delattr", "__setattr__", "__delattr__"})
"""Functions that are told by a text what they set."""
_NAMESPACES = frozenset({"globals", "locals", "vars", "__dict__"})
_VARIABLES = frozenset({"environ", "environb", "putenv", "unsetenv"})
READS = frozenset({"environ", "getenv"})
"""Names by which code reads the variables of the process."""
Known = Mapping[str, Iterable[ast.AST]]


class Setters:
    """The functions that set one of the names ``asked``, or call what does.

    ``known`` are the functions that a name may lead to. None is looked at more than once.
    """

    def __init__(self, known: Known, asked: frozenset[str]) -> None:
        self._known = known
        self._asked = asked
        self._others: set[ast.AST] = set()

    def has(self, node: ast.AST) -> bool:
        """Whether a function is one of them."""
        pending, seen = [node], {node}
        for one in pending:
            if one in self._others:
                continue
            sets, calls = _of(one)
            if ANY in sets or not sets.isdisjoint(self._asked):
                return True
            new = [other for name in calls for other in self._known.get(name, ())
                   if other not in seen]  # fmt: skip
            seen.update(new)
            pending += new
        self._others |= seen
        return False


def mentioned(nodes: Iterable[ast.AST], known: Known) -> frozenset[str]:
    """The names that functions read, or that what they name does."""
    found: set[str] = set()
    pending = [*nodes]
    seen = set(pending)
    for one in pending:
        new = _of(one)[1] - found
        found |= new
        more = [other for name in new for other in known.get(name, ()) if other not in seen]
        seen.update(more)
        pending += more
    return frozenset(found)


@lru_cache(maxsize=8192)
def _of(node: ast.AST) -> tuple[frozenset[str], frozenset[str]]:
    """What one function sets by itself, and the names of what it calls or hands on."""
    every = [one for one in walk(node) if type(one) in _TELLING]
    outside = {name for one in every if isinstance(one, ast.Global | ast.Nonlocal)
               for name in one.names}  # fmt: skip
    meanings = Meanings.of(node, every, outside)
    sets = {name for one in every for name in _set_by(one, outside, meanings)}
    said = {name for one in every for name in _said(one)}
    return frozenset(sets), frozenset(said)


_TELLING = frozenset({
    ast.Global, ast.Nonlocal, ast.Name, ast.arg, ast.FunctionDef, ast.AsyncFunctionDef,
    ast.ClassDef, ast.alias, ast.Attribute, ast.Subscript, ast.Call, ast.Assign, ast.AnnAssign,
    ast.AugAssign, ast.NamedExpr, ast.For, ast.AsyncFor, ast.withitem, ast.comprehension,
})  # fmt: skip
"""The code that tells what a function sets, or what it calls."""


def _set_by(one: ast.AST, outside: set[str], meanings: Meanings) -> Iterator[str]:
    match one:
        case ast.Name(id=name, ctx=ast.Store()) if name in outside:
            yield name
        case (
            ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name)
        ):
            yield from (name,) if name in outside else ()
        case ast.alias(name=name, asname=asname) if (asname or name) in outside:
            yield asname or name
        case ast.AugAssign(target=ast.Name() as held):
            yield from meanings.ends(held)
        case ast.Attribute(value=held, attr=name) if not isinstance(one.ctx, ast.Load):
            yield from (name,) if meanings.lasts(held) else ()
        case ast.Subscript(value=held, slice=key) if not isinstance(one.ctx, ast.Load):
            yield from _item(held, [key], meanings)
        case ast.Call():
            yield from _by_call(one, meanings)


def _by_call(call: ast.Call, meanings: Meanings) -> Iterator[str]:
    """What a call changes: the object of its method, or the first of its arguments."""
    match call.func:
        case ast.Name(id="exec"):
            yield ANY
        case ast.Call(func=ast.Name(id="getattr"), args=[_, ast.Constant(), *_]):
            return
        case ast.Call(func=ast.Name(id="getattr")):
            yield ANY
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in _VARIABLES:
            yield from READS
        case ast.Attribute(value=held, attr=name) if name in _CHANGING:
            told: list[ast.expr | ast.keyword] = [*call.args[:2], *call.keywords]
            yield from _told(call.args, held, meanings) if name in _NAMED else ()
            yield from _item(held, told, meanings)
            yield from _item(call.args[0], call.args[1:], meanings) if call.args else ()
        case ast.Name(id=name) if name in _CHANGING and call.args:
            yield from _told(call.args, call.args[0], meanings) if name in _NAMED else ()
            yield from _item(call.args[0], call.args[1:], meanings)


def _told(arguments: list[ast.expr], held: ast.expr, meanings: Meanings) -> Iterator[str]:
    """The name that ``setattr`` is told, or a method of that name, bound or not."""
    first = arguments[0] if arguments else None
    is_bound = isinstance(first, ast.Constant)
    if meanings.lasts(held if is_bound or first is None else first):
        told = first if is_bound else next(iter(arguments[1:]), None)
        yield str(told.value) if isinstance(told, ast.Constant) else ANY


def _item(
    held: ast.expr, told: Iterable[ast.expr | ast.keyword], meanings: Meanings
) -> Iterator[str]:
    """A container that is changed; of names, which of them; of variables, who reads them."""
    ends = meanings.ends(held)
    yield from ends
    if not _VARIABLES.isdisjoint(ends):
        yield from READS
    if not _NAMESPACES.isdisjoint(ends):
        yield from _names_told(told)


def _names_told(told: Iterable[ast.expr | ast.keyword]) -> Iterator[str]:
    for one in told:
        match one:
            case ast.Constant(value=str() as name) | ast.keyword(arg=str() as name):
                yield name
            case ast.Dict(keys=keys):
                yield from (str(key.value) if isinstance(key, ast.Constant) else ANY
                            for key in keys)  # fmt: skip
            case _:
                yield ANY


def _said(one: ast.AST) -> Iterator[str]:
    """Names that lead to functions: loaded, an attribute, or a text that asks for one."""
    match one:
        case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name, ctx=ast.Load()):
            yield name
        case ast.Call(
            func=ast.Name(id="getattr"), args=[_, ast.Constant(value=str() as name), *_]
        ):
            yield name


def definitions(nodes: Iterable[ast.AST]) -> dict[str, list[ast.AST]]:
    """Functions by their names."""
    found: dict[str, list[ast.AST]] = {}
    for node in nodes:
        if isinstance(node, Definition):
            found.setdefault(node.name, []).append(node)
    return found
