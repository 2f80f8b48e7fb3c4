"""What a library without a model may put into classes of the code, and the structs of msgspec."""

import pytest

from tests.program.conftest import Make

USE = "Agent(db=PostgresDb('postgresql://h/d') if {} == 'production' else InMemoryDb())\n"
FILLED = {
    "a base": (
        "from confz import BaseConfig\nclass C(BaseConfig):\n    mode: str = 'production'\n",
        "C().mode", "unknown"),
    "a base that is given it": (
        "from confz import BaseConfig\nclass C(BaseConfig):\n    mode: str = 'production'\n"
        "    def __init__(self, mode):\n        self.mode = mode\n", "C('production').mode",
        "durable"),
    "any base, an annotated name": (
        "from acme import Part\nclass C(Part):\n    mode: str = 'production'\n", "C().mode",
        "unknown"),
    "any base, another name": (
        "from acme import Part\nclass C(Part):\n    mode = 'production'\n", "C().mode", "durable"),
    "a base named after settings": (
        "from acme import EnvBase\nclass C(EnvBase):\n    mode = 'production'\n", "C.mode",
        "unknown"),
    "a decorator named after settings": (
        "import acme\n@acme.settings\nclass C:\n    mode = 'production'\n", "C.mode", "unknown"),
    "another decorator": (
        "import acme\n@acme.beartype\nclass C:\n    mode = 'production'\n", "C.mode", "unknown"),
    "a decorator that is known": (
        "from beartype import beartype\n@beartype\nclass C:\n    mode = 'production'\n", "C.mode",
        "durable"),
    "a base of Python": (
        "import threading\nclass C(threading.Thread):\n    mode: str = 'production'\n", "C().mode",
        "durable"),
    "a struct": ("import msgspec\nclass C(msgspec.Struct, frozen=True):\n    mode: str\n"
                 "    more: list = msgspec.field(default_factory=list)\n",
                 "C(mode='production').mode", "durable"),
    "another struct": ("import msgspec\nclass C(msgspec.Struct):\n    mode: str = 'x'\n",
                       "C().mode", "volatile"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "read", "label"), FILLED.values(), ids=FILLED)
def test_what_may_fill_a_class_is_not_known(
    program: Make, source: str, read: str, label: str
) -> None:
    made = program(source + USE.format(read), {})

    assert [one.db for one in made.agents()] == [label]


HOLDING = {
    "its method": (
        "class F:\n    kind = {}\n    def make(self):\n        return Agent(db=self.kind())\n"
        "F().make()\n"
    ),
    "a method that it inherits": (
        "class F:\n    kind = None\n    def make(self):\n        return Agent(db=self.kind())\n"
        "class G(F):\n    kind = {}\nG().make()\n"
    ),
    "its name": "class F:\n    kind = {}\nAgent(db=getattr(F(), 'kind')())\n",
    "a property": (
        "class F:\n    kind = {}\n    @property\n    def db(self):\n        return self.kind()\n"
        "Agent(db=F().db)\n"
    ),
    "a base of a library": "class F(ValueError):\n    kind = {}\nAgent(db=F().kind())\n",
    "what is asked for others": (
        "class F:\n    kind: type = {}\n    def __getattr__(self, name):\n        return None\n"
        "Agent(db=F().kind())\n"
    ),
}


@pytest.mark.parametrize(("kind", "expected"), [("InMemoryDb", "volatile"), ("Own", "durable")])
@pytest.mark.parametrize("shape", HOLDING)
def test_a_class_of_a_library_that_a_class_holds_is_found_on_its_objects(
    program: Make, shape: str, kind: str, expected: str
) -> None:
    own = "class Own(PostgresDb):\n    def __init__(self):\n        super().__init__(URL)\n"
    source = f"URL = 'postgresql://h/d'\n{own}{HOLDING[shape].format(kind)}"

    assert [one.db for one in program(source).agents()] == [expected]


def test_what_a_base_of_a_library_has_is_not_the_base_itself(program: Make) -> None:
    source = "import some\nclass F(some.Base):\n    pass\nAgent(db=F().db)\n"

    assert [one.db for one in program(source).agents()] == ["unknown"]
