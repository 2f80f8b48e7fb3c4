"""Classes of the code that are dictionaries or lists: registries, settings, pipelines."""

import pytest

from tests.program.conftest import URL, Make

SHAPES = {
    "a registry by decorator": """
class Registry(dict):
    def add(self, key):
        def kept(function):
            self[key] = function
            return function
        return kept
made = Registry()
@made.add("production")
def durable():
    return PostgresDb(db_url=URL)
@made.add("test")
def volatile():
    return InMemoryDb()
agent = Agent(db=made[os.environ["APP_ENV"]]())
""",
    "its own item assignment": """
class Registry(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)
made = Registry()
made["PRODUCTION"] = lambda: PostgresDb(db_url=URL)
made["TEST"] = InMemoryDb
agent = Agent(db=made[os.environ["APP_ENV"]]())
""",
    "a missing key": """
class Registry(dict):
    def __missing__(self, key):
        return InMemoryDb
agent = Agent(db=Registry(production=lambda: PostgresDb(db_url=URL))[os.environ["APP_ENV"]]())
""",
    "a key error": """
class Registry(dict):
    pass
try:
    db = Registry(production=PostgresDb)[os.environ["APP_ENV"]](db_url=URL)
except KeyError:
    db = InMemoryDb()
agent = Agent(db=db)
""",
    "a copy has entries of its own": """
import copy
class Settings(dict):
    pass
held = Settings(env=os.environ["APP_ENV"])
for other in (copy.copy(held), copy.deepcopy(held), held.copy()):
    other["env"] = "production"
agent = Agent(db=PostgresDb(db_url=URL) if held["env"] == "production" else InMemoryDb())
""",
    "questions to it": """
class Settings(dict):
    def on(self):
        return [key for key, value in self.items() if value]
held = Settings({"production": True}, test=False)
fine = len(held) == 2 and "test" in held and "x" not in held and not Settings()
fine = fine and held == {"production": True, "test": False} and list(held)[0] == "production"
fine = fine and {**held}["production"] and held.get("x", 1) == 1 and isinstance(held, dict)
agent = Agent(db=PostgresDb(db_url=URL) if fine and os.environ["APP_ENV"] in held.on()
              else InMemoryDb())
""",
    "a list": """
class Pipeline(list):
    def use(self, function):
        self.append(function)
        return self
made = Pipeline().use(lambda env: PostgresDb(db_url=URL) if env == "production" else None)
made.use(lambda env: InMemoryDb())
found = (function(os.environ["APP_ENV"]) for function in made)
agent = Agent(db=next(db for db in found if db is not None))
""",
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("name", "db"), [("production", "durable"), ("test", "volatile")])
def test_a_class_that_is_a_container_keeps_its_items(
    program: Make, shape: str, name: str, db: str
) -> None:
    made = program(URL + SHAPES[shape], {"APP_ENV": name})

    assert [one.db for one in made.agents()] == [db]


MATCHED = """
class Settings(dict):
    pass
held = {}(kind="{}")
match held:
    case {{"kind": "durable"}}:
        agent = Agent(db=PostgresDb(db_url=URL))
    case _:
        agent = Agent(db=InMemoryDb())
"""


@pytest.mark.parametrize("cls", ["dict", "Settings"])
@pytest.mark.parametrize(("kind", "db"), [("durable", "durable"), ("memory", "volatile")])
def test_a_pattern_over_such_an_object_is_one_over_its_entries(
    program: Make, cls: str, kind: str, db: str
) -> None:
    assert [one.db for one in program(URL + MATCHED.format(cls, kind)).agents()] == [db]


GIVEN_UP = """
class Registry(dict):
    def fill(self):
        {}
        self["db"] = InMemoryDb
made = Registry(db=lambda: PostgresDb(db_url=URL))
made.fill()
agent = Agent(db=made["db"]())
"""


@pytest.mark.parametrize(
    ("cause", "db"),
    [("[a + b for a in range(1000) for b in range(1000)]", "unknown"), ("pass", "volatile")],
)
def test_what_code_that_was_given_up_may_have_put_into_it_is_unknown(
    program: Make, cause: str, db: str
) -> None:
    assert [one.db for one in program(URL + GIVEN_UP.format(cause)).agents()] == [db]
