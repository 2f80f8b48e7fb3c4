"""The program as one environment would run it: questions, and their answers."""

import ast
import time
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import structs

from readiness.environment import Environment
from readiness.model.place import Place
from readiness.model.variable import Variable
from readiness.program.allowance import Allowance
from readiness.program.answers import (
    Call,
    Construction,
    Coverage,
    Engine,
    Fallback,
    Holder,
    LeftOut,
    Number,
    Read,
)
from readiness.program.entries import Entry
from readiness.program.scope import Scope
from readiness.program.sources import Sources
from readiness.program.values import Value
from readiness.project import Project

if TYPE_CHECKING:
    from readiness.program.built import Builds, Built
    from readiness.program.evaluation import Evaluated

SECONDS = 15.0
"""How long the evaluation of one program may compute if nobody says."""
NOT_ALL_FALLBACKS = "not all fallbacks were looked for"


class Program:
    """What the project's code would build in one environment; evaluated when first asked.

    ``others`` are the entry points of services that are judged in a program of their own:
    what only they can load is not run in this one.
    """

    def __init__(
        self,
        project: Project,
        environment: Environment,
        *,
        entry_points: Sequence[str | Entry] = (),
        scope: Scope | None = None,
        others: Sequence[Entry] = (),
        seconds: float = SECONDS,
        allowance: Allowance | None = None,
    ) -> None:
        self.project = project
        self.environment = environment
        self.entry_points = tuple(map(Entry.of, entry_points))
        self.scope = scope or Scope()
        self.others = tuple(others)
        self.seconds = seconds
        self.allowance = allowance or Allowance(seconds)
        self._failed: list[LeftOut] = []

    @cached_property
    def sources(self) -> Sources:
        """The modules of the project, parsed on demand."""
        return Sources(self.project)

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        """The files that only processes of other programs load: they are judged there."""
        from readiness.program.closure import belonging_elsewhere  # noqa: PLC0415 - when asked

        return belonging_elsewhere(self.sources, self.entry_points, self.others)

    @property
    def _evaluated(self) -> "Evaluated":
        if isinstance(self._attempt, Exception):  # as before: it would take as long once more
            raise self._attempt
        return self._attempt

    @cached_property
    def _attempt(self) -> "Evaluated | Exception":
        from readiness.program.evaluation import evaluate  # noqa: PLC0415 - only when asked
        from readiness.program.interest import Interest  # noqa: PLC0415 - only when asked
        from readiness.program.interpreter.limits import Limits  # noqa: PLC0415 - only when asked

        begun, finished = time.thread_time(), False
        limits = Limits(seconds=self.allowance.left, said=self.seconds)
        try:
            found = evaluate(
                self.sources, self.environment, self.entry_points, self.scope, limits,
                interest=Interest(self.sources, self.scope, self.elsewhere),
            )  # fmt: skip
        except Exception as fault:  # noqa: BLE001 - whoever asks hears of it
            return fault
        else:
            finished = found.over is None
            return found
        finally:
            self.allowance.evaluated(time.thread_time() - begun, finished=finished)

    def constructions(self, *class_names: str) -> tuple[Construction, ...]:
        """What is built of these library classes (full dotted names), subclasses included."""
        from readiness.program.recorded import constructions  # noqa: PLC0415 - only when asked

        return constructions(self._evaluated.machine, class_names)

    def built(self, *names: str) -> "tuple[Built, ...]":
        """What is built of these library classes, or called of these functions, option by option.

        Names are full and dotted; subclasses count, too.
        """
        _ = self._answering()
        return self._builds.of(names)

    @cached_property
    def _builds(self) -> "Builds":
        from readiness.program.built import Builds  # noqa: PLC0415 - only when asked

        return Builds(self._answering().machine)

    def agents(self) -> tuple[Holder, ...]:
        """Every site that builds an agno object, with its db when start-up is over."""
        return self._agents

    @cached_property
    def _agents(self) -> tuple[Holder, ...]:
        from readiness.program.holders import holders  # noqa: PLC0415 - only when asked

        return holders(self._answering().machine)

    def engines(self) -> tuple[Engine, ...]:
        """Every database engine, pool and connection of the code, with effective values."""
        return self._engines

    @cached_property
    def _engines(self) -> tuple[Engine, ...]:
        from readiness.program.engines import engines  # noqa: PLC0415 - only when asked

        return engines(self._answering().machine)

    def has_release(self, library: str, release: tuple[int, ...]) -> bool | None:
        """Whether lock files or requirements give this release of a library, or a later one.

        None where they do not say.
        """
        from readiness.program.releases import at_least  # noqa: PLC0415 - only when asked

        return at_least(self.project, library, release)

    def calls(self, *function_names: str) -> tuple[Call, ...]:
        """The calls of these library functions that are reached in this environment."""
        from readiness.program.recorded import calls  # noqa: PLC0415 - only when asked

        return calls(self._evaluated.machine, function_names)

    def value(self, name: str) -> Value:
        """The value of ``module:name.attribute``; a class without an instance gets one."""
        from readiness.program.asking import named  # noqa: PLC0415 - only when asked

        return named(self._evaluated.machine, name)

    def expression(self, path: str, node: ast.expr) -> Value:
        """What an expression of a file comes to where its module has run; it builds nothing."""
        from readiness.program.asking import asked  # noqa: PLC0415 - only when asked

        return asked(self._answering().machine, path, node)

    def plain(self, value: Value) -> object:
        """The texts, numbers and lists that a value stands for; itself if some are not known."""
        from readiness.program.interpreter.plain import NotPlain, plain  # noqa: PLC0415 - as above

        try:
            return plain(value)
        except NotPlain:
            return value

    def number(self, name: str) -> Number:
        """The number that a name of a module has, as ``module:name`` or ``path.py:name``."""
        from readiness.program.numbers import number_of_module  # noqa: PLC0415 - only when asked

        return number_of_module(self._answering().machine, name, self.ended)

    def server_workers(self) -> tuple[Number, ...]:
        """How many workers each server has that the code itself starts (``uvicorn.run``)."""
        from readiness.program.numbers import server_workers  # noqa: PLC0415 - only when asked

        return server_workers(self._answering().machine)

    def serving(self) -> frozenset[str]:
        """The files whose code comes to start a web server (``uvicorn.run``)."""
        from readiness.program.serving import serving  # noqa: PLC0415 - only when asked

        return serving(self._answering().machine)

    def reads(self) -> tuple[Read, ...]:
        """Every read of a variable that the code makes, in order of place.

        Also one with a default is required where start-up ends because nothing sets it.
        """
        variables = self._evaluated.machine.variables
        needed = {*variables.proved, *variables.lacked}
        reads = (structs.replace(one, required=True)
                 if one.name in needed and not one.default else one
                 for one in variables.reads.values())  # fmt: skip
        return tuple(sorted(reads, key=lambda one: (one.at, one.name)))

    @property
    def reads_any_name(self) -> bool:
        """Whether the code goes through all variables, whatever their names."""
        return self._evaluated.machine.variables.enumerated

    def fallbacks(self) -> tuple[Fallback, ...]:
        """Every way to a volatile db that one wrong value or failed connection opens."""
        return self._fallbacks

    @property
    def fallbacks_missed(self) -> str | None:
        """Why not all fallbacks were looked for; None where they were."""
        _ = self._fallbacks
        return next((one.reason for one in self._failed), None)

    @cached_property
    def _fallbacks(self) -> tuple[Fallback, ...]:
        from readiness.program.fallbacks import Unfinished, fallbacks  # noqa: PLC0415 - as above

        begun = time.thread_time()
        try:
            return fallbacks(self, self._answering())
        except Unfinished as unfinished:
            self._failed.append(LeftOut("", f"{NOT_ALL_FALLBACKS}: {unfinished.reason}"))
            return unfinished.found
        except Exception as fault:  # noqa: BLE001 - an answer that fails is one that is not known
            reason = getattr(fault, "reason", type(fault).__name__)
            self._failed.append(LeftOut("", f"{NOT_ALL_FALLBACKS}: {reason}"))
            return ()
        finally:
            self.allowance.searched(time.thread_time() - begun)

    def changed(self, changes: Mapping[str, Variable]) -> "Program":
        """The same program where these variables are otherwise, and all else as it is."""
        from readiness.program.variants import environment_with  # noqa: PLC0415 - only when asked

        around = environment_with(self.environment, self._evaluated, changes)
        other = Program(
            self.project, around, entry_points=self.entry_points, scope=self.scope,
            others=self.others, seconds=self.seconds,
        )  # fmt: skip
        other.__dict__["sources"] = self.sources
        return other

    def compared_words(self, names: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """The words that the code compares variables with, were ``names`` anything at all."""
        from readiness.program.variants import compared_words  # noqa: PLC0415 - only when asked

        return compared_words(self.environment, self._evaluated, names, self.entry_points)

    @property
    def supplied(self) -> frozenset[str]:
        """The variables without which start-up would end, so that the platform sets them."""
        return frozenset(self._evaluated.proved)

    @property
    def refused(self) -> frozenset[tuple[str, Place]]:
        """The reads, by name and place, for whose default alone start-up would end."""
        return frozenset(self._evaluated.machine.variables.refused)

    @property
    def steps(self) -> int:
        """How much the evaluation took: what asking for the same program once more costs."""
        return self._evaluated.steps

    @property
    def over(self) -> str | None:
        """Why the evaluation was stopped before everything was run; None where it was not."""
        return self._evaluated.over

    @property
    def ended(self) -> Mapping[str, str]:
        """The modules whose start-up ends with an error, or that were cut short, and why."""
        evaluated = self._evaluated
        return {**evaluated.machine.cut_short, **evaluated.ended}

    def under(self, at: Place) -> tuple[str, ...] | None:
        """The conditions around a line that nothing decided; None where it does not run."""
        from readiness.program.sides import under  # noqa: PLC0415 - only when asked

        return under(self._answering().machine, at.path, at.line or 0)

    def unused(self, path: str) -> frozenset[tuple[int, int]]:
        """Line and column of each value of a file that something decided not to take."""
        from readiness.program.sides import unused  # noqa: PLC0415 - only when asked

        return unused(self._answering().machine, path)

    def taken(self, path: str) -> frozenset[tuple[int, int]]:
        """The same of each value that a condition within an expression decided to take."""
        from readiness.program.sides import taken  # noqa: PLC0415 - only when asked

        return taken(self._answering().machine, path)

    def _answering(self) -> "Evaluated":
        """What was evaluated, with an allowance for the answer."""
        evaluated = self._evaluated
        evaluated.machine.limits.answering()
        return evaluated

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What was taken for granted about variables, in words."""
        from readiness.program.coverage import assumptions  # noqa: PLC0415 - only when asked

        return assumptions(self._evaluated, self.environment.name)

    @property
    def coverage(self) -> Coverage:
        """Which modules were evaluated, left out, or not understood."""
        from readiness.program.coverage import coverage  # noqa: PLC0415 - only when asked

        return coverage(self._evaluated, self._failed)
