"""What nothing in the code calls, and a framework, a request or an operator may call."""

from collections.abc import Container, Iterator, Sequence
from functools import partial
from itertools import chain

from readiness.program import lifespans
from readiness.program.calling import attempt, call
from readiness.program.interest import Interest
from readiness.program.interpreter.abandon import abandon_all
from readiness.program.interpreter.consulting import Thing
from readiness.program.interpreter.machine import Machine
from readiness.program.kept_in import kept_in
from readiness.program.later import Later
from readiness.program.moments import ROUTES, is_decorated
from readiness.program.passed_over import PassedOver
from readiness.program.receivers import needs_nothing
from readiness.program.seeing import Seeing
from readiness.program.values import Class, Function, Instance, Wrapped

ROUNDS = 10
"""How often what nothing called is looked for anew."""


def start_applications(machine: Machine) -> None:
    """Run what the applications of the code set up as they start."""
    for application, lifespan in list(machine.records.applications):
        function = lifespans.function_of(lifespan)
        if function is not None:
            attempt(machine, function, partial(lifespans.begin, machine, application, lifespan))
    lifespans.note_unsettled(machine)


def start_groups(machine: Machine) -> None:
    """Run what groups of commands prepare, before any of their commands."""
    for function in machine.records.groups:
        if function.node not in machine.records.called:
            call(machine, function)


class Uncalled:
    """The functions that nothing called and that build something of interest.

    ``passed_over`` are files that this environment leaves out.
    """

    def __init__(self, machine: Machine, interest: Interest, passed_over: Container[str]) -> None:
        self.machine = machine
        self.interest = interest
        self.passed_over = passed_over
        self.later = Later(machine, interest)

    def enter(self) -> None:
        """Run functions that nothing called and that build something of interest, once each."""
        machine = self.machine
        if self.machine.limits.exhausted:
            self._give_up()
            return
        for _ in range(ROUNDS):
            self._hold()
            self.later.look()
            every = list(self._waiting())
            passed = PassedOver(machine, self._unread(), every, self.interest.elsewhere)
            waiting = [one for one in every if not passed.skips(one)]
            # who is asked for waits until those that ask have had their turn
            waiting = (
                [one for one in waiting if self.later.begins(one) and not passed.is_made(one)]
                or [one for one in waiting if not passed.is_asked_for(one)]
                or waiting
            )
            if not waiting:
                break
            late: list[Function] = []
            for function in waiting:
                function.entered = True
                if function.node in machine.records.called and not self._is_asked(function):
                    continue
                if machine.limits.exhausted:
                    late.append(function)
                else:
                    self.later.run(function)
            self._leave(late)
        left, why = self.later.again(), machine.limits.used_up
        for one in left:
            last = getattr(one.node, "end_lineno", None) or one.node.lineno
            machine.outdated.append((one.path, range(one.node.lineno, last + 1), why))

    def _give_up(self) -> None:
        """Run nothing more: to find what builds would take as long again in what is that large."""
        late = [one for one in self.machine.records.functions if isinstance(one, Function)
                and not one.closure.module.stands_in
                and one.node not in self.machine.records.called
                and self.interest.counts(one.path)]  # fmt: skip
        abandon_all(self.machine, [(one.node, one.closure) for one in late],
                    self.machine.limits.used_up)  # fmt: skip
        self.machine.gaps.update(((one.path, one.node), self.machine.limits.used_up)
                                 for one in late)  # fmt: skip

    def _hold(self) -> None:
        """Follow the names of containers of what builds, and of objects that build."""
        spreading = self.interest.spreading
        spreading.refresh()
        kept = kept_in(self.machine)
        held = [one for thing, one in kept.items() if self._builds(thing)]
        seeing = Seeing(self.machine, kept, held, frozenset(self.interest.roots))
        self.interest.seeing = seeing.functions
        names = chain.from_iterable(one.names for one in held)
        spreading.take({*names, *seeing.names, *self._objects()})

    def _objects(self) -> Iterator[str]:
        """The names of modules for objects of the code's own classes whose methods build."""
        builds: dict[int, bool] = {}
        own = [one for one in self.machine.by_path.values() if not one.stands_in]
        for module in own:
            for name, value in module.slots.values.items():
                owner = value.cls if isinstance(value, Instance) else None
                if isinstance(owner, Class):
                    if id(owner) not in builds:
                        builds[id(owner)] = self._builds(owner)
                    if builds[id(owner)]:
                        yield str(name)

    def _builds(self, thing: Thing) -> bool:
        if not isinstance(thing, Class):
            return self.interest.builds(thing)
        held = thing.slots.values.values()
        methods = (one.function if isinstance(one, Wrapped) else one for one in held)
        return any(self.interest.builds(one.node) for one in methods if isinstance(one, Function))

    def _unread(self) -> list[str]:
        """The files of the deployment that were not run, without the libraries among them.

        What only processes of other programs load says nothing of these.
        """
        copies, others = self.interest.installed, self.interest.elsewhere
        return [path for path in self.machine.sources.paths
                if path not in self.machine.evaluated and path not in self.passed_over
                and path not in others
                and not path.startswith(copies) and self.interest.counts(path)]  # fmt: skip

    def _leave(self, late: Sequence[Function]) -> None:
        """Give up what there is no time for: all functions at once."""
        machine, why = self.machine, self.machine.limits.used_up
        machine.gaps.update(((one.path, one.node), why) for one in late)
        abandon_all(machine, [(one.node, one.closure) for one in late], why)

    def _waiting(self) -> Iterator[Function]:
        for value in list(self.machine.records.functions):
            if (
                isinstance(value, Function)
                and not value.entered
                and not value.closure.module.stands_in
                and (value.node not in self.machine.records.called or self._is_asked(value))
                and self.interest.counts(value.path)
                and (self.interest.enters(value) or self.later.sets(value))
            ):
                yield value

    def _is_asked(self, function: Function) -> bool:
        """Whether requests bring arguments of their own to what the code calls with others."""
        return (is_decorated(function.node, ROUTES) and not needs_nothing(function)
                and any(one is function for one in self.machine.records.callbacks))  # fmt: skip
