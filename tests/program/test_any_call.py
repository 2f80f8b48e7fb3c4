"""Every model takes any call: what no call of it looks like is an error or unknown."""

from collections.abc import Iterator

import pytest

from readiness.model.place import Place
from readiness.program.interpreter.limits import Limits
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.outcomes import Abrupt, LimitReached
from readiness.program.interpreter.variables import Restart, Variables
from readiness.program.models.library import Library
from readiness.program.models.tables import TABLES
from readiness.program.sources import Sources
from readiness.program.values import (
    NONE,
    Arguments,
    Choice,
    Condition,
    Constant,
    Dict,
    External,
    Instance,
    List,
    Part,
    Text,
    Tuple,
    Unknown,
    Value,
    text,
)
from readiness.project import Project
from tests.program.conftest import environment

AT = Place("app.py", 1, 1)
LIBRARY = Library(TABLES)
STAR = Unknown("what a star gives", AT)


def _machine() -> Machine:
    sources = Sources(Project({}))
    sources.libraries = LIBRARY.first_names
    limits = Limits()
    limits.begin()
    limits.refill()
    machine = Machine(sources, LIBRARY, Variables(environment({}), set(), {}), limits)
    machine.learning = machine.variables.learning = False
    return machine


def _things() -> list[Value]:
    unknown = Unknown("anything", AT)
    return [
        NONE, Constant(-1), Constant(1.5), Constant(b"a"), text("a"), text("\ud800"), text("["),
        text("%s{0}{x.y[0]!r:>9}"), Text((Part(None, AT, "NAME", key="NAME"),)), Tuple(()),
        List((unknown,)), List((text("a"), text("b")), (), "set"), Dict(), Dict({}, {}, (), STAR),
        unknown, Choice(Condition(("it",), "it", AT), text("a"), NONE), External("z.Thing"),
        Instance(External("z.Thing"), {}, AT),
    ]  # fmt: skip


def _calls() -> Iterator[Arguments]:
    yield Arguments((), {}, AT)
    yield Arguments((), {}, AT, STAR)
    for one in _things():
        yield Arguments((one,), {}, AT)
        yield Arguments((one, one), {}, AT)
        yield Arguments((text("a"), one), {}, AT)
        yield Arguments((one, text("a"), one, one), {}, AT, STAR)


@pytest.mark.parametrize("name", sorted({*LIBRARY.functions, *LIBRARY.classes}))
def test_a_model_takes_any_call(name: str) -> None:
    machine = _machine()

    for arguments in _calls():
        machine.limits.refill()
        try:
            machine.call(External(name), arguments)
        except (Abrupt, LimitReached, Restart):
            machine.stack.clear()


@pytest.mark.parametrize("name", sorted({*dir(str), *dir(list), *dir(dict), *dir(bytes)}))
def test_a_method_takes_any_call(name: str) -> None:
    machine = _machine()

    for receiver in _things():
        for arguments in _calls():
            machine.limits.refill()
            try:
                machine.call(machine.attribute(receiver, name, AT), arguments)
            except (Abrupt, LimitReached, Restart):
                machine.stack.clear()
