"""Functions that the environment keeps from being called: the other side of a branch has them.

What nothing calls is entered all the same, since a framework may call it. But where the code
itself names a function only in places that this environment passes over, such as
``make_prod() if production else make_dev()``, nobody calls it here.
A text that spells it out (``"jobs:refresh"``) may have it called by a framework, too.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath

from readiness.program.interpreter.machine import Machine
from readiness.program.mentions import (
    UNKNOWN,
    Mentions,
    State,
    is_decorated,
    mentions_of,
    spelled_in,
)
from readiness.program.values import OWN, Bound, Class, External, Function
from readiness.program.wholes import note_whole
from readiness.program.words import WHOLE
from readiness.project import Unreadable

_DATA = ("*.yaml", "*.yml", "*.toml", "*.json", "*.ini", "*.cfg", "*.conf")


@dataclass(frozen=True, slots=True)
class _Named:
    """A function or class, and the name by which code reaches it."""

    thing: ast.AST | Class
    name: str
    holders: frozenset[str]
    """The names of its module, of its package and of its class."""
    module: str
    decorated: bool = False


@dataclass(slots=True)
class _Use:
    """What a name stands for in the code that was run: used, listed, or passed over."""

    live: int = 0
    listed: int = 0
    holders: set[str] = field(default_factory=set)
    idle: bool = False
    passed: bool = False

    def add(self, state: State, holder: str = "") -> None:
        """Count one mention, in the dictionary of this name if in any."""
        dead, idle = state
        if dead:
            self.passed = True
            return
        self.live += 1
        self.idle = self.idle or idle
        if holder:
            self.listed += 1
            self.holders.add(UNKNOWN if idle else holder)


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
        self._files = dict(self._mentions() if self._dead or machine.records.unpicked else ())
        self._decorated = set[str]().union(*(one.decorated for one in self._files.values()))
        self._note_wholes()
        owners = [one.owner.name for one in waiting if one.owner is not None]
        self._uses = self._used({*(one.name for one in waiting), *owners})

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
        """Count the mentions of these names, outside of what has the name itself."""
        found = {name: _Use() for name in names}
        for one in self._files.values():
            for name in names & one.names.keys():
                for region in one.names[name]:
                    found[name].add(self._states_of(one)[region])
            for name in names & one.listed.keys():
                for region, holder in one.listed[name]:
                    found[name].add(self._states_of(one)[region], holder)
        return found

    def _states_of(self, one: Mentions) -> list[State]:
        known = self._states.get(id(one))
        if known is None:
            known = self._states[id(one)] = one.states(self._dead, self._records.called)
        return known

    def skips(self, function: Function) -> bool:
        """Whether nothing calls one of the functions in this environment."""
        if id(function) in self._given:
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
        if unpicked and not self._is_picked_here(use):
            return False
        allowed = use.listed if unpicked else 0
        if use.live > allowed or (named.decorated and not unpicked):
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

    def _is_picked_here(self, use: _Use) -> bool:
        """Whether only code that was run takes anything from the dictionaries with a name."""
        return bool(use.holders) and UNKNOWN not in use.holders and not self._any_idle(use.holders)

    def _any_idle(self, names: set[str]) -> bool:
        renamed = chain.from_iterable(one.renamed.values() for one in self._files.values())
        return (any(not names.isdisjoint(one) for one in renamed)
                or any(use.idle for use in self._used(names).values()))  # fmt: skip

    @cached_property
    def _elsewhere(self) -> set[str]:
        """Every word in the files that were not run."""
        return self._machine.sources.words(self._unread)

    @cached_property
    def _whole(self) -> set[str]:
        """Every word in those of them that take modules as a whole, such as a command line."""
        taking = frozenset(self._machine.sources.project.mentioning(WHOLE))
        return self._machine.sources.words(one for one in self._unread if one in taking)


def _holders(path: str) -> frozenset[str]:
    """The names of a module and of its package."""
    pure = PurePosixPath(path)
    return frozenset({pure.stem, pure.parent.name})


def _module(path: str) -> str:
    """The word by which a module is imported."""
    pure = PurePosixPath(path)
    return pure.parent.name if pure.stem == "__init__" else pure.stem
