"""Variables as types: each library has its own words. The values are what environs 15.2,
django-environ and python-decouple themselves gave."""

import pytest

from tests.program.conftest import Make

HEADS = {
    "environs": "from environs import Env\nimport enum\nclass K(enum.Enum):\n    MEM = 'memory'\n"
                "    PG = 'pg'\nenv = Env()\n",
    "environ": "import environ\nenv = environ.Env(B=(bool, False), N=(int, 3), L=(list, ['q']))\n",
    "decouple": "from decouple import config, Csv\n",
}  # fmt: skip
FAILS = "EXC"
GIVEN: dict[str, dict[str, dict[str | None, str]]] = {
    "environs": {
        'env("X", "d")': {None: "'d'", "": "''", "pg": "'pg'"},
        'env("X")': {None: FAILS, "pg": "'pg'"},
        'env.bool("X", False)': {None: "False", "t": "True", "TRUE": "True", "TrUe": FAILS,
                                 "ok": FAILS, "": FAILS, "0": "False", "2": FAILS, "No": "False"},
        'env.int("X", 7)': {None: "7", "5": "5", "1.5": FAILS, "": FAILS},
        'env.list("X", [])': {None: "[]", "": "[]", "a, b": "['a', ' b']"},
        'env.list("X", subcast=int)': {"1,2": "[1, 2]", "a": FAILS},
        'env.log_level("X", 20)': {None: "20", "debug": "10", "15": "15", "loud": FAILS},
        'env.json("X", {})': {'{"a": 1}': "{'a': 1}", "{": FAILS},
        'env.enum("X", enum=K)': {"PG": "<K.PG: 'pg'>", "pg": FAILS},
        'env.enum("X", enum=K, by_value=True)': {"pg": "<K.PG: 'pg'>", "PG": FAILS},
        'Env(prefix="P").bool("X", False)': {"1": "True", None: "False"},
    },
    "environ": {
        'env("X")': {None: FAILS, "": "''", "$Y": "'pg'"},
        'env("X", default=False)': {None: "False", "True": "True", "t": "False", "2": "True",
                                    "ok": "True", "": "False", "off": "False"},
        'env("X", default=5)': {None: "5", "7": "7", "x": FAILS},
        'env("X", default=None)': {None: "None", "": "None", "a": "'a'"},
        'env("X", default=["a"])': {"x,,y": "['x', 'y']", None: "['a']"},
        'env("X", bool, False)': {"yes": "True", None: "False"},
        'env("B")': {None: "False", "1": "True", " true ": "True"},
        'env("N")': {None: "3", "8": "8"},
        'env("L")': {None: "['q']", "a,b": "['a', 'b']"},
        'env.list("X", cast=int)': {"1,2": "[1, 2]", "a": FAILS},
        'env.float("X", default=1.0)': {"1,5": "1.5", "2": "2.0"},
        'env.bool("X", default=True)': {None: "True", "f": "False"},
    },
    "decouple": {
        'config("X", default=False, cast=bool)': {None: "False", "ON": "True", "ok": FAILS,
                                                  "": "False", "t": "True", "n": "False"},
        'config("X", default=1, cast=bool)': {None: "True"},
        'config("X", default=5, cast=int)': {None: "5", "7": "7", "x": FAILS},
        'config("X", cast=Csv())': {"a, b": "['a', 'b']", "'a,b',c": "['a,b', 'c']", "": "[]"},
        'config("X", cast=Csv(int))': {"1, 2": "[1, 2]", "x": FAILS},
        'config("X", cast=Csv(post_process=tuple))': {"a": "('a',)"},
        'config("X", cast=Csv(delimiter=";", strip="% "))': {"a%;b": "['a', 'b']"},
        'config("X", default="a", cast=lambda v: v.upper())': {None: "'A'", "b": "'B'"},
    },
}  # fmt: skip
CASES = [
    (library, call, value, shown)
    for library, calls in GIVEN.items()
    for call, values in calls.items()
    for value, shown in values.items()
]


@pytest.mark.parametrize(("library", "call", "value", "shown"), CASES)
def test_a_variable_has_the_type_that_the_library_gives_it(
    program: Make, library: str, call: str, value: str | None, shown: str
) -> None:
    source = HEADS[library]
    source += f"try:\n    said = repr({call})\nexcept Exception:\n    said = {FAILS!r}\n"
    source += f"Agent(db=PostgresDb('postgresql://h/d') if said == {shown!r} else InMemoryDb())\n"
    variables = {**dict.fromkeys(("X", "PX", "B", "N", "L"), value), "Y": "pg"}

    assert [one.db for one in program(source, variables).agents()] == ["durable"]


@pytest.mark.parametrize(
    ("read", "db"),
    [
        ('Config(RepositoryEnv("live.env"))("STORE", default="memory")', "durable"),
        ('Config(RepositoryEnv("test.env"))("STORE", default="pg")', "volatile"),
        ('Config(RepositoryIni("live.ini"))("STORE", default="memory")', "durable"),
        ('Config(RepositoryEnv("none.env"))("STORE", default="pg")', "unknown"),
        ('Config(RepositoryEnv("test.env"))("GIVEN")', "durable"),
    ],
)
def test_decouple_reads_the_file_that_it_is_given(program: Make, read: str, db: str) -> None:
    source = "from decouple import Config, RepositoryEnv, RepositoryIni\n"
    source += (
        f"db = PostgresDb('postgresql://h/d') if {read} == 'pg' else InMemoryDb()\nAgent(db=db)\n"
    )
    files = {"live.env": "STORE=pg\n", "test.env": "STORE=memory\nGIVEN=memory\n",
             "live.ini": "[settings]\nSTORE = pg\n"}  # fmt: skip

    assert [one.db for one in program(source, {"GIVEN": "pg"}, files=files).agents()] == [db]


@pytest.mark.parametrize("library", ["environs", "environ"])
@pytest.mark.parametrize(("file", "db"), [(None, "durable"), ("/run/secrets/x", "unknown")])
def test_a_variable_may_name_a_file_that_holds_the_value(
    program: Make, library: str, file: str | None, db: str
) -> None:
    source = (
        f"from {library} import FileAwareEnv\nstore = FileAwareEnv().str('STORE', default='pg')\n"
    )
    source += "Agent(db=PostgresDb('postgresql://h/d') if store == 'pg' else InMemoryDb())\n"
    made = program(source, {"STORE": None, "STORE_FILE": file})

    assert [one.db for one in made.agents()] == [db]
