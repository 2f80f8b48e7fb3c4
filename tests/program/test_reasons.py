"""Whatever picks, decides or converts something by a variable: the way to the db names it."""

import textwrap

import pytest

from readiness.program.answers import Holder
from readiness.program.provenance import variables_of
from tests.program.conftest import Make

URL = '"postgresql://h/d"'
KINDS = f'{{"production": lambda: PostgresDb({URL}), "test": InMemoryDb}}'

STORES = {
    "stores_production.py": "from agno.db.postgres import PostgresDb\n"
    f"def make(): return PostgresDb({URL})\n",
    "stores_test.py": "from agno.db.in_memory import InMemoryDb\n"
    "def make(): return InMemoryDb()\n",
}
PICKED = {
    "an entry of a dictionary": f'agent = Agent(db={KINDS}[os.environ["STAGE"]]())',
    "a default, where a dictionary has no entry": f"""
        make = {{"production": lambda: PostgresDb({URL})}}.get(os.environ["STAGE"], InMemoryDb)
        agent = Agent(db=make())
        """,
    "an entry of an entry that is not there": f"""
        conf = {{"production": {{"kind": "server"}}}}
        kind = conf.get(os.environ["STAGE"], {{}}).get("kind", "memory")
        agent = Agent(db={{"memory": InMemoryDb, "server": lambda: PostgresDb({URL})}}[kind]())
        """,
    "a dictionary unpacked into another one": f"""
        over = {{"production": {{"kind": "server"}}}}
        conf = {{"kind": "memory", **over.get(os.environ["STAGE"], {{}})}}
        agent = Agent(db=PostgresDb({URL}) if conf["kind"] == "server" else InMemoryDb())
        """,
    "what a defaultdict makes of a missing key": f"""
        from collections import defaultdict
        kinds = defaultdict(lambda: "memory", production="server")
        kind = kinds[os.environ["STAGE"]]
        agent = Agent(db=PostgresDb({URL}) if kind == "server" else InMemoryDb())
        """,
    "several dictionaries as one": f"""
        from collections import ChainMap
        over = {{"production": {{"kind": "server"}}}}
        conf = ChainMap(over.get(os.environ["STAGE"], {{}}), {{"kind": "memory"}})
        agent = Agent(db=PostgresDb({URL}) if conf["kind"] == "server" else InMemoryDb())
        """,
    "an item by its place": f"""
        index = int(os.environ["STAGE"] == "production")
        agent = Agent(db=[InMemoryDb, lambda: PostgresDb({URL})][index]())
        """,
    "the method of a class that was picked": f"""
        class Server:
            def open(self): return PostgresDb({URL})
        class Memory:
            def open(self): return InMemoryDb()
        agent = Agent(db={{"production": Server, "test": Memory}}[os.environ["STAGE"]]().open())
        """,
    "a class by a pattern": f"""
        class Server: pass
        class Memory: pass
        match Server() if os.environ["STAGE"] == "production" else Memory():
            case Server(): db = PostgresDb({URL})
            case Memory(): db = InMemoryDb()
        agent = Agent(db=db)
        """,
    "a part by a pattern": f"""
        match {{"stage": os.environ["STAGE"]}}:
            case {{"stage": "production"}}: db = PostgresDb({URL})
            case {{"stage": _}}: db = InMemoryDb()
        agent = Agent(db=db)
        """,
    "no case at all": f"""
        def make():
            match os.environ["STAGE"]:
                case "production":
                    return PostgresDb({URL})
            return InMemoryDb()
        agent = Agent(db=make())
        """,
    "a member of an enumeration by its value": f"""
        from enum import Enum
        class Stage(str, Enum):
            PRODUCTION = "production"
            TEST = "test"
        stage = Stage(os.environ["STAGE"])
        agent = Agent(db=PostgresDb({URL}) if f"{{stage.value}}" == "production" else InMemoryDb())
        """,
    "a member that stands for all others": f"""
        from enum import Enum
        class Stage(Enum):
            PRODUCTION = "production"
            OTHER = "other"
            @classmethod
            def _missing_(cls, value): return cls.OTHER
        stage = Stage(os.environ["STAGE"])
        agent = Agent(db=PostgresDb({URL}) if stage is Stage.PRODUCTION else InMemoryDb())
        """,
    "a function of one of two kinds": f"""
        if os.environ["STAGE"] == "production":
            def make(): return PostgresDb({URL})
        else:
            def make(): return InMemoryDb()
        agent = Agent(db=make())
        """,
    "an attribute of a class body": f"""
        class Conf:
            if os.environ["STAGE"] == "production":
                DB = PostgresDb({URL})
            else:
                DB = InMemoryDb()
        class Mine(Conf): pass
        agent = Agent(db=Mine.DB)
        """,
    "a name that keeps its value": f"""
        def kind():
            found = "memory"
            if os.environ["STAGE"] == "production":
                found = "server"
            return found
        agent = Agent(db=PostgresDb({URL}) if kind() == "server" else InMemoryDb())
        """,
    "an attribute that keeps its value": f"""
        class Conf:
            def __init__(self):
                self.kind = "memory"
                if os.environ["STAGE"] == "production":
                    self.kind = "server"
        agent = Agent(db=PostgresDb({URL}) if Conf().kind == "server" else InMemoryDb())
        """,
    "a method that changes what was built": f"""
        dbs = []
        if os.environ["STAGE"] == "production":
            dbs.append(PostgresDb({URL}))
        dbs.append(InMemoryDb())
        agent = Agent(db=dbs[0])
        """,
    "what a generator leaves out": f"""
        def dbs():
            if os.environ["STAGE"] == "production":
                yield PostgresDb({URL})
            yield InMemoryDb()
        agent = Agent(db=next(dbs()))
        """,
    "what an inner generator leaves out": f"""
        def server():
            if os.environ["STAGE"] == "production":
                yield PostgresDb({URL})
        def dbs():
            yield from server()
            yield InMemoryDb()
        agent = Agent(db=list(dbs())[0])
        """,
    "a decorator": f"""
        def durable(cls):
            class Wrapped(cls):
                def db(self): return PostgresDb({URL})
            return Wrapped
        def same(cls): return cls
        @(durable if os.environ["STAGE"] == "production" else same)
        class Store:
            def db(self): return InMemoryDb()
        agent = Agent(db=Store().db())
        """,
    "a name that is evaluated": """
        cls = eval("PostgresDb" if os.environ["STAGE"] == "production" else "InMemoryDb")
        agent = Agent(db=cls("postgresql://h/d") if cls is PostgresDb else cls())
        """,
    "one or the other": f"""
        agent = Agent(db=os.environ["STAGE"] == "production" and PostgresDb({URL}) or InMemoryDb())
        """,
    "a module of a computed name": """
        import importlib
        agent = Agent(db=importlib.import_module("stores_" + os.environ["STAGE"]).make())
        """,
    "a provider by its name": f"""
        from dependency_injector import containers, providers
        class Stores(containers.DeclarativeContainer):
            db = providers.Selector(
                lambda: os.environ["STAGE"],
                production=providers.Singleton(PostgresDb, db_url={URL}),
                test=providers.Singleton(InMemoryDb))
        agent = Agent(db=Stores().db())
        """,
    "what a library asks a function of the code": f"""
        import itertools
        kinds = {KINDS}
        first = next(itertools.dropwhile(lambda k: k != os.environ["STAGE"], kinds))
        agent = Agent(db=kinds[first]())
        """,
    "an error that is caught": f"""
        try:
            number = {{"production": 1}}[os.environ["STAGE"]]
        except KeyError:
            number = 0
        agent = Agent(db=PostgresDb({URL}) if number else InMemoryDb())
        """,
    "a setting that a validator fills in": f"""
        from pydantic import model_validator
        from pydantic_settings import BaseSettings
        class Settings(BaseSettings):
            stage: str = "test"
            durable: bool = False
            @model_validator(mode="before")
            @classmethod
            def fill(cls, data):
                if data.get("stage") == "production":
                    data = {{**data, "durable": True}}
                return data
        agent = Agent(db=PostgresDb({URL}) if Settings().durable else InMemoryDb())
        """,
}


def held(program: Make, code: str, stage: str) -> Holder:
    made = program(f"{textwrap.dedent(code)}\n", {"STAGE": stage, "OTHER": "1"}, files=STORES)
    return made.agents()[0]


@pytest.mark.parametrize("code", PICKED.values(), ids=PICKED)
def test_the_way_names_the_variable_whichever_side_is_taken(program: Make, code: str) -> None:
    for stage, db in (("production", "durable"), ("test", "volatile")):
        found = held(program, code, stage)

        assert (found.db, variables_of(found.trace)[:1]) == (db, ("STAGE",))
        assert "OTHER" not in variables_of(found.trace)


@pytest.mark.parametrize(
    "aside",
    [
        'if os.getenv("OTHER"):\n    noted = 1\n',
        'noted = {"1": 1}.get(os.getenv("OTHER"), 2)\n',
        'notes = []\nif os.getenv("OTHER"):\n    notes.append(1)\n',
        'match os.getenv("OTHER"):\n    case "1":\n        noted = 1\n',
        'if os.getenv("OTHER"):\n    def noted(): return 1\n',
        'def noting():\n    if os.getenv("OTHER"):\n        yield 1\nnotes = list(noting())\n',
    ],
)
def test_what_is_decided_beside_it_is_not_told(program: Make, aside: str) -> None:
    code = f'{aside}agent = Agent(db={KINDS}[os.environ["STAGE"]]())'

    assert variables_of(held(program, code, "test").trace) == ("STAGE",)


PAIR = """
class Kept:
    def __init__(self, scope): self.scope, self.held = scope, []
    def pair(self):
        if self.scope == "each":
            return (1, 2)
        if not self.held:
            self.held.append((1, 2))
        return self.held[0]
kept = Kept("once" if os.environ["STAGE"] == "test" else "each")
same = kept.pair() is kept.pair()
"""


# Equal tuples that the code writes out may be one object, as it happens.
@pytest.mark.parametrize(("stage", "db"), [("test", "durable"), ("other", "unknown")])
def test_what_is_told_of_a_tuple_leaves_it_the_one_that_it_is(
    program: Make, stage: str, db: str
) -> None:
    code = f"{PAIR}agent = Agent(db=PostgresDb({URL}) if same else InMemoryDb())"

    assert held(program, code, stage).db == db


def test_what_stands_in_for_a_library_tells_only_by_what_it_decided(program: Make) -> None:
    code = f"""
        from dynaconf import Dynaconf
        kind = Dynaconf(envvar_prefix="APP", kind="memory").kind
        agent = Agent(db=PostgresDb({URL}) if kind == "server" else InMemoryDb())
        """
    made = program(textwrap.dedent(code), {"APP_KIND": "server"}).agents()[0]

    assert [step.text for step in made.trace if step.kind == "branch"] == [
        "kind == 'server' is true (otherwise InMemoryDb())"
    ]
