"""What names stand for in the code that was run: used, or passed over."""

import ast
from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from readiness.program.interpreter.machine import Machine
from readiness.program.mentions import Mentions, State, mentions_of, spelled_in
from readiness.program.wholes import note_whole
from readiness.program.words import WHOLE
from readiness.project import Unreadable

_DATA = ("*.yaml", "*.yml", "*.toml", "*.json", "*.ini", "*.cfg", "*.conf")


class Use(Struct):
    """Where a name was mentioned: in code that runs, that waits, or that was passed over."""

    live: bool = False
    idle: bool = False
    passed: bool = False

    def add(self, state: State) -> None:
        """Take note of one mention."""
        dead, idle = state
        self.passed = self.passed or dead
        self.live = self.live or not dead
        self.idle = self.idle or (idle and not dead)


class Uses:
    """The mentions of files that were run, and the words of those that were not.

    ``unread`` are the files of the deployment that were not run, where a name may stand too.
    """

    def __init__(self, machine: Machine, read: Iterable[str], unread: Iterable[str]) -> None:
        self._machine = machine
        self._unread = unread
        self._dead = machine.records.passed - machine.records.ran
        self._states: dict[int, list[State]] = {}
        self._files = dict(self._mentions(read))
        self.decorated = set[str]().union(*(one.decorated for one in self._files.values()))
        """The names of what has a decorator anywhere."""

    def _mentions(self, read: Iterable[str]) -> Iterator[tuple[str, Mentions]]:
        for path in read:
            found = self._machine.sources.read_of(path, mentions_of)
            if found is not None:
                yield path, found

    def pass_over(self, code: Iterable[ast.AST]) -> None:
        """Count nothing that stands in this code from now on."""
        self._dead |= set(code)
        self._states.clear()

    def note_wholes(self) -> None:
        """Code that nobody ran may be run with anything: it takes what it wants."""
        for path, one in self._files.items():
            states = self._states_of(one) if one.taken else []
            for region, name in one.taken:
                if states[region] == (False, True):
                    note_whole(self._machine, path, name)

    def of(self, names: set[str]) -> dict[str, Use]:
        """Look for these names, outside of what has the name itself."""
        found = {name: Use() for name in names}
        for one in self._files.values():
            for name in names & one.names.keys():
                states = self._states_of(one)
                for region in one.names[name]:
                    found[name].add(states[region])
        return found

    def _states_of(self, one: Mentions) -> list[State]:
        known = self._states.get(id(one))
        if known is None:
            known = self._states[id(one)] = one.states(self._dead, self._machine.records.called)
        return known

    def any_idle(self, names: set[str]) -> bool:
        """Whether one of these names stands in a function that nobody called."""
        return any(use.idle for use in self.of(names).values())

    @cached_property
    def spellings(self) -> set[tuple[str, str]]:
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

    @cached_property
    def elsewhere(self) -> set[str]:
        """Every word in the files that were not run."""
        return self._machine.sources.words(self._unread)

    @cached_property
    def whole(self) -> set[str]:
        """Every word in those of them that take modules as a whole, such as a command line."""
        taking = frozenset(self._machine.sources.project.mentioning(WHOLE))
        return self._machine.sources.words(one for one in self._unread if one in taking)
