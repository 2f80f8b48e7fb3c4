"""Functions that the environment keeps from being called: the other side of a branch has them.

What nothing calls is entered all the same, since a framework may call it. But where the code
itself names a function only in places that this environment passes over, such as
``make_prod() if production else make_dev()``, nobody calls it here.
A text that spells it out (``"jobs:refresh"``) may have it called by a framework, too.
"""

import ast
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import PurePosixPath

from msgspec import Struct

from readiness.program.interpreter.consulting import Thing, things_in, wrapped_by
from readiness.program.interpreter.machine import Machine
from readiness.program.kept_in import KeptIn, kept_in
from readiness.program.mentions import is_decorated
from readiness.program.models.libraries.commands import BY_NAME
from readiness.program.receivers import is_framework
from readiness.program.uses import Uses
from readiness.program.values import Bound, Class, Function

ROUNDS = 4
_MAKERS = frozenset({"__init__", "__new__"})
"""Methods that are called by the name of their class."""


class _Named(Struct, frozen=True):
    """A function or class, and the name by which code reaches it."""

    thing: ast.AST | Class
    name: str
    holders: frozenset[str]
    """The names of its module, of its package and of its class."""
    module: str
    decorated: bool = False


class PassedOver:
    """Which of the functions that wait for a call are not called in this environment.

    ``unread`` are the files of the deployment that were not run, which may call them too,
    ``others`` those that only processes of other programs load, whose calls are theirs.
    """

    def __init__(
        self, machine: Machine, unread: Iterable[str], waiting: Sequence[Function],
        others: Iterable[str],
    ) -> None:  # fmt: skip
        self._machine = machine
        self._records = machine.records
        self._waiting = waiting
        self._given = {id(one.function if isinstance(one, Bound) else one)
                       for one in machine.records.callbacks}  # fmt: skip
        self._uses = Uses(machine, machine.evaluated if waiting else (), unread)
        self._uses.note_wholes()
        self._others = machine.sources.words(others) if waiting else set()
        self._skipped = self._settle()

    def _settle(self) -> set[int]:
        """What is named only in what nobody calls is not called either: look until no more is."""
        found: set[int] = set()
        owners = [one.owner.name for one in self._waiting if one.owner is not None]
        names = {*(one.name for one in self._waiting), *owners}
        lambdas = [one for one in self._records.unpicked if isinstance(one, ast.Lambda)]
        self._uses.pass_over([one for one in lambdas if self._is_left_lambda(one)])
        for _ in range(ROUNDS):
            self._use_of = self._uses.of(names)
            new = {id(one) for one in self._waiting if self._is_passed_over(one)}
            if new <= found:
                break
            found |= new
            self._uses.pass_over(one.node for one in self._waiting if id(one) in new)
        return found

    def skips(self, function: Function) -> bool:
        """Whether nothing calls one of the functions in this environment."""
        return id(function) in self._skipped

    def is_asked_for(self, function: Function) -> bool:
        """Whether the code that was run, or may be, names a function: then that calls it."""
        owner = function.owner
        made = owner.name if owner is not None and function.name in _MAKERS else function.name
        return self._use_of[made].live

    def is_made(self, function: Function) -> bool:
        """Whether it makes an object of a class that the code names, which then makes it."""
        return function.name in _MAKERS and self.is_asked_for(function)

    def _is_passed_over(self, function: Function) -> bool:
        if id(function) in self._given or self._machine.library.is_command(function):
            return False
        if _is_found_by_name(function):
            return False
        owner, holders = function.owner, _holders(function.path)
        module = _module(function.path)
        decorated = is_decorated(function.node) and not self._is_only_wrapped(function)
        if owner is None:
            return self._skips(_Named(function.node, function.name, holders, module, decorated))
        shown = owner.name in self._uses.decorated
        method = _Named(function.node, function.name, holders | {owner.name}, module,
                        decorated or shown
                        or is_framework(self._machine.library, owner))  # fmt: skip
        return self._skips(method) or self._skips(
            _Named(owner, owner.name, holders, module, shown))  # fmt: skip

    def _is_only_wrapped(self, function: Function) -> bool:
        """Whether decorators of the code itself gave a function to nobody but to its name."""
        module, node = self._machine.by_path.get(function.path), function.node
        is_kept = node in self._kept and self._kept[node].holders
        if module is None or is_kept or node in self._told | self._wrapped_for_others:
            return False
        called = (one.func if isinstance(one, ast.Call) else one
                  for one in getattr(node, "decorator_list", ()))  # fmt: skip
        names = [one.id if isinstance(one, ast.Name) else "" for one in called]
        return all(isinstance(module.slots.values.get(one), Function) for one in names)

    @cached_property
    def _wrapped_for_others(self) -> set[Thing]:
        """What others were given to call, whatever decorators made of it."""
        return {thing for one in self._machine.records.callbacks for thing, _ in things_in(one)}

    def _skips(self, named: _Named) -> bool:
        """Whether nothing that runs, or may run, comes to it by its name."""
        unpicked, use = named.thing in self._records.unpicked, self._use_of[named.name]
        passed = use.passed or named.name in self._others
        if named.thing in self._records.unsure or not (unpicked or passed):
            return False
        if unpicked and (use.idle or named.thing in self._told or not self._is_left(named.thing)):
            return False
        if not unpicked and (use.live or named.decorated):
            return False
        if any((holder, named.name) in self._uses.spellings for holder in named.holders):
            return False
        return named.name not in self._uses.elsewhere and named.module not in self._uses.whole

    def _is_left(self, thing: Thing) -> bool:
        """Whether only code that was run chooses from what holds a function or class."""
        if isinstance(thing, Class) and not self._is_unused(thing):
            return False
        below = thing.traits.get("subclasses", ()) if isinstance(thing, Class) else ()
        if any(one not in self._records.unpicked or not self._is_left(one) for one in below):
            return False
        kept = self._kept.get(thing) or KeptIn()
        if any(holder not in self._records.consulted for holder in kept.holders):
            return False
        askers = self._records.askers.get(thing, set())
        if not self._records.told.get(thing, set()).isdisjoint(self._handed):
            return False
        called = {name for one in askers for name in self._names_of(one, whole=not kept.holders)}
        return not self._uses.any_idle(kept.every_name | called)

    @cached_property
    def _handed(self) -> set[ast.AST]:
        """The functions that others were given, to call them with arguments of their own.

        What is decorated and that the code calls itself is traced or tried again, as a rule.
        """
        given = (one.function if isinstance(one, Bound) else one
                 for one in self._records.callbacks)  # fmt: skip
        return {one.node for one in given
                if isinstance(one, Function) and not is_decorated(one.node)}  # fmt: skip

    def _names_of(self, asker: ast.AST, *, whole: bool) -> set[str]:
        """By which names a function is called; a method's own only where ``whole`` says so."""
        own, is_method, others = self._functions.get(asker, ("", False, set()))
        return others | ({own} if whole or not is_method else set())

    def _is_left_lambda(self, thing: ast.Lambda) -> bool:
        if thing in self._records.called:
            return False
        return thing not in self._records.unsure | self._told and self._is_left(thing)

    def _is_unused(self, cls: Class) -> bool:
        methods = (one for one in cls.slots.values.values() if isinstance(one, Function)
                   and not one.name.startswith("__"))  # fmt: skip
        own = {inner.node for one in methods for inner in list(wrapped_by(one)) or [one]}
        given = cls in self._records.given or id(cls) in self._given
        return not given and self._records.called.isdisjoint(own)

    @cached_property
    def _kept(self) -> dict[Thing, KeptIn]:
        return kept_in(self._machine)

    @cached_property
    def _functions(self) -> dict[ast.AST, tuple[str, bool, set[str]]]:
        """Of each function its name, whether it is a method, and the names that it has besides."""
        found: dict[ast.AST, tuple[str, bool, set[str]]] = {
                 one.node: (one.name, one.owner is not None, set[str]())
                 for one in self._records.functions if isinstance(one, Function)}  # fmt: skip
        for module in self._machine.by_path.values():
            for name, value in module.slots.values.items():
                if isinstance(value, Function) and value.node in found:
                    found[value.node][2].add(str(name))
        return found

    @cached_property
    def _told(self) -> set[Thing]:
        """What the objects of libraries were given that the answers are made from."""
        return {thing for event in self._records.events for value in event.arguments.values()
                for thing, _ in things_in(value)}  # fmt: skip


def _is_found_by_name(function: Function) -> bool:
    """Whether a tool calls whatever begins like this in a file of that name."""
    beginning = BY_NAME.get(PurePosixPath(function.path).name)
    return beginning is not None and function.name.startswith(beginning)


def _holders(path: str) -> frozenset[str]:
    """The names of a module and of its package."""
    pure = PurePosixPath(path)
    return frozenset({pure.stem, pure.parent.name})


def _module(path: str) -> str:
    """The word by which a module is imported."""
    pure = PurePosixPath(path)
    return pure.parent.name if pure.stem == "__init__" else pure.stem
