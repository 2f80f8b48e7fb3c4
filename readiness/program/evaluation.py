"""Running the program, anew as long as something is learned about its variables."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from msgspec import Struct, field

from readiness.environment import Environment
from readiness.model.frames import with_room
from readiness.model.place import Place
from readiness.program.answers import LeftOut
from readiness.program.entries import Entry
from readiness.program.interest import Interest
from readiness.program.interpreter.limits import Limits
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.variables import Restart, Variables
from readiness.program.models.libraries import django, split_settings
from readiness.program.models.library import Library
from readiness.program.models.tables import TABLES
from readiness.program.ordering import Run
from readiness.program.rivals import unnamed
from readiness.program.scope import Scope
from readiness.program.sources import Sources

RECURSION = 9_000


class Evaluated(Struct):
    """The machine after everything has run, and what was learned on the way."""

    machine: Machine
    interest: Interest
    sources: Sources
    inferred: dict[str, str]
    proved: set[str]
    left_out: tuple[LeftOut, ...] = ()
    ended: dict[str, str] = field(default_factory=dict)
    steps: int = 0
    over: str | None = None
    """Why it ended before everything was run."""


def evaluate(
    sources: Sources,
    environment: Environment,
    entry_points: Sequence[Entry],
    scope: Scope,
    limits: Limits | None = None,
    *,
    fragile: bool = False,
    compared: dict[str, dict[str, None]] | None = None,
    interest: Interest | None = None,
    only: frozenset[str] | None = None,
) -> Evaluated:
    """Run the whole program; begin anew as long as something is learned about variables.

    In a ``fragile`` one, making a db may fail wherever a handler would see it. In
    ``compared`` it writes the words that variables are compared with. ``interest`` is that
    of an earlier run; ``only`` are the modules to begin with.
    """
    limits = limits or Limits()
    limits.begin()
    with _deep_recursion():
        asked = interest or Interest(sources, scope)
        found = with_room(
            lambda: _until_learned(
                asked, environment, entry_points, limits, fragile, compared, only
            )
        )
    found.steps, found.over = limits.used, limits.over
    limits.answering()
    return found


@contextmanager
def _deep_recursion() -> Iterator[None]:
    """Let evaluated calls nest; what they cost is bounded by `Limits`."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, RECURSION))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


@cache
def _library() -> Library:
    return Library(TABLES)


def _until_learned(  # noqa: PLR0917 - what a model is told
    interest: Interest, environment: Environment, entry_points: Sequence[Entry], limits: Limits,
    fragile: bool,  # noqa: FBT001 - handed on
    compared: dict[str, dict[str, None]] | None,
    only: frozenset[str] | None,
) -> Evaluated:  # fmt: skip
    sources = interest.sources
    proved: set[str] = set()
    inferred: dict[str, str] = {}
    late: set[str] = set()
    refused: set[tuple[str, Place]] = set()
    passed_over: dict[str, str] = {}
    first: list[Entry] = []
    library = _library().anew()
    sources.libraries, sources.modelled = library.first_names, library.modelled
    for attempt in range(limits.restarts + 1):
        limits.anew()
        variables = Variables(environment, proved, inferred, late, refused)
        variables.compared = compared
        machine = Machine(sources, library, variables, limits)
        machine.fragile = fragile
        machine.learning = variables.learning = attempt < limits.restarts
        run = Run(machine, interest, entry_points, only, passed_over=passed_over, first=first)
        try:
            run.everything()
        except Restart:
            continue
        if machine.learning and (settings := django.unloaded(machine)) and not first:
            first.append(Entry(settings))
            continue
        others = django.rivals(machine) | split_settings.rivals(machine)
        others |= unnamed(machine) | run.contrary
        if machine.learning and not passed_over and others:
            passed_over |= others
            continue
        break
    left_out = tuple(LeftOut(path, why) for path, why in passed_over.items()
                     if path not in machine.evaluated)  # fmt: skip
    return Evaluated(
        machine, interest, sources, inferred, proved,
        (*interest.left_out(machine.evaluated), *left_out), run.modules.ended,
    )  # fmt: skip
