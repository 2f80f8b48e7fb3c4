"""A function that the code names only where the environment passes by is not called there."""

import pytest

from tests.program.conftest import Make, spelled

BUILDERS = """
def dev():
    return Agent(db=InMemoryDb())


def prod():
    return Agent(db=PostgresDb("postgresql://h/d"))


class Prod:
    def build(self):
        return Agent(db=PostgresDb("postgresql://h/d"))


class Dev:
    def build(self):
        return Agent(db=InMemoryDb())


env = os.environ["APP_ENV"]
live = env == "production"
"""
DECIDED = [
    "prod() if live else dev()",
    "live and prod() or dev()",
    "if live:\n    prod()\nelse:\n    dev()",
    "def build():\n    if live:\n        return prod()\n    return dev()\nbuild()",
    "match env:\n    case 'production':\n        prod()\n    case _:\n        dev()",
    "MAKERS = {'production': prod, 'test': dev}\nMAKERS[env]()",
    "{'production': prod, 'test': dev}[env]()",
    "{'production': prod, 'test': dev}.get(env)()",
    "MAKERS = {'production': prod, 'test': dev}\nMAKERS.get(env, dev)()",
    "MAKERS = {'production': prod}\nMAKERS.get(env, dev)()",
    "{'production': prod, 'test': dev}.get(env, dev)()",
    "(Prod() if live else Dev()).build()",
    "MAKERS = {'production': Prod, 'test': Dev}\nMAKERS[env]().build()",
]


def kinds(program: Make, source: str, env: str, **files: str) -> list[str]:
    others = {f"{name}.py": text for name, text in files.items()}
    return [one.db for one in program(BUILDERS + source, {"APP_ENV": env}, files=others).agents()]


@pytest.mark.parametrize("source", DECIDED)
def test_the_other_side_is_not_called(program: Make, source: str) -> None:
    # two builders are there that nothing names at all: they are entered, as ever
    free = [] if "Prod" in source else ["durable", "volatile"]
    free += ["durable", "volatile"] if "prod" not in source.replace("production", "") else []

    assert sorted(kinds(program, source, "production")) == sorted(["durable", *free])
    assert sorted(kinds(program, source, "test")) == sorted(["volatile", *free])


@pytest.mark.parametrize(
    "source",
    [
        "prod() if live else dev()\nAgent(db=PostgresDb('postgresql://h/d'), tools=[dev])",
        "MAKERS = {'production': prod, 'test': dev}\nMAKERS[env]()\n"
        "def ask(kind):\n    return MAKERS[kind]()",
        "MAKERS = {'production': prod, 'test': dev}\nMAKERS[env]()\n"
        "ask = lambda kind: MAKERS[kind]()",
        "import flags\nflags.register(dev)\nprod() if live else dev()",
        "if __name__ == '__main__':\n    dev()\nprod()",
    ],
)
def test_what_others_may_call_is_entered(program: Make, source: str) -> None:
    assert "volatile" in kinds(program, source, "production", other="import app\n")


def test_a_file_that_was_not_run_may_call_it(program: Make) -> None:
    source = "prod() if live else dev()"

    assert (
        kinds(program, source, "production", run="import app\napp.dev()\n").count("volatile") == 2
    )
    assert (
        kinds(program, source, "production", run="import app\napp.end()\n").count("volatile") == 1
    )


def test_what_a_wrong_value_would_call_is_a_fallback(program: Make) -> None:
    source = "prod() if os.getenv('APP_ENV') == 'production' else dev()"
    made = program(BUILDERS.replace('os.environ["APP_ENV"]', "None") + source,
                   {"APP_ENV": "production"})  # fmt: skip

    assert {way.variable for way in made.fallbacks()} == {"APP_ENV"}


CHOSEN = "prod() if live else dev()\n"
BY_NAME = {
    "a text": "jobs = {'task': 'app:dev'}",
    "a text with dots": "jobs.schedule('app.dev')",
    "an attribute of a module": "import sys\ngetattr(sys.modules[__name__], input())()",
    "a default that is taken": "MAKERS = {'y': prod}\nMAKERS.get('y', dev)()\n"
    "jobs.add(MAKERS.get('x', dev))",
    "a default in a function": "{'y': prod}.get('y', dev)()\n"
    "def ask(kind):\n    return {'y': prod}.get(kind, dev)()",
    "another known key": "MAKERS = {'x': dev, 'y': prod}\nMAKERS['y']()\njobs.add(MAKERS['x'])",
    "the global names": "globals()[input()]()",
}
NOT_BY_NAME = {
    "a default that is not taken": "MAKERS = {'y': prod}\nMAKERS.get('y', dev)()\n"
    "jobs.add(MAKERS.get('y', dev))",
    "one known key": "MAKERS = {'x': dev, 'y': prod}\nMAKERS['y']()\njobs.add(MAKERS['y'])",
    "another word": "jobs = {'task': 'dev'}",
    "another module": "jobs = {'task': 'server:dev'}",
    "a text for elsewhere": "if not live:\n    jobs = 'app:dev'",
    "a known attribute": "import sys\ngetattr(sys.modules[__name__], 'prod')()",
}


@pytest.mark.parametrize("more", BY_NAME.values(), ids=BY_NAME)
def test_what_is_reached_by_its_name_is_entered(program: Make, more: str) -> None:
    assert set(kinds(program, CHOSEN + more, "production")) - {"durable"}


@pytest.mark.parametrize("more", NOT_BY_NAME.values(), ids=NOT_BY_NAME)
def test_what_no_name_reaches_is_passed_over(program: Make, more: str) -> None:
    found = kinds(program, CHOSEN + more, "production")

    # the class that nothing names at all is entered, as ever
    assert found.count("volatile") == 1


def test_any_method_may_be_taken_by_an_unknown_name(program: Make) -> None:
    factory = (
        "class Factory:\n    def dev(self):\n        return Agent(db=InMemoryDb())\n"
        "    def prod(self):\n        return Agent(db=PostgresDb('postgresql://h/d'))\n"
        "    def ask(self, kind):\n        return getattr(self, {})()\n"
        "factory = Factory()\nfactory.prod() if live else factory.dev()\nfactory.ask(input())\n"
    )
    head = BUILDERS[BUILDERS.index("env =") :]

    def kept(name: str) -> list[str]:
        made = program(head + factory.format(name), {"APP_ENV": "production"})
        return sorted(one.db for one in made.agents())

    assert "volatile" in kept("kind")
    assert "volatile" not in kept("'prod'")


def test_a_file_of_data_may_name_a_function(program: Make) -> None:
    def volatile(text: str) -> int:
        made = program(BUILDERS + CHOSEN, {"APP_ENV": "production"}, files={"jobs.yaml": text})
        return [one.db for one in made.agents()].count("volatile")

    assert volatile("jobs: ['app:dev']") == volatile("jobs: ['app:prod']") + 1


@pytest.mark.parametrize(
    ("head", "volatile"),
    [
        ("class Page:\n", 0),
        ("from pydantic import BaseModel\nclass Page(BaseModel):\n", 0),
        ("from dataclasses import dataclass\n@dataclass\nclass Page:\n", 0),
        ("from some.views import View\nclass Page(View):\n", 1),
        ("from some import plugin\n@plugin('x')\nclass Page:\n", 1),
    ],
)
def test_a_framework_may_call_the_methods_of_its_classes(
    program: Make, head: str, volatile: int
) -> None:
    source = (
        f"{head}    def ask(self):\n        return Agent(db=InMemoryDb())\n"
        "page = Page()\nif os.environ['APP_ENV'] != 'production':\n    page.ask()\n"
    )

    made = program(source, {"APP_ENV": "production"})

    assert [one.db for one in made.agents()].count("volatile") == volatile


@pytest.mark.parametrize(
    ("path", "name", "volatile"),
    [("dodo.py", "task_dev", 1), ("dodo.py", "dev", 0), ("other.py", "task_dev", 0)],
)
def test_doit_calls_every_task_of_its_file(
    program: Make, path: str, name: str, volatile: int
) -> None:
    code = (
        f"def {name}():\n    return {{'actions': [lambda: Agent(db=InMemoryDb())]}}\n"
        "def prod():\n    return Agent(db=PostgresDb('postgresql://h/d'))\n"
        f"prod() if os.environ['APP_ENV'] == 'production' else {name}()\n"
    )

    made = program("", {"APP_ENV": "production"}, files=spelled({path: code}))

    assert [one.db for one in made.agents()].count("volatile") == volatile


SHARED = "from agno.agent import Agent\nfrom agno.db.in_memory import InMemoryDb\n"
SHARED += "def probe():\n    return Agent(db=InMemoryDb())\n"


@pytest.mark.parametrize(
    ("source", "dbs"),
    [
        ("import shared\n", []),
        ("import shared\nchosen = [shared.probe]\n", ["volatile"]),
        (
            "import shared, importlib\nimportlib.import_module(os.environ['PLUGIN'])\n",
            ["volatile"],
        ),
        ("import shared\nname = 'api'\n", ["volatile"]),
    ],
)
def test_what_only_another_program_names_is_called_by_that_one(
    program: Make, source: str, dbs: list[str]
) -> None:
    files = {"shared.py": SHARED, "api.py": "import shared\nagent = shared.probe()\n"}
    worker = program(source, files=files, entry_points=("app.py",), others=("api.py",))
    api = program(source, files=files, entry_points=("api.py",), others=("app.py",))

    assert [one.db for one in worker.agents()] == dbs
    assert [one.db for one in api.agents()] == ["volatile"]
