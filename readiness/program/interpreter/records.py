"""What the program did, as the answers are made from it."""

import ast
from collections.abc import Callable, Hashable, Mapping

from msgspec import Struct, field

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program.provenance import Chosen, Level
from readiness.program.values import (
    Class,
    Condition,
    Dict,
    External,
    Function,
    Host,
    Instance,
    List,
    Module,
    Slots,
    Tuple,
    Unknown,
    Value,
)

MOST_CHOSEN = 64


class Event(Struct, frozen=True):
    """Something of a library that the program built or called."""

    name: str
    arguments: dict[str, Value]
    at: Place
    path: tuple[tuple[Condition, bool], ...]
    trace: Trace
    instance: Instance | None = None
    process: Mapping[Hashable, Value] = field(default_factory=dict)
    """The variables of the process at that moment."""
    levels: tuple[Level, ...] = ()
    repeated: bool = False
    """Whether it stands for an unknown number of its kind, one for each round of a loop."""


class Records(Struct):
    """What the answers are made from."""

    events: list[Event] = field(default_factory=list)
    called: set[ast.AST] = field(default_factory=set)
    functions: list[Value] = field(default_factory=list)
    callbacks: list[Value] = field(default_factory=list)
    offered: dict[ast.AST, list[frozenset[str]]] = field(default_factory=dict)
    """Of functions given to code that is not known: the words of each call that gave them."""
    superseded: set[int] = field(default_factory=set)
    """The events, by `id`, of runs that were made anew because of what changed since."""
    handed: list[tuple[str, Place, str]] = field(default_factory=list)
    """Library classes given to code that is not known: their names, where, and to what."""
    chosen: dict[int, list[Chosen]] = field(default_factory=dict)
    put: dict[tuple[int, str], tuple[Place, Slots, str]] = field(default_factory=dict)
    """Where an attribute was last assigned from outside, and words for it if no code does it."""
    passed: set[ast.AST] = field(default_factory=set)
    """Code that something decided was not run, at least once; ``ran`` is what was."""
    open: set[ast.AST] = field(default_factory=set)
    """Branches that nothing decided, at least once."""
    ran: set[ast.AST] = field(default_factory=set)
    unpicked: set[ast.AST | Class] = field(default_factory=set)
    """Functions and classes beside the one that a known key chose from a dictionary."""
    unsure: set[ast.AST | Class] = field(default_factory=set)
    """The same where the key is not known: any of them may be what is taken."""
    consulted: set[object] = field(default_factory=set)
    """What holds the unpicked ones: the containers that running code chose from."""
    askers: dict[ast.AST | Class, set[ast.AST]] = field(default_factory=dict)
    """The functions that did so, for each of the unpicked ones."""
    told: dict[ast.AST | Class, set[ast.AST]] = field(default_factory=dict)
    """Those of them that may have been told what to choose: one with arguments, by such."""
    named: list[tuple[Callable[[str], object], str | None, str]] = field(default_factory=list)
    """The names that the environment makes of modules: what they could be, what they are, and
    the file that asks."""
    included: set[str] = field(default_factory=set)
    """The files that ran as parts of another module."""
    imported: set[str] = field(default_factory=set)
    """The modules that the code imported by the value of a text."""
    around_imports: list[tuple[str, Dict]] = field(default_factory=list)
    """The dictionaries of functions that imported so, each with the name that it has there."""
    groups: list[Function] = field(default_factory=list)
    """What the command line runs before any command of a group."""
    applications: list[tuple[Unknown, Value]] = field(default_factory=list)
    """The web applications that were made, each with what runs around its life."""
    unsettled: frozenset[str] | None = None
    """The attributes of the only one that requests may change; None where that is not known."""
    given: set[Class] = field(default_factory=set)
    """The classes that unknown code was given, or an object of which it was given."""
    results: dict[int, Event] = field(default_factory=dict)
    """The calls whose results are not known, by the number of each result."""
    _positions: dict[int, int] = field(default_factory=dict)
    _births: dict[int, Event] = field(default_factory=dict)
    _indexed: int = 0

    def position(self, event: Event) -> int:
        """How many events were before this one."""
        self._index()
        return self._positions.get(id(event), 0)

    def birth(self, instance: Instance) -> Event | None:
        """The event that built an object first."""
        self._index()
        return self._births.get(id(instance))

    def forget(self, count: int) -> None:
        """Drop the events behind the first ones, which did not happen."""
        self._keep(count, [])

    def drop(self, count: int, instance: Value) -> None:
        """Drop of the events behind the first ones those that built an object."""
        self._keep(count, [one for one in self.events[count:] if one.instance is not instance])

    def _keep(self, count: int, later: list[Event]) -> None:
        self.events[count:] = later
        if self._indexed > count:
            self._positions.clear()
            self._births.clear()
            self._indexed = 0

    def _index(self) -> None:
        for number, event in enumerate(self.events[self._indexed :], self._indexed):
            self._positions[id(event)] = number
            if event.instance is not None:
                self._births.setdefault(id(event.instance), event)
        self._indexed = len(self.events)


def chosen_key(value: Value) -> int | None:
    """What identifies an object in the record of what was chosen; a plain value has a trace."""
    if isinstance(value, (Instance, List, Dict, Module)):
        return id(value.slots)
    return id(value) if isinstance(value, (Function, Class, External, Host, Tuple)) else None
