"""Objects and libraries that the code changes behind their own backs."""

import pytest

from tests.program.conftest import Make

OWN = "class Store:\n    pass\nstore = Store()\nstore.db = PostgresDb(db_url='x')\n"
HOLD = "\na = Agent(db=store.db)"
VIEWS = [
    "store.__dict__['db'] = {db}",
    "vars(store)['db'] = {db}",
    "vars(store).update(db={db})",
    "store.__dict__ = {{'db': {db}}}",
    "view = vars(store)\nstore.db = {db}\nstore = Store()\nstore.db = view['db']",
]
DBS = [("InMemoryDb()", "volatile"), ("PostgresDb(db_url='y')", "durable")]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("db", "held"), DBS)
def test_the_dictionary_of_an_object_is_the_object(
    program: Make, view: str, db: str, held: str
) -> None:
    made = program(OWN + view.format(db=db) + HOLD)

    assert [one.db for one in made.agents()] == [held]


@pytest.mark.parametrize(("db", "held"), DBS)
def test_keywords_put_into_the_dictionary_are_attributes(
    program: Make, db: str, held: str
) -> None:
    made = program(
        "class Store:\n    def __init__(self, **given):\n        self.__dict__.update(given)\n"
        f"a = Agent(db=Store(db={db}).db)"
    )

    assert [one.db for one in made.agents()] == [held]


PATCHES = [
    "import agno.db.postgres as pg\npg.PostgresDb = lambda **k: {db}",
    "import agno.db.postgres as pg\nsetattr(pg, 'PostgresDb', lambda **k: {db})",
]
LATE = {"stores.py": "def make():\n    from agno.db.postgres import PostgresDb\n"
                     "    return PostgresDb(db_url='x')\n"}  # fmt: skip


@pytest.mark.parametrize("patch", PATCHES)
@pytest.mark.parametrize(("db", "held"), DBS)
def test_what_replaces_a_thing_of_a_library_counts(
    program: Make, patch: str, db: str, held: str
) -> None:
    source = f"import stores\n{patch.format(db=db)}\na = Agent(db=stores.make())"

    made = program(source, files=LATE)

    assert [one.db for one in made.agents()] == [held]


def test_what_was_imported_before_a_replacement_stays(program: Make) -> None:
    made = program(
        "import agno.db.postgres as pg\npg.PostgresDb = lambda **k: InMemoryDb()\n"
        "a = Agent(db=PostgresDb(db_url='x'))"
    )

    assert [one.db for one in made.agents()] == ["durable"]


@pytest.mark.parametrize(("db", "held"), DBS)
def test_a_replaced_constructor_runs(program: Make, db: str, held: str) -> None:
    made = program(
        "import agno.agent as ag\nown = ag.Agent.__init__\ndef patched(self, **given):\n"
        f"    own(self, **{{**given, 'db': {db}}})\nag.Agent.__init__ = patched\n"
        "a = Agent(db=PostgresDb(db_url='x'))"
    )

    assert [one.db for one in made.agents()] == [held]


SETTERS = [
    "super().__setattr__(name, {db})",
    "object.__setattr__(self, name, {db})",
    "self.__dict__[name] = {db}",
]


@pytest.mark.parametrize("setter", SETTERS)
@pytest.mark.parametrize(("db", "held"), DBS)
def test_a_setter_of_the_class_decides_what_is_set(
    program: Make, setter: str, db: str, held: str
) -> None:
    made = program(
        f"class Store:\n    def __setattr__(self, name, value):\n        {setter.format(db=db)}\n"
        "store = Store()\nstore.db = PostgresDb(db_url='x')" + HOLD
    )

    assert [one.db for one in made.agents()] == [held]


@pytest.mark.parametrize(("db", "held"), DBS)
def test_a_setter_of_an_agent_sees_what_its_constructor_sets(
    program: Make, db: str, held: str
) -> None:
    made = program(
        "class Own(Agent):\n    def __setattr__(self, name, value):\n        if name == 'db':\n"
        f"            value = {db}\n        super().__setattr__(name, value)\n"
        "a = Own(db=PostgresDb(db_url='x'))"
    )

    assert [one.db for one in made.agents()] == [held]


@pytest.mark.parametrize(("stage", "held"), [("production", "volatile"), ("dev", "durable")])
def test_a_dataclass_matches_by_position(program: Make, stage: str, held: str) -> None:
    made = program(
        "from dataclasses import dataclass\n@dataclass\nclass Cfg:\n    stage: str\n"
        "    replicas: int = 2\nmatch Cfg(os.environ['STAGE']):\n    case Cfg('production'):\n"
        "        db = InMemoryDb()\n    case _:\n        db = PostgresDb(db_url='x')\n"
        "a = Agent(db=db)",
        {"STAGE": stage},
    )

    assert [one.db for one in made.agents()] == [held]


@pytest.mark.parametrize(("sent", "db"), [("True", "durable"), ("False", "volatile")])
def test_what_is_sent_into_a_generator_decides(program: Make, sent: str, db: str) -> None:
    made = program(
        "def stores():\n    durable = yield None\n"
        "    yield PostgresDb(db_url='x') if durable else InMemoryDb()\n"
        f"it = stores()\nnext(it)\na = Agent(db=it.send({sent}))"
    )

    assert [one.db for one in made.agents()] == [db]


def test_a_copy_keeps_the_db_that_it_was_made_with(program: Make) -> None:
    made = program("a = Agent(db=InMemoryDb())\nb = a.deep_copy()\na.db = PostgresDb(db_url='x')")

    assert [one.db for one in made.agents()] == ["durable", "volatile"]


@pytest.mark.parametrize(("given", "db"), [("InMemoryDb()", "volatile"), ("PG", "durable")])
def test_a_constructor_taken_off_a_class_still_builds(program: Make, given: str, db: str) -> None:
    made = program(
        "PG = PostgresDb(db_url='x')\n"
        "def wrapped(cls):\n    init = cls.__init__\n"
        f"    def own(self, **more):\n        init(self, db={given}, **more)\n"
        "    cls.__init__ = own\n    return cls\n"
        "@wrapped\nclass Mine(Agent):\n    pass\n"
        "a = Mine(name='a')"
    )

    assert [one.db for one in made.agents()] == [db]


REFUSING = ("(1, 2)", "'ab'", "None", "{1}", "frozenset({1})", "range(3)", "Plain()",
            "(one for one in 'ab')")  # fmt: skip
TAKING = ("[1, 2]", "{0: 1}", "bytearray(b'ab')", "Taking()")
CLASSES = """
class Plain:
    pass
class Taking:
    def __setitem__(self, key, value):
        pass
    def __delitem__(self, key):
        pass
"""


@pytest.mark.parametrize("change", ["held[0] = 3", "del held[0]"])
@pytest.mark.parametrize(
    ("held", "db"),
    [*((one, "durable") for one in REFUSING), *((one, "volatile") for one in TAKING)],
)
def test_what_never_changes_refuses_that_an_item_is_set_or_deleted(
    program: Make, held: str, db: str, change: str
) -> None:
    source = (
        f"{CLASSES}held = {held}\ntry:\n    {change}\n    db = InMemoryDb()\n"
        "except TypeError:\n    db = PostgresDb(db_url='postgresql://h/d')\nAgent(db=db)\n"
    )

    assert [one.db for one in program(source).agents()] == [db]
