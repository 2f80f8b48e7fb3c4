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


IF_DEBUG = "a = Agent(db=InMemoryDb() if c['debug'] is True else PostgresDb(db_url='x'))"


WORDS = {"y": "durable", "yes": "volatile", "'yes'": "durable", "Off": "durable", "0x1": "durable"}


@pytest.mark.parametrize(("word", "db"), WORDS.items())
def test_a_bare_word_is_what_pyyaml_takes_it_for(program: Make, word: str, db: str) -> None:
    made = program(
        f"import yaml\nc = yaml.safe_load(open('c.yaml'))\n{IF_DEBUG}",
        files={"c.yaml": f"debug: {word}\n"},
    )

    assert [one.db for one in made.agents()] == [db]


@pytest.mark.parametrize("loader", ["yaml.BaseLoader", "Own"])
def test_a_word_that_another_loader_may_take_otherwise_is_not_known(
    program: Make, loader: str
) -> None:
    made = program(
        "import yaml\nclass Own(yaml.SafeLoader):\n    pass\n"
        f"c = yaml.load(open('c.yaml'), Loader={loader})\n{IF_DEBUG}",
        files={"c.yaml": "debug: yes\n"},
    )

    assert [one.db for one in made.agents()] == ["unknown"]
