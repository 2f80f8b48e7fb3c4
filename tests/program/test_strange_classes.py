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
        "import acme\n@acme.beartype\nclass C:\n    mode = 'production'\n", "C.mode", "durable"),
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
