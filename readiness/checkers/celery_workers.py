"""How many processes a worker of celery has where its configuration says it."""

import ast
from collections.abc import Iterator

from readiness import Place, Program, Project
from readiness.checkers.scope import is_code
from readiness.checkers.trees import tree_of

_NAMES = ("worker_concurrency", "CELERY_WORKER_CONCURRENCY", "CELERYD_CONCURRENCY")
_POOLS = ("worker_pool", "CELERY_WORKER_POOL", "CELERYD_POOL")
_WORDS = tuple(name.encode() for name in (*_NAMES, *_POOLS))
# What stands in these is perhaps not run, or has names of its own.
_OPEN = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.If, ast.Try, ast.For,
         ast.While, ast.Match, ast.IfExp)  # fmt: skip


def configured(program: Program, project: Project) -> tuple[int | None, Place] | None:
    """The number that the code sets, None in it where that is not known; None where it is not."""
    found: list[tuple[int | None, Place]] = []
    for path in project.matching(b"|".join(_WORDS), _WORDS, is_code):
        tree = tree_of(project, path)
        for node, inside in _set(tree, inside=False) if tree else ():
            value = None if inside else _number(program, path, node)
            found.append((value, Place(path, node.lineno)))
    if len(found) > 1:
        return None, found[-1][1]
    return found[0] if found else None


def _number(program: Program, path: str, node: ast.expr) -> int | None:
    if isinstance(node, ast.Constant):
        value: object = node.value
    else:
        value = program.plain(program.expression(path, node))
    return value if type(value) is int and value > 0 else None


def _set(node: ast.AST, *, inside: bool) -> Iterator[tuple[ast.expr, bool]]:
    """What is given to one of the names: as a variable, an attribute, an argument, a key."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Assign(targets=[target], value=value) if _name(target) in _ALL:
                yield value, inside
            case ast.Call(keywords=keywords):
                yield from ((one.value, inside) for one in keywords if one.arg in _ALL)
            case ast.Dict(keys=keys, values=values):
                for key, value in zip(keys, values, strict=True):
                    if isinstance(key, ast.Constant) and key.value in _ALL:
                        yield value, inside
        yield from _set(child, inside=inside or isinstance(child, _OPEN))


_ALL = frozenset((*_NAMES, *_POOLS))


def _name(target: ast.expr) -> str:
    return getattr(target, "attr", "") or getattr(target, "id", "")
