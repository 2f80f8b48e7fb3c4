"""Who is given a module, a class or an object as a whole may call any function in it."""

import pytest

from tests.program.conftest import Make

BUILDERS = """
import fire, inspect, sys


def dev():
    return Agent(db=InMemoryDb())


def prod():
    return Agent(db=PostgresDb("postgresql://h/d"))


class Maker:
    def make_dev(self):
        return Agent(db=InMemoryDb())

    def make_prod(self):
        return Agent(db=PostgresDb("postgresql://h/d"))


maker = Maker()
if os.environ["APP_ENV"] == "production":
    prod(), maker.make_prod()
else:
    dev(), maker.make_dev()
"""
WHOLE = {
    "a module's own names": ("fire.Fire()", 2),
    "one function": ("fire.Fire(prod)", 0),
    "its class": ("fire.Fire(Maker)", 1),
    "its object": ("fire.Fire(component=maker)", 1),
    "in a function": ("def main():\n    fire.Fire(name='x')\nmain()", 2),
    "the global names": ("some.cli(globals())", 1),
    "the names of a module body": ("some.cli({k: v for k, v in vars().items()})", 1),
    "its module": ("some.cli(sys.modules[__name__])", 1),
    "each of its functions": (
        "for name, one in list(globals().items()):\n    if name.startswith('d'):\n"
        "        some.add(one)", 1),
    "the members of its module": (
        "some.add(dict(inspect.getmembers(sys.modules[__name__], inspect.isfunction)))", 1),
    "its classes": (
        "some.add(dict(inspect.getmembers(sys.modules[__name__], inspect.isclass)))", 0),
    "names of an uncalled function": ("def ask(kind):\n    return globals().get(kind)()", 1),
    "an object of an uncalled function": (
        "def ask(kind):\n    return getattr(maker, kind)()", 1),
    "an attribute that is known": ("def ask(kind):\n    return getattr(maker, 'x')()", 0),
}  # fmt: skip


@pytest.mark.parametrize(("more", "volatile"), WHOLE.values(), ids=WHOLE)
def test_what_is_handed_on_as_a_whole_may_be_called(
    program: Make, more: str, volatile: int
) -> None:
    made = program(BUILDERS + "import some\n" + more, {"APP_ENV": "production"})

    assert [one.db for one in made.agents()].count("volatile") == volatile


@pytest.mark.parametrize(
    ("other", "labels"),
    [
        ("import app, fire\nfire.Fire(app)\n", {"volatile", "durable"}),
        ("import app, fire\nfire.Fire(app.prod)\n", {"durable"}),
        ("import app, sys\ngetattr(app, sys.argv[1])()\n", {"unknown", "durable"}),
        ("import app, sys\ngetattr(app, 'prod')()\n", {"durable"}),
        ("import app, sys, agno\napp.__dict__[sys.argv[1]]()\n", {"unknown", "durable"}),
        ("import app, agno\napp.__dict__['prod']()\n", {"durable"}),
        ("import server, fire\nfire.Fire(server)\n", {"durable"}),
    ],
)
def test_another_file_may_take_all_of_a_module(
    program: Make, other: str, labels: set[str]
) -> None:
    source = BUILDERS[: BUILDERS.index("class Maker")].replace("import fire, inspect, sys", "")
    source += "prod() if os.environ['APP_ENV'] == 'production' else dev()\n"

    made = program(source, {"APP_ENV": "production"}, files={"run.py": other})

    assert {one.db for one in made.agents()} == labels


@pytest.mark.parametrize(
    ("read", "labels"),
    [
        ("sys.argv[1]", {"unknown"}),
        ("sys.argv[1] if len(sys.argv) > 1 else 'prod'", {"durable"}),
        ("sys.argv[0]", {"volatile"}),
    ],
)
def test_an_argument_that_the_code_needs_is_given(
    program: Make, read: str, labels: set[str]
) -> None:
    made = program(
        f"import sys\nkind = {read}\n"
        "Agent(db=PostgresDb('postgresql://h/d') if kind == 'prod' else InMemoryDb())\n",
        {},
    )

    assert {one.db for one in made.agents()} == labels


def test_a_missing_argument_that_a_handler_expects_is_not_given(program: Make) -> None:
    made = program(
        "import sys\ntry:\n    kind = sys.argv[1]\nexcept IndexError:\n    kind = 'prod'\n"
        "Agent(db=PostgresDb('postgresql://h/d') if kind == 'prod' else InMemoryDb())\n",
        {},
    )

    assert [one.db for one in made.agents()] == ["durable"]


REGISTRY = """
import some
def prod():
    return Agent(db=PostgresDb("postgresql://h/d"))
def dev():
    return Agent(db=InMemoryDb())
class Registry:
    def __init__(self):
        self.held = {"production": prod, "test": dev}
    def build(self, name):
        return self.held[name]()
    def own(self):
        return self.build(os.environ["APP_ENV"])
    def say(self, name):
        return name.upper()
R = Registry()
HELD = {"production": prod, "test": dev}
def build(name):
    return HELD[name]()
def own():
    return build(os.environ["APP_ENV"])
agent, other = own(), R.own()
"""
HANDED = {
    "nothing": ("", 0),
    "a method": ("some.on('x', R.build)", 1),
    "a method that chooses by itself": ("some.on('x', R.own)", 0),
    "a method that does not choose": ("some.on('x', R.say)", 0),
    "a function": ("some.on('x', build)", 1),
    "a function that chooses by itself": ("some.on('x', own)", 0),
    "what gives an entry": ("some.on('x', HELD.get)", 1),
    "what gives all entries": ("some.on('x', (HELD.values,))", 1),
    "what a library uses at once": ("found = list(map(HELD.get, ['production']))", 0),
}


@pytest.mark.parametrize(("more", "volatile"), HANDED.values(), ids=HANDED)
def test_what_is_handed_on_is_told_what_to_choose(program: Make, more: str, volatile: int) -> None:
    made = program(REGISTRY + more, {"APP_ENV": "production"})

    assert [one.db for one in made.agents()].count("volatile") == volatile


@pytest.mark.parametrize(
    ("decorated", "label"), [("build", {"durable"}), ("handed", {"durable", "unknown"})]
)
def test_what_is_traced_is_called_by_the_code_itself(
    program: Make, decorated: str, label: set[str]
) -> None:
    more = f"@some.observe()\ndef {decorated}(name):\n    return HELD[name]()\n"
    more += f"{decorated}('production')\ndef ask(name):\n    return handed(name)\n"

    made = program(REGISTRY + more, {"APP_ENV": "production"})

    assert {one.db for one in made.agents()} == label
