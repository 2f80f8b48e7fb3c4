"""When a framework calls what nothing in the code calls, told by how it was given to it.

What counts is the framework's own word for it: that of a decorator or a call, of an argument, of
a method that a class of its own has, of an attribute where it looks for it. A function's name
that the code chose tells nothing.
"""

import ast
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Literal

from readiness.program.interpreter.machine import Machine
from readiness.program.moments import ROUTES, is_decorated
from readiness.program.receivers import is_framework
from readiness.program.values import Class, External, Function

Occasion = Literal["start", "end", "request", "command", "any"]
Words = frozenset[str]

_MAKING = frozenset({"__init__", "__new__", "__post_init__", "__enter__", "__aenter__",
                     "__set_name__", "__init_subclass__"})  # fmt: skip
_LEAVING = frozenset({"__exit__", "__aexit__", "__del__"})
_COMMAND = frozenset({"cli", "command"})
"""Flask's ``@app.cli.command()``; a ``command`` of a chat is none of the command line."""
_BY_NAME = frozenset({"gunicorn.conf.py", "gunicorn_conf.py", "gunicorn_config.py"})
"""Files in which a server looks for functions of certain names."""
_TOLD = 2
"""How many of the last parts of a dotted name tell what is called: ``worker_init.connect``."""


class Occasions:
    """On which occasion each function is called by what it was given to."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        library = machine.library
        self._starts, self._ends, self._routes = library.starts, library.ends, library.routes
        self._held = dict(_held_by_classes(machine))
        self._found: dict[ast.AST, Occasion] = {}

    def of(self, function: Function) -> Occasion:
        """When a function runs: at any time where nothing tells."""
        found = self._found.get(function.node)
        if found is None:
            found = self._found[function.node] = self._told(function)
        return found

    def _told(self, function: Function) -> Occasion:
        decorators = [*_decorators(function, self.machine.library.moments)]
        given = self.machine.records.offered.get(function.node, [])
        if is_decorated(function.node, ROUTES) or _any(given, self._routes):
            return "request"
        if self._is_command(function, decorators):
            return "command"
        named = [*decorators, *self._by_name(function)]
        if function.name in _MAKING or self._all(given, named, self._starts):
            return "start"
        if function.name in _LEAVING or self._all(given, named, self._ends):
            return "end"
        return "any"

    def _is_command(self, function: Function, decorators: list[Words]) -> bool:
        """Whether a function runs in a process of its own, which somebody starts."""
        library, owner = self.machine.library, function.owner
        bases = owner.order if owner is not None else ()
        names = {one.name.rpartition(".")[2] for one in bases if isinstance(one, External)}
        shown = any(one >= _COMMAND for one in decorators)
        return library.is_command(function) or shown or not names.isdisjoint(library.commands)

    def _all(self, given: Iterable[Words], named: Iterable[Words], wanted: Words) -> bool:
        """Whether it is called then, and nobody else was given it who may call it at any time."""
        settled = self._starts | self._ends
        others = [one for one in given if one.isdisjoint(settled)]
        return not others and (_any(given, wanted) or _any(named, wanted))

    def _by_name(self, function: Function) -> Iterator[Words]:
        """The names by which a framework finds a function in a class or a file."""
        if function.node in self._held:
            yield self._held[function.node]
        owner, file = function.owner, PurePosixPath(function.path).name
        if file in _BY_NAME or (owner is not None and is_framework(self.machine.library, owner)):
            yield frozenset({function.name})


def _any(several: Iterable[Words], wanted: Words) -> bool:
    return any(not one.isdisjoint(wanted) for one in several)


def _held_by_classes(machine: Machine) -> Iterator[tuple[ast.AST, Words]]:
    """Functions that stand in a class under a name which is not theirs: ``on_startup = begin``."""
    for module in machine.by_path.values():
        for cls in module.slots.values.values() if not module.stands_in else ():
            for name, one in cls.slots.values.items() if isinstance(cls, Class) else ():
                if isinstance(one, Function) and one.owner is not cls:
                    yield one.node, frozenset({str(name)})


def _decorators(function: Function, moments: Words) -> Iterator[Words]:
    """The words of each decorator; of one for events also which, or the function's name."""
    for one in getattr(function.node, "decorator_list", ()):
        call = one if isinstance(one, ast.Call) else None
        words = [*_dotted(call.func if call else one)][-_TOLD:]
        if call is not None and words[-1:] and words[-1] in moments:
            told = [*call.args, *(keyword.value for keyword in call.keywords)]
            words += [word for node in told for word in _said(node)]
        words += [function.name] if words[-1:] == ["event"] else []
        yield frozenset({*words, *(word.lower() for word in words)})


def _dotted(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Attribute):
        yield from _dotted(node.value)
    yield str(getattr(node, "attr", getattr(node, "id", "")))


def _said(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Attribute):
        yield node.attr
