"""Functions that the environment keeps from being called: the other side of a branch has them.

What nothing calls is entered all the same, since a framework may call it. But where the code
itself names a function only in places that this environment passes over, such as
``make_prod() if production else make_dev()``, nobody calls it here.
A text that spells it out (``"jobs:refresh"``) may have it called by a framework, too.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import PurePosixPath

from msgspec import Struct

from readiness.program.interpreter.consulting import Thing, things_in
from readiness.program.interpreter.machine import Machine
from readiness.program.kept_in import KeptIn, kept_in
from readiness.program.mentions import (
    Mentions,
    State,
    is_decorated,
    mentions_of,
    spelled_in,
)
from readiness.program.models.libraries.commands import BY_NAME
from readiness.program.values import OWN, Bound, Class, External, Function
from readiness.program.wholes import note_whole
from readiness.program.words import WHOLE
from readiness.project import Unreadable

ROUNDS = 4
_DATA = ("*.yaml", "*.yml", "*.toml", "*.json", "*.ini", "*.cfg", "*.conf")


class _Named(Struct, frozen=True):
    """A function or class, and the name by which code reaches it."""

    thing: ast.AST | Class
    name: str
    holders: frozenset[str]
    """The names of its module, of its package and of its class."""
    module: str
    decorated: bool = False


class _Use(Struct):
    """What a name stands for in the code that was run: used, or passed over."""

    live: bool = False
    idle: bool = False
    passed: bool = False

    def add(self, state: State) -> None:
        """Take note of one mention."""
        dead, idle = state
        self.passed = self.passed or dead
        self.live = self.live or not dead
        self.idle = self.idle or (idle and not dead)


class PassedOver:
    """What the names of some functions stand for in the code that was run.

    ``unread`` are the files of the deployment that were not run, where they may stand too.
    """

    def __init__(
        self, machine: Machine, unread: Iterable[str], waiting: Sequence[Function]
    ) -> None:
        self._machine = machine
        self._unread = unread
        self._records = machine.records
        self._dead = machine.records.passed - machine.records.ran
        self._states: dict[int, list[State]] = {}
        self._given = {id(one.function if isinstance(one, Bound) else one)
                       for one in machine.records.callbacks}  # fmt: skip
        self._files = dict(self._mentions() if waiting else ())
        self._decorated = set[str]().union(*(one.decorated for one in self._files.values()))
        owners = [one.owner.name for one in waiting if one.owner is not None]
        self._names = {*(one.name for one in waiting), *owners}
        self._waiting = waiting
        self._note_wholes()
        self._skipped = self._settle()

    def _settle(self) -> set[int]:
        """What is named only in what nobody calls is not called either: look until no more is."""
        found: set[int] = set()
        self._dead |= {one for one in self._records.unpicked
                       if isinstance(one, ast.Lambda) and self._is_left_lambda(one)}  # fmt: skip
        for _ in range(ROUNDS):
            self._states.clear()
            self._uses = self._used(self._names)
            new = {id(one) for one in self._waiting if self._is_passed_over(one)}
            if new <= found:
                break
            found |= new
            self._dead |= {one.node for one in self._waiting if id(one) in new}
        return found

    def skips(self, function: Function) -> bool:
        """Whether nothing calls one of the functions in this environment."""
        return id(function) in self._skipped

    def is_asked_for(self, function: Function) -> bool:
        """Whether the code that was run, or may be, names a function: then that calls it."""
        return self._uses[function.name].live

    def _mentions(self) -> Iterator[tuple[str, Mentions]]:
        sources = self._machine.sources
        for path in self._machine.evaluated:
            found = sources.read_of(path, mentions_of)
            if found is not None:
                yield path, found

    def _note_wholes(self) -> None:
        """Code that nobody ran may be run with anything: it takes what it wants."""
        for path, one in self._files.items():
            states = self._states_of(one) if one.taken else []
            for region, name in one.taken:
                if states[region] == (False, True):
                    note_whole(self._machine, path, name)

    def _used(self, names: set[str]) -> dict[str, _Use]:
        """Look for these names, outside of what has the name itself."""
        found = {name: _Use() for name in names}
        for one in self._files.values():
            for name in names & one.names.keys():
                states = self._states_of(one)
                for region in one.names[name]:
                    found[name].add(states[region])
        return found

    def _states_of(self, one: Mentions) -> list[State]:
        known = self._states.get(id(one))
        if known is None:
            known = self._states[id(one)] = one.states(self._dead, self._records.called)
        return known

    def _is_passed_over(self, function: Function) -> bool:
        if id(function) in self._given or self._machine.library.is_command(function):
            return False
        if _is_found_by_name(function):
            return False
        owner, holders = function.owner, _holders(function.path)
        module = _module(function.path)
        decorated = is_decorated(function.node)
        if owner is None:
            return self._skips(_Named(function.node, function.name, holders, module, decorated))
        shown = owner.name in self._decorated
        method = _Named(function.node, function.name, holders | {owner.name}, module,
                        decorated or shown or self._is_framework(owner))  # fmt: skip
        return self._skips(method) or self._skips(
            _Named(owner, owner.name, holders, module, shown))  # fmt: skip

    def _is_framework(self, owner: Class) -> bool:
        """Whether a class has a base of which nothing is known: it may call any method."""
        library = self._machine.library
        bases = (one for one in owner.order if not isinstance(one, Class))
        return any(not isinstance(one, External) or (
                   library.canonical(one.name) not in library.classes
                   and one.name.partition(".")[0] not in OWN) for one in bases)  # fmt: skip

    def _skips(self, named: _Named) -> bool:
        unpicked, use = named.thing in self._records.unpicked, self._uses[named.name]
        if named.thing in self._records.unsure or not (unpicked or use.passed):
            return False
        if unpicked and (use.idle or named.thing in self._told or not self._is_left(named.thing)):
            return False
        if not unpicked and (use.live or named.decorated):
            return False
        if any((holder, named.name) in self._spellings for holder in named.holders):
            return False
        return named.name not in self._elsewhere and named.module not in self._whole

    @cached_property
    def _spellings(self) -> set[tuple[str, str]]:
        """Each ``module:name`` and ``module.name`` in texts of the code and in files of data."""
        found, project = set[tuple[str, str]](), self._machine.sources.project
        for one in self._files.values():
            states = self._states_of(one) if one.spelled else []
            found.update(pair for region, pair in one.spelled if not states[region][0])
        for path in project.files(*_DATA):
            try:
                found.update(spelled_in(project.text(path)))
            except (Unreadable, UnicodeDecodeError):
                continue
        return found

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
        return not self._any_idle(kept.names | called)

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
        own = (one.node for one in cls.slots.values.values() if isinstance(one, Function)
               and not one.name.startswith("__"))  # fmt: skip
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

    def _any_idle(self, names: set[str]) -> bool:
        return any(use.idle for use in self._used(names).values())

    @cached_property
    def _elsewhere(self) -> set[str]:
        """Every word in the files that were not run."""
        return self._machine.sources.words(self._unread)

    @cached_property
    def _whole(self) -> set[str]:
        """Every word in those of them that take modules as a whole, such as a command line."""
        taking = frozenset(self._machine.sources.project.mentioning(WHOLE))
        return self._machine.sources.words(one for one in self._unread if one in taking)


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
