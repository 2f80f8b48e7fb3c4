"""Files of the project that the code reads are known, if nothing writes them."""

import pytest

from tests.program.conftest import Make

READS = [
    ("import json\nwith open('c.json') as file:\n    c = json.load(file)", "c.json"),
    ("import json\nc = json.loads(open('c.json').read())", "c.json"),
    ("import json, pathlib\nc = json.loads((pathlib.Path(__file__).parent / 'c.json')"
     ".read_text())", "c.json"),
    ("import yaml\nc = yaml.safe_load(open('c.yaml'))", "c.yaml"),
    ("import tomllib\nwith open('c.toml', 'rb') as file:\n    c = tomllib.load(file)", "c.toml"),
]  # fmt: skip
TEXTS = {"c.json": '{{"store": "{}"}}', "c.yaml": "store: {}\n", "c.toml": 'store = "{}"\n'}
USE = "\na = Agent(db=InMemoryDb() if c['store'] == 'memory' else PostgresDb(db_url='x'))"


@pytest.mark.parametrize(("read", "path"), READS)
@pytest.mark.parametrize(("store", "db"), [("memory", "volatile"), ("server", "durable")])
def test_a_document_of_the_project_is_known(
    program: Make, read: str, path: str, store: str, db: str
) -> None:
    made = program(read + USE, files={path: TEXTS[path].format(store)})

    assert [one.db for one in made.agents()] == [db]


def test_a_file_that_is_written_first_is_not_known(program: Make) -> None:
    made = program(
        "import json\nopen('c.json', 'w').write('{}')\nc = json.load(open('c.json'))" + USE,
        files={"c.json": '{"store": "server"}'},
    )

    assert [one.db for one in made.agents()] == ["unknown"]


def test_a_file_that_is_not_there_is_not_known(program: Make) -> None:
    made = program("import json\nc = json.load(open('/etc/c.json'))" + USE)

    assert [one.db for one in made.agents()] == ["unknown"]


def test_a_word_that_yaml_readers_take_differently_is_not_known(program: Make) -> None:
    made = program(
        "import yaml\nc = yaml.safe_load(open('c.yaml'))\n"
        "a = Agent(db=InMemoryDb() if c['debug'] is True else PostgresDb(db_url='x'))",
        files={"c.yaml": "debug: y\n"},
    )

    assert [one.db for one in made.agents()] == ["unknown"]
