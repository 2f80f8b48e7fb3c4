"""``dependency_injector``: what wiring passes, and the kinds of providers."""

import pytest

from tests.program.conftest import Make

GOOD, BAD = 'PostgresDb("postgresql://h/d")', "InMemoryDb()"
HEAD = """
from typing import Annotated
from dependency_injector import containers, providers
from dependency_injector.resources import Resource
from dependency_injector.wiring import Closing, Provide, Provider, inject
from fastapi import Depends, FastAPI
app = FastAPI()
def make():
    return {}
class Boxes(containers.DeclarativeContainer):
    db = providers.Singleton(make)
"""
TAKES = {
    "a default": ("db=Provide[Boxes.db]", "db"),
    "a default of a keyword": ("*, db=Provide[Boxes.db]", "db"),
    "an annotation": ("db: Annotated[object, Provide[Boxes.db]]", "db"),
    "one that is closed": ("db=Closing[Provide[Boxes.db]]", "db"),
    "a name": ('db=Provide["db"]', "db"),
    "the provider": ("made=Provide[Boxes.db.provider]", "made()"),
    "the provider by its own marker": ("made=Provider[Boxes.db]", "made()"),
    "a dependency": ("db=Depends(Provide[Boxes.db])", "db"),
    "an annotated dependency": ("db: Annotated[object, Depends(Provide[Boxes.db])]", "db"),
}


@pytest.mark.parametrize("shape", TAKES)
@pytest.mark.parametrize("called", [True, False])
@pytest.mark.parametrize(("made", "expected"), [(GOOD, "durable"), (BAD, "volatile")])
def test_wiring_passes_what_the_container_provides(
    program: Make,
    shape: str,
    called: bool,
    made: str,
    expected: str,
) -> None:
    takes, read = TAKES[shape]
    called = called and "Depends" not in takes
    route = "" if called else '@app.get("/chat")\n'
    source = f"{route}@inject\ndef chat({takes}):\n    return Agent(db={read})\nbox = Boxes()\n"

    found = program(HEAD.format(made) + source + "chat()\n" * called).agents()

    assert [one.db for one in found] == [expected]


KINDS = {
    "a generator": "def begin():\n    yield make()\n{}providers.Resource(begin)",
    "a generator that waits": "async def begin():\n    yield make()\n{}providers.Resource(begin)",
    "a coroutine": "async def begin():\n    return make()\n{}providers.Resource(begin)",
    "a manager": (
        "from contextlib import contextmanager\n@contextmanager\ndef begin():\n    yield make()\n"
        "{}providers.Resource(begin)"
    ),
    "a class": (
        "class Begin(Resource):\n    def init(self):\n        return make()\n"
        "{}providers.Resource(Begin)"
    ),
    "a function that chooses": (
        "{}providers.Selector(lambda: 'b', a=providers.Object(None), b=providers.Factory(make))"
    ),
    "one of several": "{}providers.Factory(providers.Aggregate(x=providers.Factory(make)), 'x')",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("made", "expected"), [(GOOD, "durable"), (BAD, "volatile")])
def test_each_kind_of_provider_gives_what_it_makes(
    program: Make, kind: str, made: str, expected: str
) -> None:
    source = KINDS[kind].format("class Others(containers.DeclarativeContainer):\n    held = ")

    found = program(HEAD.format(made) + f"{source}\nAgent(db=Others().held())\n").agents()

    assert [one.db for one in found] == [expected]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (f"box.override_providers(db=providers.Object({BAD}))", "volatile"),
        (f"box.override_providers(db=providers.Object({GOOD}))", "durable"),
        (f"@containers.override(Boxes)\nclass O(containers.DeclarativeContainer):\n"
         f"    db = providers.Factory(lambda: {BAD})", "volatile"),
        (f"@containers.override(Boxes)\nclass O(containers.DeclarativeContainer):\n"
         f"    other = providers.Factory(lambda: {BAD})", "durable"),
    ],
)  # fmt: skip
def test_what_overrides_a_provider_stands_in_for_it(
    program: Make, change: str, expected: str
) -> None:
    source = f"{HEAD.format(GOOD)}box = Boxes()\n{change}\nAgent(db=Boxes.db())\n"

    assert [one.db for one in program(source).agents()] == [expected]


def test_a_name_that_two_containers_have_is_not_known(program: Make) -> None:
    source = (
        f"{HEAD.format(GOOD)}class Others(containers.DeclarativeContainer):\n"
        "    db = providers.Singleton(InMemoryDb)\nBoxes()\nOthers()\n"
        '@inject\ndef chat(db=Provide["db"]):\n    return Agent(db=db)\nchat()\n'
    )

    assert [one.db for one in program(source).agents()] == ["unknown"]
